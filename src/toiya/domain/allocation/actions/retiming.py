"""An order that got its stock is promised for the truck that really takes it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from toiya.core.actor import Actor
from toiya.domain.allocation.rules import Owner
from toiya.domain.allocation.trucks import Truck, trucks_of
from toiya.domain.orders.actions.promises import Move, move_promises
from toiya.domain.orders.models import Order
from toiya.domain.warehouses.rules import Calendar, promised_cut_off

CAUSE = "other_truck"


def promise_trucks(*, served: Mapping[int, int], actor: Actor, at: datetime) -> None:
    """
    A step for higher actions: locked orders that were just promised stock are promised for a truck of that warehouse,
    and of the carrier of the service wished for them; as many statements for one as for a thousand.

    Its day stays as it is where the order was moved before (a missed truck, a reserved day); else the truck is the one
    that would have been promised as the order came in, had anybody known the warehouse then.

    :param served: the warehouse of each order
    """
    orders = list(Order.objects.filter(pk__in=list(served)).order_by("pk"))
    trucks = trucks_of(orders, served)
    if trucks is None:
        return
    moves = [
        Move(order, truck, CAUSE, Owner.WAREHOUSE.value, is_late=False)
        for order in orders
        if (truck := _truck(order, trucks.of[order.pk], trucks.first)) != order.promised_at
    ]
    if moves:
        move_promises(moves=moves, zone=trucks.first.zone, actor=actor, at=at)


def _truck(order: Order, truck: Truck, first: Calendar) -> datetime:
    usual = promised_cut_off(first, order.channel, order.placed_at)
    if order.promised_at in (None, usual):
        return truck.promised(order.placed_at)
    return truck.on_day_of(order.promised_at)
