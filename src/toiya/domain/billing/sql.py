"""The set-based statements of bills: storage facts from the ledger of goods, and what the ledger of money took."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection

from toiya.core.copying import text_array
from toiya.domain.stock.actions.ledger import EFFECTS
from toiya.domain.stock.models import Movement

_ON_HAND = " ".join(f"WHEN {int(kind)} THEN {effect[0]}" for kind, effect in EFFECTS.items())
_SHIP = int(Movement.Kind.SHIP)
# A day's level is what lies there when the day ends; `days` and `changes` are the steps of the month in their order.
# A bin counts on each day that ends with a piece in it: from one step of its level to the next one.
_STORAGE = f"""
WITH moves AS MATERIALIZED (
    SELECT m.sku_id, m.id, m.kind, m.quantity, m.from_bin_id, m.to_bin_id,
           (m.at AT TIME ZONE %(zone)s)::date AS day, m.quantity * CASE m.kind {_ON_HAND} ELSE 0 END AS change
    FROM stock_movement m
    WHERE m.seller_id = %(seller)s AND m.warehouse_id = %(warehouse)s AND m.at < %(after)s
), steps AS (
    SELECT sku_id, day, sum(change) AS change FROM moves WHERE day >= %(first_day)s::date
    GROUP BY sku_id, day HAVING sum(change) <> 0
), days AS (
    SELECT sku_id, array_agg(day ORDER BY day) AS days, array_agg(change::int ORDER BY day) AS changes
    FROM steps GROUP BY sku_id
), bins AS (
    SELECT sku_id, sum(greatest(least(coalesce(next, %(last_day)s::date + 1), %(last_day)s::date + 1)
                                - greatest(day, %(first_day)s::date), 0)) FILTER (WHERE level > 0) AS bin_days
    FROM (
        SELECT sku_id, day, sum(sum(change)) OVER w AS level, lead(day) OVER w AS next
        FROM (
            SELECT sku_id, to_bin_id AS bin_id, day, quantity AS change FROM moves WHERE to_bin_id IS NOT NULL
            UNION ALL SELECT sku_id, from_bin_id, day, -quantity FROM moves WHERE from_bin_id IS NOT NULL
        ) m JOIN warehouses_bin b ON b.id = m.bin_id AND b.kind = 'storage'
        GROUP BY sku_id, bin_id, day WINDOW w AS (PARTITION BY sku_id, bin_id ORDER BY day)
    ) l GROUP BY sku_id
), sums AS (
    SELECT sku_id,
           coalesce(sum(change) FILTER (WHERE day < %(first_day)s::date), 0) AS opening,
           coalesce(sum(quantity) FILTER (WHERE day >= %(first_day)s::date AND kind = {_SHIP}), 0) AS shipped,
           min(day) FILTER (WHERE change > 0) AS first_inbound,
           coalesce(array_agg(id ORDER BY id) FILTER (WHERE day >= %(first_day)s::date AND change <> 0),
                    '{{}}') AS ledger
    FROM moves GROUP BY sku_id
)
SELECT s.code, opening, shipped, first_inbound, coalesce(d.days, '{{}}'), coalesce(d.changes, '{{}}'), ledger,
       coalesce(b.bin_days, 0), s.length_mm::bigint * s.width_mm * s.height_mm
FROM sums JOIN catalog_sku s ON s.id = sums.sku_id
LEFT JOIN days d ON d.sku_id = sums.sku_id LEFT JOIN bins b ON b.sku_id = sums.sku_id
WHERE opening <> 0 OR cardinality(ledger) > 0
ORDER BY s.code
"""  # noqa: S608
# A posting's negative side names each of its causes. What stands on a bill already is left out: late ones come next.
_MONEY = """
SELECT e.id, p.kind, e.source, -e.amount_minor, p.at
FROM wallet_posting p JOIN wallet_entry e ON e.posting_id = p.id AND e.seller_id = p.seller_id
WHERE p.seller_id = %(seller)s AND p.currency = %(currency)s AND p.at < %(after)s
  AND p.kind = ANY(%(kinds)s::text[]) AND e.amount_minor < 0
  AND NOT EXISTS (SELECT 1 FROM billing_statementline l WHERE l.seller_id = e.seller_id AND l.wallet_entry_id = e.id)
  AND NOT EXISTS (SELECT 1 FROM billing_statementline l WHERE l.seller_id = e.seller_id AND l.also_entry_id = e.id)
