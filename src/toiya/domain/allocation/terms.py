"""What a set of orders is judged by: the open warehouses in turn, the seller's reserve and shelf lives."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import connection

from toiya.core.copying import int_array
from toiya.domain.allocation import route_rules
from toiya.domain.allocation.route_rules import House
from toiya.domain.allocation.rules import Free, Place, Terms
from toiya.domain.stock.sql import LockedBalance

UNRANKED = 1000

_HOUSES = """
SELECT w.id, w.postal_code, coalesce(r.place, %(unranked)s), coalesce(r.is_left_out, false), c.warehouse_id IS NULL,
       coalesce(a.buffer_pieces, 0), a.expiry_days,
       EXISTS (SELECT 1 FROM allocation_skubuffer WHERE seller_id = %(seller)s),
       EXISTS (SELECT 1 FROM warehouses_cutoff WHERE carrier <> '')
FROM warehouses_warehouse w
LEFT JOIN allocation_warehouserank r ON r.warehouse_id = w.id AND r.seller_id = %(seller)s
LEFT JOIN allocation_closedwarehouse c ON c.warehouse_id = w.id
LEFT JOIN allocation_allocationrules a ON a.seller_id = %(seller)s
ORDER BY 3, 1
"""
# The warehouse a person chose for the order goes before the one that was wished for as it was entered.
_RECEIVERS = """
SELECT k.id, coalesce(a.postal_code, ''), coalesce(c.warehouse_id, w.warehouse_id) FROM unnest(%s::bigint[]) k (id)
LEFT JOIN orders_address a ON a.order_id = k.id LEFT JOIN allocation_chosenwarehouse c ON c.order_id = k.id
LEFT JOIN orders_wish w ON w.order_id = k.id
"""
_BUFFERS = "SELECT sku_id, pieces FROM allocation_skubuffer WHERE seller_id = %s AND sku_id = ANY(%s::bigint[])"
# What lies in a tote or at the truck was picked for an order: it is promised, so it is not counted here.
_SOON = """
SELECT s.warehouse_id, s.sku_id, sum(s.quantity)
FROM stock_binstock s JOIN warehouses_bin b ON b.id = s.bin_id AND b.kind IN ('storage', 'dock')
WHERE s.seller_id = %s AND s.warehouse_id = ANY(%s::bigint[]) AND s.sku_id = ANY(%s::bigint[])
  AND s.quantity > 0 AND s.expires_on < %s
GROUP BY s.warehouse_id, s.sku_id
"""


class _Row(NamedTuple):
    """One warehouse as this seller sees it, with the seller's rules beside it."""

    warehouse_id: int
    postal_code: str
    place: int
    is_left_out: bool
    is_open: bool
    buffer_pieces: int
    expiry_days: int | None
    has_sku_buffers: bool
    has_carriers_own_times: bool


class Ground(NamedTuple):
    """The warehouses and rules of one seller, read once for a set of orders."""

    seller_id: int
    rows: Sequence[_Row]

    @property
    def warehouses(self) -> list[int]:
        """Every warehouse there is; their balances are locked together."""
        return [row.warehouse_id for row in self.rows]

    @property
    def has_several_trucks(self) -> bool:
        """Whether the truck depends on the warehouse or the carrier: else an order's promise stays as it came in."""
        return len(self.rows) > 1 or any(row.has_carriers_own_times for row in self.rows)

    @property
    def serving(self) -> list[House]:
        """The open ones that the seller uses."""
        return [House(*row[:3]) for row in self.rows if row.is_open and not row.is_left_out]


def ground_of(seller_id: int) -> Ground:
    """The warehouses and the seller's rules; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_HOUSES, {"seller": seller_id, "unranked": UNRANKED})
        return Ground(seller_id, list(map(_Row._make, cursor.fetchall())))


def serving_warehouses(seller_id: int) -> Sequence[int]:
    """The warehouses that may serve this seller's orders, in the seller's order."""
    return route_rules.in_seller_order(ground_of(seller_id).serving)


def terms_of(
    ground: Ground, order_ids: Sequence[int], balances: Mapping[Place, LockedBalance], at: datetime
) -> tuple[Free, Terms]:
    """
    What may be promised, and on which terms. Read under the balances' locks.

    No statement more for a house of one warehouse and a seller without rules.
    """
    serving = ground.serving
    free = {place: balance.available for place, balance in balances.items()}
    soon = _take_soon(ground, free, at)
    kept = _take_kept(ground, free, route_rules.in_seller_order(serving))
    routes = _routes(ground, serving, order_ids) if len(ground.rows) > 1 else {}
    return free, Terms(route_rules.in_seller_order(serving), routes, kept, soon)


def _routes(ground: Ground, serving: Sequence[House], order_ids: Sequence[int]) -> dict[int, Sequence[int]]:
    is_open = {row.warehouse_id: row.is_open for row in ground.rows}
    with connection.cursor() as cursor:
        cursor.execute(_RECEIVERS, [int_array(order_ids)])
        receivers = cursor.fetchall()
    by_postal = {postal: route_rules.route(serving, postal) for postal in {row[1][:2] for row in receivers}}
    return {
        order: by_postal[postal[:2]] if chosen is None else (chosen,) if is_open.get(chosen) else ()
        for order, postal, chosen in receivers
    }


def _take_soon(ground: Ground, free: Free, at: datetime) -> dict[Place, int]:
    """Takes what expires too soon out of `free`, and says what was taken."""
    days = next((row.expiry_days for row in ground.rows), None)
    if days is None or not free:
        return {}
    first_good = (at + timedelta(days=days)).date()
    skus = {sku for _, sku in free}
    with connection.cursor() as cursor:
        cursor.execute(_SOON, [ground.seller_id, int_array(ground.warehouses), int_array(sorted(skus)), first_good])
        found: dict[Place, int] = {(warehouse, sku): pieces for warehouse, sku, pieces in cursor.fetchall()}
    taken = {place: min(pieces, free[place]) for place, pieces in found.items() if free.get(place, 0) > 0}
    for place, pieces in taken.items():
        free[place] -= pieces
    return taken


def _take_kept(ground: Ground, free: Free, warehouses: Sequence[int]) -> dict[Place, int]:
    """Takes the seller's reserve out of `free`, and says what was taken."""
    of_all = next((row.buffer_pieces for row in ground.rows), 0)
    skus = {sku for _, sku in free}
    of_sku = _buffers(ground, skus)
    kept: dict[Place, int] = {}
    for sku in skus if of_all or of_sku else ():
        there = [(warehouse, free.get((warehouse, sku), 0)) for warehouse in warehouses]
        for warehouse, pieces in route_rules.keep_back(there, of_sku.get(sku, of_all)).items():
            if pieces:
                kept[warehouse, sku] = pieces
                free[warehouse, sku] -= pieces
    return kept


def _buffers(ground: Ground, skus: Collection[int]) -> dict[int, int]:
    if not any(row.has_sku_buffers for row in ground.rows):
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_BUFFERS, [ground.seller_id, int_array(sorted(skus))])
        return dict(cursor.fetchall())
