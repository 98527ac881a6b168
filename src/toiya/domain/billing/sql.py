"""The set-based statements of bills: storage facts from the ledger of goods, and what the ledger of money took."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db import connection

from toiya.core.copying import text_array
from toiya.domain.stock.actions.ledger import EFFECTS
from toiya.domain.stock.models import Movement

_ON_HAND = " ".join(f"WHEN {int(kind)} THEN {effect[0]}" for kind, effect in EFFECTS.items())
_SHIP = int(Movement.Kind.SHIP)
# A day's level is what lies there when the day ends; `days` and `changes` are the steps of a span in their order.
# A bin counts on each day that ends with a piece in it: from one step of its level to the next one. On days on which it
# is a pallet place it counts as that instead, once for the seller: for the SKU in it that we have known longest.
_STORAGE = f"""
WITH spans AS (
    SELECT * FROM unnest(%(warehouses)s::bigint[], %(zones)s::text[], %(first_days)s::date[], %(last_days)s::date[])
        AS s (warehouse_id, zone, first_day, last_day)
), moves AS MATERIALIZED (
    SELECT m.warehouse_id, m.sku_id, m.id, m.kind, m.quantity, m.from_bin_id, m.to_bin_id,
           (m.at AT TIME ZONE z.zone)::date AS day, m.quantity * CASE m.kind {_ON_HAND} ELSE 0 END AS change
    FROM stock_movement m JOIN (SELECT DISTINCT warehouse_id, zone FROM spans) z ON z.warehouse_id = m.warehouse_id
    WHERE m.seller_id = %(seller)s AND m.warehouse_id = ANY(%(warehouses)s::bigint[]) AND m.at < %(after)s
      AND (%(skus)s::bigint[] IS NULL OR m.sku_id = ANY(%(skus)s::bigint[]))
), days AS (
    SELECT warehouse_id, first_day, sku_id, array_agg(day ORDER BY day) AS days,
           array_agg(change::int ORDER BY day) AS changes
    FROM (
        SELECT s.warehouse_id, s.first_day, m.sku_id, m.day, sum(m.change) AS change
        FROM spans s JOIN moves m ON m.warehouse_id = s.warehouse_id AND m.day BETWEEN s.first_day AND s.last_day
        GROUP BY s.warehouse_id, s.first_day, m.sku_id, m.day HAVING sum(m.change) <> 0
    ) steps GROUP BY warehouse_id, first_day, sku_id
), lying AS MATERIALIZED (
    SELECT warehouse_id, sku_id, bin_id, day AS since, coalesce(next, %(never)s::date) AS until
    FROM (
        SELECT m.warehouse_id, sku_id, bin_id, day, sum(sum(change)) OVER w AS level, lead(day) OVER w AS next
        FROM (
            SELECT warehouse_id, sku_id, to_bin_id AS bin_id, day, quantity AS change
            FROM moves WHERE to_bin_id IS NOT NULL
            UNION ALL
            SELECT warehouse_id, sku_id, from_bin_id, day, -quantity FROM moves WHERE from_bin_id IS NOT NULL
        ) m JOIN warehouses_bin b ON b.id = m.bin_id AND b.kind = 'storage'
        GROUP BY m.warehouse_id, sku_id, bin_id, day WINDOW w AS (PARTITION BY sku_id, bin_id ORDER BY day)
    ) l WHERE level > 0
), pallets AS MATERIALIZED (
    SELECT bin_id, from_on AS since, until FROM (
        SELECT bin_id, from_on, is_pallet,
               coalesce(lead(from_on) OVER (PARTITION BY bin_id ORDER BY from_on), %(never)s::date) AS until
        FROM (
            SELECT DISTINCT ON (p.bin_id, p.from_on) p.bin_id, p.from_on, p.is_pallet
            FROM warehouses_palletplace p JOIN warehouses_bin b ON b.id = p.bin_id
            WHERE b.warehouse_id = ANY(%(warehouses)s::bigint[]) ORDER BY p.bin_id, p.from_on, p.id DESC
        ) newest
    ) told WHERE is_pallet
), bins AS (
    SELECT warehouse_id, first_day, sku_id, sum(days) AS bin_days
    FROM (
        SELECT l.warehouse_id, s.first_day, l.sku_id,
               least(l.until, s.last_day + 1) - greatest(l.since, s.first_day) AS days
        FROM lying l JOIN spans s ON s.warehouse_id = l.warehouse_id AND l.since <= s.last_day AND l.until > s.first_day
        UNION ALL
        SELECT l.warehouse_id, s.first_day, l.sku_id,
               greatest(l.since, p.since, s.first_day) - least(l.until, p.until, s.last_day + 1)
        FROM pallets p JOIN lying l ON l.bin_id = p.bin_id AND l.since < p.until AND l.until > p.since
        JOIN spans s ON s.warehouse_id = l.warehouse_id AND greatest(l.since, p.since) <= s.last_day
                    AND least(l.until, p.until) > s.first_day
    ) parts GROUP BY warehouse_id, first_day, sku_id
), places AS (
    SELECT warehouse_id, first_day, sku_id, count(*) AS pallet_days
    FROM (
        SELECT DISTINCT ON (l.bin_id, d.day) l.warehouse_id, s.first_day, l.sku_id
        FROM pallets p JOIN lying l ON l.bin_id = p.bin_id AND l.since < p.until AND l.until > p.since
        JOIN spans s ON s.warehouse_id = l.warehouse_id
        CROSS JOIN LATERAL generate_series(
            greatest(l.since, p.since, s.first_day), least(l.until - 1, p.until - 1, s.last_day), interval '1 day'
        ) AS d (day)
        ORDER BY l.bin_id, d.day, l.sku_id
    ) days GROUP BY warehouse_id, first_day, sku_id
), sums AS (
    SELECT s.warehouse_id, s.first_day, m.sku_id,
           coalesce(sum(m.change) FILTER (WHERE m.day < s.first_day), 0) AS opening,
           coalesce(sum(m.quantity) FILTER (WHERE m.day >= s.first_day AND m.kind = {_SHIP}), 0) AS shipped,
           min(m.day) FILTER (WHERE m.change > 0) AS first_inbound,
           coalesce(array_agg(m.id ORDER BY m.id) FILTER (WHERE m.day >= s.first_day AND m.change <> 0),
                    '{{}}') AS ledger
    FROM spans s JOIN moves m ON m.warehouse_id = s.warehouse_id AND m.day <= s.last_day
    GROUP BY s.warehouse_id, s.first_day, m.sku_id
)
SELECT warehouse_id, first_day, s.code, opening, shipped, first_inbound, coalesce(days, '{{}}'),
       coalesce(changes, '{{}}'), ledger, coalesce(bin_days, 0), coalesce(pallet_days, 0),
       s.length_mm::bigint * s.width_mm * s.height_mm
