"""What each carrier's service takes, by the rule of the day: sizes, weights, days, slots. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Slot(StrEnum):
    """A time of the day to deliver in, in our own words; each carrier's plug has its code for it."""

    MORNING = "AM"
    FROM_12 = "12-14"
    FROM_14 = "14-16"
    FROM_16 = "16-18"
    FROM_18 = "18-20"
    FROM_19 = "19-21"
    EVENING = "18-21"


class Misfit(StrEnum):
    """Why a parcel is not for a service."""

    NOT_OFFERED = "not_offered"
    TOO_LARGE = "too_large"
    TOO_LONG = "too_long"
    TOO_THICK = "too_thick"
    TOO_SMALL = "too_small"
    TOO_HEAVY = "too_heavy"


@dataclass(frozen=True, slots=True)
class Sizes:
    """The outer sides of a parcel."""

    length_mm: int
    width_mm: int
    height_mm: int

    @property
    def sides(self) -> tuple[int, int, int]:
        """Longest first."""
        longest, middle, shortest = sorted((self.length_mm, self.width_mm, self.height_mm), reverse=True)
        return longest, middle, shortest

    @property
    def sum_mm(self) -> int:
        return self.length_mm + self.width_mm + self.height_mm


@dataclass(frozen=True, slots=True)
class Tier:
    """A size of the price list: three sides together, and what such a parcel may weigh (0: no limit of its own)."""

    most_sum_mm: int
    most_weight_g: int = 0


@dataclass(frozen=True, slots=True)
class Terms:
    """
    What a service takes from `starts_on` on, until the next terms start. 0 is no limit.

    `takes_date` and `slots` are what the receiver may ask for; a date may lie at most `latest_days` after the parcel
    leaves, or as late as the way there takes. `within_mm` are sides the parcel must lie within, as a service with a box
    of its own wants.
    """

    starts_on: date
    tiers: tuple[Tier, ...] = ()
    longest_mm: int = 0
    thickest_mm: int = 0
    least_mm: tuple[int, int] = (0, 0)
    within_mm: tuple[int, int, int] | None = None
    most_weight_g: int = 0
    takes_date: bool = False
    slots: frozenset[str] = frozenset()
    latest_days: int = 0
    is_mailbox: bool = False
    compensation_minor: int = 0
    is_offered: bool = True


@dataclass(frozen=True, slots=True)
class Offer:
    """A carrier's service with its terms through time, the earliest first."""

    code: str
    carrier: str
    name: str
    terms: tuple[Terms, ...]

    def on(self, day: date) -> Terms | None:
        """The terms in force on that day; None when it is not offered then."""
        begun = [terms for terms in self.terms if terms.starts_on <= day]
        return begun[-1] if begun and begun[-1].is_offered else None


def fits(offer: Offer, sizes: Sizes, weight_g: int, day: date) -> tuple[Misfit, ...]:
    """Everything that keeps a parcel from going by this service when it leaves on `day`; empty: it may go."""
    terms = offer.on(day)
    if terms is None:
        return (Misfit.NOT_OFFERED,)
    longest, middle, shortest = sizes.sides
    most_sum = max((tier.most_sum_mm for tier in terms.tiers), default=0)
    most_weight = terms.most_weight_g or max((tier.most_weight_g for tier in terms.tiers), default=0)
    broken = (
        (Misfit.TOO_LARGE, (most_sum and sizes.sum_mm > most_sum) or _outside(sizes, terms.within_mm)),
        (Misfit.TOO_LONG, terms.longest_mm and longest > terms.longest_mm),
        (Misfit.TOO_THICK, terms.thickest_mm and shortest > terms.thickest_mm),
        (Misfit.TOO_SMALL, longest < terms.least_mm[0] or middle < terms.least_mm[1]),
        (Misfit.TOO_HEAVY, most_weight and weight_g > most_weight),
    )
    return tuple(misfit for misfit, is_broken in broken if is_broken)


def _outside(sizes: Sizes, box: tuple[int, int, int] | None) -> bool:
    return box is not None and any(side > most for side, most in zip(sizes.sides, box, strict=True))


def tier_of(terms: Terms, sizes: Sizes, weight_g: int) -> Tier | None:
    """The size it is billed as: the larger of what its sides and its weight ask for; None: beyond every one."""
    for tier in terms.tiers:
        if sizes.sum_mm <= tier.most_sum_mm and (not tier.most_weight_g or weight_g <= tier.most_weight_g):
            return tier
    return None


def billed_cm(offer: Offer, sum_mm: int, weight_g: int, day: date) -> int:
    """
    The size that a parcel with these three sides together is billed as on that day, as price lists call it: 60, 80,
    100; 0 when there is none for it.
    """
    terms = offer.on(day)
    tier = tier_of(terms, Sizes(sum_mm, 0, 0), weight_g) if terms else None
    return tier.most_sum_mm // 10 if tier else 0


def fitting(offers: Iterable[Offer], sizes: Sizes, weight_g: int, day: date) -> Sequence[Offer]:
    """Those that take the parcel, in the order given."""
    return [offer for offer in offers if not fits(offer, sizes, weight_g, day)]
