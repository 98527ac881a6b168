"""The next job: what there is to do, the nearest truck first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from toiya.domain.outbound import queries
from toiya.domain.outbound.hand_ins import awaited_at
from toiya.domain.outbound.queries import WalkToDo
from toiya.domain.warehouses import rules
from toiya.domain.warehouses.models import Warehouse
from toiya.domain.warehouses.queries import calendar_of
from toiya.domain.warehouses.rules import Calendar


@dataclass(frozen=True, slots=True)
class WalkCard:
    """A pick list with the truck it must reach."""

    walk: WalkToDo
    truck: datetime


@dataclass(frozen=True, slots=True)
class Jobs:
    """Everything to do in a building for one person. `walks` begin with the person's own, then by truck."""

    walks: tuple[WalkCard, ...]
    totes: int
    totes_truck: datetime | None
    parcels: int
    awaited: int = 0

    @property
    def first(self) -> WalkCard | None:
        """The walk to do now."""
        return self.walks[0] if self.walks else None

    @property
    def others(self) -> int:
        """How many more walks wait."""
        return max(0, len(self.walks) - 1)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to do."""
        return not (self.walks or self.totes or self.parcels or self.awaited)


def jobs_of(warehouse: Warehouse, user_id: int) -> Jobs:
    """What waits in a building (six queries)."""
    calendar = calendar_of(warehouse)
    walks = [WalkCard(walk, _truck(calendar, walk.placed)) for walk in queries.walks_to_do(warehouse.pk, user_id)]
    totes = queries.totes_to_pack(warehouse.pk)
    placed = {channel: oldest for channel, (_, oldest) in totes.items()}
    return Jobs(
        walks=tuple(sorted(walks, key=lambda card: (not card.walk.is_mine, card.truck, card.walk.code))),
        totes=sum(count for count, _ in totes.values()),
        totes_truck=_truck(calendar, placed) if placed else None,
        parcels=sum(queries.parcels_for_truck(warehouse.pk).values()),
        awaited=awaited_at(warehouse.pk),
    )


def _truck(calendar: Calendar, placed: Mapping[str, datetime]) -> datetime:
    """The earliest truck of these orders: the first cut-off of their channel after the oldest came in."""
    return min(rules.next_cut_off(calendar, channel, oldest) for channel, oldest in placed.items())
