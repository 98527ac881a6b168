"""The parcels in which the lines of one purchase go, whoever divided or joined its orders. One statement."""

from __future__ import annotations

from typing import Any

from django.db import connection

# A line lies in the order that it came with, unless its origin says otherwise. What was picked and lies in no box yet
# when one was closed goes into another one.
_PARCELS = """
WITH came AS (
    SELECT DISTINCT coalesce(g.order_id, l.order_id) AS cart_id
    FROM orders_line l LEFT JOIN orders_lineorigin g ON g.line_id = l.id
    WHERE l.order_id = %(order)s AND NOT l.is_cancelled
), family AS (
    SELECT own.order_id FROM came JOIN orders_line own ON own.order_id = came.cart_id AND NOT own.is_cancelled
    WHERE NOT EXISTS (SELECT 1 FROM orders_lineorigin WHERE line_id = own.id)
    UNION
    SELECT moved.order_id FROM came JOIN orders_lineorigin g ON g.order_id = came.cart_id
    JOIN orders_line moved ON moved.id = g.line_id AND NOT moved.is_cancelled
)
SELECT o.code, coalesce(p.id, 0), coalesce(p.code, ''), coalesce(p.status, ''), coalesce(s.name, ''),
       coalesce(b.tracking_number, ''),
       coalesce(p.status <> 'open', false)
       AND coalesce((SELECT sum(t.picked) FROM outbound_picktask t JOIN outbound_slot sl ON sl.id = t.slot_id
                     WHERE t.order_id = o.id AND NOT sl.is_closed), 0)
           > coalesce((SELECT sum(c.quantity) FROM outbound_content c WHERE c.order_id = o.id), 0)
FROM family JOIN orders_order o ON o.id = family.order_id AND o.status <> 'cancelled'
LEFT JOIN outbound_parcel p ON p.order_id = o.id AND p.status <> 'cancelled'
LEFT JOIN carriers_service s ON s.id = p.service_id
LEFT JOIN carriers_label b ON b.id = p.label_id
ORDER BY p.id NULLS LAST, o.id
"""


def parcels(order_id: int) -> list[tuple[Any, ...]]:
    """Order, parcel (id and code), its status, service and number, and whether its order needs one more box."""
    with connection.cursor() as cursor:
        cursor.execute(_PARCELS, {"order": order_id})
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
