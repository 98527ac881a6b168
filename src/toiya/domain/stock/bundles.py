"""How many of a virtual bundle its parts make, warehouse by warehouse."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from toiya.core.copying import int_array

# A bundle is picked in one warehouse, so a part that lies elsewhere does not help.
AVAILABLE_BUNDLES = """
SELECT p.bundle_id AS sku_id, w.id AS warehouse_id,
       min(greatest(coalesce(b.on_hand - b.allocated - b.blocked, 0), 0) / p.quantity) AS available
FROM catalog_sku s JOIN catalog_bundlepart p ON p.bundle_id = s.id CROSS JOIN warehouses_warehouse w
LEFT JOIN stock_balance b ON b.seller_id = s.seller_id AND b.warehouse_id = w.id AND b.sku_id = p.part_id
WHERE s.seller_id = %(seller)s AND s.bundle_kind = 'virtual'
GROUP BY p.bundle_id, w.id
"""
_OF_THESE = f"""
SELECT sku_id, warehouse_id, available FROM ({AVAILABLE_BUNDLES}) bundles
WHERE sku_id = ANY(%(skus)s::bigint[]) ORDER BY sku_id, warehouse_id
"""  # noqa: S608


def available_bundles(seller_id: int, sku_ids: Sequence[int]) -> dict[int, dict[int, int]]:
    """Pieces of these virtual bundles that may still be promised, by SKU and warehouse; other SKUs are left out."""
    found: dict[int, dict[int, int]] = {}
    if not sku_ids:
        return found
    with connection.cursor() as cursor:
        cursor.execute(_OF_THESE, {"seller": seller_id, "skus": int_array(sku_ids)})
        for sku_id, warehouse_id, available in cursor.fetchall():
            found.setdefault(sku_id, {})[warehouse_id] = available
    return found
