"""Wishes stored when their cause is there, made due, and settled by what the site answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from toiya.domain.channels.rules import STRAGGLER, Settlement
from toiya.domain.channels.sql.shelf import NUMBERS
from toiya.domain.channels.sql.tables import ALL, CONFIRMATIONS, STOCK_PUSHES, WRITE_BACKS, first_column
from toiya.domain.outbound.events import OrderShipped, ParcelShipped

_MAKE_DUE = {
    table: f"""
UPDATE {table} SET next_try_at = least(next_try_at, %(at)s),
                   due_since = CASE WHEN %(renew)s THEN %(at)s ELSE due_since END
WHERE id IN (SELECT id FROM {table} WHERE connection_id = %(shop)s AND status = 'waiting' ORDER BY id FOR NO KEY UPDATE)
"""  # noqa: S608
    for table in ALL
}
_NEW_WISH = "status, attempt, failures, due_since, next_try_at, problem, site_message"
_NEW_VALUES = "'waiting', 0, 0, %(at)s, %(at)s, '', ''"
_WANT_CONFIRMATIONS = f"""
INSERT INTO channels_confirmation (seller_id, connection_id, order_id, {_NEW_WISH})
SELECT o.seller_id, c.id, o.id, {_NEW_VALUES}
FROM channels_connection c JOIN orders_order o ON o.seller_id = c.seller_id AND o.shop_code = c.code
WHERE c.seller_id = %(seller)s AND c.is_confirming AND c.channel = ANY(%(channels)s::text[])
  AND (o.status NOT IN ('shipped', 'delivered', 'cancelled')
       OR o.id IN (SELECT order_id FROM orders_mergedaway WHERE seller_id = %(seller)s))
  AND NOT EXISTS (SELECT 1 FROM channels_confirmation w WHERE w.order_id = o.id)
ORDER BY o.id
ON CONFLICT (order_id) DO NOTHING RETURNING connection_id
"""  # noqa: S608
# A day before our last look: whoever shipped then has committed since, even with clocks that differ (R30).
_WANT_WRITE_BACKS = f"""
INSERT INTO channels_writeback (seller_id, connection_id, parcel_id, order_id, {_NEW_WISH})
SELECT p.seller_id, c.id, p.id, p.order_id, {_NEW_VALUES}
FROM channels_connection c
CROSS JOIN LATERAL (
    SELECT subject, data FROM core_event WHERE name = '{OrderShipped.NAME}' AND seller_id = c.seller_id
       AND at >= coalesce(c.wanted_at - interval '1 day', c.connected_at - interval '1 day')
    UNION ALL
    SELECT subject, data FROM core_event WHERE name = '{ParcelShipped.NAME}' AND seller_id = c.seller_id
       AND at >= coalesce(c.wanted_at - interval '1 day', c.connected_at - interval '1 day')
) e
JOIN orders_order o ON o.code = e.subject AND o.shop_code = c.code
JOIN outbound_parcel p ON p.code = e.data ->> 'parcel' AND p.order_id = o.id AND p.status = 'shipped'
     AND p.label_id IS NOT NULL
WHERE c.seller_id = %(seller)s AND c.is_writing_back
  AND NOT EXISTS (SELECT 1 FROM channels_writeback w WHERE w.parcel_id = p.id)
ORDER BY p.id
ON CONFLICT (parcel_id) DO NOTHING RETURNING connection_id
"""  # noqa: S608
# Who left before we looked was never confirmed; the number then waits for that (claims.py), as for any other.
_WANT_LATE_CONFIRMATIONS = f"""
INSERT INTO channels_confirmation (seller_id, connection_id, order_id, {_NEW_WISH})
SELECT DISTINCT w.seller_id, c.id, w.order_id, {_NEW_VALUES}
FROM channels_connection c JOIN channels_writeback w ON w.connection_id = c.id AND w.status = 'waiting'
WHERE c.seller_id = %(seller)s AND c.is_confirming AND c.channel = ANY(%(channels)s::text[])
  AND NOT EXISTS (SELECT 1 FROM channels_confirmation f WHERE f.order_id = w.order_id)
