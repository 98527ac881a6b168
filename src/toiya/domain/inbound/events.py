"""What happened to requests, deliveries, cartons and the dock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from toiya.core.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleArrived(Event):
    """A delivery stands at the warehouse's dock."""

    NAME: ClassVar[str] = "bundle.arrived"
    bundle_id: int
    warehouse_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CartonArrived(Event):
    """One carton of a delivery was scanned at the dock."""

    NAME: ClassVar[str] = "bundle.carton_arrived"
    bundle_id: int
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnannouncedBegun(Event):
    """Goods stood at the door without a word and were taken in."""

    NAME: ClassVar[str] = "bundle.unannounced"
    bundle_id: int
    warehouse_id: int
    cartons: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryTurnedAway(Event):
    """A delivery was refused at the door; subject is the seller where it is known, else the warehouse."""

    NAME: ClassVar[str] = "dock.turned_away"
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PiecesCounted(Event):
    """Pieces of a SKU were counted into a delivery, good or damaged."""

    NAME: ClassVar[str] = "bundle.pieces_counted"
    bundle_id: int
    sku: str
    quantity: int
    condition: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownThingFound(Event):
    """A delivery held something that nobody knows; nothing was booked."""

    NAME: ClassVar[str] = "bundle.unknown_found"
    bundle_id: int
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityChecked(Event):
    """The check list of a SKU was answered; `faults` points were not right."""

    NAME: ClassVar[str] = "bundle.quality_checked"
    bundle_id: int
    sku: str
    faults: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleCompleted(Event):
    """Everything that came was counted. `counted_by` is the person (0: a rule of ours)."""

    NAME: ClassVar[str] = "bundle.completed"
    bundle_id: int
    pieces: int
    differences: int
    counted_by: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceSettled(Event):
    """A difference was talked over and closed."""

    NAME: ClassVar[str] = "bundle.difference_settled"
    bundle_id: int
    difference_id: int
    outcome: str
    pieces: int
