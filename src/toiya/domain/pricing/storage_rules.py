"""
What storage is counted from, and what slow goods cost by the manual (A069-A071, A171). Pure.

Months and days are those of the warehouse; a level is what lies there when the day ends. A SKU's first month in a
warehouse is free of the monthly fee (A171).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple
from zoneinfo import ZoneInfo

from toiya.domain.pricing.rules import Card, Entry, Facts, Kind, Period, Rate, rate

STORAGE = (
    Kind.STORAGE_MONTH,
    Kind.STORAGE_VOLUME_DAY,
    Kind.STORAGE_BIN,
    Kind.STORAGE_PALLET,
    Kind.STORAGE_PEAK,
    Kind.STORAGE_AVERAGE,
)
FAST_PIECES = 10  # so many pieces shipped in the month, and the manual's fee is not due (A069)
FEE = 30  # yen for each piece left at the end of the month (A069)


class Move(NamedTuple):
    """Pieces of a SKU came (+) or left (-) a warehouse; `is_shipped` when they left for a buyer."""

    sku: str
    warehouse: str
    at: datetime
    change: int
    is_shipped: bool = False
    id: int = 0


@dataclass(frozen=True, slots=True)
class SkuMonth:
    """
    One SKU in one warehouse over one month: pieces shipped, left when it ends, and the level of each day.

    `cm3`: the volume of a piece in cubic centimetres, 0 when nobody measured it. `bin_days` and `pallet_days`: bins,
    and places of a whole pallet, that it took, summed over the days. A place counts as a bin or as a pallet, never as
    both. A pallet with several SKUs of a seller is one place, told with one of them; with goods of two sellers it is a
    whole place for each, so that each bill follows from the seller's own goods alone.
    """

    sku: str
    warehouse: str
    month: Period
    shipped: int
    left: int
    levels: tuple[int, ...]
    is_first_month: bool
    cm3: int = 0
    bin_days: int = 0
    pallet_days: int = 0
    ledger: tuple[int, ...] = ()

    @property
    def piece_days(self) -> int:
        """Pieces times days."""
        return sum(self.levels)

    @property
    def peak(self) -> int:
        """The highest level."""
        return max(self.levels, default=0)

    @property
    def average(self) -> int:
        """The average level, rounded up to whole pieces."""
        return -(-self.piece_days // len(self.levels)) if self.levels else 0

    @property
    def facts(self) -> Facts:
        """What rules of a card may ask for."""
        return {
            "sku": self.sku,
            "warehouse": self.warehouse,
            "shipped": self.shipped,
            "is_first_month": int(self.is_first_month),
        }


@dataclass
class _Tally:
    before: int = 0
    shipped: int = 0
    first: date | None = None
    changes: dict[date, int] = field(default_factory=lambda: defaultdict(int))
    ids: list[int] = field(default_factory=list)


def sku_months(
    moves: Iterable[Move], zones: Mapping[str, ZoneInfo], month: Period, cm3: Mapping[str, int] | None = None
) -> list[SkuMonth]:
    """
    The month of each SKU in each warehouse that had pieces in it, from all movements since the beginning.

    `zones` gives the time zone of each warehouse; `cm3` the volume of a piece by SKU.
    """
    tallies: dict[tuple[str, str], _Tally] = defaultdict(_Tally)
    for move in moves:
        day = move.at.astimezone(zones[move.warehouse]).date()
        if day >= month.end:
            continue
        tally = tallies[move.sku, move.warehouse]
        if move.change > 0:
            tally.first = day if tally.first is None else min(tally.first, day)
        if day < month.start:
            tally.before += move.change
            continue
        tally.changes[day] += move.change
        tally.ids.append(move.id)
        if move.is_shipped:
            tally.shipped -= move.change
    volumes = cm3 or {}
    found = [_month(*key, tally, month, volumes.get(key[0], 0)) for key, tally in sorted(tallies.items())]
    return [each for each in found if each.levels and (each.peak or each.shipped)]


def _month(sku: str, warehouse: str, tally: _Tally, month: Period, cm3: int) -> SkuMonth:
    level, levels = tally.before, []
    for number in range(month.days):
        level += tally.changes.get(month.start + timedelta(days=number), 0)
        levels.append(level)
    return SkuMonth(
        sku,
        warehouse,
        month,
        tally.shipped,
        level,
        tuple(levels),
        tally.first is not None and tally.first in month,
        cm3,
        ledger=tuple(sorted(tally.ids)),
    )


def storage_entries(facts: SkuMonth) -> list[Entry]:
    """The month as one entry for each way to charge storage; a card prices those it has a rule for."""
    on = facts.month.end - timedelta(days=1)
    counted = {
        Kind.STORAGE_MONTH: facts.left,
        Kind.STORAGE_VOLUME_DAY: facts.piece_days * facts.cm3,
        Kind.STORAGE_BIN: facts.bin_days,
        Kind.STORAGE_PALLET: facts.pallet_days,
        Kind.STORAGE_PEAK: facts.peak,
        Kind.STORAGE_AVERAGE: facts.average,
    }
    return [
        Entry(kind, on, facts.sku, quantity, facts.facts, None, facts.ledger)
        for kind, quantity in counted.items()
        if quantity
    ]


class Stretch(NamedTuple):
    """Days in a row, first and last, that end with so many pieces; `volume_cm3` is summed over the days."""

    first: date
    last: date
    pieces: int
    piece_days: int
    volume_cm3: int


def stretches(facts: SkuMonth) -> list[Stretch]:
    """The days of a month, those with one level together; days on which nothing lay there are left out."""
    found, start = [], facts.month.start
    for pieces, group in groupby(facts.levels):
        days = len(list(group))
        if pieces:
            last, piece_days = start + timedelta(days=days - 1), pieces * days
            found.append(Stretch(start, last, pieces, piece_days, piece_days * facts.cm3))
        start += timedelta(days=days)
    return found


@dataclass(frozen=True, slots=True)
class Cliff:
    """
    What a few pieces more would have changed (L23): with `missing` more shipped and as many fewer left, storage would
    have cost `then_minor` instead of `now_minor`.
    """

    shipped: int
    left: int
    missing: int
    now_minor: int
    then_minor: int

    @property
    def saved_minor(self) -> int:
        """What selling them would have saved of this month's storage."""
        return self.now_minor - self.then_minor


