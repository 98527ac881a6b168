"""Promises in time: orders that ship on a reserved day (A056), and unpaid ones whose promise ends."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import NotFound, Refusal
from toiya.core.models import EventRow
from toiya.domain.allocation.actions.promising import AllocationPassed, release_all
from toiya.domain.allocation.events import OrderAllocated, PromiseExpired, ShipDayDropped, ShipDayReserved
from toiya.domain.allocation.models import AllocationRules, ShipDay
from toiya.domain.allocation.queries import local_day
from toiya.domain.allocation.rules import Owner, Why
from toiya.domain.allocation.trucks import trucks_of
from toiya.domain.orders.actions.promises import Move, move_promises
from toiya.domain.orders.models import OpenOrder, Order

MOST_DAYS_AHEAD = 180
_BEFORE_THE_FLOOR = (Order.Status.RECEIVED, Order.Status.WAITING, Order.Status.ALLOCATED)


class DayOutOfReach(Refusal):
    """The day is over, or too far away to keep pieces for."""

    code = "day_out_of_reach"
    message = gettext_lazy("%(day)s cannot be reserved. Choose a day from %(first)s to %(last)s.")


@transaction.atomic
def reserve_ship_day(*, order_code: str, day: date | None, actor: Actor, at: datetime) -> None:
    """
    Keep the order from the floor until this local day; its pieces are promised meanwhile. None: ship it at once.

    :raises NotFound: no such order for this reader :raises AllocationPassed: the floor has it
    :raises DayOutOfReach:
    """
    order: Order | None = Order.objects.visible_to(actor).filter(code=order_code).lock().first()
    today = local_day(at)

    if order is None:
        raise NotFound(kind=gettext_lazy("order"), code=order_code)
    if order.status not in _BEFORE_THE_FLOOR:
        raise AllocationPassed(code=order.code, status=order.get_status_display())
    last = today + timedelta(days=MOST_DAYS_AHEAD)
    if day is not None and not today <= day <= last:
        raise DayOutOfReach(day=day.isoformat(), first=today.isoformat(), last=last.isoformat())

    told: ShipDayReserved | ShipDayDropped
    if day is None:
        ShipDay.objects.filter(order=order).delete()
        told = ShipDayDropped(seller_id=order.seller_id, subject=order.code)
    else:
        kept = {"seller_id": order.seller_id, "day": day, "reserved_at": at}
        ShipDay.objects.update_or_create(order=order, defaults=kept)
        told = ShipDayReserved(seller_id=order.seller_id, subject=order.code, day=day.isoformat())

    _promise_for(order, day, actor, at)

    events.record(told, actor=actor, at=at)


def _promise_for(order: Order, day: date | None, actor: Actor, at: datetime) -> None:
    """The order is promised for the first truck of its reserved day, or for the next one."""
    trucks = trucks_of([order])
    if trucks is None:
        return
    truck = trucks.of[order.pk]
    next_one = truck.promised(at)
    now_for = next_one if day is None else max(next_one, truck.on(day))
    cause = "day_dropped" if day is None else "day_reserved"
    move = Move(order, now_for, cause, Owner.SELLER.value, False)
    move_promises(moves=[move], zone=trucks.first.zone, actor=actor, at=at)


@transaction.atomic
def expire_promises(*, seller_id: int, actor: Actor, at: datetime) -> list[str]:
    """
    Unpaid orders whose promise is older than the seller's rule allows give their pieces back; returns their codes.

    They wait until they are paid, or until a person allocates them once more.
    """
    rules = AllocationRules.objects.filter(seller_id=seller_id).first()
    if rules is None or rules.unpaid_hours is None:
        return []
    open_orders = OpenOrder.objects.filter(seller_id=seller_id).values("order_id")
    unpaid = Order.objects.filter(pk__in=open_orders, status=Order.Status.ALLOCATED, paid_at=None)
    orders: list[Order] = list(unpaid.lock())

    limit = at - timedelta(hours=rules.unpaid_hours)
    names = [order.code for order in orders]
    lately = EventRow.objects.filter(subject__in=names, name=OrderAllocated.NAME, at__gt=limit)
    fresh = set(lately.values_list("subject", flat=True))
    over = [order for order in orders if order.code not in fresh]

    release_all(orders=over, why=Why.PROMISE_EXPIRED, actor=actor, at=at)

    told = [PromiseExpired(seller_id=seller_id, subject=order.code, hours=rules.unpaid_hours) for order in over]
    events.record_all(told, actor=actor, at=at)
    return [order.code for order in over]
