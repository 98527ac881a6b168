"""What happens when stock is promised, or cannot be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from toiya.core.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderAllocated(Event):
    """Every line of the order was promised its pieces."""

    NAME: ClassVar[str] = "order.allocated"
    warehouse_id: int
    pieces: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderWaits(Event):
    """The order was judged and cannot be promised yet; `reason` leads, written when it changes."""

    NAME: ClassVar[str] = "order.waits"
    reason: str
    details: dict[str, str | int]


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocationTakenBack(Event):
    """The order gave its promised pieces back and waits."""

    NAME: ClassVar[str] = "order.allocation_taken_back"
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WarehouseChosen(Event):
    """A person chose the warehouse that sends the order."""

    NAME: ClassVar[str] = "order.warehouse_chosen"
    warehouse_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WarehouseLeftOpen(Event):
    """Any warehouse may send the order again."""

    NAME: ClassVar[str] = "order.warehouse_left_open"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShipDayReserved(Event):
    """The order goes to the floor on this day and not before."""

    NAME: ClassVar[str] = "order.ship_day_reserved"
    day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShipDayDropped(Event):
    """The order may go to the floor at once again."""

    NAME: ClassVar[str] = "order.ship_day_dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseExpired(Event):
    """The order was not paid in time and gave its promised pieces back."""

    NAME: ClassVar[str] = "order.promise_expired"
    hours: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocationRulesSet(Event):
    """The seller changed how its stock is given away; the subject is the seller's code."""

    NAME: ClassVar[str] = "seller.allocation_rules_set"
    buffer_pieces: int
    expiry_days: int | None
    unpaid_hours: int | None
    warehouses: str
    sends_what_is_there: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SkuBufferSet(Event):
    """So many pieces of a SKU are kept back."""

    NAME: ClassVar[str] = "sku.buffer_set"
    pieces: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SkuBufferDropped(Event):
    """What is kept back of a SKU is what the seller's rule for all SKUs says."""

    NAME: ClassVar[str] = "sku.buffer_dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class WarehouseShut(Event):
    """The warehouse takes no new promises; the subject is its code."""

    NAME: ClassVar[str] = "warehouse.shut"


@dataclass(frozen=True, slots=True, kw_only=True)
class WarehouseReopened(Event):
    """The warehouse takes promises again; the subject is its code."""

    NAME: ClassVar[str] = "warehouse.reopened"
