"""One reason that stops all open orders of a seller at once, and ends for all of them at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from toiya.core import events
from toiya.core.actor import Actor
from toiya.domain.orders.events import HoldLifted, HoldPlaced
from toiya.domain.orders.models import Hold, OpenOrder, Order


@transaction.atomic
def hold_all_orders(
    *, seller_id: int, code: str, details: Mapping[str, str | int], spared: str = "", actor: Actor, at: datetime
) -> int:
    """
    Make every open order of the seller wait for `code` that does not yet; how many. Twice does no harm.

    Those that wait for it already get the newer details.

    :param spared: orders of this channel are left alone
    """
    open_ones = OpenOrder.objects.filter(seller_id=seller_id).values("order_id")
    waiting = Hold.objects.filter(seller_id=seller_id, code=code, lifted_at=None).values("order_id")
    wanted = Order.objects.filter(seller_id=seller_id, pk__in=open_ones).exclude(pk__in=waiting)
    orders = list((wanted.exclude(channel=spared) if spared else wanted).lock())

    told = dict(details)
    holds = [Hold(seller_id=seller_id, order=order, code=code, details=told, placed_at=at) for order in orders]
    Hold.objects.bulk_create(holds, ignore_conflicts=True)
    Hold.objects.filter(seller_id=seller_id, code=code, lifted_at=None).exclude(details=told).update(details=told)

    placed = [HoldPlaced(seller_id=seller_id, subject=order.code, code=code, details=told) for order in orders]
    events.record_all(placed, actor=actor, at=at)
    return len(orders)


@transaction.atomic
def lift_all_holds(*, seller_id: int, code: str, only: str = "", actor: Actor, at: datetime) -> int:
    """
    End that hold of every order of the seller; what nothing else stops goes on by itself. How many.

    :param only: none but orders of this channel, where one is named
    """
    held = Hold.objects.filter(seller_id=seller_id, code=code, lifted_at=None)
    wanted = Order.objects.filter(seller_id=seller_id, pk__in=held.values("order_id"))
    orders = list((wanted.filter(channel=only) if only else wanted).lock())

    held.filter(order__in=orders).update(lifted_at=at)

    lifted = [HoldLifted(seller_id=seller_id, subject=order.code, code=code) for order in orders]
    events.record_all(lifted, actor=actor, at=at)
    return len(orders)
