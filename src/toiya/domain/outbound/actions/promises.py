"""Orders that did not leave on the promised day: a new truck, and whose fault it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time

from django.db import transaction

from toiya.core.actor import Actor
from toiya.domain.allocation.models import ShipDay
from toiya.domain.orders.actions.promises import Move, move_promises
from toiya.domain.orders.models import OpenOrder, Order
from toiya.domain.outbound import clock_rules, promises
from toiya.domain.outbound.clock_rules import Mark
from toiya.domain.warehouses.queries import first_calendar
from toiya.domain.warehouses.rules import Calendar, first_on, promised_cut_off


@transaction.atomic
def move_missed(*, seller_id: int, order_ids: Sequence[int], actor: Actor, at: datetime) -> int:
    """
    Promise these orders of one seller for the next truck, with the one cause of the missed one; how many were moved.

    An order is late when the local day of its cut-off is over (A055). Those that left, or are not late, stay.
    """
    calendar = first_calendar()
    if calendar is None:
        return 0
    midnight = datetime.combine(at.astimezone(calendar.zone).date(), time(), calendar.zone)
    listed = OpenOrder.objects.filter(seller_id=seller_id, order_id__in=order_ids).values("order_id")
    orders = list(Order.objects.filter(pk__in=listed, promised_at__lt=midnight).lock())
    orders = [order for order in orders if order.status not in {"shipped", "delivered", "cancelled"}]

    marks = promises.marks_of([order.code for order in orders])
    days = dict(ShipDay.objects.filter(order__in=orders).values_list("order_id", "day"))
    moves = [_move(order, marks[order.code], days, calendar, at) for order in orders]

    move_promises(moves=moves, zone=calendar.zone, actor=actor, at=at)
    return len(moves)


def _move(order: Order, marks: Sequence[Mark], days: Mapping[int, date], calendar: Calendar, at: datetime) -> Move:
    missed = order.promised_at or at
    cause, owner = clock_rules.fault(promises.clock_of(order, marks, at), missed=missed)
    truck = promised_cut_off(calendar, order.channel, at)
    if order.pk in days:
        truck = max(truck, first_on(calendar, order.channel, days[order.pk]))
    return Move(order, truck, cause, owner, is_late=True)
