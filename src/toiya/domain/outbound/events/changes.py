"""Orders that were cancelled, stopped or changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from toiya.core.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderCancelled(Event):
    """The order was cancelled; whatever was promised or set aside for it is free again."""

    NAME: ClassVar[str] = "order.cancelled"
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinesCancelled(Event):
    """Some lines of the order were cancelled; the rest is judged again."""

    NAME: ClassVar[str] = "order.lines_cancelled"
    reason: str
    lines: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderStopped(Event):
    """The order left the floor on request; `pieces` of it are carried back from its tote."""

    NAME: ClassVar[str] = "order.stopped"
    wish: str
    pieces: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StopTooLate(Event):
    """A request to stop or change the order came after its parcel was sealed, so the parcel goes as it is."""

    NAME: ClassVar[str] = "order.stop_too_late"
    wish: str
    parcel: str
    sealed_by: str
    sealed_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PiecesCarriedBack(Event):
    """Pieces of a stopped order lie on the shelf again."""

    NAME: ClassVar[str] = "order.carried_back"
    sku: str
    quantity: int
    bin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressChanged(Event):
    """
    The receiver's address is another one; `changed` names the fields, never what is in them. `parcel_id` is a parcel
    whose label was declined before, or 0.
    """

    NAME: ClassVar[str] = "order.address_changed"
    changed: str
    parcel_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SkuChanged(Event):
    """A person gave a line another SKU; whatever was promised or picked for the order went back."""

    NAME: ClassVar[str] = "order.sku_changed"
    title: str
    before: str
    sku: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BuyerForgotten(Event):
    """What named the order's buyer and receiver was emptied at its deadline."""

    NAME: ClassVar[str] = "order.buyer_forgotten"