ORDER BY w.order_id
ON CONFLICT (order_id) DO NOTHING RETURNING connection_id
"""  # noqa: S608
# A shop whose orders the seller packs itself sells from shelves we do not know: our numbers would close it.
_WANT_STOCK = f"""
WITH {NUMBERS}
INSERT INTO channels_stockpush (seller_id, connection_id, listing_id, version, quantity, told_version, is_calling,
                                {_NEW_WISH})
SELECT c.seller_id, c.id, n.listing_id, 1, n.quantity, 0, false, {_NEW_VALUES}
FROM channels_connection c
JOIN numbers n ON n.connection_id = c.id
LEFT JOIN channels_stockpush w ON w.listing_id = n.listing_id
WHERE c.seller_id = %(seller)s AND c.is_pushing_stock AND c.channel = ANY(%(channels)s::text[])
  AND (w.id IS NULL OR w.quantity <> n.quantity OR w.status = 'dropped')
  AND EXISTS (SELECT 1 FROM members_seller s WHERE s.id = c.seller_id AND s.uses_fulfilment)
  AND NOT EXISTS (SELECT 1 FROM orders_shopway y WHERE y.seller_id = c.seller_id AND y.shop_code = c.code
                  AND y.way = 'smart_delivery')
ORDER BY n.listing_id
ON CONFLICT (listing_id) DO UPDATE SET
    version = channels_stockpush.version + 1, quantity = excluded.quantity, status = 'waiting', failures = 0,
    due_since = excluded.due_since, next_try_at = excluded.next_try_at, problem = '', site_message = '',
    settled_at = NULL
RETURNING connection_id
"""  # noqa: S608
# Runs of one seller follow each other, so that a wish with a greater id was stored later (`claims._NOT_YET`).
_ONE_RUN = "SELECT id FROM channels_connection WHERE seller_id = %(seller)s ORDER BY id FOR NO KEY UPDATE"
_LOOKED = "UPDATE channels_connection SET wanted_at = %(at)s WHERE seller_id = %(seller)s"

_SETTLE = {
    table: f"""
WITH answers AS MATERIALIZED (
    SELECT * FROM unnest(%(ids)s::bigint[], %(attempts)s::int[], %(statuses)s::text[], %(failures)s::int[],
                         %(tries)s::timestamptz[], %(problems)s::text[], %(messages)s::text[])
             AS u (id, attempt, status, failures, next_try_at, problem, message)
), locked AS MATERIALIZED (
    SELECT w.id FROM {table} w JOIN answers u ON u.id = w.id
    WHERE w.attempt = u.attempt AND w.status = 'waiting' ORDER BY w.id FOR NO KEY UPDATE OF w
)
UPDATE {table} w SET status = u.status, failures = u.failures, next_try_at = u.next_try_at, problem = u.problem,
       site_message = u.message, settled_at = CASE WHEN u.status = 'waiting' THEN NULL ELSE %(at)s::timestamptz END
FROM answers u JOIN locked ON locked.id = u.id
WHERE w.id = u.id
RETURNING w.id
"""  # noqa: S608
    for table in (CONFIRMATIONS, WRITE_BACKS)
}
# An answer about an older number settles nothing: the newer one is still due. And while a call whose outcome we do
# not know may still arrive at the site, the newest number is told once more afterwards.
_SETTLE_STOCK = """
WITH answers AS MATERIALIZED (
    SELECT * FROM unnest(%(ids)s::bigint[], %(attempts)s::int[], %(statuses)s::text[], %(failures)s::int[],
                         %(tries)s::timestamptz[], %(problems)s::text[], %(messages)s::text[], %(versions)s::int[],
                         %(quantities)s::int[], %(unknown)s::bool[])
             AS u (id, attempt, status, failures, next_try_at, problem, message, version, quantity, is_unknown)
), locked AS MATERIALIZED (
    SELECT w.id, w.version > u.version AS is_behind, u.status = 'accepted' AS is_accepted,
           coalesce(w.doubt_at > %(at)s::timestamptz - %(straggler)s::interval, false) AS is_doubtful
    FROM channels_stockpush w JOIN answers u ON u.id = w.id
    WHERE w.attempt = u.attempt AND w.status = 'waiting' ORDER BY w.id FOR NO KEY UPDATE OF w
), judged AS (
    SELECT id, is_behind, is_accepted, is_accepted AND is_doubtful AND NOT is_behind AS is_repeated FROM locked
)
UPDATE channels_stockpush w SET
    status = CASE WHEN j.is_behind OR j.is_repeated THEN 'waiting' ELSE u.status END,
    settled_at = CASE WHEN j.is_behind OR j.is_repeated OR u.status = 'waiting' THEN NULL
                      ELSE %(at)s::timestamptz END,
    next_try_at = CASE WHEN j.is_behind THEN w.next_try_at
                       WHEN j.is_repeated THEN w.doubt_at + %(straggler)s::interval ELSE u.next_try_at END,
    failures = CASE WHEN j.is_accepted THEN 0 ELSE u.failures END,
    due_since = CASE WHEN j.is_accepted THEN %(at)s::timestamptz ELSE w.due_since END,
    told_version = CASE WHEN j.is_accepted THEN u.version ELSE w.told_version END,
    told_quantity = CASE WHEN j.is_accepted THEN u.quantity ELSE w.told_quantity END,
    is_calling = false,
    doubt_at = CASE WHEN u.is_unknown THEN %(at)s::timestamptz WHEN j.is_accepted AND NOT j.is_repeated
                    AND NOT j.is_behind THEN NULL ELSE w.doubt_at END,
    problem = u.problem, site_message = u.message
