"""A person chooses which of our two services serves one order, until work on it has begun."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import NotFound, Refusal
from toiya.domain.allocation.actions.promising import give_back
from toiya.domain.allocation.models import Allocation
from toiya.domain.orders.actions.ways import ServiceNotUsed, note_way, services_of
from toiya.domain.orders.events import FulfilmentChosen, SmartDeliveryChosen
from toiya.domain.orders.models import Order
from toiya.domain.orders.ways import Way
from toiya.domain.outbound.models import HandIn

_Status = Order.Status
_JUDGED_BY_US = (_Status.RECEIVED, _Status.WAITING, _Status.ALLOCATED)


class WorkHasBegun(Refusal):
    """The floor has the order, or its parcel is with us, or it is over."""

    code = "work_has_begun"
    message = gettext_lazy("%(order)s is %(status)s, so its service stays as it is. Reload to see its state.")


class LabelIsMade(Refusal):
    """A label was asked for already."""

    code = "label_is_made"
    message = gettext_lazy("%(order)s has a label (%(parcel)s). Cancel the label first, then choose the service.")


@transaction.atomic
def choose_way(*, order_code: str, way: Way, actor: Actor, at: datetime) -> None:
    """
    Serve one order by this service, whatever its shop's setting says. Choosing what is so already changes nothing.

    To Smart Delivery, what was promised to the order is free again; to Fulfilment, the order is judged anew.

    :raises NotFound: no such order for this reader
    :raises ServiceNotUsed: the seller does not have the service
    :raises WorkHasBegun: :raises LabelIsMade:
    """
    order: Order | None = (
        Order.objects.visible_to(actor).filter(code=order_code).lock().select_related("seller").first()
    )
    if order is None:
        raise NotFound(kind=gettext_lazy("order"), code=order_code)
    label = HandIn.objects.filter(order=order, is_cancelled=False).select_related("parcel").first()

    if not services_of(order.seller).offer(way):
        raise ServiceNotUsed()
    if (order.status == _Status.TO_HAND_IN) == (way is Way.SMART_DELIVERY) and order.status in (
        *_JUDGED_BY_US,
        _Status.TO_HAND_IN,
    ):
        note_way(order=order, way=way, at=at)
        return
    if order.status not in (*_JUDGED_BY_US, _Status.TO_HAND_IN):
        raise WorkHasBegun(order=order.code, status=order.get_status_display())
    if label is not None:
        raise LabelIsMade(order=order.code, parcel=label.parcel.code)

    note_way(order=order, way=way, at=at)
    told = _set_apart(order, actor, at) if way is Way.SMART_DELIVERY else _take_over(order)
    order.save(update_fields=["status", "waiting_reason"])

    events.record(told, actor=actor, at=at)


def _set_apart(order: Order, actor: Actor, at: datetime) -> SmartDeliveryChosen:
    pieces = sum(Allocation.objects.filter(order_id=order.pk).values_list("quantity", flat=True))
    give_back(order=order, actor=actor, at=at)
    order.move_to(_Status.TO_HAND_IN)
    order.waiting_reason = ""
    return SmartDeliveryChosen(seller_id=order.seller_id, subject=order.code, pieces=pieces)


def _take_over(order: Order) -> FulfilmentChosen:
    order.move_to(_Status.RECEIVED)
    return FulfilmentChosen(seller_id=order.seller_id, subject=order.code)
