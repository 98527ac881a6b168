"""
What of a seller's stock may still be sold, and the number each linked listing should show.

Of what lies free in the open warehouses: less what expires too soon, what the seller keeps back, and what was sold
and waits for its promise (so that no number depends on which job runs first). The rest by `number_rules`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import connection

from toiya.core.copying import int_array
from toiya.domain.stock.bundles import AVAILABLE_BUNDLES

_OPEN = """
SELECT h.id FROM warehouses_warehouse h
WHERE NOT EXISTS (SELECT 1 FROM allocation_closedwarehouse c WHERE c.warehouse_id = h.id)
  AND NOT EXISTS (SELECT 1 FROM allocation_warehouserank r
                  WHERE r.seller_id = %(seller)s AND r.warehouse_id = h.id AND r.is_left_out)
"""
# An unpaid order whose promise ended gave its pieces back; any other that waits is sold.
_SOLD = """
SELECT coalesce(p.part_id, l.sku_id) AS sku_id, sum(l.quantity * l.pieces_each * coalesce(p.quantity, 1)) AS pieces
FROM orders_openorder w
JOIN orders_order o ON o.id = w.order_id AND o.status IN ('received', 'waiting')
     AND (o.waiting_reason <> 'promise_expired' OR o.paid_at IS NOT NULL)
JOIN orders_line l ON l.order_id = o.id AND NOT l.is_cancelled AND l.sku_id IS NOT NULL
LEFT JOIN (catalog_bundlepart p JOIN catalog_sku s ON s.id = p.bundle_id AND s.bundle_kind = 'virtual')
       ON p.bundle_id = l.sku_id
WHERE w.seller_id = %(seller)s GROUP BY 1
"""
_SOON = """
SELECT s.warehouse_id, s.sku_id, sum(s.quantity) AS pieces
FROM allocation_allocationrules a
JOIN stock_binstock s ON s.seller_id = a.seller_id AND s.quantity > 0
     AND s.expires_on < (%(at)s::timestamptz AT TIME ZONE 'UTC')::date + a.expiry_days
JOIN warehouses_bin b ON b.id = s.bin_id AND b.kind IN ('storage', 'dock')
WHERE a.seller_id = %(seller)s GROUP BY s.warehouse_id, s.sku_id
"""
_PROMISABLE = f"""
houses AS MATERIALIZED ({_OPEN}), sold AS MATERIALIZED ({_SOLD}), soon AS MATERIALIZED ({_SOON}),
lying AS (
    SELECT b.sku_id, sum(greatest(b.on_hand - b.allocated - b.blocked - coalesce(e.pieces, 0), 0)) AS pieces
    FROM stock_balance b JOIN houses h ON h.id = b.warehouse_id
    LEFT JOIN soon e ON e.warehouse_id = b.warehouse_id AND e.sku_id = b.sku_id
    WHERE b.seller_id = %(seller)s GROUP BY b.sku_id
), shelf AS MATERIALIZED (
    SELECT g.sku_id, greatest(g.pieces - coalesce(k.pieces, a.buffer_pieces, 0) - coalesce(w.pieces, 0), 0) AS pieces
    FROM lying g LEFT JOIN sold w ON w.sku_id = g.sku_id
    LEFT JOIN allocation_skubuffer k ON k.seller_id = %(seller)s AND k.sku_id = g.sku_id
    LEFT JOIN allocation_allocationrules a ON a.seller_id = %(seller)s
), makeable AS (
    SELECT u.sku_id, sum(u.available) AS pieces FROM ({AVAILABLE_BUNDLES}) u JOIN houses h ON h.id = u.warehouse_id
    GROUP BY u.sku_id
), scarce AS (
    SELECT p.bundle_id AS sku_id, min(floor(coalesce(s.pieces, 0) / p.quantity)) AS pieces
    FROM makeable m JOIN catalog_bundlepart p ON p.bundle_id = m.sku_id LEFT JOIN shelf s ON s.sku_id = p.part_id
    GROUP BY p.bundle_id
), promisable AS MATERIALIZED (
    SELECT sku_id, pieces::bigint AS pieces FROM shelf WHERE sku_id NOT IN (SELECT sku_id FROM makeable)
    UNION ALL
    SELECT m.sku_id, least(m.pieces, c.pieces)::bigint FROM makeable m JOIN scarce c ON c.sku_id = m.sku_id
)"""  # noqa: S608
# `numbers`: the number due of every linked listing of the seller, by the listing's own rule, else its shop's.
NUMBERS = f"""{_PROMISABLE}, counted AS (
    SELECT l.id AS listing_id, l.connection_id,
           greatest(coalesce(b.pieces, 0) - coalesce(r.buffer_pieces, d.buffer_pieces, 0), 0)
           * coalesce(r.share_percent, d.share_percent, 100) / 100 / l.pieces AS number,
           coalesce(r.most_shown, d.most_shown) AS most, coalesce(r.closed_below, d.closed_below, 0) AS least
    FROM channels_listing l
    LEFT JOIN promisable b ON b.sku_id = l.sku_id
    LEFT JOIN channels_listingrules r ON r.listing_id = l.id
    LEFT JOIN channels_shoprules d ON d.connection_id = l.connection_id AND r.listing_id IS NULL
    WHERE l.seller_id = %(seller)s AND l.sku_id IS NOT NULL AND NOT l.is_gone
      AND l.connection_id IN (SELECT id FROM channels_connection WHERE seller_id = %(seller)s)
), numbers AS MATERIALIZED (
    SELECT listing_id, connection_id,
           CASE WHEN least(number, most) < least THEN 0 ELSE least(number, most) END::int AS quantity
    FROM counted
)"""  # noqa: S608
_OF_SKUS = f"""
WITH {_PROMISABLE} SELECT sku_id, pieces FROM promisable WHERE sku_id = ANY(%(skus)s::bigint[])
"""  # noqa: S608
_OF_SHOP = f"""
WITH {NUMBERS}
SELECT l.id, l.site_quantity, w.told_quantity, n.quantity, coalesce(w.status, ''), w.id
FROM numbers n JOIN channels_listing l ON l.id = n.listing_id
LEFT JOIN channels_stockpush w ON w.listing_id = l.id
WHERE n.connection_id = %(shop)s ORDER BY l.id
"""  # noqa: S608


class Number(NamedTuple):
    """What a listing shows at its site, was told last and should show; '' and None: it was never told."""

    listing_id: int
    site: int
    told: int | None
    due: int
    status: str
    wish_id: int | None


def promisable(seller_id: int, sku_ids: Sequence[int], at: datetime) -> dict[int, int]:
    """Pieces of each of these SKUs that may still be sold; those without any are left out."""
    with connection.cursor() as cursor:
        cursor.execute(_OF_SKUS, {"seller": seller_id, "skus": int_array(sku_ids), "at": at})
        return dict(cursor.fetchall())


def numbers_of_shop(seller_id: int, connection_id: int, at: datetime) -> list[Number]:
    """The numbers of a shop's linked listings, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_OF_SHOP, {"seller": seller_id, "shop": connection_id, "at": at})
        return list(map(Number._make, cursor.fetchall()))
