"""
The hot statements of the ledger of goods.

Lock order: balances by SKU id, under the orders that want them. A balance's lock also guards the bins of its SKU in
that warehouse, so bin rows need no lock of their own: whoever writes a bin has locked the balance first.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import connection

from toiya.core.copying import int_array

_ENSURE = """
INSERT INTO stock_balance (seller_id, warehouse_id, sku_id, on_hand, allocated)
SELECT %s, %s, sku, 0, 0 FROM unnest(%s::bigint[]) sku ORDER BY sku
ON CONFLICT (seller_id, warehouse_id, sku_id) DO NOTHING
"""
_LOCK = """
SELECT sku_id, warehouse_id, on_hand, allocated, blocked FROM stock_balance
WHERE seller_id = %s AND warehouse_id = ANY(%s::bigint[]) AND sku_id = ANY(%s::bigint[])
ORDER BY sku_id, warehouse_id FOR NO KEY UPDATE
"""
_POST = """
WITH posts AS MATERIALIZED (
    SELECT * FROM unnest(%(skus)s::bigint[], %(quantities)s::int[], %(from_bins)s::bigint[], %(to_bins)s::bigint[],
                         %(lots)s::text[], %(sources)s::text[])
             AS p (sku, quantity, from_bin, to_bin, lot, source)
), written AS (
    INSERT INTO stock_movement (seller_id, warehouse_id, sku_id, kind, quantity, from_bin_id, to_bin_id, lot, source,
                                at, actor)
    SELECT %(seller)s, %(warehouse)s, sku, %(kind)s, quantity, from_bin, to_bin, lot, source, %(at)s, %(actor)s
    FROM posts
), taken AS (
    UPDATE stock_binstock s SET quantity = s.quantity - t.quantity
    FROM (SELECT sku, from_bin, lot, sum(quantity) AS quantity FROM posts WHERE from_bin IS NOT NULL
          GROUP BY sku, from_bin, lot) t
    WHERE s.seller_id = %(seller)s AND s.warehouse_id = %(warehouse)s
      AND s.sku_id = t.sku AND s.bin_id = t.from_bin AND s.lot = t.lot
    RETURNING 1
), changed AS (
    UPDATE stock_balance b SET on_hand = b.on_hand + %(on_hand)s * t.quantity,
                               allocated = b.allocated + %(allocated)s * t.quantity,
                               blocked = b.blocked + %(blocked)s * t.quantity
    FROM (SELECT sku, sum(quantity) AS quantity FROM posts GROUP BY sku) t
    WHERE b.seller_id = %(seller)s AND b.warehouse_id = %(warehouse)s AND b.sku_id = t.sku
    RETURNING 1
)
SELECT (SELECT count(*) FROM changed), (SELECT count(*) FROM taken)
"""
_PUT = """
INSERT INTO stock_binstock (seller_id, warehouse_id, sku_id, bin_id, lot, expires_on, quantity)
SELECT %s, %s, sku, bin, lot, min(expires_on), sum(quantity)
FROM unnest(%s::bigint[], %s::bigint[], %s::text[], %s::date[], %s::int[]) p (sku, bin, lot, expires_on, quantity)
GROUP BY sku, bin, lot
ON CONFLICT (seller_id, warehouse_id, sku_id, bin_id, lot)
DO UPDATE SET quantity = stock_binstock.quantity + excluded.quantity,
              expires_on = coalesce(stock_binstock.expires_on, excluded.expires_on)
"""


class LockedBalance(NamedTuple):
    """A balance as it stands under our lock."""

    sku_id: int
    warehouse_id: int
    on_hand: int
    allocated: int
    blocked: int = 0

    @property
    def available(self) -> int:
        """Pieces that may still be promised."""
        return self.on_hand - self.allocated - self.blocked


def lock_balances(
    seller_id: int, warehouse_ids: Sequence[int], sku_ids: Sequence[int]
) -> dict[tuple[int, int], LockedBalance]:
    """Lock the balances of these SKUs in these warehouses, in one order; key is (warehouse, SKU)."""
    if not sku_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [seller_id, int_array(warehouse_ids), int_array(sorted(sku_ids))])
        return {(row[1], row[0]): LockedBalance(*row) for row in cursor.fetchall()}


def ensure_balances(seller_id: int, warehouse_id: int, sku_ids: Sequence[int]) -> None:
    """Make the balance rows exist, so that they can be locked."""
    with connection.cursor() as cursor:
        cursor.execute(_ENSURE, [seller_id, warehouse_id, int_array(sorted(sku_ids))])


def post(parameters: dict[str, Any]) -> tuple[int, int]:
    """Write movements, balances and the bins goods left. Returns how many balances and bin rows changed."""
    with connection.cursor() as cursor:
        cursor.execute(_POST, parameters)
        row = cursor.fetchone()
        return row[0], row[1]


def put(seller_id: int, warehouse_id: int, columns: Sequence[str]) -> None:
    """Add pieces to bins: columns SKU, bin, lot, expiry, quantity."""
    with connection.cursor() as cursor:
        cursor.execute(_PUT, [seller_id, warehouse_id, *columns])