def cliff(card: Card, fact: Entry) -> Cliff | None:
    """
    How far a SKU's month (its entry of STORAGE_MONTH) was from the next cheaper step of this card; None when no step
    was in reach, or when it saves no more than the pieces sold would have saved by themselves.
    """
    shipped, left = int(fact.facts.get("shipped", 0)), fact.quantity
    now = _cost(card, fact, 0)
    for missing in sorted(_steps(card, shipped, left)):
        then = _cost(card, fact, missing)
        if then < now - now * missing // left:
            return Cliff(shipped, left, missing, now, then)
    return None


def _steps(card: Card, shipped: int, left: int) -> set[int]:
    """So many pieces more shipped, and a rule's threshold is met."""
    limits = {
        int(value)
        for rule in card.rates
        if rule.kind == Kind.STORAGE_MONTH
        for name, value in rule.conditions.items()
        if name in {"shipped_under", "shipped_from"}
    }
    return {limit - shipped for limit in limits if 0 < limit - shipped <= left}


def _cost(card: Card, fact: Entry, more: int) -> int:
    """The month's fee with so many pieces more shipped, and as many fewer left."""
    told = {**fact.facts, "shipped": int(fact.facts.get("shipped", 0)) + more}
    entry = fact._replace(quantity=fact.quantity - more, facts=told)
    return sum(line.amount_minor for line in rate(card, [entry], Period.day(fact.on))) if entry.quantity else 0


def manual_rates() -> tuple[Rate, ...]:
    """The manual's storage fee as rules of a card (A069-A071, A171)."""
    conditions: Facts = {"shipped_under": FAST_PIECES, "is_first_month": 0}
    return (Rate(Kind.STORAGE_MONTH, Decimal(FEE), conditions),)
