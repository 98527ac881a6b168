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
