"""
The hot statements of shipping.

Lock order: orders by id with their parcels, then balances by SKU (`stock.sql`), then the wallet (`wallet.sql`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

_LOCK = """
SELECT p.id, p.code, p.status, p.warehouse_id, o.id, o.code, o.status, l.carrier, l.tracking_number, r.currency
FROM outbound_parcel p
JOIN orders_order o ON o.id = p.order_id
LEFT JOIN carriers_label l ON l.id = p.label_id
LEFT JOIN wallet_reservation r ON r.id = p.reservation_id
WHERE p.seller_id = %s AND p.code = ANY(%s::text[])
ORDER BY o.id, p.id FOR NO KEY UPDATE OF o, p
"""
_CONTENTS = """
SELECT parcel_id, sku_id, bin_id, lot, quantity FROM outbound_content
WHERE parcel_id = ANY(%s::bigint[]) ORDER BY parcel_id, id
"""
_HELD = "SELECT order_id, code FROM orders_hold WHERE order_id = ANY(%s::bigint[]) AND lifted_at IS NULL"
_MARK = """
WITH parcels AS (
    UPDATE outbound_parcel SET status = 'shipped', shipped_at = %(at)s WHERE id = ANY(%(parcels)s::bigint[])
)
UPDATE orders_order SET status = 'shipped', shipped_at = %(at)s WHERE id = ANY(%(orders)s::bigint[])
"""


@dataclass(frozen=True, slots=True)
class LockedParcel:
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


@dataclass(frozen=True, slots=True)
class Piece:
    """Pieces of one SKU and lot in a parcel, and the place it waits in."""

    parcel_id: int
    sku_id: int
    bin_id: int
    lot: str
    quantity: int


def lock_parcels(seller_id: int, codes: Sequence[str]) -> list[LockedParcel]:
    """Lock these parcels of one seller and their orders, in order of the orders."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [seller_id, list(codes)])
        return [LockedParcel(*row) for row in cursor.fetchall()]


def contents(parcel_ids: Sequence[int]) -> list[Piece]:
    """What is in the parcels."""
    with connection.cursor() as cursor:
        cursor.execute(_CONTENTS, [list(parcel_ids)])
        return [Piece(*row) for row in cursor.fetchall()]


def open_holds(order_ids: Sequence[int]) -> dict[int, str]:
    """Orders that must wait, each with one of its holds."""
    with connection.cursor() as cursor:
        cursor.execute(_HELD, [list(order_ids)])
        return dict(cursor.fetchall())


def mark_shipped(parcels: Sequence[LockedParcel], at: datetime) -> None:
    """Set parcels and orders shipped."""
    parameters: dict[str, Any] = {
        "at": at,
        "parcels": [parcel.parcel_id for parcel in parcels],
        "orders": [parcel.order_id for parcel in parcels],
    }
    with connection.cursor() as cursor:
        cursor.execute(_MARK, parameters)
