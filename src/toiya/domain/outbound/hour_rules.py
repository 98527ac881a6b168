"""A building's day by the hour: what was packed, what was left to do, and what will be left at this pace. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

HOUR = timedelta(hours=1)
HOURS_BACK = 6
HOURS_AHEAD = 4


@dataclass(frozen=True, slots=True)
class Hour:
    """
    One hour: parcels packed in it, and orders left to do at its end; of the present hour until now. An hour that is
    still to come is a forecast.
    """

    begins: datetime
    packed: int
    left: int
    is_forecast: bool = False


def by_hour(
    at: datetime, packed: Mapping[datetime, int], came: Mapping[datetime, int], left: int, pace: int
) -> list[Hour]:
    """
    The last hours up to the present one, then the coming ones at `pace` parcels an hour; without a pace none.

    What was left earlier is counted back from now: what was packed since was still to do, what came since was not.

    :param packed: by the hour's beginning :param came: orders that got their stock :param left: orders to do now
    """
    now = at.replace(minute=0, second=0, microsecond=0)
    past: list[Hour] = []
    for back in range(HOURS_BACK + 1):
        begins = now - back * HOUR
        past.append(Hour(begins, packed.get(begins, 0), max(left, 0)))
        left += packed.get(begins, 0) - came.get(begins, 0)
    coming: list[Hour] = []
    rest = past[0].left
    for ahead in range(1, HOURS_AHEAD + 1 if pace else 1):
        done = min(rest, pace)
        rest -= done
        coming.append(Hour(now + ahead * HOUR, done, rest, is_forecast=True))
    return [*past[::-1], *coming]
