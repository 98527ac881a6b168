"""What is due: letters to be tried, and sellers whose people were not written about new orders yet."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from toiya.domain.notifications import rules
from toiya.domain.notifications.models import Message
from toiya.domain.orders.models import Order
from toiya.domain.returns.models import Removal

# One step down the index (seller, id) for each seller.
_NEWS = """
SELECT s.id FROM members_seller s
LEFT JOIN notifications_ordernews n ON n.seller_id = s.id
CROSS JOIN LATERAL (
    SELECT o.placed_at FROM orders_order o
    WHERE o.seller_id = s.id AND o.id > coalesce(n.told_up_to, 0) ORDER BY o.id LIMIT 1
) first_untold
WHERE first_untold.placed_at <= %s ORDER BY s.id LIMIT %s
"""


def due(at: datetime, most: int) -> list[int]:
    """The letters to be tried now, the longest due first."""
    waiting = Message.objects.filter(status=Message.Status.WAITING, next_try_at__lte=at)
    return list(waiting.order_by("next_try_at").values_list("pk", flat=True)[:most])


def sellers_with_news(at: datetime, most: int) -> list[int]:
    """The sellers whose oldest untold order came in a quarter of an hour ago: until then more are collected."""
    with connection.cursor() as cursor:
        cursor.execute(_NEWS, [at - rules.ORDERS_COLLECTED, most])
        return [row[0] for row in cursor.fetchall()]


def removals_that_left(at: datetime) -> list[int]:
    """Removals whose parcels left within the last days, told or not: a letter is written once anyway."""
    left = (Order.Status.SHIPPED, Order.Status.DELIVERED)
    rows = Removal.objects.filter(order__status__in=left, order__shipped_at__gte=at - rules.REMOVALS_LOOKED_BACK)
    return list(rows.order_by("pk").values_list("pk", flat=True))
