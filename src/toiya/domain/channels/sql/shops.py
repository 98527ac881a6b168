"""What we know of a shop's carts and listings."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from toiya.domain.channels.port import SiteListing
from toiya.domain.channels.sql.tables import first_column

# The lines that a site put into an order, wherever they lie now: it may be divided, or joined with another.
LINES_THAT_CAME_WITH = """
SELECT own.* FROM orders_line own
WHERE own.order_id = {order} AND NOT EXISTS (SELECT 1 FROM orders_lineorigin WHERE line_id = own.id)
UNION ALL
SELECT moved.* FROM orders_lineorigin origin JOIN orders_line moved ON moved.id = origin.line_id
WHERE origin.order_id = {order}
"""
_CARTS = f"""
SELECT o.id, o.code, c.external_id, o.status, l.id, l.external_id, l.is_cancelled
FROM unnest(%(carts)s::text[]) c (external_id)
JOIN orders_order cart ON cart.seller_id = %(seller)s AND cart.shop_code = %(shop)s AND cart.external_id = c.external_id
CROSS JOIN LATERAL ({LINES_THAT_CAME_WITH.format(order="cart.id")}) l
JOIN orders_order o ON o.id = l.order_id
ORDER BY o.id, l.id
"""  # noqa: S608
_OPEN_LINES = """
SELECT o.id, o.code, coalesce(cart.external_id, o.external_id), o.status, l.id, l.external_id, l.is_cancelled
FROM orders_order o JOIN orders_line l ON l.order_id = o.id
LEFT JOIN orders_lineorigin origin ON origin.line_id = l.id
LEFT JOIN orders_order cart ON cart.id = origin.order_id
WHERE o.seller_id = %(seller)s AND o.shop_code = %(shop)s
  AND o.status NOT IN ('shipped', 'delivered', 'cancelled') AND NOT l.is_cancelled
  AND NOT EXISTS (SELECT 1 FROM channels_writeback w WHERE w.order_id = o.id)
ORDER BY o.id, l.id
"""
_LISTINGS = """
INSERT INTO channels_listing (seller_id, connection_id, external_id, fingerprint, title, item_code, option_code,
                              site_quantity, site_fields, option, option_kind, sku_id, is_tied_by_hand, is_gone,
                              seen_at)
SELECT %(seller)s, %(shop)s, u.external_id, u.fingerprint, u.title, u.item_code, u.option_code, u.quantity,
       u.site_fields, u.option, u.option_kind, s.id, false, false, %(at)s
FROM unnest(%(ids)s::text[], %(prints)s::text[], %(titles)s::text[], %(items)s::text[], %(options)s::text[],
            %(quantities)s::int[], %(fields)s::jsonb[], %(texts)s::text[], %(kinds)s::text[])
     AS u (external_id, fingerprint, title, item_code, option_code, quantity, site_fields, option, option_kind)
LEFT JOIN catalog_sku s ON s.seller_id = %(seller)s AND s.seller_code <> ''
     AND s.seller_code = coalesce(nullif(u.option_code, ''), u.item_code)
ORDER BY u.external_id, u.fingerprint
ON CONFLICT (connection_id, external_id, fingerprint) DO UPDATE SET
    title = excluded.title, item_code = excluded.item_code, option_code = excluded.option_code,
    site_quantity = excluded.site_quantity, site_fields = excluded.site_fields, seen_at = excluded.seen_at,
    option = excluded.option, option_kind = excluded.option_kind, is_gone = false,
    sku_id = CASE WHEN channels_listing.is_tied_by_hand THEN channels_listing.sku_id ELSE excluded.sku_id END
RETURNING sku_id IS NOT NULL
"""
_GONE = """
UPDATE channels_listing SET is_gone = true
WHERE connection_id = %(shop)s AND seen_at < %(at)s AND NOT is_gone
"""
# The site shows another number than we told: too many at once, too few only after the orders behind it came in.
_DRIFTED = """
UPDATE channels_stockpush w SET status = 'waiting', settled_at = NULL, failures = 0, due_since = %(at)s,
       next_try_at = CASE WHEN l.site_quantity > w.told_quantity THEN %(at)s::timestamptz
                          ELSE %(at)s::timestamptz + interval '15 minutes' END
FROM channels_listing l
WHERE l.connection_id = %(shop)s AND w.listing_id = l.id AND l.seen_at = %(at)s AND w.status = 'accepted'
  AND l.site_quantity <> w.told_quantity
"""


@dataclass(frozen=True, slots=True)
class KnownLine:
    """A line of an order that we hold from a shop."""

    order_id: int
    order_code: str
    cart: str
    status: str
    line_id: int
    external_id: str
    is_cancelled: bool


def lines_of_carts(seller_id: int, shop_code: str, carts: Iterable[str]) -> list[KnownLine]:
    """The lines that came under these numbers of the site, by order and line; `cart` is the number they came under."""
    with connection.cursor() as cursor:
        cursor.execute(_CARTS, {"carts": sorted(set(carts)), "seller": seller_id, "shop": shop_code})
        return [KnownLine(*row) for row in cursor.fetchall()]


def open_lines(seller_id: int, shop_code: str) -> list[KnownLine]:
    """The lines of this shop's orders that have not left yet and were not told as shipped."""
    with connection.cursor() as cursor:
        cursor.execute(_OPEN_LINES, {"seller": seller_id, "shop": shop_code})
        return [KnownLine(*row) for row in cursor.fetchall()]


def store_listings(seller_id: int, connection_id: int, listings: Sequence[SiteListing], at: datetime) -> int:
    """Write a shop's listings as read, tie them by code, mark those gone; returns how many are tied."""
    parameters: dict[str, Any] = {
        "seller": seller_id,
        "shop": connection_id,
        "at": at,
        "ids": [listing.external_id for listing in listings],
        "prints": [listing.fingerprint for listing in listings],
        "titles": [listing.title[:300] for listing in listings],
        "items": [listing.item_code for listing in listings],
        "options": [listing.option_code for listing in listings],
        "quantities": [listing.quantity for listing in listings],
        "fields": [json.dumps(listing.site_fields) for listing in listings],
        "texts": [listing.option[:300] for listing in listings],
        "kinds": [listing.option_kind for listing in listings],
    }
    tied = first_column(_LISTINGS, parameters)
    with connection.cursor() as cursor:
        cursor.execute(_GONE, {"shop": connection_id, "at": at})
        cursor.execute(_DRIFTED, {"shop": connection_id, "at": at})
    return sum(tied)
