"""Waves, picks and orders that left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from toiya.core.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderReleased(Event):
    """The order went to the floor in a wave."""

    NAME: ClassVar[str] = "order.released"
    wave: str
    pick_list: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PiecesPicked(Event):
    """Pieces were taken from a bin for the order."""

    NAME: ClassVar[str] = "order.picked"
    sku: str
    quantity: int
    bin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PickedShort(Event):
    """The bin held fewer pieces than the book; the order gave its promise back."""

    NAME: ClassVar[str] = "order.picked_short"
    sku: str
    bin: str
    missing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderPicked(Event):
    """Every piece of the order is in its tote."""

    NAME: ClassVar[str] = "order.all_picked"
    tote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderShipped(Event):
    """The parcel left on the truck: stock settled, fee taken."""

    NAME: ClassVar[str] = "order.shipped"
    parcel: str
    carrier: str
    tracking_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderDelivered(Event):
    """The carrier gave the order's last parcel to its receiver."""

    NAME: ClassVar[str] = "order.delivered"
    parcels: int
