"""
What a delivery costs, priced with the cards of the day it was asked for, else with the warehouse's list prices.

Before it comes, by what is asked for; once it is counted, by what was counted, at the prices of that same day.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Q

from toiya.domain.inbound import queries, rules
from toiya.domain.inbound.models import CargoBundle, QualityCheck
from toiya.domain.inbound.rules import Asked
from toiya.domain.members.models import Seller
from toiya.domain.pricing.actions.charging import Quote, price
from toiya.domain.pricing.models import Charge
from toiya.domain.warehouses.models import Warehouse


def quote_of(seller: Seller, warehouse: Warehouse, asked: Asked, at: datetime, code: str = "") -> Quote:
    """The delivery's quote; `code` is the bundle's, empty while there is none (two statements)."""
    fees = queries.fees_of(warehouse.pk)
    on = at.astimezone(ZoneInfo(warehouse.time_zone)).date()
    entries = rules.fee_entries(fees, asked, subject=code, on=on, facts={"warehouse": warehouse.code})
    return price(seller=seller, warehouse=warehouse, entries=entries, on=on, currency=fees.currency)


def counted_quote(bundle: CargoBundle) -> Quote:
    """The quote of what was counted into a delivery (five statements)."""
    lines = list(bundle.lines.values_list("sku_id", "received", "damaged"))
    checked = set(QualityCheck.objects.filter(bundle=bundle).values_list("sku_id", flat=True))
    pieces = sum(received + damaged for _, received, damaged in lines)
    asked = Asked(
        pieces,
        bundle.cartons.filter(Q(arrived_at__isnull=False) | Q(counted_at__isnull=False)).count()
        or bundle.cartons_told
        or 1,
        bundle.wants_quality_check,
        bundle.wants_sku_labels,
        bundle.is_express,
        checked=sum(received + damaged for sku_id, received, damaged in lines if sku_id in checked),
        labelled=sum(received for _, received, _ in lines),
    )
    return quote_of(bundle.seller, bundle.warehouse, asked, bundle.created_at, bundle.code)


def is_same(bundle: CargoBundle, quote: Quote) -> bool:
    """Whether the count gives the very lines that were written when it was asked for."""
    before = Charge.objects.filter(seller_id=bundle.seller_id, source=bundle.code).priced()
    told = {(row.kind, row.quantity, row.amount_minor) for row in before}
    return told == {(str(line.kind), line.quantity, line.amount_minor) for line in quote.lines if line.amount_minor}
