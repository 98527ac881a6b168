"""Promising stock to orders, and taking promises back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import NotFound, Refusal
from toiya.core.events import EventSet
from toiya.domain.allocation import rules, sql
from toiya.domain.allocation.actions.retiming import promise_trucks
from toiya.domain.allocation.events import AllocationTakenBack, OrderAllocated, OrderWaits
from toiya.domain.allocation.models import Allocation, ChosenWarehouse, WaitReason
from toiya.domain.allocation.rules import Plan, Terms, Why
from toiya.domain.allocation.terms import ground_of, terms_of
from toiya.domain.orders.models import Order
from toiya.domain.stock import sql as stock_sql
from toiya.domain.stock.actions import ledger
from toiya.domain.stock.actions.ledger import Book, Post

_ON_THE_FLOOR = (Order.Status.PICKING, Order.Status.PACKING, Order.Status.READY)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Which of the orders got their stock, and the leading reason of each that did not."""

    allocated: tuple[int, ...]
    waiting: dict[int, str]


class AllocationPassed(Refusal):
    """The promise cannot be taken back any more: the floor has the order."""

    code = "allocation_passed"
    message = gettext_lazy("%(code)s is %(status)s: its pieces are with the floor. Ask the warehouse to stop it.")


class NothingPromised(Refusal):
    """The order waits, is over or gone: there is no promise to take back."""

    code = "nothing_promised"
    message = gettext_lazy("%(code)s is %(status)s: no pieces are promised to it. Reload to see its present state.")


@transaction.atomic
def allocate_orders(*, seller_id: int, order_ids: Sequence[int], actor: Actor, at: datetime) -> Outcome:
    """
    Promise stock to each waiting order of one seller: to all its lines, or to none with one reason each.

    The orders have their turns by promised day, then payment, then age; where is looked first, `terms` says. Orders
    that no longer wait are left alone; nothing is ever promised twice.
    """
    orders = sql.lock_waiting_orders(seller_id, order_ids)
    demands = sql.demands(list(orders))
    ground = ground_of(seller_id)
    sku_ids = {demand.sku_id for demand in demands if demand.sku_id is not None}
    balances = stock_sql.lock_balances(seller_id, ground.warehouses, sorted(sku_ids))

    free, terms = terms_of(ground, list(orders), balances, at)
    plan = rules.plan_promises(demands, free, terms)

    outcome = _write(seller_id, plan, orders, actor, at)
    if plan.served and ground.has_several_trucks:
        promise_trucks(served=plan.served, actor=actor, at=at)
    return outcome


@transaction.atomic
def promise_all(*, order: Order, warehouse_id: int, actor: Actor, at: datetime) -> Outcome:
    """
    Promise a waiting order its stock in this warehouse, of all that is free there: of what the seller keeps back and
    of what expires soon too, because it takes its goods home. Whole or not at all.
    """
    orders = sql.lock_waiting_orders(order.seller_id, [order.pk])
    demands = sql.demands(list(orders))
    sku_ids = sorted({demand.sku_id for demand in demands if demand.sku_id is not None})
    balances = stock_sql.lock_balances(order.seller_id, [warehouse_id], sku_ids)

    free = {place: balance.available for place, balance in balances.items()}
    plan = rules.plan_promises(demands, free, Terms((warehouse_id,)))

    return _write(order.seller_id, plan, orders, actor, at)


def _write(seller_id: int, plan: Plan, orders: dict[int, sql.WaitingOrder], actor: Actor, at: datetime) -> Outcome:
    _promise(seller_id, plan, orders, actor, at)
    sql.forget_reasons([order.order_id for order in orders.values() if order.status == Order.Status.WAITING])
    sql.write_allocations(seller_id, plan)
    sql.write_reasons(seller_id, plan, at)

    events.record_sets(_events(seller_id, plan, orders), actor=actor, at=at)
    return Outcome(tuple(plan.served), {order: short.why.value for order, short in plan.unserved.items()})


def _promise(seller_id: int, plan: Plan, orders: dict[int, sql.WaitingOrder], actor: Actor, at: datetime) -> None:
    for warehouse in sorted(set(plan.served.values())):
        posts = [
            Post(promise.sku_id, promise.quantity, orders[promise.order_id].code)
            for promise in plan.promises
            if promise.warehouse_id == warehouse
        ]
        ledger.allocate(Book(seller_id, warehouse, actor.name, at), posts)


