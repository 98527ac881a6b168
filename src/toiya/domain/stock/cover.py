"""What was shipped lately, to say how long stock lasts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Sum

from toiya.domain.stock.cover_rules import WINDOW
from toiya.domain.stock.models import Movement


def shipped_lately(sku_ids: Sequence[int], at: datetime) -> dict[int, int]:
    """Pieces of each SKU that left in parcels in the last 28 days; one query."""
    left = Movement.objects.filter(sku_id__in=sku_ids, kind=Movement.Kind.SHIP, at__gt=at - WINDOW, at__lte=at)
    return dict(left.order_by("sku_id").values_list("sku_id").annotate(pieces=Sum("quantity")))
