"""Orders that did not leave on the promised day: a new truck, and whose fault it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time

from django.db import transaction

from toiya.core.actor import Actor
from toiya.domain.allocation.models import ShipDay
from toiya.domain.allocation.trucks import Truck, trucks_of
from toiya.domain.orders.actions.promises import Move, move_promises
from toiya.domain.orders.models import OpenOrder, Order
from toiya.domain.outbound import clock_rules, promises
from toiya.domain.outbound.clock_rules import Mark
from toiya.domain.warehouses.queries import first_calendar


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
    trucks = trucks_of(orders)
    moves = [_move(order, marks[order.code], days, trucks.of[order.pk], at) for order in orders] if trucks else []

    move_promises(moves=moves, zone=calendar.zone, actor=actor, at=at)
    return len(moves)


def _move(order: Order, marks: Sequence[Mark], days: Mapping[int, date], truck: Truck, at: datetime) -> Move:
    missed = order.promised_at or at
    cause, owner = clock_rules.fault(promises.clock_of(order, marks, at), missed=missed)
    now_for = truck.promised(at)
    if order.pk in days:
        now_for = max(now_for, truck.on(days[order.pk]))
    return Move(order, now_for, cause, owner, is_late=True)
