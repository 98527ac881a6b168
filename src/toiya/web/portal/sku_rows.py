"""SKUs with their stock summed over the warehouses."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from toiya.domain.catalog.models import Sku
from toiya.domain.stock.models import Balance


def with_stock(skus: QuerySet[Sku]) -> QuerySet[Any]:
    """The SKUs with `on_hand`, `allocated` and `blocked`; summed for the shown rows only."""
    balances = Balance.objects.filter(seller_id=OuterRef("seller_id"), sku=OuterRef("pk")).order_by().values("sku")
    return skus.annotate(
        on_hand=Coalesce(Subquery(balances.annotate(sum=Sum("on_hand")).values("sum")), Value(0)),
        allocated=Coalesce(Subquery(balances.annotate(sum=Sum("allocated")).values("sum")), Value(0)),
        blocked=Coalesce(Subquery(balances.annotate(sum=Sum("blocked")).values("sum")), Value(0)),
    )
