"""
The hot statements of shipping.

Lock order: orders by id with their parcels, then balances by SKU (`stock.sql`), then the wallet (`wallet.sql`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection

from toiya.core.copying import int_array, planned_anew, text_array

# Whoever changes a parcel has locked its order first, so the orders' locks guard the parcels too.
# Each table is reached from the row before it (ANY, LATERAL, LIMIT): the planner, which may believe that a table which
# just grew is empty, could else join all its rows with all parcels. `+ 0` and SELECT as in `orders.sql`.
_LOCK = """
SELECT id FROM orders_order WHERE id = ANY(ARRAY(
    SELECT order_id FROM outbound_parcel WHERE code = ANY((SELECT %s::text[])::text[]) AND seller_id + 0 = %s
))
ORDER BY id FOR NO KEY UPDATE
"""
_PARCELS = """
SELECT p.id, p.code, p.status, p.warehouse_id, p.order_id, o.code, o.status, l.carrier, l.tracking_number, r.currency,
       r.currency IS NULL AND EXISTS (
    SELECT 1 FROM orders_wish v WHERE v.order_id = p.order_id AND v.is_freight_collect
), (
    SELECT h.code FROM orders_hold h WHERE h.order_id = p.order_id AND h.lifted_at IS NULL ORDER BY h.id LIMIT 1
), ARRAY(
    SELECT q.id FROM outbound_parcel q
    WHERE q.order_id = p.order_id AND q.id <> p.id AND q.status NOT IN ('shipped', 'cancelled')
), EXISTS (SELECT 1 FROM carriers_reach h WHERE h.service_id = l.service_id)
   AND NOT EXISTS (SELECT 1 FROM outbound_customspaper c WHERE c.parcel_id = p.id)
   AND NOT EXISTS (SELECT 1 FROM outbound_handin i WHERE i.parcel_id = p.id)
FROM (
    SELECT * FROM outbound_parcel WHERE code = ANY((SELECT %s::text[])::text[]) AND seller_id + 0 = %s
    ORDER BY order_id, id
) p
CROSS JOIN LATERAL (SELECT code, status FROM orders_order WHERE id = p.order_id LIMIT 1) o
LEFT JOIN LATERAL (
    SELECT carrier, tracking_number, service_id FROM carriers_label WHERE id = p.label_id LIMIT 1
) l ON true
LEFT JOIN LATERAL (SELECT currency FROM wallet_reservation WHERE id = p.reservation_id LIMIT 1) r ON true
ORDER BY p.order_id, p.id
"""
_CONTENTS = """
SELECT c.parcel_id, c.sku_id, c.bin_id, c.lot, c.quantity
FROM outbound_content c WHERE c.parcel_id = ANY(%(parcels)s::bigint[])
UNION ALL
SELECT e.parcel_id, e.sku_id, e.bin_id, e.lot, e.quantity
FROM outbound_enclosure e WHERE e.parcel_id = ANY(%(parcels)s::bigint[]) AND NOT e.is_missing
ORDER BY 1, 2
"""
_MARK = """
WITH parcels AS (
    UPDATE outbound_parcel SET status = 'shipped', shipped_at = %(at)s WHERE id = ANY(%(parcels)s::bigint[])
), ended AS (
    DELETE FROM orders_openorder WHERE seller_id = %(seller)s AND order_id = ANY(%(orders)s::bigint[])
)
UPDATE orders_order SET status = 'shipped', shipped_at = %(at)s WHERE id = ANY(%(orders)s::bigint[])
"""


class LockedParcel(NamedTuple):
    """A parcel and its order under our lock."""

    parcel_id: int
    code: str
    status: str
    warehouse_id: int
    order_id: int
    order_code: str
    order_status: str
    carrier: str | None
    tracking_number: str | None
    currency: str | None
    is_free: bool  # no fee is set aside: its receiver pays the carrier
    hold: str | None
    siblings: Sequence[int]  # the order's other boxes that have not left
    lacks_papers: bool  # it goes abroad, and nothing was printed for customs


class Piece(NamedTuple):
    """Pieces of one SKU and lot in a parcel, and the place it waits in."""

    parcel_id: int
    sku_id: int
    bin_id: int
    lot: str
    quantity: int


def lock_parcels(seller_id: int, codes: Sequence[str]) -> list[LockedParcel]:
    """Lock the orders of these parcels of one seller, in id order, then read the parcels."""
    with connection.cursor() as cursor, planned_anew():
        wanted = text_array(codes)
        cursor.execute(_LOCK, [wanted, seller_id])
        cursor.execute(_PARCELS, [wanted, seller_id])
        return list(map(LockedParcel._make, cursor.fetchall()))


def contents(parcel_ids: Sequence[int]) -> list[Piece]:
    """What is in the parcels: what was ordered, and the seller's own packaging and inserts."""
    with connection.cursor() as cursor:
        cursor.execute(_CONTENTS, {"parcels": int_array(parcel_ids)})
        return list(map(Piece._make, cursor.fetchall()))


def mark_shipped(seller_id: int, parcels: Sequence[LockedParcel], orders: Sequence[int], at: datetime) -> None:
    """Set parcels shipped, and these orders, which are no longer open."""
    parameters: dict[str, Any] = {
        "at": at,
        "seller": seller_id,
        "parcels": int_array([parcel.parcel_id for parcel in parcels]),
        "orders": int_array(orders),
    }
    with connection.cursor() as cursor:
        cursor.execute(_MARK, parameters)
