"""
What a fact costs: entries of the ledger and a rate card in, priced lines out. Pure, so that any line can be done again.

Prices are Decimal in the currency's major unit and include tax. Each line is rounded once, by `Money.rounded`:
amount = quantity × unit price ÷ per.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple

from toiya.core.money import Money, minor_digits
from toiya.domain.pricing.amounts import plain, whole_minor


class Kind(StrEnum):
    """What may be priced. Its words for people are `models.ChargeKind`."""

    INBOUND_PIECE = "inbound_piece"
    INBOUND_CARTON = "inbound_carton"
    INBOUND_EXPRESS = "inbound_express"
    QUALITY_CHECK = "quality_check"
    SKU_LABEL = "sku_label"
    PICK_FIRST = "pick_first"
    PICK_MORE = "pick_more"
    PACKAGING = "packaging"
    INSERT = "insert"
    SHIPPING = "shipping"
    SURCHARGE = "surcharge"
    DISPATCH_ELSEWHERE = "dispatch_elsewhere"
    RETURN_PIECE = "return_piece"
    REMOVAL_PIECE = "removal_piece"
    REMOVAL_PARCEL = "removal_parcel"
    WORK_MINUTE = "work_minute"
    ASSEMBLY_PIECE = "assembly_piece"
    STORAGE_MONTH = "storage_month"
    STORAGE_VOLUME_DAY = "storage_volume_day"
    STORAGE_BIN = "storage_bin"
    STORAGE_PALLET = "storage_pallet"
    STORAGE_PEAK = "storage_peak"
    STORAGE_AVERAGE = "storage_average"
    CREDIT = "credit"


# A share of what else the same subject costs on the same day; the price is a percentage.
SHARES: Mapping[Kind, frozenset[Kind]] = {
    Kind.INBOUND_EXPRESS: frozenset({Kind.INBOUND_PIECE, Kind.INBOUND_CARTON, Kind.QUALITY_CHECK})
}
_BASES = frozenset(kind for kinds in SHARES.values() for kind in kinds)
# When two rules name equally many conditions, the one that names the earlier of these wins.
_ENDLESS = 2**62
PRECEDENCE = ("service", "size", "area", "zone", "country", "box", "sku", "platform", "warehouse")
Zones = Mapping[str, Sequence[str]]  # a card's own names: prefectures, or beginnings of postal codes
NO_ZONES: Zones = MappingProxyType({})

Facts = Mapping[str, str | int]
NO_FACTS: Facts = MappingProxyType({})


class Entry(NamedTuple):
    """
    One fact of the ledger to be priced: so many of a kind, for a subject (PCL-…, CB-…, a SKU's code), on a local day.

    `facts` are what rules may ask for: warehouse, service, zone, size, platform… `list_price_minor` is today's price
    of one as another table keeps it (for a share: the percentage): it counts where the card has no rule. `ledger` are
    the ids of the movements it was counted from.
    """

    kind: Kind
    on: date
    subject: str
    quantity: int
    facts: Facts = NO_FACTS
    list_price_minor: int | None = None
    ledger: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Rate:
    """
    One rule of a card: the price of `per` units where all conditions hold.

    A condition is a fact's name and the value it must have; `NAME_from` and `NAME_under` ask for a number that is at
    least, or less than, that. A fact that an entry does not have fulfils nothing. The condition `area` names a zone of
    its own card and asks for a `prefecture` among its `places`, or for its name as `remote`. `level`: how close the
    card is to the seller; `card` and `version` say whose rule it is when several cards lie over each other.
    """

    kind: Kind
    price: Decimal
    conditions: Facts
    per: int = 1
    level: int = 0
    card: str = ""
    version: int = 0
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """One version of a rate card, or several laid over each other: then code and version are the nearest one's."""

    code: str
    version: int
    currency: str
    rates: tuple[Rate, ...] = ()
    zones: Zones = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Period:
    """Local days from `start` up to, and without, `end`."""

    start: date
    end: date

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.start <= day < self.end

    @classmethod
    def month(cls, year: int, month: int) -> Period:
        """A calendar month."""
        after = date(year + month // 12, month % 12 + 1, 1)
        return cls(date(year, month, 1), after)

    @classmethod
    def day(cls, on: date) -> Period:
        """One day."""
        return cls(on, date.fromordinal(on.toordinal() + 1))

    @property
    def days(self) -> int:
        """How many days."""
        return (self.end - self.start).days


class Line(NamedTuple):
    """One priced fact. `amount_minor` is `formula` computed and rounded; a price of the list has no card."""

    kind: Kind
    subject: str
    on: date
    quantity: int
    unit_price: Decimal
    amount_minor: int
    formula: str
    card: str
    version: int
    ledger: tuple[int, ...]
    per: int
    entry: Entry


def rate(card: Card, entries: Iterable[Entry], period: Period) -> list[Line]:
    """
    The lines that these entries make in the period. What has neither a rule nor a list price costs nothing: no line.

    Each line follows from its own entry alone, except shares: those from the entries of the same subject and day.
    """
    return list(rated(card, entries, period))


def rated(card: Card, entries: Iterable[Entry], period: Period) -> Iterator[Line]:
    """`rate` line by line, for more entries than memory should hold."""
    book = _Book(card)
    shares: list[Entry] = []
    bases: dict[tuple[str, date, Kind], int] = defaultdict(int)
    start, end = period.start, period.end
    for entry in entries:
        if not start <= entry.on < end:
            continue
        if entry.kind in SHARES:
            shares.append(entry)
            continue
        line = book.line(entry)
        if line is not None:
            if entry.kind in _BASES:
                bases[entry.subject, entry.on, entry.kind] += line.amount_minor
            yield line
    for entry in shares:
        base = sum(bases[entry.subject, entry.on, kind] for kind in SHARES[entry.kind])
        line = book.share(entry, base)
        if line is not None:
            yield line


class _Rule(NamedTuple):
    """A rule ready to be asked a million times: limits as numbers, the price as text and in whole minor units."""

    equal: tuple[tuple[str, str], ...]
    limits: tuple[tuple[str, int, int], ...]  # fact, at least, below
    price: Decimal
    whole: int | None
    text: str
    per: int
    card: str
    version: int
    area: str
    places: frozenset[str]

    def holds(self, facts: Facts) -> bool:
        if self.area and facts.get("prefecture") not in self.places and facts.get("remote") != self.area:
            return False
        for name, wanted in self.equal:
            if str(facts.get(name)) != wanted or name not in facts:
                return False
        for name, least, below in self.limits:
            found = facts.get(name)
            if found is None or not least <= int(found) < below:
                return False
        return True


class _Book:
    """A card with its rules sorted: the nearest card first, then the most conditions, then by what they name."""

    def __init__(self, card: Card) -> None:
        self.digits = minor_digits(card.currency)
        self.card = card
        self.by_kind: dict[Kind, list[_Rule]] = defaultdict(list)
        self.narrowed: dict[tuple[Kind, str, str], list[_Rule]] = {}
        for each in sorted(card.rates, key=_closeness):
            self.by_kind[each.kind].append(self._ready(each))

    def line(self, entry: Entry) -> Line | None:
        rule = self._rule(entry)
        if rule is not None:
            return self._line(entry, entry.quantity, rule)
        if entry.list_price_minor is None:
            return None
        return self._line(entry, entry.quantity, self._listed(Decimal(entry.list_price_minor).scaleb(-self.digits), 1))

    def share(self, entry: Entry, base_minor: int) -> Line | None:
        rule = self._rule(entry)
        per = 100 * 10**self.digits
        if rule is not None:
            return self._line(entry, base_minor, rule._replace(per=per, whole=None))
        if entry.list_price_minor is None:
            return None
        return self._line(entry, base_minor, self._listed(Decimal(entry.list_price_minor), per))

    def _rule(self, entry: Entry) -> _Rule | None:
        """The most specific rule that holds."""
        facts = entry.facts
        wanted = (entry.kind, str(facts.get("service")), str(facts.get("size")))
        near = self.narrowed.get(wanted)
        if near is None:  # a table of zones has hundreds of rules: those of this service and size are few
            told = {"service": wanted[1], "size": wanted[2]}
            rules = self.by_kind.get(entry.kind, ())
            near = [each for each in rules if all(told.get(name, value) == value for name, value in each.equal)]
            self.narrowed[wanted] = near
        for each in near:
            if each.holds(facts):
                return each
        return None

    def _ready(self, rule: Rate) -> _Rule:
        equal, limits = [], []
        for name, wanted in rule.conditions.items():
            if name.endswith("_under"):
                limits.append((name.removesuffix("_under"), -_ENDLESS, int(wanted)))
            elif name.endswith("_from"):
                limits.append((name.removesuffix("_from"), int(wanted), _ENDLESS))
            elif name != "area":
                equal.append((name, str(wanted)))
        code, version = rule.card or self.card.code, rule.version or self.card.version
        whole = whole_minor(rule.price, rule.per, self.digits)
        area = str(rule.conditions.get("area", ""))
        return _Rule(
            tuple(equal), tuple(limits), rule.price, whole, plain(rule.price), rule.per, code, version,
            area, frozenset(rule.places),
        )  # fmt: skip

    def _listed(self, price: Decimal, per: int) -> _Rule:
        return _Rule((), (), price, whole_minor(price, per, self.digits), plain(price), per, "", 0, "", frozenset())

    def _line(self, entry: Entry, quantity: int, rule: _Rule) -> Line:
        if rule.whole is None:
            amount = Money.rounded(quantity * rule.price / rule.per, self.card.currency).minor
        else:
            amount = quantity * rule.whole
        formula = f"{quantity} × {rule.text}" if rule.per == 1 else f"{quantity} × {rule.text} ÷ {rule.per}"
        return Line(
            entry.kind, entry.subject, entry.on, quantity, rule.price, amount, formula,
            rule.card, rule.version, entry.ledger, rule.per, entry,
        )  # fmt: skip


def _closeness(rule: Rate) -> tuple[Any, ...]:
    names = [name.removesuffix("_under").removesuffix("_from") for name in rule.conditions]
    places = sorted(PRECEDENCE.index(name) if name in PRECEDENCE else len(PRECEDENCE) for name in names)
    is_wide = not any(place.isdigit() for place in rule.places)  # islands before the prefecture they belong to
    return -rule.level, -len(names), places, is_wide, sorted(map(str, rule.conditions.items())), rule.price
