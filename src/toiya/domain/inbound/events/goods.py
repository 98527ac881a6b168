"""What happened to requests, deliveries, cartons and the dock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from toiya.core.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class InboundRequested(Event):
    """A seller asked to bring in, or take out, pieces of a SKU."""

    NAME: ClassVar[str] = "inbound.requested"
    sku: str
    way: str
    warehouse_id: int
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InboundRequestCancelled(Event):
    """A request was taken back."""

    NAME: ClassVar[str] = "inbound.request_cancelled"
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenOut(Event):
    """Pieces left the building as the seller asked."""

    NAME: ClassVar[str] = "inbound.taken_out"
    sku: str
    warehouse_id: int
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TakingOutDeclined(Event):
    """The warehouse did not take pieces out."""

    NAME: ClassVar[str] = "inbound.taking_out_declined"
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleRequested(Event):
    """Requests were put together to one delivery, its fee set aside."""

    NAME: ClassVar[str] = "bundle.requested"
    bundle_id: int
    warehouse_id: int
    pieces: int
    fee_minor: int
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleConfirmed(Event):
    """The warehouse, or its rules, said yes: the goods may be sent."""

    NAME: ClassVar[str] = "bundle.confirmed"
    bundle_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleRejected(Event):
    """The warehouse said no; its fee is free again."""

    NAME: ClassVar[str] = "bundle.rejected"
    bundle_id: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleDeleted(Event):
    """The seller gave the delivery up; its fee is free again."""

    NAME: ClassVar[str] = "bundle.deleted"
    bundle_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleSent(Event):
    """The goods are on their way to the warehouse."""

    NAME: ClassVar[str] = "bundle.sent"
    bundle_id: int
    carrier: str
    tracking_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SendingChanged(Event):
    """Carrier, tracking number, boxes or day of a delivery under way were mended."""

    NAME: ClassVar[str] = "bundle.sending_changed"
    bundle_id: int
    carrier: str
    tracking_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleNoted(Event):
    """The remark of a delivery, or the day it is due, was changed."""

    NAME: ClassVar[str] = "bundle.noted"
    bundle_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CartonsListed(Event):
    """What is in which carton was told anew."""

    NAME: ClassVar[str] = "bundle.cartons_listed"
    bundle_id: int
    cartons: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DockSlotsMade(Event):
    """Times at a warehouse's dock were opened."""

    NAME: ClassVar[str] = "dock.slots_made"
    slots: int
    dock: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DockSlotRemoved(Event):
    """A free time at the dock was closed."""

    NAME: ClassVar[str] = "dock.slot_removed"
    dock: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DockSlotBooked(Event):
    """A delivery has its time at the dock."""

    NAME: ClassVar[str] = "bundle.slot_booked"
    bundle_id: int
    dock: str
    starts_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DockSlotReleased(Event):
    """A delivery gave its time at the dock back."""

    NAME: ClassVar[str] = "bundle.slot_released"
    bundle_id: int
    dock: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivingRulesSet(Event):
    """What a warehouse takes in, and for what fee, was changed."""

    NAME: ClassVar[str] = "warehouse.receiving_rules_set"
    warehouse_id: int


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
class CountTakenBack(Event):
    """A count was a mistake and was taken back; `sku` is empty for an unknown thing."""

    NAME: ClassVar[str] = "bundle.count_taken_back"
    bundle_id: int
    sku: str
    quantity: int


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


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckListSet(Event):
    """The check list of a SKU was written anew; subject is the SKU, no points mean the usual list."""

    NAME: ClassVar[str] = "sku.check_list_set"
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LotsNearEnd(Event):
    """Lots came near their last usable day; subject is the seller, the warnings of one moment are told together."""

    NAME: ClassVar[str] = "lots.near_end"
    lots: int
    first_warning: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LotDaysSet(Event):
    """How many days before the end a seller hears of a lot; subject is the seller."""

    NAME: ClassVar[str] = "lots.days_set"
    days: int
