"""Cancelling an order, or some of its lines, as long as nothing was sealed; `stopping` answers when it was."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import NotFound, Refusal
from toiya.core.events import Event
from toiya.domain.allocation.actions.promising import give_back
from toiya.domain.allocation.models import WaitReason
from toiya.domain.orders.models import Hold, OpenOrder, Order
from toiya.domain.outbound.actions.labelling import lock_parcel
from toiya.domain.outbound.actions.stopped import back_to_waiting, leave_floor, lock_work, write_stop
from toiya.domain.outbound.actions.withdrawing import withdraw
from toiya.domain.outbound.events import LinesCancelled, OrderCancelled
from toiya.domain.outbound.models import Parcel, Stop
from toiya.domain.outbound.stops import sealed_parcel

_BEFORE_FLOOR = (Order.Status.RECEIVED, Order.Status.WAITING, Order.Status.ALLOCATED, Order.Status.TO_HAND_IN)
_ON_FLOOR = (Order.Status.PICKING, Order.Status.PACKING)


class TooLateToCancel(Refusal):
    """The order is packed or gone."""

    code = "too_late_to_cancel"
    message = gettext_lazy("%(code)s is %(status)s, so it can no longer be cancelled. Announce a return instead.")


@transaction.atomic
def cancel_order(*, order_code: str, reason: str, actor: Actor, at: datetime) -> None:
    """
    Cancel a whole order, wherever it stands before its parcel is sealed: its promise is free again at once, and what
    was picked waits in its tote to be carried back. The label of a parcel that was not handed in yet is given up.
    Cancelling it again changes nothing.

    :raises NotFound: no such order for this reader
    :raises TooLateToCancel: a parcel of it was sealed, or is with us
    """
    order = Order.objects.visible_to(actor).filter(code=order_code).lock().first()
    if order is None:
        raise NotFound(kind="order", code=order_code)
    tasks = lock_work(order)

    if order.status == Order.Status.CANCELLED:
        return
    _check_in_time(order)

    give_back(order=order, actor=actor, at=at)
    stop = write_stop(order=order, wish=Stop.Wish.CANCEL, reason=reason, actor=actor, at=at)
    told: list[Event] = [leave_floor(stop=stop, tasks=tasks, at=at)] if tasks else []
    told += _withdraw_own(order, actor, at)
    order.move_to(Order.Status.CANCELLED)
    order.waiting_reason = ""
    order.save(update_fields=["status", "waiting_reason"])
    order.lines.update(is_cancelled=True)
    Hold.objects.filter(order=order, lifted_at=None).update(lifted_at=at)
    OpenOrder.objects.filter(seller_id=order.seller_id, order_id=order.pk).delete()

    over = OrderCancelled(seller_id=order.seller_id, subject=order.code, reason=reason)
    events.record_all([*told, over], actor=actor, at=at)


def _check_in_time(order: Order) -> None:
    if order.status not in (*_BEFORE_FLOOR, *_ON_FLOOR) or sealed_parcel(order) is not None:
        raise TooLateToCancel(code=order.code, status=order.get_status_display())


def _withdraw_own(order: Order, actor: Actor, at: datetime) -> Sequence[Event]:
    if order.status != Order.Status.TO_HAND_IN:
        return []
    parcel = Parcel.objects.filter(order=order).exclude(status=Parcel.Status.CANCELLED).first()
    return withdraw(parcel=lock_parcel(parcel.pk), actor=actor, at=at) if parcel else []


@transaction.atomic
def cancel_lines(*, order_code: str, line_ids: Sequence[int], reason: str, actor: Actor, at: datetime) -> None:
    """
    Cancel some lines of an order whose parcel is not sealed; the rest leaves the floor and is judged again. When none
    is left, the order is cancelled whole.

    :raises NotFound: no such order for this reader
    :raises TooLateToCancel: a parcel of it was sealed
    """
    order = Order.objects.visible_to(actor).filter(code=order_code).lock().first()
    if order is None:
        raise NotFound(kind="order", code=order_code)
    tasks = lock_work(order)

    _check_in_time(order)
    if not order.lines.filter(is_cancelled=False).exclude(pk__in=line_ids).exists():
        cancel_order(order_code=order_code, reason=reason, actor=actor, at=at)
        return

    order.lines.filter(pk__in=line_ids).update(is_cancelled=True)
    stop = write_stop(order=order, wish=Stop.Wish.LINES, reason=reason, actor=actor, at=at)
    told = back_to_waiting(stop=stop, tasks=tasks, actor=actor, at=at)
    WaitReason.objects.filter(line_id__in=line_ids).delete()

    cancelled = LinesCancelled(seller_id=order.seller_id, subject=order.code, reason=reason, lines=len(line_ids))
    events.record_all([*told, cancelled], actor=actor, at=at)
