"""Steps for orders that are divided or joined: their promises go back first, and their wishes are kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from toiya.core.actor import Actor
from toiya.domain.allocation import sql
from toiya.domain.allocation.actions.promising import give_back
from toiya.domain.allocation.models import Allocation, ChosenWarehouse, ShipDay
from toiya.domain.allocation.rules import Demand, Why
from toiya.domain.allocation.terms import ground_of, terms_of
from toiya.domain.catalog.models import BundlePart
from toiya.domain.orders.models import Order
from toiya.domain.orders.split_rules import Wanted
from toiya.domain.stock import sql as stock_sql


def pass_gate(*, seller_ids: Iterable[int]) -> None:
    """A step for higher actions that lock orders and have them judged in the same transaction: comes before both."""
    for seller_id in sorted(set(seller_ids)):
        sql.pass_gate(seller_id)


def free_promises(*, orders: Sequence[Order], actor: Actor, at: datetime) -> None:
    """
    A step for higher actions: locked orders of one seller are promised nothing, and their lines may move.

    The caller saves them, and judges them anew in the same transaction: until then their lines have no reason to wait.
    """
    lock_to_judge(orders=orders)
    for order in orders:
        give_back(order=order, actor=actor, at=at)
        if order.status == Order.Status.ALLOCATED:
            order.move_to(Order.Status.WAITING)
            order.waiting_reason = Why.OTHER_LINES


def lock_to_judge(*, orders: Sequence[Order], coming: Iterable[int] = ()) -> None:
    """
    A step for higher actions that take the promises of locked orders of one seller back and have them judged anew:
    every balance that either will touch is locked, in the one order. Taken in two goes, the second might wait for
    somebody who waits for the first.

    :param coming: SKUs that the orders' lines will want besides
    """
    numbers = sorted(order.pk for order in orders)
    new = set(coming)
    parts = BundlePart.objects.filter(bundle_id__in=new).values_list("part_id", flat=True) if new else []
    promised = Allocation.objects.filter(order_id__in=numbers).values_list("sku_id", flat=True)
    wanted = {demand.sku_id for demand in sql.demands(numbers) if demand.sku_id is not None}
    seller_id = orders[0].seller_id
    skus = sorted({*wanted, *promised, *new, *parts})
    stock_sql.lock_balances(seller_id, sorted(ground_of(seller_id).warehouses), skus)


def wish_alike(*, order: Order, part: Order) -> None:
    """A step for higher actions: the warehouse and the day that a person chose count for the part too."""
    for row in (*ChosenWarehouse.objects.filter(order=order), *ShipDay.objects.filter(order=order)):
        row.pk = part.pk
        row._state.adding = True
        row.save(force_insert=True)


def free_for(*, order: Order, at: datetime) -> tuple[list[Wanted], list[Mapping[int, int]]]:
    """
    A step for higher actions: what each line of a locked order wants, and what each warehouse that may send it has
    free, best first. The balances are locked.
    """
    demands = sql.demands([order.pk])
    ground = ground_of(order.seller_id)
    skus = sorted({demand.sku_id for demand in demands if demand.sku_id is not None})
    balances = stock_sql.lock_balances(order.seller_id, ground.warehouses, skus)
    free, terms = terms_of(ground, [order.pk], balances, at)
    houses: list[Mapping[int, int]] = [
        {sku: free.get((house, sku), 0) for sku in skus} for house in terms.route(order.pk)
    ]
    return _wanted(order, demands), houses


def _wanted(order: Order, demands: Sequence[Demand]) -> list[Wanted]:
    quantities = dict(order.lines.filter(is_cancelled=False).values_list("pk", "quantity"))
    each: dict[int, dict[int, int]] = {}
    for demand in demands:
        found = each.setdefault(demand.line_id, {})
        if demand.sku_id is not None:
            found[demand.sku_id] = demand.quantity // quantities[demand.line_id]
    return [Wanted(line_id, quantities[line_id], pieces) for line_id, pieces in each.items()]
