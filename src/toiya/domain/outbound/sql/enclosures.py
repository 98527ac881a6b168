"""What its seller wants in or around a parcel, in one statement."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import connection

from toiya.core.copying import int_array

# The packaging of the pieces, the seller's inserts (in the first box of an order only), and what was scanned already.
_ASKED = """
WITH scanned AS (
    SELECT sku_id, max(kind) AS kind, sum(quantity) AS quantity, bool_or(is_missing) AS is_missing
    FROM outbound_enclosure WHERE parcel_id = %(parcel)s GROUP BY sku_id
), wanted AS (
    SELECT sku_id, max(kind) AS kind FROM (
        SELECT sku_id, 'packaging' AS kind FROM unnest(%(packaging)s::bigint[]) AS p (sku_id)
        UNION ALL
        SELECT i.sku_id, 'insert' FROM outbound_insert i WHERE i.seller_id = %(seller)s AND i.is_active
        AND NOT EXISTS (
            SELECT 1 FROM outbound_parcel p JOIN outbound_enclosure e ON e.parcel_id = p.id AND e.sku_id = i.sku_id
            WHERE p.order_id = %(order)s AND p.id <> %(parcel)s
        )
        UNION ALL
        SELECT sku_id, kind FROM scanned
    ) every GROUP BY sku_id
)
SELECT s.id, s.code, trim(s.name || ' ' || s.option), coalesce(e.kind, w.kind), coalesce(e.quantity, 0),
       coalesce(e.is_missing, false)
FROM wanted w JOIN catalog_sku s ON s.id = w.sku_id AND s.seller_id = %(seller)s
LEFT JOIN scanned e ON e.sku_id = w.sku_id
ORDER BY s.id
"""

Row = tuple[int, str, str, str, int, bool]


def asked(parcel: tuple[int, int, int], packaging: Iterable[int]) -> list[Row]:
    """SKU, code, name, kind, pieces scanned, and whether it is not there; `parcel` is id, order and seller."""
    parcel_id, order_id, seller_id = parcel
    wanted: dict[str, Any] = {
        "parcel": parcel_id,
        "order": order_id,
        "seller": seller_id,
        "packaging": int_array(sorted(packaging)),
    }
    with connection.cursor() as cursor:
        cursor.execute(_ASKED, wanted)
        rows: list[Row] = cursor.fetchall()
        return rows
