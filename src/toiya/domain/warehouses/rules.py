"""When a truck leaves: local cut-off times, closed days and peak days, turned into instants. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

DEFAULT_CUT_OFFS: Mapping[str, time] = {"qoo10": time(16, 0), "": time(13, 0)}  # A055, A170 (manual pp. 3, 37)
EVERY_DAY = frozenset(range(7))
_MOST_DAYS = 366


class OwnTime(NamedTuple):
    """
    A cut-off that holds for one carrier ('' for all), on some weekdays (Monday is 0) or for a time only.

    On a day, the most exact row that is in force replaces the others whole: the carrier's before the channel's, and one
    for a time before one for good. Where that row leaves the weekday out, no truck goes.
    """

    channel: str
    carrier: str
    local_time: time
    weekdays: Set[int] = EVERY_DAY
    starts_on: date | None = None
    ends_on: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on that day, whatever the weekday."""
        return (self.starts_on or day) <= day <= (self.ends_on or day)

    @property
    def rank(self) -> tuple[bool, bool, bool, date]:
        """How exact it is; of two that are alike, the one that began later leads."""
        is_for_a_time = self.starts_on is not None or self.ends_on is not None
        return bool(self.carrier), bool(self.channel), is_for_a_time, self.starts_on or date.min


def no_holidays(_day: date) -> bool:
    """The calendar of a warehouse that works on public holidays."""
    return False


@dataclass(frozen=True, slots=True)
class Calendar:
    """
    One warehouse's cut-offs by channel ('' for all others), closed days and time zone.

    `own_times` are the cut-offs that say more than a channel; `peaks` the extra days that are announced for what is due
    on a day (A058).
    """

    zone: ZoneInfo
    cut_offs: Mapping[str, time]
    closed: Set[date]
    own_times: Sequence[OwnTime] = ()
    peaks: Mapping[date, int] = field(default_factory=dict)
    is_holiday: Callable[[date], bool] = no_holidays

    def cut_off_of(self, channel: str) -> time:
        """The local cut-off time of a channel on an ordinary day."""
        return self.cut_offs.get(channel) or self.cut_offs.get("") or DEFAULT_CUT_OFFS[""]

    def time_on(self, day: date, channel: str, carrier: str = "") -> time | None:
        """The local time at which that channel's orders leave with that carrier on a day; None: no truck goes."""
        if day in self.closed or self.is_holiday(day):
            return None
        fitting = [
            row
            for row in self.own_times
            if row.channel in {"", channel} and row.carrier in {"", carrier} and row.holds_on(day)
        ]
        usual = OwnTime(channel if channel in self.cut_offs else "", "", self.cut_off_of(channel))
        leading = max([*fitting, usual], key=lambda row: row.rank)  # of equals the first: its own row
        return leading.local_time if day.weekday() in leading.weekdays else None


def next_cut_off(calendar: Calendar, channel: str, after: datetime, carrier: str = "") -> datetime:
    """The first cut-off of that channel at or after the instant, on a day the warehouse is open, in UTC."""
    local = after.astimezone(calendar.zone)
    for days in range(_MOST_DAYS):
        day = local.date() + timedelta(days=days)
        leaves_at = calendar.time_on(day, channel, carrier)
        if leaves_at is None:
            continue
        # Compared in UTC: on the day the clocks go back, local times come twice.
        leaves = datetime.combine(day, leaves_at, calendar.zone).astimezone(UTC)
        if leaves >= after:
            return leaves
    raise ValueError("the warehouse is closed for a year")


def promised_cut_off(calendar: Calendar, channel: str, after: datetime, carrier: str = "") -> datetime:
    """The truck that an order is promised for: the next one, and on a peak day so many days later as announced."""
    truck = next_cut_off(calendar, channel, after, carrier)
    day = truck.astimezone(calendar.zone).date()
    extra = calendar.peaks.get(day, 0)
    return first_on(calendar, channel, day + timedelta(days=extra), carrier) if extra else truck


def first_on(calendar: Calendar, channel: str, day: date, carrier: str = "") -> datetime:
    """The first cut-off of that channel on that local day or after it."""
    return next_cut_off(calendar, channel, datetime.combine(day, time(), calendar.zone), carrier)
