"""Orders that were divided or joined."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from toiya.core.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderSplit(Event):
    """Some things of the order go by themselves now, as the order `part`."""

    NAME: ClassVar[str] = "order.split"
    part: str
    things: int
    is_automatic: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OrdersMerged(Event):
    """The lines of other orders to the same receiver go with this one."""

    NAME: ClassVar[str] = "order.merged"
    orders: str
    lines: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderMergedAway(Event):
    """The order ended: its lines go with the order `into`."""

    NAME: ClassVar[str] = "order.merged_away"
    into: str
