"""Months of the calendar, when one is over and when its statement is closed (A171)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

# The operator's own calendar: statements and invoices follow it; storage follows that of its warehouse.
OPERATOR_ZONE = ZoneInfo("Asia/Tokyo")
CLOSING_DAY = 15  # of the next month: "the notice appears around the middle of the next month" (A171, manual p. 6)


def month_of(day: date) -> date:
    """The first day of its month, which stands for the month."""
    return day.replace(day=1)


def month_at(instant: datetime, zone: ZoneInfo = OPERATOR_ZONE) -> date:
    """The month of an instant on a zone's calendar."""
    return month_of(instant.astimezone(zone).date())


def day_of(instant: datetime, zone: ZoneInfo = OPERATOR_ZONE) -> date:
    """The day of an instant on a zone's calendar."""
    return instant.astimezone(zone).date()


def next_month(month: date) -> date:
    """The month after it."""
    return month_of(month + timedelta(days=31))


def month_before(month: date) -> date:
    """The month before it."""
    return month_of(month - timedelta(days=1))


def last_day(month: date) -> date:
    """Its last day."""
    return next_month(month) - timedelta(days=1)


def instants(month: date, zone: ZoneInfo = OPERATOR_ZONE) -> tuple[datetime, datetime]:
    """Its first instant and that of the next month on a zone's calendar, in UTC."""
    first, after = (datetime.combine(day, time.min, zone).astimezone(UTC) for day in (month, next_month(month)))
    return first, after


def is_over(month: date, at: datetime, zone: ZoneInfo = OPERATOR_ZONE) -> bool:
    """Whether its last day is past on a zone's calendar."""
    return at >= instants(month, zone)[1]


def closes_on(month: date) -> date:
    """The day from which on its statement is closed."""
    return next_month(month).replace(day=CLOSING_DAY)


def is_due_to_close(month: date, at: datetime) -> bool:
    """Whether that day has come on the operator's calendar; the clock may be late, so any day after it counts too."""
    return at.astimezone(OPERATOR_ZONE).date() >= closes_on(month)


def parsed(text: str) -> date | None:
    """The month of a text such as 2026-11; None when it is none."""
    year, dash, number = text.partition("-")
    if not (dash and len(year) == 4 and len(number) == 2 and (year + number).isascii() and (year + number).isdigit()):
        return None
    return date(int(year), int(number), 1) if int(year) > 1900 and 1 <= int(number) <= 12 else None
