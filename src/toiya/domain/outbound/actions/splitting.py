"""Dividing an order before the floor has it: by a person, or once by its seller's rule (L30)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import NotFound, Refusal
from toiya.domain.allocation.actions.dividing import free_for, free_promises, pass_gate, wish_alike
from toiya.domain.allocation.actions.routing import judge_orders
from toiya.domain.orders.actions.dividing import split_off
from toiya.domain.orders.models import Line, Order
from toiya.domain.orders.split_rules import first_part
from toiya.domain.outbound.events import OrderSplit
from toiya.domain.outbound.togethers import may_split_by_itself

BEFORE_FLOOR = (Order.Status.RECEIVED, Order.Status.WAITING, Order.Status.ALLOCATED)


class StaysTogether(Refusal):
    """The floor has the order, or it is over."""

    code = "stays_together"
    message = gettext_lazy("%(code)s is %(status)s, so it can no longer be divided or joined. Ask us to stop it first.")


class NothingToSplit(Refusal):
    """The part has nothing, or more than there is, or nothing would be left."""

    code = "nothing_to_split"
    message = gettext_lazy(
        "Take at least one thing out of %(code)s, no more than a line has, and leave at least one in it."
    )


@transaction.atomic
def split_order(*, order_code: str, takes: Mapping[int, int], actor: Actor, at: datetime) -> Order:
    """
    So many things of each named line become an order of their own, to the same receiver. Both are judged at once: what
    was promised to the whole goes to them before anybody else. Returns the new order.

    :raises NotFound: no such order for this reader :raises StaysTogether: :raises NothingToSplit:
    """
    named = Order.objects.visible_to(actor).filter(code=order_code)
    pass_gate(seller_ids=named.values_list("seller_id", flat=True))
    order: Order | None = named.lock().first()
    if order is None:
        raise NotFound(kind=gettext_lazy("order"), code=order_code)
    lines = dict(Line.objects.filter(order=order, is_cancelled=False).values_list("pk", "quantity"))
    wanted = {line: taken for line, taken in takes.items() if taken}

    if order.status not in BEFORE_FLOOR:
        raise StaysTogether(code=order.code, status=order.get_status_display())
    is_possible = all(0 < taken <= lines.get(line, 0) for line, taken in wanted.items())
    if not is_possible or not 0 < sum(wanted.values()) < sum(lines.values()):
        raise NothingToSplit(code=order.code)

    return _divide(order, wanted, is_automatic=False, actor=actor, at=at)


@transaction.atomic
def send_what_is_there(*, order_id: int, actor: Actor, at: datetime) -> Order | None:
    """
    Divide a waiting order whose seller wants that: what one warehouse has free now goes, the rest follows as an order
    of its own. Once per order; never where it would go whole, is held, or waits for a day. Returns the rest, if any.
    """
    named = Order.objects.filter(pk=order_id)
    pass_gate(seller_ids=named.values_list("seller_id", flat=True))
    order = named.lock().get()
    if not may_split_by_itself(order):
        return None
    lines, houses = free_for(order=order, at=at)
    now = first_part(lines, houses)

    rest = {line.line_id: line.quantity - now.get(line.line_id, 0) for line in lines}
    rest = {line: left for line, left in rest.items() if left}
    if not now or not rest:
        return None

    return _divide(order, rest, is_automatic=True, actor=actor, at=at)


def _divide(order: Order, takes: Mapping[int, int], *, is_automatic: bool, actor: Actor, at: datetime) -> Order:
    free_promises(orders=[order], actor=actor, at=at)
    part = split_off(order=order, takes=takes, is_automatic=is_automatic, actor=actor, at=at)
    wish_alike(order=order, part=part)
    split = OrderSplit(
        seller_id=order.seller_id,
        subject=order.code,
        part=part.code,
        things=sum(takes.values()),
        is_automatic=is_automatic,
    )
    events.record(split, actor=actor, at=at)
    judge_orders(seller_id=order.seller_id, order_ids=[order.pk, part.pk], actor=actor, at=at)
    return part
