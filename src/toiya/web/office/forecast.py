"""Today's outlook for the office: who works how fast, what will miss its cut-off, what waits for which carrier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from toiya.domain.carriers.plugs import carriers
from toiya.domain.outbound.forecast_rules import Chance
from toiya.domain.outbound.forecasts import Person, floor_now
from toiya.domain.outbound.queries import parcels_for_truck, parcels_loaded
from toiya.domain.warehouses.models import Warehouse

MOST_SHOWN = 8
MOST_PEOPLE = 20


@dataclass(frozen=True, slots=True)
class Outlook:
    """The cards beside the trucks."""

    people: Sequence[Person]
    here: int
    is_known: bool
    missed: Sequence[Chance]
    more_missed: int
    more_people: int | None
    by_carrier: Sequence[tuple[Any, int, int]]

    @property
    def all_missed(self) -> int:
        """How many orders will probably miss their cut-off."""
        return len(self.missed) + self.more_missed


def outlook(warehouse: Warehouse, at: datetime) -> Outlook:
    """Read it, with a constant number of queries."""
    floor = floor_now(warehouse.pk, at)
    missed = floor.outlook.missed if floor.outlook else []
    zone = ZoneInfo(warehouse.time_zone)
    midnight = datetime.combine(at.astimezone(zone).date(), time(), zone)
    waiting, loaded = parcels_for_truck(warehouse.pk), parcels_loaded(warehouse.pk, midnight)
    return Outlook(
        people=floor.people[:MOST_PEOPLE],
        here=floor.here,
        is_known=floor.outlook is not None,
        missed=missed[:MOST_SHOWN],
        more_missed=max(0, len(missed) - MOST_SHOWN),
        more_people=floor.outlook.more_people if floor.outlook else None,
        by_carrier=_by_carrier(waiting, loaded),
    )


def _by_carrier(waiting: Mapping[str, int], loaded: Mapping[str, int]) -> list[tuple[Any, int, int]]:
    names = sorted({name for name in (*waiting, *loaded) if name})
    return [
        (carriers()[name].label if name in carriers() else name, waiting.get(name, 0), loaded.get(name, 0))
        for name in names
    ]