def _events(seller_id: int, plan: Plan, orders: dict[int, sql.WaitingOrder]) -> list[EventSet]:
    pieces: dict[int, int] = {}
    for promise in plan.promises:
        pieces[promise.order_id] = pieces.get(promise.order_id, 0) + promise.quantity
    served = {
        "warehouse_id": list(plan.served.values()),
        "pieces": [pieces[order] for order in plan.served],
    }
    told = {order: short for order, short in plan.unserved.items() if orders[order].reason != short.why.value}
    waits: dict[str, Sequence[Any]] = {
        "reason": [short.why.value for short in told.values()],
        "details": [short.details for short in told.values()],
    }
    return [
        EventSet(OrderAllocated, seller_id, [orders[order].code for order in plan.served], served),
        EventSet(OrderWaits, seller_id, [orders[order].code for order in told], waits),
    ]


@transaction.atomic
def take_back_allocation(*, order_code: str, actor: Actor, at: datetime) -> None:
    """
    Give an order's promised pieces back until the floor has it (A149, L04); it waits with that reason.

    :raises NotFound: no such order for this reader
    :raises AllocationPassed: the floor has its pieces
    :raises NothingPromised: it has no promise, or no longer
    """
    order = Order.objects.visible_to(actor).filter(code=order_code).lock().first()

    if order is None:
        raise NotFound(kind="order", code=order_code)
    if order.status in _ON_THE_FLOOR:
        raise AllocationPassed(code=order.code, status=order.get_status_display())
    if order.status != Order.Status.ALLOCATED:
        raise NothingPromised(code=order.code, status=order.get_status_display())

    release_promises(order=order, why=Why.TAKEN_BACK, actor=actor, at=at)
    order.save(update_fields=["status", "waiting_reason"])
    ChosenWarehouse.objects.filter(order=order).delete()

    taken = AllocationTakenBack(seller_id=order.seller_id, subject=order.code, reason=Why.TAKEN_BACK)
    events.record(taken, actor=actor, at=at)


def release_promises(*, order: Order, why: Why, actor: Actor, at: datetime) -> None:
    """
    A step for higher actions: take back every promise of a locked order and let it wait for `why`.

    The caller saves the order's status and waiting reason.
    """
    give_back(order=order, actor=actor, at=at)
    line_ids = list(order.lines.filter(is_cancelled=False).order_by("pk").values_list("pk", flat=True))
    WaitReason.objects.bulk_create(
        [
            WaitReason(line_id=line, seller_id=order.seller_id, order_id=order.pk, code=why.value, since=at)
            for line in line_ids
        ]
    )
    order.move_to(Order.Status.WAITING)
    order.waiting_reason = why.value


def release_all(*, orders: Sequence[Order], why: Why, actor: Actor, at: datetime) -> None:
    """
    The same step for locked orders of one seller, saved too.

    Their balances are locked together first: sets that meet never wait for each other in a ring.
    """
    places = Allocation.objects.filter(order_id__in=[order.pk for order in orders])
    pairs = set(places.values_list("warehouse_id", "sku_id"))
    warehouses, skus = sorted({pair[0] for pair in pairs}), sorted({pair[1] for pair in pairs})
    if pairs:
        stock_sql.lock_balances(orders[0].seller_id, warehouses, skus)
    for order in orders:
        release_promises(order=order, why=why, actor=actor, at=at)
    Order.objects.bulk_update(orders, ["status", "waiting_reason"])


def give_back(*, order: Order, actor: Actor, at: datetime) -> None:
    """A step for higher actions: take back every promise of a locked order, and forget why it waited."""
    allocations = list(Allocation.objects.filter(order_id=order.pk).order_by("sku_id"))
    warehouses = sorted({allocation.warehouse_id for allocation in allocations})
    stock_sql.lock_balances(order.seller_id, warehouses, sorted({a.sku_id for a in allocations}))
    for warehouse in warehouses:
        posts = [Post(a.sku_id, a.quantity, order.code) for a in allocations if a.warehouse_id == warehouse]
        ledger.deallocate(Book(order.seller_id, warehouse, actor.name, at), posts)
    Allocation.objects.filter(order_id=order.pk).delete()
    WaitReason.objects.filter(order_id=order.pk).delete()
