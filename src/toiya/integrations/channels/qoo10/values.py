"""Pure: single values as QAPI writes them. Rows come with folded (lower-case) keys."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from toiya.domain.channels.port import DesiredDelivery

Row = Mapping[str, Any]

JAPAN = ZoneInfo("Asia/Tokyo")
LARGEST_NUMBER = 10**15
# Sites of this make write "no date" as the year 1 or 1900.
FIRST_YEAR = 2000
KEPT_CONTROLS = {"\n", "\t"}

_MOMENT = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?", re.ASCII)
_HOURS = re.compile(r"(\d{1,2}):(\d{2})\s*[~〜～-]\s*(\d{1,2}):(\d{2})", re.ASCII)
_NO_TIME = re.compile(r"\s+0?0:00(?::00)?$", re.ASCII)
_NUMBER_IN_BRACKETS = re.compile(r"[(（]\s*(\d{1,9})\s*[)）]\s*$", re.ASCII)
_NO_PHONE = re.compile(r"[+]?\d{0,3}[-\s]*", re.ASCII)


class Unreadable(Exception):
    """A field without which a row cannot be used holds nothing that can be read. The text names the field."""


def text(row: Row, *names: str) -> str:
    """The first of these fields that says something, else ''. Characters no database takes are dropped."""
    for name in names:
        value = row.get(name)
        if value is None or isinstance(value, dict | list):
            continue
        cleaned = "".join(letter for letter in str(value) if _is_storable(letter)).strip()
        if cleaned:
            return cleaned
    return ""


def identity(row: Row, name: str) -> str:
    """A number that names something. :raises Unreadable: there is none"""
    number = text(row, name)
    if not number or number == "0":
        raise Unreadable(name)
    return number


def amount(row: Row, name: str) -> Decimal | None:
    """A Decimal field; None when it is empty. :raises Unreadable: it is not a sensible number"""
    written = text(row, name).replace(",", "")
    if not written:
        return None
    try:
        value = Decimal(written)
    except InvalidOperation as trouble:
        raise Unreadable(name) from trouble
    if not value.is_finite() or abs(value) > LARGEST_NUMBER:
        raise Unreadable(name)
    return value


def whole(row: Row, name: str) -> int | None:
    """A whole-number field; None when it is empty. :raises Unreadable: it is not a whole number"""
    value = amount(row, name)
    if value is None:
        return None
    if value != value.to_integral_value():
        raise Unreadable(name)
    return int(value)


def moment(written: str) -> datetime | None:
    """`2026-04-01 09:58:12` (Japan) as an instant in UTC; None for nothing or for what is no date."""
    match = _MOMENT.fullmatch(written.strip())
    if match is None or int(match[1]) < FIRST_YEAR:
        return None
    try:
        local = datetime(*(int(part or 0) for part in match.groups()), tzinfo=JAPAN)  # type: ignore[misc, arg-type]
    except ValueError:
        return None
    return local.astimezone(UTC)


def end_of_day(written: str) -> datetime | None:
    """The last second, in Japan, of the day that a text names; None for nothing or for what is no date."""
    instant = moment(written)
    if instant is None:
        return None
    return datetime.combine(instant.astimezone(JAPAN), time(23, 59, 59), JAPAN).astimezone(UTC)


def desired_delivery(written: str) -> DesiredDelivery | None:
    """`2026-04-06`, `14:00~16:00` or both; None for nothing or for words that are neither."""
    match = _HOURS.search(written)
    rest = (written[: match.start()] + written[match.end() :] if match else written).strip()
    try:
        hours = (None, None) if match is None else (_clock(match[1], match[2]), _clock(match[3], match[4]))
    except ValueError:
        return None
    day = _day(_NO_TIME.sub("", rest))
    if (rest and day is None) or (day is None and match is None):
        return None
    return DesiredDelivery(day, *hours)


def phone(*written: str) -> str:
    """The first number that is one; Qoo10 writes "no number" as `+81--`."""
    return next((number for number in written if not _NO_PHONE.fullmatch(number)), "")


def bracketed_number(written: str) -> int | None:
    """The 2 of `On request(2)`: the words around it vary and are never matched. None when there is none."""
    if written.isascii() and written.isdigit() and len(written) < 10:
        return int(written)
    match = _NUMBER_IN_BRACKETS.search(written)
    return int(match[1]) if match else None


def wire_moment(instant: datetime) -> str:
    """An instant as search windows want it: fourteen digits of Japan time."""
    return instant.astimezone(JAPAN).strftime("%Y%m%d%H%M%S")


def ship_day(ship_on: datetime, at: datetime) -> str:
    """The Japanese day of `ship_on` in eight digits, tomorrow at the earliest: today is refused (-10018)."""
    tomorrow = at.astimezone(JAPAN).date() + timedelta(days=1)
    return max(ship_on.astimezone(JAPAN).date(), tomorrow).strftime("%Y%m%d")


def years_after(instant: datetime, years: int) -> datetime:
    """The same Japanese wall time some years later, in UTC; 29 February becomes the 28th."""
    local = instant.astimezone(JAPAN)
    if (local.month, local.day) == (2, 29):
        local = local.replace(day=28)
    return local.replace(year=local.year + years).astimezone(UTC)


def windows(since: datetime, until: datetime, longest: timedelta) -> list[tuple[datetime, datetime]]:
    """
    Cut a span into windows no longer than `longest`, from old to new.

    Both ends of a window are included at the site, in whole seconds; neighbours share theirs, so nothing
    lies between them.
    """
    start, end = since.replace(microsecond=0), until.replace(microsecond=0)
    if until.microsecond:
        end += timedelta(seconds=1)
    cut: list[tuple[datetime, datetime]] = []
    while start < end:
        stop = min(start + longest, end)
        cut.append((start, stop))
        start = stop
    return cut


def _is_storable(letter: str) -> bool:
    return unicodedata.category(letter) not in {"Cc", "Cs"} or letter in KEPT_CONTROLS


def _clock(hour: str, minute: str) -> time:
    if (hour, minute) == ("24", "00"):
        return time(23, 59)
    return time(int(hour), int(minute))


def _day(written: str) -> date | None:
    instant = moment(written)
    return None if instant is None else instant.astimezone(JAPAN).date()
