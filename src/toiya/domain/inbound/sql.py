"""The statements about lots that near their last usable day, in each warehouse's own calendar."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection

from toiya.domain.inbound.receiving_rules import EXPIRY_DAYS

_NEAR = """
FROM stock_binstock s
JOIN warehouses_warehouse w ON w.id = s.warehouse_id
LEFT JOIN inbound_lotrules r ON r.seller_id = s.seller_id
WHERE s.quantity > 0 AND s.expires_on <= (%(at)s::timestamptz AT TIME ZONE w.time_zone)::date
                                         + coalesce(r.days, %(days)s)::int
"""
_SELLERS = f"""
SELECT DISTINCT s.seller_id {_NEAR} AND NOT EXISTS (
    SELECT 1 FROM inbound_lotwarning t WHERE t.seller_id = s.seller_id AND t.sku_id = s.sku_id AND t.lot = s.lot
                                         AND t.expires_on = s.expires_on)
ORDER BY s.seller_id
"""  # noqa: S608
_WARN = f"""
INSERT INTO inbound_lotwarning (seller_id, sku_id, lot, expires_on, pieces, told_at)
SELECT s.seller_id, s.sku_id, s.lot, s.expires_on, sum(s.quantity), %(at)s::timestamptz {_NEAR}
   AND s.seller_id = %(seller)s
GROUP BY s.seller_id, s.sku_id, s.lot, s.expires_on ORDER BY s.expires_on, s.sku_id, s.lot
ON CONFLICT (seller_id, sku_id, lot, expires_on) DO NOTHING
RETURNING id
"""
_STILL = """
SELECT count(*) FROM inbound_lotwarning t WHERE t.seller_id = %(seller)s AND EXISTS (
    SELECT 1 FROM stock_binstock s WHERE s.seller_id = t.seller_id AND s.sku_id = t.sku_id AND s.lot = t.lot
                                     AND s.expires_on = t.expires_on AND s.quantity > 0)
"""


def sellers_to_warn(at: datetime) -> list[int]:
    """The sellers with a lot that is near its last day and of which they were not told."""
    return [row[0] for row in _rows(_SELLERS, {"at": at, "days": EXPIRY_DAYS})]


def write_warnings(seller_id: int, at: datetime) -> list[int]:
    """Write down the lots of which nobody told yet; two at once write each of them once."""
    return [row[0] for row in _rows(_WARN, {"seller": seller_id, "at": at, "days": EXPIRY_DAYS})]


def lots_still_near(seller_id: int) -> int:
    """How many of the lots the seller was told of still lie in a building."""
    return int(_rows(_STILL, {"seller": seller_id})[0][0])


def _rows(statement: str, parameters: dict[str, Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        rows: list[Any] = cursor.fetchall()
        return rows
