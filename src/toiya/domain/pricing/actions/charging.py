"""
Steps for the packages above: price facts, and write them down as charges under the cause they are paid for.

What is set aside in the wallet under a source is the sum of its charges: reserve `quote.total_minor`, then write the
same quote. A price of nothing reserves nothing; its facts are written all the same, so that they can be priced anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from toiya.domain.members.models import Seller
from toiya.domain.pricing import card_rules, queries, rules
from toiya.domain.pricing.codec import entry_as_json
from toiya.domain.pricing.models import Charge
from toiya.domain.pricing.rules import Card, Entry, Line, Period
from toiya.domain.warehouses.models import Warehouse


@dataclass(frozen=True, slots=True)
class Quote:
    """What the facts cost: their lines, the facts without a price, the sum in minor units."""

    lines: tuple[Line, ...]
    currency: str
    unpriced: tuple[Entry, ...] = ()

    @property
    def total_minor(self) -> int:
        """The sum of the lines."""
        return sum(line.amount_minor for line in self.lines)


def price(*, seller: Seller, warehouse: Warehouse, entries: Sequence[Entry], on: date, currency: str = "") -> Quote:
    """
    The facts priced with the cards in force on that day of the warehouse, in that currency (else the seller's own).

    One statement; changes nothing.
    """
    wanted = currency or seller.currency
    return quoted(queries.card_for(seller, warehouse, on, wanted), entries)


def quoted(card: Card, entries: Sequence[Entry]) -> Quote:
    """The same with a card at hand. Facts of any day count."""
    lines = rules.rate(card, entries, Period(date.min, date.max))
    priced = {id(line.entry) for line in lines}
    return Quote(tuple(lines), card.currency, tuple(entry for entry in entries if id(entry) not in priced))


def write_charges(*, seller_id: int, source: str, quote: Quote, at: datetime) -> None:
    """
    Write the quote as the charges of its source, priced or not (one statement). The same source twice is one.
    """
    unpriced = [_unpriced(entry) for entry in quote.unpriced]
    Charge.objects.bulk_create(
        [
            Charge(
                seller_id=seller_id,
                source=source,
                number=number,
                kind=line.kind,
                subject=line.subject,
                on=line.on,
                quantity=line.quantity,
                unit_price=line.unit_price,
                per=line.per,
                amount_minor=line.amount_minor,
                currency=quote.currency,
                formula=line.formula,
                card_code=line.card,
                card_version=line.version,
                entry=entry_as_json(line.entry),
                tax_percent=card_rules.tax_percent(line.entry),
                at=at,
            )
            for number, line in enumerate([*quote.lines, *unpriced], start=1)
        ],
        ignore_conflicts=True,
    )


def _unpriced(entry: Entry) -> Line:
    nothing = Decimal(0)
    return Line(entry.kind, entry.subject, entry.on, entry.quantity, nothing, 0, "", "", 0, entry.ledger, 1, entry)
