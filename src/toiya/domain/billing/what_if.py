"""
What past months would have cost: by another card, or with another service (anchor D-02).

Storage of months that were charged is in the charges; of the others, the one that runs too, it is counted from the
movements of goods up to today. Their actual price is that of the cards in force on the last day counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import groupby

from toiya.domain.billing import gathering, sql
from toiya.domain.billing.models import StorageMonth
from toiya.domain.billing.rules import months
from toiya.domain.inbound.models import CargoBundle
from toiya.domain.members.models import Seller
from toiya.domain.pricing import queries, rules
from toiya.domain.pricing.rules import Period
from toiya.domain.pricing.storage_rules import storage_entries
from toiya.domain.pricing.what_if import Asked, Comparison, charges_anew
from toiya.domain.wallet.models import Reservation
from toiya.domain.warehouses.models import Warehouse
from toiya.domain.warehouses.queries import local_day

_DAY = timedelta(days=1)
_ALWAYS = Period(date.min, date.max)


def what_if(seller: Seller, period: Period, asked: Asked, at: datetime) -> Comparison:
    """
    What happened to the seller on these days (of each warehouse), as it cost and as it would have cost.

    A constant number of statements, however many months and warehouses. Charges are read row by row.
    """
    comparison = charges_anew(seller, period, asked)
    if seller.currency == asked.card.currency:
        _add_storage(comparison, seller, _uncharged(seller, period, at), asked)
    return comparison


def not_due(seller: Seller) -> list[str]:
    """
    Causes whose charges nobody pays: the money was given back, or a delivery's count stands in the place of its
    estimate, which is still aside (two statements).
    """
    voided = Reservation.objects.filter(seller=seller, status=Reservation.Status.VOIDED)
    waiting = CargoBundle.objects.filter(seller=seller, fee_minor__isnull=False, fee_taken_at=None)
    return [*voided.values_list("source", flat=True), *waiting.values_list("code", flat=True)]


def _uncharged(seller: Seller, period: Period, at: datetime) -> list[tuple[Warehouse, Period]]:
    """By warehouse: the months of the period whose storage is not charged, as far as they are over."""
    charged: dict[int, set[date]] = defaultdict(set)
    rows = StorageMonth.objects.filter(seller=seller, month__gte=period.start, month__lt=period.end)
    for warehouse_id, month in rows.values_list("warehouse_id", "month"):
        charged[warehouse_id].add(month)
    found = []
    for house in Warehouse.objects.filter(pk__in=sql.warehouses_of(seller.pk, at)).order_by("pk"):
        tomorrow = local_day(house, at) + _DAY
        for month in _months(period):
            end = min(months.next_month(month), period.end, tomorrow)
            if month < end and month not in charged[house.pk]:
                found.append((house, Period(month, end)))
    return found


def _months(period: Period) -> Iterator[date]:
    month = months.month_of(period.start)
    while month < period.end:
        yield month
        month = months.next_month(month)


def _add_storage(comparison: Comparison, seller: Seller, spans: list[tuple[Warehouse, Period]], asked: Asked) -> None:
    """Count storage that nobody charged yet."""
    cards = queries.cards_for_each(seller, [(house.pk, span.end - _DAY) for house, span in spans])
    in_force = {(house.code, span.start): card for (house, span), card in zip(spans, cards, strict=True)}
    facts = gathering.sku_spans(seller.pk, spans)
    for place, group in groupby(facts, lambda each: (each.warehouse, each.month.start)):
        entries = [entry for each in group for entry in storage_entries(each)]
        for line in rules.rated(in_force[place], entries, _ALWAYS):
            comparison.add(line.entry, line.amount_minor, 0)
        for line in rules.rated(asked.card, entries, _ALWAYS):
            comparison.add(line.entry, 0, line.amount_minor)
