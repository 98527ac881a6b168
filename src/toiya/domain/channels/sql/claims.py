"""
Wishes claimed for one call: the attempt is counted and the next try put off in one short statement.

Rows that another process holds are skipped. Troubled wishes (they failed while the site was up) are claimed apart, so
that they can be told one by one and keep no other back (R34).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from toiya.domain.channels.rules import LEASE
from toiya.domain.channels.sql.shops import LINES_THAT_CAME_WITH
from toiya.domain.channels.sql.tables import CONFIRMATIONS, STOCK_PUSHES, WRITE_BACKS


def _claim(table: str, returned: str, read: str, also: str = "", only_if: str = "") -> str:
    return f"""
WITH due AS MATERIALIZED (
    SELECT d.id FROM {table} d
    WHERE d.connection_id = %(shop)s AND d.status = 'waiting' AND d.next_try_at <= %(at)s
      AND (d.failures > 0) = %(troubled)s{only_if}
    ORDER BY d.next_try_at, d.id LIMIT %(limit)s FOR NO KEY UPDATE OF d SKIP LOCKED
), claimed AS (
    UPDATE {table} w SET attempt = w.attempt + 1, next_try_at = %(lease)s{also}
    FROM due WHERE w.id = due.id
    RETURNING w.id, w.attempt, w.failures, w.due_since, {returned}
)
SELECT w.id, w.attempt, w.failures, w.due_since, {read}"""  # noqa: S608


_CONFIRMATIONS = _claim(
    CONFIRMATIONS,
    "w.order_id",
    f"""o.code, o.ship_by,
       coalesce((SELECT array_agg(external_id ORDER BY first) FROM (
           SELECT l.external_id, min(l.id) AS first FROM ({LINES_THAT_CAME_WITH.format(order="w.order_id")}) l
           JOIN orders_order now ON now.id = l.order_id AND now.status <> 'cancelled'
           WHERE NOT l.is_cancelled GROUP BY l.external_id
       ) told), '{{}}')
FROM claimed w JOIN orders_order o ON o.id = w.order_id
ORDER BY w.id
""",  # noqa: S608
)
# A number waits until its order's confirmation was told (a site may decline to confirm what has left), but not for one
# in trouble or switched off. A line that lies in two parcels is told with the first: the site takes one number a line.
# One that was divided over several orders is told with the last parcel of them all, once every part has left: that is
# the wish stored last, for they are stored one seller's run after the other (`want_write_backs`).
_NOT_YET = """
EXISTS (SELECT 1 FROM orders_lineorigin sibling JOIN orders_line sl ON sl.id = sibling.line_id AND NOT sl.is_cancelled
        JOIN orders_order so ON so.id = sl.order_id AND so.status <> 'cancelled'
        LEFT JOIN outbound_parcel sp ON sp.order_id = so.id AND sp.status = 'shipped' AND sp.label_id IS NOT NULL
        LEFT JOIN channels_writeback sw ON sw.parcel_id = sp.id
        WHERE sibling.root_id = d.root_id
          AND (so.status NOT IN ('shipped', 'delivered') OR sw.id IS NULL OR sw.id > w.id))
"""
_WRITE_BACKS = _claim(
    WRITE_BACKS,
    "w.parcel_id, w.order_id",
    f"""o.code, p.code, s.site_name, b.tracking_number,
       coalesce((SELECT array_agg(DISTINCT l.external_id) FROM orders_line l
                 JOIN orders_lineorigin d ON d.line_id = l.id AND d.is_divided
                 WHERE l.order_id = w.order_id AND NOT l.is_cancelled AND NOT {_NOT_YET}), '{{}}') ||
       coalesce((SELECT array_agg(l.external_id ORDER BY l.id) FROM orders_line l
                 WHERE l.order_id = w.order_id AND (l.id IN (
                     SELECT line_id FROM outbound_content WHERE parcel_id = w.parcel_id
                 ) OR (NOT l.is_cancelled AND EXISTS (
                     SELECT 1 FROM outbound_handin h WHERE h.parcel_id = w.parcel_id
                 ))) AND NOT EXISTS (
                     SELECT 1 FROM outbound_parcel e JOIN outbound_content ec ON ec.parcel_id = e.id
                     WHERE e.order_id = w.order_id AND e.id < w.parcel_id AND ec.line_id = l.id
                 ) AND NOT EXISTS (SELECT 1 FROM orders_lineorigin WHERE line_id = l.id AND is_divided)), '{{}}')