FROM sums JOIN catalog_sku s ON s.id = sums.sku_id
LEFT JOIN days USING (warehouse_id, first_day, sku_id)
LEFT JOIN bins USING (warehouse_id, first_day, sku_id)
LEFT JOIN places USING (warehouse_id, first_day, sku_id)
WHERE opening <> 0 OR cardinality(ledger) > 0
ORDER BY warehouse_id, first_day, s.code
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
    One SKU in one warehouse over a span: pieces when it began, shipped in it, the day the first ever came in, the days
    on which its level changed and by how much, the movements that did, the days its bins and its pallet places were
    taken, a piece's volume.
    """

    warehouse_id: int
    first_day: date
    sku: str
    opening: int
    shipped: int
    first_inbound: date | None
    days: Sequence[date]
    changes: Sequence[int]
    ledger: Sequence[int]
    bin_days: int
    pallet_days: int
    volume_mm3: int


class Moved(NamedTuple):
    """Money that left or came back for one cause; the amount is positive."""

    entry_id: int
    kind: str
    source: str
    amount_minor: int
    at: datetime


class Span(NamedTuple):
    """Days of a warehouse, on the calendar of its zone: a month, or the part of it that is over."""

    warehouse_id: int
    zone: str
    first_day: date
    last_day: date

    @property
    def after(self) -> datetime:
        """The instant at which the last day is over."""
        return datetime.combine(self.last_day + timedelta(days=1), time.min, ZoneInfo(self.zone))


def kept(seller_id: int, spans: Sequence[Span], sku_ids: Sequence[int] | None = None) -> list[Kept]:
    """
    What lay in the warehouses over these spans, by warehouse, span and SKU; one statement for all of them.

    With `sku_ids` of these SKUs alone: then a pallet that others lie on too is counted as if they did not.
    """
    if not spans:
        return []
    parameters = {
        "seller": seller_id,
        "warehouses": [span.warehouse_id for span in spans],
        "zones": text_array([span.zone for span in spans]),
        "first_days": [span.first_day for span in spans],
        "last_days": [span.last_day for span in spans],
        "after": max(span.after for span in spans),
        "skus": None if sku_ids is None else list(sku_ids),
        "never": date.max,
    }
    return [
        Kept._make([*row[:3], int(row[3]), int(row[4]), *row[5:9], int(row[9]), int(row[10]), int(row[11])])
        for row in _rows(_STORAGE, parameters)
    ]


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
