"""
The hot statements of promising stock.

Lock order: the waiting orders by id, then their balances by SKU (in `stock.sql`).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import connection

from toiya.core.copying import copy_columns, copy_rows, in_parts, int_array, text_array
from toiya.domain.allocation.rules import Demand, Plan

# The gate (`close_gate`): while someone is past it, no bundle of the seller changes. Taken before the orders' locks.
_LOCK = """
SELECT id, code, status, waiting_reason
FROM (SELECT pg_advisory_xact_lock_shared(hashtextextended('allocation.bundles', %(seller)s))) gate, orders_order
WHERE seller_id = %(seller)s AND id = ANY(%(orders)s::bigint[]) AND status IN ('received', 'waiting')
ORDER BY id FOR NO KEY UPDATE OF orders_order
"""
_CLOSE_GATE = "SELECT pg_advisory_xact_lock(hashtextextended('allocation.bundles', %s))"
_NEXT = """
SELECT o.id FROM orders_openorder w JOIN orders_order o ON o.id = w.order_id
WHERE w.seller_id = %s AND w.order_id > %s AND o.status IN ('received', 'waiting') AND o.waiting_reason <> 'taken_back'
ORDER BY w.order_id LIMIT %s
"""
# A line of a virtual bundle wants its parts.
_DEMANDS = """
SELECT l.order_id, l.id, coalesce(p.part_id, l.sku_id), l.quantity * l.pieces_each * coalesce(p.quantity, 1),
       CASE WHEN l.option_code = '' THEN l.item_code ELSE l.option_code END,
       CASE WHEN p.part_id IS NOT NULL THEN l.sku_id END
FROM orders_line l
LEFT JOIN (catalog_bundlepart p JOIN catalog_sku s ON s.id = p.bundle_id AND s.bundle_kind = 'virtual')
       ON p.bundle_id = l.sku_id
WHERE l.order_id = ANY(%s::bigint[]) AND NOT l.is_cancelled ORDER BY l.order_id, l.id, p.part_id
"""
_MARK_SERVED = "UPDATE orders_order SET status = 'allocated', waiting_reason = '' WHERE id = ANY(%s::bigint[])"
_MARK_WAITING = """
UPDATE orders_order o SET status = 'waiting', waiting_reason = d.reason
FROM unnest(%s::bigint[], %s::text[]) d (id, reason) WHERE o.id = d.id
"""
_FORGET_REASONS = "DELETE FROM allocation_waitreason WHERE order_id = ANY(%s::bigint[])"

_ALLOCATION = ("line_id", "seller_id", "order_id", "warehouse_id", "sku_id", "quantity")
_REASON = ("line_id", "seller_id", "order_id", "code", "details", "since")


class WaitingOrder(NamedTuple):
    """A waiting order under our lock."""

    order_id: int
    code: str
    status: str
    reason: str


def lock_waiting_orders(seller_id: int, order_ids: Sequence[int]) -> dict[int, WaitingOrder]:
    """Lock those of the orders that still wait, in id order."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, {"seller": seller_id, "orders": int_array(order_ids)})
        return {row[0]: WaitingOrder._make(row) for row in cursor.fetchall()}


def next_waiting(seller_id: int, after: int, count: int) -> list[int]:
    """The next waiting orders of a seller, oldest first, without locking them."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [seller_id, after, count])
        return [row[0] for row in cursor.fetchall()]


def close_gate(seller_id: int) -> None:
    """Until the transaction ends nothing is promised to the seller's orders: what a bundle is made of may change."""
    with connection.cursor() as cursor:
        cursor.execute(_CLOSE_GATE, [seller_id])


def demands(order_ids: Sequence[int]) -> list[Demand]:
    """What the orders' lines want, order by order; the parts of one bundle one after the other."""
    with connection.cursor() as cursor:
        cursor.execute(_DEMANDS, [int_array(order_ids)])
        return list(map(Demand._make, cursor.fetchall()))


def write_allocations(seller_id: int, plan: Plan) -> None:
    """Write the promises as rows and mark their orders."""
    if not plan.promises:
        return
    seller = str(seller_id)
    parts = (zip(*promises, strict=True) for promises in in_parts(plan.promises))
    columns = ([list(map(str, ids)) for ids in part] for part in parts)
    copy_columns(
        "allocation_allocation",
        _ALLOCATION,
        (
            (lines, seller, orders, warehouses, skus, quantities)
            for orders, lines, skus, warehouses, quantities in columns
        ),
    )
    with connection.cursor() as cursor:
        cursor.execute(_MARK_SERVED, [int_array(plan.served)])


def write_reasons(seller_id: int, plan: Plan, at: datetime) -> None:
    """Write one reason per waiting line, and the leading one on its order."""
    if not plan.unserved:
        return
    rows = [
        (short.line_id, seller_id, short.order_id, short.why.value, json.dumps(short.details, ensure_ascii=False), at)
        for short in plan.shorts
    ]
    copy_rows("allocation_waitreason", _REASON, rows)
    with connection.cursor() as cursor:
        reasons = text_array(short.why.value for short in plan.unserved.values())
        cursor.execute(_MARK_WAITING, [int_array(plan.unserved), reasons])


def forget_reasons(order_ids: Sequence[int]) -> None:
    """Remove the reasons of orders that were judged before."""
    if order_ids:
        with connection.cursor() as cursor:
            cursor.execute(_FORGET_REASONS, [int_array(order_ids)])
