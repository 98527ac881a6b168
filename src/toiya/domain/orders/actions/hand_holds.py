"""Holds that people place: with a note, and an end if they name one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import NotFound, Refusal
from toiya.domain.orders import hold_rules
from toiya.domain.orders.actions.holds import place_hold
from toiya.domain.orders.events import HoldLifted
from toiya.domain.orders.models import Hold, Order

_OVER = (Order.Status.SHIPPED, Order.Status.DELIVERED, Order.Status.CANCELLED)


class NothingToHold(Refusal):
    """The order left, or is cancelled."""

    code = "nothing_to_hold"
    message = gettext_lazy("%(code)s is %(status)s, so nothing is left to hold. Reload to see its present state.")


class NotYoursToPlace(Refusal):
    """Somebody else's hold, or none that people place."""

    code = "not_yours_to_place"
    message = gettext_lazy("You cannot hold an order for this reason. Choose one from the list, or ask the warehouse.")


class HoldEndsInThePast(Refusal):
    """A hold ends later than now."""

    code = "hold_ends_in_the_past"
    message = gettext_lazy("The end of the hold is past already. Choose a later day, or leave it empty.")


@dataclass(frozen=True, slots=True)
class HandHold:
    """Why a person wants an order to wait; `until`: lifted by itself then."""

    code: str
    note: str = ""
    until: datetime | None = None


@transaction.atomic
def hold_order(*, order_code: str, hold: HandHold, actor: Actor, at: datetime) -> Hold:
    """
    Let an order wait. What is promised to it stays promised; it is not released to the floor, and its parcel does not
    leave. The same reason again is the same hold with the newer note and end.

    :raises NotFound: no such order for this reader
    :raises NotYoursToPlace: :raises NothingToHold: :raises HoldEndsInThePast:
    """
    order = Order.objects.visible_to(actor).filter(code=order_code).lock().first()

    if order is None:
        raise NotFound(kind="order", code=order_code)
    if not hold_rules.may_place(hold.code, is_operator=actor.is_operator):
        raise NotYoursToPlace()
    if order.status in _OVER:
        raise NothingToHold(code=order.code, status=order.get_status_display())
    if hold.until is not None and hold.until <= at:
        raise HoldEndsInThePast()

    placed = place_hold(order_id=order.pk, code=hold.code, details={"note": hold.note[:200]}, actor=actor, at=at)
    placed.until = hold.until
    placed.save(update_fields=["until"])
    return placed


@transaction.atomic
def end_hold(*, hold_id: int, actor: Actor, at: datetime) -> None:
    """Lift a hold whose end is past. One that was lifted, or put off since, is left alone."""
    order = Order.objects.filter(holds=hold_id).lock().first()
    hold = Hold.objects.filter(pk=hold_id, lifted_at=None, until__lte=at).first()

    if order is None or hold is None:
        return

    hold.lifted_at = at
    hold.save(update_fields=["lifted_at"])

    events.record(HoldLifted(seller_id=order.seller_id, subject=order.code, code=hold.code), actor=actor, at=at)
