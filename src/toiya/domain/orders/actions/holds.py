"""Holds: reasons why an order must wait, placed and lifted one by one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import NotFound, Refusal
from toiya.domain.orders import hold_rules
from toiya.domain.orders.events import HoldLifted, HoldPlaced
from toiya.domain.orders.models import Hold, Order


@transaction.atomic
def place_hold(*, order_id: int, code: str, details: Mapping[str, str | int], actor: Actor, at: datetime) -> Hold:
    """Make the order wait for `code`. The same open hold twice is one hold with the newer details."""
    order = Order.objects.filter(pk=order_id).lock().get()

    hold, is_new = Hold.objects.get_or_create(
        order=order,
        code=code,
        lifted_at=None,
        defaults={"seller_id": order.seller_id, "details": dict(details), "placed_at": at},
    )
    if not is_new:
        hold.details = dict(details)
        hold.save(update_fields=["details"])
        return hold

    placed = HoldPlaced(seller_id=order.seller_id, subject=order.code, code=code, details=dict(details))
    events.record(placed, actor=actor, at=at)
    return hold


class NotYoursToLift(Refusal):
    """The hold is the warehouse's or the carrier's."""

    code = "not_yours_to_lift"
    message = gettext_lazy("The warehouse lifts this hold of %(code)s. Ask it on the order's page.")


class EndsByPaying(Refusal):
    """The seller's fees are unpaid; the hold ends with the payment."""

    code = "ends_by_paying"
    message = gettext_lazy("%(code)s is held because fees are unpaid. It goes on by itself when they are paid.")


@transaction.atomic
def lift_hold(*, order_code: str, code: str, actor: Actor, at: datetime) -> None:
    """
    End one hold; what it stopped goes on by itself.

    :raises NotFound: the order has no such open hold
    :raises EndsByPaying: it is held for unpaid fees
    :raises NotYoursToLift: a seller's person lifts no hold of the warehouse or the carrier
    """
    order = Order.objects.visible_to(actor).filter(code=order_code).lock().first()
    hold = Hold.objects.filter(order=order, code=code, lifted_at=None).first() if order else None

    if order is None or hold is None:
        raise NotFound(kind="hold", code=f"{order_code} {code}")
    if code in hold_rules.ENDS_BY_PAYING:
        raise EndsByPaying(code=order.code)
    if not hold_rules.may_lift(code, is_operator=actor.is_operator):
        raise NotYoursToLift(code=order.code)

    hold.lifted_at = at
    hold.save(update_fields=["lifted_at"])

    events.record(HoldLifted(seller_id=order.seller_id, subject=order.code, code=code), actor=actor, at=at)
