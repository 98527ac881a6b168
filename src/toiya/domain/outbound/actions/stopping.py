"""Asking to stop an order at any stage: it is stopped, or a parcel was sealed before (D-08). No third answer is."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from toiya.core.actor import Actor
from toiya.core.errors import NotFound
from toiya.domain.orders.models import Order
from toiya.domain.outbound.actions.cancelling import cancel_order
from toiya.domain.outbound.actions.stopped import answer_sealed, write_stop
from toiya.domain.outbound.models import Stop


@transaction.atomic
def stop_order(*, order_code: str, reason: str, actor: Actor, at: datetime) -> Stop:
    """
    Cancel an order if no parcel of it is sealed; else say who sealed which, and when. Whoever locks the order first
    decides: a stop that comes first is seen by the packer's next scan. Asked again, the answer is the same.

    :raises NotFound: no such order for this reader
    """
    order = Order.objects.visible_to(actor).filter(code=order_code).lock().first()
    if order is None:
        raise NotFound(kind="order", code=order_code)

    late = answer_sealed(order=order, wish=Stop.Wish.CANCEL, reason=reason, actor=actor, at=at)
    if late is not None:
        return late

    cancel_order(order_code=order.code, reason=reason, actor=actor, at=at)
    stopped: Stop | None = Stop.objects.filter(order=order, wish=Stop.Wish.CANCEL).order_by("-pk").first()
    return stopped or write_stop(order=order, wish=Stop.Wish.CANCEL, reason=reason, actor=actor, at=at)
