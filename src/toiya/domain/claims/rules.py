"""Who pays for damage and loss, and at most how much; how payouts and credits are counted. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Place(StrEnum):
    """Where pieces were when they were damaged or lost."""

    BEFORE_INSPECTION = "before_inspection"
    IN_THE_HOUSE = "in_the_house"
    IN_DELIVERY = "in_delivery"


class Liable(StrEnum):
    """Who pays."""

    OPERATOR = "operator"
    CARRIER = "carrier"
    NOBODY = "nobody"


DEFAULT_DAYS = 14  # until a carrier's own terms are entered; unconfirmed, the shortest that is known
OWN_DAYS = 10  # within which we answer for our own house
NOT_TAKEN = frozenset({"attempted", "kept"})  # scans of a parcel that its receiver did not take


@dataclass(frozen=True, slots=True)
class Liability:
    """Who pays, and at most how much in minor units."""

    liable: Liable
    most_minor: int


def liability(place: Place, value_minor: int, cap_minor: int | None, *, is_force_majeure: bool = False) -> Liability:
    """
    Who answers for goods worth `value_minor`, and up to how much.

    Inside the warehouse after inspection and before shipment it is the operator, whole; damage in delivery is not the
    operator's (A067, manual clause 3). A carrier pays up to the cap of its service, and nothing beyond the range or for
    force majeure (A187, manual Q6: Nekopos 3,000 yen, Sagawa 300,000 yen per parcel).

    :param cap_minor: what the service pays per parcel; None: it is not told, so nothing is promised
    """
    if is_force_majeure or place is Place.BEFORE_INSPECTION:
        return Liability(Liable.NOBODY, 0)
    if place is Place.IN_THE_HOUSE:
        return Liability(Liable.OPERATOR, value_minor)
    most = min(value_minor, cap_minor or 0)
    return Liability(Liable.CARRIER if most else Liable.NOBODY, most)


def due_on(known_on: date, within_days: int) -> date:
    """The last day on which it may be told, counted from the day it could be known."""
    return known_on + timedelta(days=within_days)


def came_back_damaged(states: Iterable[str]) -> bool:
    """Whether a parcel that came back may be damaged: it did not come back because its receiver did not take it."""
    return not NOT_TAKEN & set(states)


def split(amount_minor: int, values: Sequence[int]) -> list[int]:
    """
    An amount over lines in proportion to their values; the parts add up to it, and no part is more than its value as
    long as the amount is not more than their sum. Units that are left go to the largest remainders, the first first.
    """
    whole = sum(values)
    if not whole:
        return [amount_minor, *[0] * (len(values) - 1)] if values else []
    parts = [amount_minor * value // whole for value in values]
    by_remainder = sorted(range(len(values)), key=lambda place: (-(amount_minor * values[place] % whole), place))
    for place in by_remainder[: amount_minor - sum(parts)]:
        parts[place] += 1
    return parts


@dataclass(frozen=True, slots=True)
class CreditTerms:
    """What a late order is worth by contract, and the most in one month (0: no cap)."""

    amount_minor: int = 0
    percent: int = 0
    month_cap_minor: int = 0


def credit(terms: CreditTerms, fees_minor: int, credited_minor: int) -> int:
    """
    The credit for one late order in minor units: the amount, and the percent of its fees rounded half up, within what
    the cap leaves of this month.
    """
    wanted = terms.amount_minor + (fees_minor * terms.percent * 2 + 100) // 200
    if not terms.month_cap_minor:
        return wanted
    return min(wanted, max(0, terms.month_cap_minor - credited_minor))
