"""What happens to orders before the floor has them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from toiya.core.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderPlaced(Event):
    """An order came in, from a site, by hand or by file."""

    NAME: ClassVar[str] = "order.placed"
    channel: str
    external_id: str
    pieces: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderEntered(Event):
    """A seller entered the order itself; it got this management number."""

    NAME: ClassVar[str] = "order.entered"
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderReentered(Event):
    """The seller corrected an order that it had entered; `fields` are the names of what changed."""

    NAME: ClassVar[str] = "order.reentered"
    fields: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineMatched(Event):
    """A line that had no SKU was tied to one."""

    NAME: ClassVar[str] = "order.line_matched"
    title: str
    sku: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineUnmatched(Event):
    """A waiting line lost its SKU, because its listing is linked to none any more."""

    NAME: ClassVar[str] = "order.line_unmatched"
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldPlaced(Event):
    """The order must wait for a reason with an owner."""

    NAME: ClassVar[str] = "order.hold_placed"
    code: str
    details: dict[str, str | int]


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldLifted(Event):
    """One of the order's holds ended."""

    NAME: ClassVar[str] = "order.hold_lifted"
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinesAdded(Event):
    """The site added lines to an order that still waited."""

    NAME: ClassVar[str] = "order.lines_added"
    lines: int
    pieces: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SmartDeliveryChosen(Event):
    """The seller packs this order itself; `pieces` were promised to it until now and are free again."""

    NAME: ClassVar[str] = "order.smart_delivery_chosen"
    pieces: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FulfilmentChosen(Event):
    """An order that the seller was to pack itself is picked and packed by us."""

    NAME: ClassVar[str] = "order.fulfilment_chosen"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopWayChosen(Event):
    """New orders of a shop are served by this service; the subject is the shop's code."""

    NAME: ClassVar[str] = "shop.service_chosen"
    way: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseMoved(Event):
    """The order is promised for another day than before; `missed` is 1 when it should have left already."""

    NAME: ClassVar[str] = "order.promise_moved"
    was_for: str
    day: str
    cause: str
    owner: str
    missed: int