FROM claimed w JOIN orders_order o ON o.id = w.order_id JOIN outbound_parcel p ON p.id = w.parcel_id
JOIN carriers_label b ON b.id = p.label_id JOIN carriers_service s ON s.id = b.service_id
ORDER BY w.id
""",  # noqa: S608
    only_if=f"""
      AND NOT EXISTS (SELECT 1 FROM {CONFIRMATIONS} f JOIN channels_connection c ON c.id = f.connection_id
                      WHERE f.order_id = d.order_id AND f.status = 'waiting' AND f.failures = 0 AND c.is_confirming)
      AND NOT EXISTS (SELECT 1 FROM orders_line gl JOIN orders_lineorigin g ON g.line_id = gl.id
                      JOIN {CONFIRMATIONS} f ON f.order_id = g.order_id JOIN channels_connection c
                           ON c.id = f.connection_id
                      WHERE gl.order_id = d.order_id AND f.status = 'waiting' AND f.failures = 0
                        AND c.is_confirming)""",  # noqa: S608
)
_STOCK_PUSHES = _claim(
    STOCK_PUSHES,
    "w.listing_id, w.version, w.quantity",
    """w.version, w.quantity, l.external_id, l.fingerprint, l.site_fields::text, l.is_gone OR l.sku_id IS NULL
FROM claimed w JOIN channels_listing l ON l.id = w.listing_id
ORDER BY w.id
""",
    ", doubt_at = CASE WHEN w.is_calling THEN %(at)s::timestamptz ELSE w.doubt_at END, is_calling = true",
)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A wish that is ours to tell, once, under this attempt."""

    wish_id: int
    attempt: int
    failures: int
    due_since: datetime


@dataclass(frozen=True, slots=True)
class ClaimedConfirmation(Claimed):
    """Confirm these lines; none left means there is nothing to confirm."""

    order_code: str
    ship_by: datetime | None
    lines: Sequence[str]


@dataclass(frozen=True, slots=True)
class ClaimedWriteBack(Claimed):
    """Tell the number of these lines; none means they were told with an earlier parcel."""

    order_code: str
    parcel_code: str
    carrier_name: str
    tracking_number: str
    lines: Sequence[str]


@dataclass(frozen=True, slots=True)
class ClaimedStock(Claimed):
    """Show this number; `is_moot` when the listing is gone or no longer tied."""

    version: int
    quantity: int
    external_id: str
    fingerprint: str
    site_fields: str
    is_moot: bool


@dataclass(frozen=True, slots=True)
class Lane:
    """Which wishes to claim: of which shop, the troubled ones or the others, how many at most."""

    connection_id: int
    is_troubled: bool
    limit: int


def claim_confirmations(lane: Lane, at: datetime) -> list[ClaimedConfirmation]:
    """Claim confirmations that are due."""
    return [ClaimedConfirmation(*row) for row in _run(_CONFIRMATIONS, lane, at)]


def claim_write_backs(lane: Lane, at: datetime) -> list[ClaimedWriteBack]:
    """Claim write-backs that are due."""
    return [ClaimedWriteBack(*row) for row in _run(_WRITE_BACKS, lane, at)]


def claim_stock(lane: Lane, at: datetime) -> list[ClaimedStock]:
    """Claim stock numbers that are due."""
    return [ClaimedStock(*row) for row in _run(_STOCK_PUSHES, lane, at)]


def _run(statement: str, lane: Lane, at: datetime) -> list[tuple[Any, ...]]:
    parameters: dict[str, Any] = {
        "shop": lane.connection_id,
        "troubled": lane.is_troubled,
        "limit": lane.limit,
        "at": at,
        "lease": at + LEASE,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
