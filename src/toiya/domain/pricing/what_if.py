"""
What was charged, priced with another card (anchor D-02): months of charges again, their facts unchanged unless asked.

The same pure `rules.rate` with another card, so the totals equal the actual ones when the card is the actual one.
Facts that had no price on their day are priced too: they were kept as charges of nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Min

from toiya.domain.members.models import Seller
from toiya.domain.pricing import card_rules, rules, sql
from toiya.domain.pricing.codec import entry_of
from toiya.domain.pricing.models import CardVersion, Charge
from toiya.domain.pricing.rules import Card, Entry, Kind, Period


@dataclass(slots=True)
class Pair:
    """What was charged, and what it would have been, in minor units."""

    actual_minor: int = 0
    quoted_minor: int = 0

    @property
    def difference_minor(self) -> int:
        """Positive: the other card costs more."""
        return self.quoted_minor - self.actual_minor

    def add(self, actual_minor: int, quoted_minor: int) -> None:
        """Count this too."""
        self.actual_minor += actual_minor
        self.quoted_minor += quoted_minor


@dataclass(slots=True)
class Comparison:
    """One seller's period, actual and with another card: together, by kind, and by SKU as far as facts name one."""

    currency: str
    total: Pair = field(default_factory=Pair)
    by_kind: dict[Kind, Pair] = field(default_factory=lambda: defaultdict(Pair))
    by_sku: dict[str, Pair] = field(default_factory=lambda: defaultdict(Pair))

    def add(self, entry: Entry, actual_minor: int, quoted_minor: int) -> None:
        """Count a fact."""
        self.total.add(actual_minor, quoted_minor)
        self.by_kind[entry.kind].add(actual_minor, quoted_minor)
        if sku := str(entry.facts.get("sku", "")):
            self.by_sku[sku].add(actual_minor, quoted_minor)


def unchanged(entry: Entry) -> Entry:
    """The fact as it happened."""
    return entry


@dataclass(frozen=True, slots=True)
class Asked:
    """
    What shall be otherwise: another card, and each fact as `changed` says (such as by another service).

    `without` are sources whose money was given back: they are left out.
    """

    card: Card
    changed: Callable[[Entry], Entry] = unchanged
    without: Collection[str] = ()


def charges_anew(seller: Seller, period: Period, asked: Asked) -> Comparison:
    """
    The seller's charges of those days as they would have been.

    Charges in another currency than the card's are left out. One statement, read row by row.
    """
    found = Charge.objects.filter(
        seller=seller, on__gte=period.start, on__lt=period.end, currency=asked.card.currency
    ).exclude(source__in=list(asked.without))
    rows = found.order_by("on", "pk").values_list("entry", "amount_minor")
    comparison = Comparison(asked.card.currency)
    entries = _noting(rows.iterator(chunk_size=2_000), comparison)
    for line in rules.rated(asked.card, map(asked.changed, entries), period):
        comparison.add(line.entry, 0, line.amount_minor)
    return comparison


def _noting(rows: Iterable[tuple[Mapping[str, object], int]], comparison: Comparison) -> Iterator[Entry]:
    """The facts, each counted with what it cost."""
    for stored, amount_minor in rows:
        entry = entry_of(stored)
        comparison.add(entry, amount_minor, 0)
        yield entry


def quote_card(version: CardVersion, on: date) -> Card:
    """The version as a seller would have it: before everybody's card, which prices what it does not name."""
    return card_rules.layered([version.as_card, *sql.cards_over(None, None, on)], version.card.currency)


def first_day(seller: Seller) -> date | None:
    """The first day of which there are charges."""
    found: date | None = Charge.objects.filter(seller=seller).aggregate(day=Min("on"))["day"]
    return found
