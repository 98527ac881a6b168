"""SKUs with their stock summed over the warehouses."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from toiya.domain.catalog.models import Sku
from toiya.domain.stock.cover import RunsOut, shipped_lately, soonest_out
from toiya.domain.stock.cover_rules import cover_days
from toiya.domain.stock.models import Balance


def with_stock(skus: QuerySet[Sku]) -> QuerySet[Any]:
    """The SKUs with `on_hand`, `allocated` and `blocked`; summed for the shown rows only."""
    balances = Balance.objects.filter(seller_id=OuterRef("seller_id"), sku=OuterRef("pk")).order_by().values("sku")
    return skus.annotate(
        on_hand=Coalesce(Subquery(balances.annotate(sum=Sum("on_hand")).values("sum")), Value(0)),
        allocated=Coalesce(Subquery(balances.annotate(sum=Sum("allocated")).values("sum")), Value(0)),
        blocked=Coalesce(Subquery(balances.annotate(sum=Sum("blocked")).values("sum")), Value(0)),
    )


def cover_of(rows: Sequence[Any], at: datetime) -> dict[int, int]:
    """Days that the stock of these rows (`with_stock`) lasts, of those that were shipped lately; one query."""
    shipped = shipped_lately([sku.pk for sku in rows], at)
    days = {sku.pk: cover_days(sku.on_hand - sku.allocated - sku.blocked, shipped.get(sku.pk, 0)) for sku in rows}
    return {sku: lasting for sku, lasting in days.items() if lasting is not None}


def running_out(seller_id: int, at: datetime, most: int) -> list[tuple[Sku, RunsOut]]:
    """The seller's SKUs that run out first, the first one first; two queries."""
    found = soonest_out(seller_id, at, most)
    skus = Sku.objects.filter(seller_id=seller_id).in_bulk([each.sku_id for each in found])
    return [(skus[each.sku_id], each) for each in found if each.sku_id in skus]
