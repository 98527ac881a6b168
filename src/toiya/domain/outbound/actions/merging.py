"""Joining orders that go to the same receiver, before the floor has any of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import NotFound, Refusal
from toiya.domain.allocation.actions.dividing import free_promises, pass_gate
from toiya.domain.allocation.actions.routing import judge_orders
from toiya.domain.orders.actions.dividing import take_over
from toiya.domain.orders.models import Line, Order
from toiya.domain.outbound.actions.splitting import BEFORE_FLOOR, StaysTogether
from toiya.domain.outbound.events import OrderMergedAway, OrdersMerged
from toiya.domain.outbound.togethers import likeness_of


class NotAlike(Refusal):
    """The orders are of several shops or receivers, are to go differently, or one of them is held."""

    code = "not_alike"
    message = gettext_lazy(
        "%(code)s and %(other)s cannot go together: shop, receiver, wishes and service must be the same, "
        "and neither may be held. Mend that first."
    )


class NothingToMerge(Refusal):
    """Fewer than two orders were named."""

    code = "nothing_to_merge"
    message = gettext_lazy("Fewer than two orders are named. Tick at least two to send together.")


@transaction.atomic
def merge_orders(*, order_codes: Sequence[str], actor: Actor, at: datetime) -> Order:
    """
    Send orders to one receiver together: all lines go to the oldest of them, the others end. It is judged at once,
    and what was promised to them goes to it before anybody else. No site is told of a cancellation. Returns the oldest.

    :raises NotFound: one of them is none of this reader's
    :raises NothingToMerge: :raises StaysTogether: :raises NotAlike:
    """
    codes = sorted(set(order_codes))
    named = Order.objects.visible_to(actor).filter(code__in=codes)
    pass_gate(seller_ids=named.values_list("seller_id", flat=True))
    orders: list[Order] = list(named.lock())
    missing = set(codes) - {order.code for order in orders}
    if missing:
        raise NotFound(kind=gettext_lazy("order"), code=min(missing))

    if len(orders) < 2:
        raise NothingToMerge()
    into, *away = sorted(orders, key=lambda order: (order.placed_at, order.pk))
    for order in orders:
        if order.status not in BEFORE_FLOOR:
            raise StaysTogether(code=order.code, status=order.get_status_display())
    likeness = likeness_of(order.pk for order in orders)
    for order in away:
        if likeness[order.pk] != likeness[into.pk] or likeness[order.pk].is_held:
            raise NotAlike(code=into.code, other=order.code)

    free_promises(orders=orders, actor=actor, at=at)
    lines = Line.objects.filter(order__in=away, is_cancelled=False).count()
    take_over(into=into, away=away, actor=actor, at=at)

    merged = OrdersMerged(
        seller_id=into.seller_id, subject=into.code, orders=", ".join(order.code for order in away), lines=lines
    )
    gone = [OrderMergedAway(seller_id=into.seller_id, subject=order.code, into=into.code) for order in away]
    events.record_all([merged, *gone], actor=actor, at=at)
    judge_orders(seller_id=into.seller_id, order_ids=[into.pk], actor=actor, at=at)
    return into
