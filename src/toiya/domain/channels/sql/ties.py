"""
What links say of order lines: the listing that a line was bought by, found by the site's numbers and texts.

A line's listing has the site's number of its product, and of that product's options the one with the same text, else
the same code, else the product has no options at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection

from toiya.domain.orders.rules import LineDraft, Tie

# What an option adds to the price stands behind its text: `Colour:navy(+200円)`.
_PRICE = r"\s*\([+-][^()]*\)\s*$"
_FOUND = """
found AS MATERIALIZED (
    SELECT DISTINCT ON (n.key) n.key, g.id AS listing_id, g.sku_id, g.pieces, g.is_tied_by_hand
    FROM lines n
    JOIN channels_connection c ON c.seller_id = %(seller)s AND c.code = n.shop_code
    JOIN channels_listing g ON g.connection_id = c.id AND g.external_id = n.site_item AND (
        g.fingerprint = '' OR (n.option_code <> '' AND g.option_code = n.option_code)
        OR (n.option <> '' AND g.option = n.option))
    ORDER BY n.key, (n.option <> '' AND g.option = n.option) DESC,
             (n.option_code <> '' AND g.option_code = n.option_code) DESC, g.is_gone, g.id
)"""
_TIES = f"""
WITH lines AS MATERIALIZED (
    SELECT u.key, %(shop)s::text AS shop_code, u.site_item, u.option_code,
           regexp_replace(u.option, %(price)s, '') AS option
    FROM unnest(%(items)s::text[], %(codes)s::text[], %(options)s::text[])
         WITH ORDINALITY AS u (site_item, option_code, option, key)
), {_FOUND}
SELECT key, sku_id, pieces FROM found WHERE sku_id IS NOT NULL OR is_tied_by_hand
"""  # noqa: S608
_LISTING = f"""
WITH lines AS MATERIALIZED (
    SELECT l.id AS key, o.shop_code, l.site_item, l.option_code, regexp_replace(l.option, %(price)s, '') AS option
    FROM orders_line l JOIN orders_order o ON o.id = l.order_id
    WHERE l.id = %(line)s AND l.seller_id = %(seller)s AND l.site_item <> ''
), {_FOUND}
SELECT listing_id FROM found
"""  # noqa: S608
# Lines of waiting orders that are not what their links say; without a link, a line keeps the SKU it has.
_STALE = f"""
WITH lines AS MATERIALIZED (
    SELECT l.id AS key, l.order_id, o.shop_code, l.site_item, l.item_code, l.option_code, l.sku_id, l.pieces_each,
           regexp_replace(l.option, %(price)s, '') AS option
    FROM orders_openorder w
    JOIN orders_order o ON o.id = w.order_id AND o.status IN ('received', 'waiting')
    JOIN orders_line l ON l.order_id = o.id
    WHERE w.seller_id = %(seller)s AND l.site_item <> '' AND NOT l.is_cancelled AND NOT l.is_matched_by_hand
), {_FOUND}, judged AS (
    SELECT n.key, n.order_id, n.sku_id, n.pieces_each, n.sku_id IS NULL OR f.key IS NOT NULL AS may_change,
           CASE WHEN f.sku_id IS NOT NULL THEN f.sku_id WHEN f.is_tied_by_hand THEN NULL ELSE s.id END AS new_sku_id,
           CASE WHEN f.sku_id IS NOT NULL THEN f.pieces ELSE 1 END AS new_pieces
    FROM lines n LEFT JOIN found f ON f.key = n.key
    LEFT JOIN catalog_sku s ON s.seller_id = %(seller)s AND s.seller_code <> ''
         AND s.seller_code = coalesce(nullif(n.option_code, ''), n.item_code)
)
SELECT key, order_id, new_sku_id, new_pieces FROM judged
WHERE may_change AND (sku_id, pieces_each) IS DISTINCT FROM (new_sku_id, new_pieces)
  AND (%(orders)s::bigint[] IS NULL OR order_id = ANY(%(orders)s::bigint[]))
ORDER BY order_id, key LIMIT %(most)s
"""  # noqa: S608
_WAITING = """
SELECT count(DISTINCT o.id)
FROM orders_openorder w
JOIN orders_order o ON o.id = w.order_id AND o.status IN ('received', 'waiting')
JOIN orders_line l ON l.order_id = o.id AND NOT l.is_cancelled AND NOT l.is_matched_by_hand
JOIN channels_connection c ON c.seller_id = w.seller_id AND c.code = o.shop_code
JOIN channels_listing g ON g.connection_id = c.id AND g.external_id = l.site_item
WHERE w.seller_id = %(seller)s AND g.id = ANY(%(listings)s::bigint[])
"""


def ties_of(seller_id: int, shop_code: str, lines: Sequence[LineDraft]) -> dict[int, Tie]:
    """What the shop's links say of these lines, by their place; those without a link are left out."""
    if not any(line.site_item for line in lines):
        return {}
    parameters: dict[str, Any] = {
        "seller": seller_id,
        "shop": shop_code,
        "price": _PRICE,
        "items": [line.site_item for line in lines],
        "codes": [line.option_code for line in lines],
        "options": [line.option for line in lines],
    }
    with connection.cursor() as cursor:
        cursor.execute(_TIES, parameters)
        return {key - 1: Tie(sku_id, pieces if sku_id else 1) for key, sku_id, pieces in cursor.fetchall()}


def listing_of_line(seller_id: int, line_id: int) -> int | None:
    """The listing that a line of an order was bought by, if the site gave its number."""
    with connection.cursor() as cursor:
        cursor.execute(_LISTING, {"seller": seller_id, "price": _PRICE, "line": line_id})
        row = cursor.fetchone()
    return int(row[0]) if row else None


def stale_lines(seller_id: int, most: int, order_ids: Sequence[int] | None = None) -> Mapping[int, tuple[int, Tie]]:
    """Waiting lines that are not what their links say now: by id, the order and what they should be."""
    orders = None if order_ids is None else list(order_ids)
    with connection.cursor() as cursor:
        cursor.execute(_STALE, {"seller": seller_id, "price": _PRICE, "most": most, "orders": orders})
        return {key: (order_id, Tie(sku_id, pieces)) for key, order_id, sku_id, pieces in cursor.fetchall()}


def waiting_orders(seller_id: int, listing_ids: Iterable[int]) -> int:
    """How many waiting orders were bought by the products of these listings."""
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, {"seller": seller_id, "listings": list(listing_ids)})
        return int(cursor.fetchone()[0])
