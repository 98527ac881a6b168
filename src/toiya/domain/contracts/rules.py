"""The agreement as numbers (A065-A071, manual p. 5): the text and what the house does come from one record. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

ANNOUNCED_DAYS = 30  # a new version holds at the earliest so many days after it was announced


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """
    One version of one country's agreement, or a seller's own variation of it.

    `zone` is where the days are counted; `governing` the language whose text decides. Amounts in minor units.
    """

    country: str
    version: int
    currency: str
    zone: str
    governing: str
    booking_days: int = 3  # from arrival, that day not counted, to the booking of stock (clause 4)
    storage_below_pieces: int = 10  # clause 5: fewer pieces shipped in a month than this
    storage_price_minor: int = 30  # for each piece left
    storage_free_months: int = 1  # the month of inbound is the first
    notice_day: int = 15  # of the next month (A171)
    due_day: int = 20  # clause 6
    grace_days: int = 0
    warn_days: int = 3  # the suspension is announced so many days before, at least
    stop_months: int = 2
    stop_warn_days: int = 14  # the end of the service and the return are announced so many days before, at least


# What a version or a variation may set, and between which numbers.
LIMITS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "booking_days": (1, 30),
        "storage_below_pieces": (0, 1_000_000),
        "storage_price_minor": (0, 1_000_000),
        "storage_free_months": (0, 12),
        "notice_day": (1, 28),
        "due_day": (1, 28),
        "grace_days": (0, 60),
        "warn_days": (1, 20),
        "stop_months": (1, 12),
        "stop_warn_days": (7, 28),
    }
)
STANDARD: Mapping[str, Terms] = MappingProxyType(
    {
        "JP": Terms(country="JP", version=1, currency="JPY", zone="Asia/Tokyo", governing="ja"),
        "KR": Terms(
            country="KR", version=1, currency="KRW", zone="Asia/Seoul", governing="ko", storage_price_minor=300
        ),
    }
)
HOME = "JP"
_COUNTRY_OF_ZONE: Mapping[str, str] = {terms.zone: country for country, terms in STANDARD.items()}


@dataclass(frozen=True, slots=True)
class Flaw:
    """A figure that cannot be: its name, and the numbers it may have."""

    figure: str
    least: int
    most: int


def country_of(zone: str) -> str:
    """The country whose agreement holds for a centre in that time zone (A063)."""
    return _COUNTRY_OF_ZONE.get(zone, HOME)


def country_paying_in(currency: str) -> str:
    """The country whose agreement holds for what is owed in that currency."""
    return next((country for country, terms in STANDARD.items() if terms.currency == currency), HOME)


def figures_of(terms: Terms) -> dict[str, Any]:
    """The record as it is stored with a signature."""
    return asdict(terms)


def terms_from(figures: Mapping[str, Any]) -> Terms:
    """The record of stored figures; what a later version of the house added has its standard number."""
    known = {field.name for field in fields(Terms)}
    return Terms(**{name: value for name, value in figures.items() if name in known})


def varied(terms: Terms, changes: Mapping[str, int]) -> Terms:
    """The terms with a seller's own numbers."""
    numbers: dict[str, Any] = dict(changes)
    return replace(terms, **numbers)


def first_flaw(changes: Mapping[str, int], terms: Terms) -> Flaw | None:
    """The first figure that is unknown, out of its limits, or asks for money before the notice."""
    for name, value in changes.items():
        least, most = LIMITS.get(name, (0, -1))
        if not least <= value <= most:
            return Flaw(name, least, most)
    after = varied(terms, changes)
    if after.due_day - after.warn_days < after.notice_day:
        return Flaw("due_day", after.notice_day + after.warn_days, LIMITS["due_day"][1])
    return None


def booked_by(arrived_on: date, terms: Terms) -> date:
    """The last day on which goods that arrived are booked (clause 4; the day of arrival is not counted)."""
    return arrived_on + timedelta(days=terms.booking_days)


def storage_fee(terms: Terms, *, shipped: int, left: int) -> int:
    """Clause 5 for one SKU and month, in minor units: 5 shipped, 20 left is 20 x 30 = 600 (A070)."""
    return left * terms.storage_price_minor if shipped < terms.storage_below_pieces else 0


def is_free_month(terms: Terms, *, inbound: date, month: date) -> bool:
    """Whether goods that came on that day cost nothing in that month: the month of inbound is the first free one."""
    passed = (month.year - inbound.year) * 12 + month.month - inbound.month
    return 0 <= passed < terms.storage_free_months
