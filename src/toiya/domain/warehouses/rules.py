"""When a truck leaves: local cut-off times and closed days, turned into instants. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DEFAULT_CUT_OFFS: Mapping[str, time] = {"qoo10": time(16, 0), "": time(13, 0)}  # A055, A170 (manual pp. 3, 37)
_MOST_DAYS = 366


@dataclass(frozen=True, slots=True)
class Calendar:
    """One warehouse's cut-offs by channel ('' for all others), closed days and time zone."""

    zone: ZoneInfo
    cut_offs: Mapping[str, time]
    closed: Set[date]

    def cut_off_of(self, channel: str) -> time:
        """The local cut-off time of a channel."""
        return self.cut_offs.get(channel) or self.cut_offs.get("") or DEFAULT_CUT_OFFS[""]


def next_cut_off(calendar: Calendar, channel: str, after: datetime) -> datetime:
    """The first cut-off of that channel at or after the instant, on a day the warehouse is open, in UTC."""
    local = after.astimezone(calendar.zone)
    for days in range(_MOST_DAYS):
        day = local.date() + timedelta(days=days)
        # Compared in UTC: on the day the clocks go back, local times come twice.
        leaves = datetime.combine(day, calendar.cut_off_of(channel), calendar.zone).astimezone(UTC)
        if day not in calendar.closed and leaves >= after:
            return leaves
    raise ValueError("the warehouse is closed for a year")
