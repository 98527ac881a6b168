"""What happens to goods."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from toiya.core.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class StockReceived(Event):
    """Pieces came into a warehouse; subject is the SKU."""

    NAME: ClassVar[str] = "stock.received"
    warehouse_id: int
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StockAdjusted(Event):
    """A count found more (positive) or fewer pieces; subject is the SKU."""

    NAME: ClassVar[str] = "stock.adjusted"
    warehouse_id: int
    difference: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StockMoved(Event):
    """Pieces went from one bin to another; subject is the SKU."""

    NAME: ClassVar[str] = "stock.moved"
    warehouse_id: int
    quantity: int
    from_bin: str
    to_bin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StockSetAside(Event):
    """Pieces went to quarantine or to the damaged goods and cannot be sold; subject is the SKU."""

    NAME: ClassVar[str] = "stock.set_aside"
    warehouse_id: int
    quantity: int
    reason: str
    note: str
    to_bin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StockFreed(Event):
    """Pieces that were set aside may be sold again; subject is the SKU."""

    NAME: ClassVar[str] = "stock.freed"
    warehouse_id: int
    quantity: int
    reason: str
    note: str
    to_bin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StockWrittenOff(Event):
    """Pieces that were set aside left for good; subject is the SKU."""

    NAME: ClassVar[str] = "stock.written_off"
    warehouse_id: int
    quantity: int
    reason: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CountAsked(Event):
    """A bin is to be counted; subject is the SKU."""

    NAME: ClassVar[str] = "stock.count_asked"
    warehouse_id: int
    bin: str
    cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StockCounted(Event):
    """Somebody counted a bin; subject is the SKU, `outcome` what became of the count."""

    NAME: ClassVar[str] = "stock.counted"
    warehouse_id: int
    bin: str
    difference: int
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CountJudged(Event):
    """The lead decided about a count; subject is the SKU, `outcome` what became of it."""

    NAME: ClassVar[str] = "stock.count_judged"
    warehouse_id: int
    bin: str
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CountRulesSet(Event):
    """From when on counts are doubted was changed; subject is the warehouse, 0 is no limit of money."""

    NAME: ClassVar[str] = "warehouse.count_rules_set"
    recount_pieces: int
    recount_minor: int
    lead_pieces: int
