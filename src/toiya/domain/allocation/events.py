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
