"""
The hot statements of shipping.

Lock order: orders by id with their parcels, then balances by SKU (`stock.sql`), then the wallet (`wallet.sql`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection

from toiya.core.copying import int_array, text_array

# Whoever changes a parcel has locked its order first, so the orders' locks guard the parcels too.
# LIMIT keeps the planner, which knows little of a table that grows fast, from any way but the unique index.
_LOCK = """
SELECT o.id FROM unnest(%s::text[]) k (code), LATERAL (
    SELECT order_id FROM outbound_parcel WHERE code = k.code AND seller_id = %s LIMIT 1
) p
JOIN orders_order o ON o.id = p.order_id
ORDER BY o.id FOR NO KEY UPDATE OF o
"""
_PARCELS = """
SELECT p.id, p.code, p.status, p.warehouse_id, o.id, o.code, o.status, l.carrier, l.tracking_number, r.currency, (
    SELECT h.code FROM orders_hold h WHERE h.order_id = o.id AND h.lifted_at IS NULL ORDER BY h.id LIMIT 1
)
FROM unnest(%s::text[]) k (code), LATERAL (
    SELECT * FROM outbound_parcel WHERE code = k.code AND seller_id = %s LIMIT 1
) p
JOIN orders_order o ON o.id = p.order_id
LEFT JOIN carriers_label l ON l.id = p.label_id
LEFT JOIN wallet_reservation r ON r.id = p.reservation_id
ORDER BY o.id, p.id
"""
_CONTENTS = """
SELECT c.parcel_id, c.sku_id, c.bin_id, c.lot, c.quantity
FROM outbound_content c WHERE c.parcel_id = ANY(%s::bigint[])
ORDER BY c.parcel_id, c.id
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
    hold: str | None


class Piece(NamedTuple):
    """Pieces of one SKU and lot in a parcel, and the place it waits in."""

    parcel_id: int
    sku_id: int
    bin_id: int
    lot: str
    quantity: int


def lock_parcels(seller_id: int, codes: Sequence[str]) -> list[LockedParcel]:
    """Lock the orders of these parcels of one seller, in id order, then read the parcels."""
    with connection.cursor() as cursor:
        wanted = text_array(codes)
        cursor.execute(_LOCK, [wanted, seller_id])
        cursor.execute(_PARCELS, [wanted, seller_id])
        return [LockedParcel(*row) for row in cursor.fetchall()]


def contents(parcel_ids: Sequence[int]) -> list[Piece]:
    """What is in the parcels."""
    with connection.cursor() as cursor:
        cursor.execute(_CONTENTS, [int_array(parcel_ids)])
        return [Piece(*row) for row in cursor.fetchall()]


def mark_shipped(seller_id: int, parcels: Sequence[LockedParcel], at: datetime) -> None:
    """Set parcels and orders shipped; the orders are no longer open."""
    parameters: dict[str, Any] = {
        "at": at,
        "seller": seller_id,
        "parcels": int_array([parcel.parcel_id for parcel in parcels]),
        "orders": int_array([parcel.order_id for parcel in parcels]),
    }
    with connection.cursor() as cursor:
        cursor.execute(_MARK, parameters)
