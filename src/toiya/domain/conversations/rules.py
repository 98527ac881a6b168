"""When an answer is promised, and when a letter about what was said is due. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MOST_LETTERS = 4000
# Hours of work until the answer is promised, by what the conversation is about.
PROMISED_HOURS: Mapping[str, int] = {
    "order": 2,
    "parcel": 2,
    "label": 2,
    "connection": 4,
    "sku": 6,
    "bundle": 6,
    "charge": 9,
    "application": 9,
    "seller": 9,
}
QUIET = timedelta(minutes=3)  # a letter waits until nothing more is said for so long,
PATIENCE = timedelta(minutes=15)  # but no longer than this
SATURDAY = 5
_MOST_DAYS = 60


@dataclass(frozen=True, slots=True)
class Hours:
    """The operator's desk hours: Monday to Friday, without the warehouse's closed days."""

    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Asia/Tokyo"))
    opens: time = time(9, 0)
    closes: time = time(18, 0)
    closed: Set[date] = frozenset()

    def is_open_on(self, day: date) -> bool:
        """Whether somebody sits at the desk that day."""
        return day.weekday() < SATURDAY and day not in self.closed


def promised_at(kind: str, asked_at: datetime, hours: Hours) -> datetime:
    """The instant by which the operator answers what was asked at `asked_at`: only desk hours count. UTC."""
    left = timedelta(hours=PROMISED_HOURS[kind])
    day = asked_at.astimezone(hours.zone).date()
    for _ in range(_MOST_DAYS):
        opens = datetime.combine(day, hours.opens, hours.zone).astimezone(UTC)
        closes = datetime.combine(day, hours.closes, hours.zone).astimezone(UTC)
        begin = max(asked_at, opens)
        if hours.is_open_on(day) and begin < closes:
            if begin + left <= closes:
                return begin + left
            left -= closes - begin
        day += timedelta(days=1)
    return asked_at + left  # closed for two months: plain hours


def is_letter_due(first_said_at: datetime, last_said_at: datetime, at: datetime) -> bool:
    """Whether what was said is told by mail now: all of it in one letter, not one per keystroke."""
    return at - last_said_at >= QUIET or at - first_said_at >= PATIENCE
