"""
The hot statements of promising stock.

Lock order: the waiting orders by id, then their balances by SKU (in `stock.sql`).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from operator import attrgetter
from typing import NamedTuple

from django.db import connection

from toiya.core.copying import copy_columns, copy_rows, in_parts, int_array, text_array
from toiya.domain.allocation.rules import Demand, Plan

# The gate (`close_gate`): while someone is past it, no bundle of the seller changes. Taken before the orders' locks.
_LOCK = """
SELECT id, code, status, waiting_reason, extract(epoch FROM coalesce(ship_by, placed_at))::float8,
       extract(epoch FROM coalesce(paid_at, placed_at))::float8
FROM (SELECT pg_advisory_xact_lock_shared(hashtextextended('allocation.bundles', %(seller)s))) gate, orders_order
WHERE seller_id = %(seller)s AND id = ANY(%(orders)s::bigint[]) AND status IN ('received', 'waiting')
ORDER BY id FOR NO KEY UPDATE OF orders_order
"""
_CLOSE_GATE = "SELECT pg_advisory_xact_lock(hashtextextended('allocation.bundles', %s))"
_THROUGH_GATE = "SELECT pg_advisory_xact_lock_shared(hashtextextended('allocation.bundles', %s))"
# What a person took back stays back until somebody asks; an unpaid order whose promise ended, until it is paid.
_IN_TURN = """
SELECT o.id FROM orders_openorder w JOIN orders_order o ON o.id = w.order_id
WHERE w.seller_id = %s AND o.status IN ('received', 'waiting') AND o.waiting_reason <> 'taken_back'
  AND (o.waiting_reason <> 'promise_expired' OR o.paid_at IS NOT NULL)
ORDER BY coalesce(o.ship_by, o.placed_at), coalesce(o.paid_at, o.placed_at), o.id
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
    """
    A waiting order under our lock. `due` and `paid` fall back to when it was placed; in seconds, because reading two
    instants costs more than the rest of the row.
    """

    order_id: int
    code: str
    status: str
    reason: str
    due: float
    paid: float


def lock_waiting_orders(seller_id: int, order_ids: Sequence[int]) -> dict[int, WaitingOrder]:
    """Lock those of the orders that still wait, in id order; given in the order of their turns."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, {"seller": seller_id, "orders": int_array(order_ids)})
        locked = list(map(WaitingOrder._make, cursor.fetchall()))
    return {order.order_id: order for order in sorted(locked, key=_turn)}


_turn = attrgetter("due", "paid", "order_id")


def waiting_in_turn(seller_id: int) -> list[int]:
    """All waiting orders of a seller in the order of their turns, without locking them."""
    with connection.cursor() as cursor:
        cursor.execute(_IN_TURN, [seller_id])
        return [row[0] for row in cursor.fetchall()]


def close_gate(seller_id: int) -> None:
    """Until the transaction ends nothing is promised to the seller's orders: what a bundle is made of may change."""
    with connection.cursor() as cursor:
        cursor.execute(_CLOSE_GATE, [seller_id])


def pass_gate(seller_id: int) -> None:
    """
    Until the transaction ends no bundle of the seller changes. For who locks orders before it has them judged: past
    the gate after that, it would wait for somebody who waits for its orders or balances.
    """
    with connection.cursor() as cursor:
        cursor.execute(_THROUGH_GATE, [seller_id])


def demands(order_ids: Sequence[int]) -> list[Demand]:
    """What the orders' lines want, in the order given; the parts of one bundle one after the other."""
    with connection.cursor() as cursor:
        cursor.execute(_DEMANDS, [int_array(order_ids)])
        found = list(map(Demand._make, cursor.fetchall()))
    if list(order_ids) != sorted(order_ids):
        place = {order_id: place for place, order_id in enumerate(order_ids)}
        found.sort(key=lambda demand: place[demand.order_id])  # stable: the lines of an order stay as they are
    return found


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
