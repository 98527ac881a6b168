"""What was shipped lately, to say how long stock lasts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Sum

from toiya.domain.stock.cover_rules import SOON_DAYS, WINDOW
from toiya.domain.stock.models import Movement

# What was shipped has a balance, so only those SKUs are looked at, each by its own movements.
_SOONEST_OUT = """
SELECT b.sku_id, b.free, m.shipped, b.free * %(window)s / m.shipped AS days
FROM (
    SELECT sku_id, greatest(sum(on_hand - allocated - blocked), 0) AS free FROM stock_balance
    WHERE seller_id = %(seller)s GROUP BY sku_id
) b CROSS JOIN LATERAL (
    SELECT sum(quantity) AS shipped FROM stock_movement
    WHERE sku_id = b.sku_id AND kind = %(kind)s AND at > %(since)s AND at <= %(at)s
) m
WHERE b.free * %(window)s / m.shipped < %(soon)s
ORDER BY days, m.shipped DESC, b.sku_id LIMIT %(most)s
"""


class RunsOut(NamedTuple):
    """A SKU that will be sold out: free pieces over all warehouses, what left lately, and whole days it lasts."""

    sku_id: int
    free: int
    shipped: int
    days: int


def soonest_out(seller_id: int, at: datetime, most: int) -> list[RunsOut]:
    """The seller's SKUs that last shorter than two weeks, the first to run out first, then the best sold; one query."""
    parameters: dict[str, Any] = {
        "seller": seller_id,
        "kind": int(Movement.Kind.SHIP),
        "window": WINDOW.days,
        "since": at - WINDOW,
        "at": at,
        "soon": SOON_DAYS,
        "most": most,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SOONEST_OUT, parameters)
        return [RunsOut(*row) for row in cursor.fetchall()]


def shipped_lately(sku_ids: Sequence[int], at: datetime) -> dict[int, int]:
    """Pieces of each SKU that left in parcels in the last 28 days; one query."""
    left = Movement.objects.filter(sku_id__in=sku_ids, kind=Movement.Kind.SHIP, at__gt=at - WINDOW, at__lte=at)
    return dict(left.order_by("sku_id").values_list("sku_id").annotate(pieces=Sum("quantity")))