FROM answers u JOIN judged j ON j.id = u.id
WHERE w.id = u.id
RETURNING w.id
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """A settlement for one attempt of a wish; the last three fields matter for stock only."""

    wish_id: int
    attempt: int
    settlement: Settlement
    version: int = 0
    quantity: int = 0
    is_unknown: bool = False


def make_due(connection_id: int, at: datetime, *, renew_patience: bool) -> None:
    """All that waits for this shop is due now; with `renew_patience` the 72 hours begin once more."""
    with connection.cursor() as cursor:
        for table in ALL:
            cursor.execute(_MAKE_DUE[table], {"shop": connection_id, "at": at, "renew": renew_patience})


def want_confirmations(seller_id: int, channels: Sequence[str], at: datetime) -> list[int]:
    """Store the missing wishes; the connection of each."""
    return first_column(_WANT_CONFIRMATIONS, {"seller": seller_id, "channels": list(channels), "at": at})


def want_late_confirmations(seller_id: int, channels: Sequence[str], at: datetime) -> list[int]:
    """Store the wishes missing for what has left; the connection of each."""
    return first_column(_WANT_LATE_CONFIRMATIONS, {"seller": seller_id, "channels": list(channels), "at": at})


def want_write_backs(seller_id: int, at: datetime) -> list[int]:
    """Store the missing wishes and that we looked; the connection of each."""
    first_column(_ONE_RUN, {"seller": seller_id})
    wanted = first_column(_WANT_WRITE_BACKS, {"seller": seller_id, "at": at})
    with connection.cursor() as cursor:
        cursor.execute(_LOOKED, {"seller": seller_id, "at": at})
    return wanted


def want_stock(seller_id: int, channels: Sequence[str], at: datetime) -> list[int]:
    """Store the numbers that differ from those wanted last; the connection of each."""
    return first_column(_WANT_STOCK, {"seller": seller_id, "channels": list(channels), "at": at})


def settle(table: str, answers: Sequence[Answer], at: datetime) -> set[int]:
    """Store what came of telling; returns the wishes for which the answer still counted."""
    parameters: dict[str, Any] = {
        "at": at,
        "ids": [answer.wish_id for answer in answers],
        "attempts": [answer.attempt for answer in answers],
        "statuses": [answer.settlement.status for answer in answers],
        "failures": [answer.settlement.failures for answer in answers],
        "tries": [answer.settlement.next_try_at for answer in answers],
        "problems": [answer.settlement.problem for answer in answers],
        "messages": [answer.settlement.message for answer in answers],
    }
    if table != STOCK_PUSHES:
        return set(first_column(_SETTLE[table], parameters))
    parameters |= {
        "versions": [answer.version for answer in answers],
        "quantities": [answer.quantity for answer in answers],
        "unknown": [answer.is_unknown for answer in answers],
        "straggler": STRAGGLER,
    }
    return set(first_column(_SETTLE_STOCK, parameters))
