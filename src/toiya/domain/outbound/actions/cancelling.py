"""Cancelling an order, or some of its lines, as long as nothing was sealed; later it is held for a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import NotFound, Refusal
from toiya.domain.allocation.actions.promising import give_back, release_promises
from toiya.domain.allocation.models import WaitReason
from toiya.domain.allocation.rules import Why
from toiya.domain.orders.models import Hold, OpenOrder, Order
from toiya.domain.outbound.actions.labelling import lock_parcel
from toiya.domain.outbound.actions.short_picks import open_tasks_of, put_back
from toiya.domain.outbound.actions.withdrawing import withdraw
from toiya.domain.outbound.events import LinesCancelled, OrderCancelled
from toiya.domain.outbound.models import Parcel, PickTask
from toiya.domain.stock import sql as stock_sql
from toiya.domain.stock.actions.ledger import Book

_BEFORE_FLOOR = (Order.Status.RECEIVED, Order.Status.WAITING, Order.Status.ALLOCATED, Order.Status.TO_HAND_IN)


class TooLateToCancel(Refusal):
    """The order is packed or gone."""

    code = "too_late_to_cancel"
    message = gettext_lazy("%(code)s is %(status)s, so it can no longer be cancelled. Announce a return instead.")


@transaction.atomic
def cancel_order(*, order_code: str, reason: str, actor: Actor, at: datetime) -> None:
    """
    Cancel a whole order: promises and picked pieces go back, at once; the label of a parcel that was not handed in yet
    is given up. Cancelling it again changes nothing.

    :raises NotFound: no such order for this reader
    :raises TooLateToCancel: a parcel of it exists already, or is with us
    """
    order = Order.objects.visible_to(actor).filter(code=order_code).lock().first()
    if order is None:
        raise NotFound(kind="order", code=order_code)
    tasks = open_tasks_of(order)
    _lock_balances(order, tasks)

    if order.status == Order.Status.CANCELLED:
        return
    if order.status not in (*_BEFORE_FLOOR, Order.Status.PICKING, Order.Status.PACKING):
        raise TooLateToCancel(code=order.code, status=order.get_status_display())
    parcel = Parcel.objects.filter(order=order).exclude(status=Parcel.Status.CANCELLED).first()
    if parcel is not None and order.status != Order.Status.TO_HAND_IN:
        raise TooLateToCancel(code=order.code, status=order.get_status_display())

    give_back(order=order, actor=actor, at=at)
    if tasks:
        put_back(order, tasks, Book(order.seller_id, tasks[0].pick_list.warehouse_id, actor.name, at))
    lifted = withdraw(parcel=lock_parcel(parcel.pk), actor=actor, at=at) if parcel else []
    order.move_to(Order.Status.CANCELLED)
    order.waiting_reason = ""
    order.save(update_fields=["status", "waiting_reason"])
    order.lines.update(is_cancelled=True)
    Hold.objects.filter(order=order, lifted_at=None).update(lifted_at=at)
    OpenOrder.objects.filter(seller_id=order.seller_id, order_id=order.pk).delete()

    over = OrderCancelled(seller_id=order.seller_id, subject=order.code, reason=reason)
    events.record_all([*lifted, over], actor=actor, at=at)


@transaction.atomic
def cancel_lines(*, order_code: str, line_ids: Sequence[int], reason: str, actor: Actor, at: datetime) -> None:
    """
    Cancel some lines of an order the floor does not have yet; the rest is judged again. When none is left, the order
    is cancelled whole.

    :raises NotFound: no such order for this reader
    :raises TooLateToCancel: the floor has it
    """
    order = Order.objects.visible_to(actor).filter(code=order_code).lock().first()

    if order is None:
        raise NotFound(kind="order", code=order_code)
    if order.status not in _BEFORE_FLOOR:
        raise TooLateToCancel(code=order.code, status=order.get_status_display())

    if not order.lines.filter(is_cancelled=False).exclude(pk__in=line_ids).exists():
        cancel_order(order_code=order_code, reason=reason, actor=actor, at=at)
        return

    order.lines.filter(pk__in=line_ids).update(is_cancelled=True)
    if order.status == Order.Status.ALLOCATED:
        release_promises(order=order, why=Why.OTHER_LINES, actor=actor, at=at)
        order.save(update_fields=["status", "waiting_reason"])
    WaitReason.objects.filter(line_id__in=line_ids).delete()

    cancelled = LinesCancelled(seller_id=order.seller_id, subject=order.code, reason=reason, lines=len(line_ids))
    events.record(cancelled, actor=actor, at=at)


def _lock_balances(order: Order, tasks: Sequence[PickTask]) -> None:
    warehouses = sorted({task.pick_list.warehouse_id for task in tasks})
    stock_sql.lock_balances(order.seller_id, warehouses, sorted({task.sku_id for task in tasks}))