ORDER BY e.id
"""
# Fees that were given back after the month, by their cause.
_REFUNDED = _MONEY.replace("p.at < %(after)s", "p.at >= %(after)s AND e.source = ANY(%(causes)s::text[])")
_HOUSES = """
SELECT DISTINCT m.warehouse_id FROM stock_movement m WHERE m.seller_id = %(seller)s AND m.at < %(after)s
ORDER BY m.warehouse_id
"""
_OPEN = """
INSERT INTO billing_statement (id, seller_id, month, currency, code, status, taken_minor, due_minor, credited_minor,
                               paid_out_minor, total_minor, line_count, inputs_hash, opened_at)
VALUES (%(id)s, %(seller)s, %(month)s, %(currency)s, %(code)s, 'running', 0, 0, 0, 0, 0, 0, '', %(at)s)
ON CONFLICT (seller_id, month, currency) DO NOTHING RETURNING id
"""
# Sellers with money moved or goods kept, that have no bill of the month yet.
_UNOPENED = """
SELECT s.id FROM members_seller s
WHERE (EXISTS (SELECT 1 FROM wallet_posting p WHERE p.seller_id = s.id AND p.currency = s.currency
               AND p.at < %(after)s AND p.at >= %(first)s)
       OR EXISTS (SELECT 1 FROM stock_balance b WHERE b.seller_id = s.id AND b.on_hand > 0))
  AND NOT EXISTS (SELECT 1 FROM billing_statement t
                  WHERE t.seller_id = s.id AND t.month = %(month)s AND t.currency = s.currency)
ORDER BY s.id
"""


class Kept(NamedTuple):
    """
    One SKU in one warehouse over a month: pieces when it began, shipped in it, the day the first ever came in, the days
    on which its level changed and by how much, the movements that did, the days its bins were taken, a piece's volume.
    """

    sku: str
    opening: int
    shipped: int
    first_inbound: date | None
    days: Sequence[date]
    changes: Sequence[int]
    ledger: Sequence[int]
    bin_days: int
    volume_mm3: int


class Moved(NamedTuple):
    """Money that left or came back for one cause; the amount is positive."""

    entry_id: int
    kind: str
    source: str
    amount_minor: int
    at: datetime


class Span(NamedTuple):
    """A month on a zone's calendar: its first and last day, and the instant after it."""

    zone: str
    first_day: date
    last_day: date
    after: datetime


def kept(seller_id: int, warehouse_id: int, span: Span) -> list[Kept]:
    """What lay in the warehouse over a month, by SKU; one statement."""
    rows = _rows(_STORAGE, {"seller": seller_id, "warehouse": warehouse_id, **span._asdict()})
    return [Kept._make([row[0], int(row[1]), int(row[2]), *row[3:7], int(row[7]), int(row[8])]) for row in rows]


def moved(seller_id: int, currency: str, after: datetime, kinds: Sequence[str]) -> list[Moved]:
    """What the wallet took and gave back before an instant and no bill tells of."""
    parameters = {"seller": seller_id, "currency": currency, "after": after, "kinds": text_array(kinds)}
    return [Moved(*row) for row in _rows(_MONEY, parameters)]


def refunded(seller_id: int, currency: str, since: datetime, causes: Sequence[str]) -> list[Moved]:
    """What was given back of these causes from an instant on and no bill tells of."""
    parameters = {"seller": seller_id, "currency": currency, "after": since, "causes": text_array(causes)}
    return [Moved(*row) for row in _rows(_REFUNDED, {**parameters, "kinds": text_array(["refund"])})]


def warehouses_of(seller_id: int, after: datetime) -> list[int]:
    """The warehouses that ever had goods of the seller before an instant."""
    return [row[0] for row in _rows(_HOUSES, {"seller": seller_id, "after": after})]


def open_statement(row: dict[str, Any]) -> bool:
    """Write a running statement where there is none; whether it was written."""
    return bool(_rows(_OPEN, row))


def sellers_without(month: date, first: datetime, after: datetime) -> list[int]:
    """Sellers that something happened to and that have no statement of the month."""
    return [row[0] for row in _rows(_UNOPENED, {"month": month, "first": first, "after": after})]


def _rows(statement: str, parameters: dict[str, Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        rows: list[Any] = cursor.fetchall()
        return rows
