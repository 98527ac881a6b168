"""Orders follow their parcels on the carriers' ways."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from toiya.core import events
from toiya.core.actor import Actor
from toiya.domain.carriers.models import State
from toiya.domain.orders.models import Order
from toiya.domain.outbound.actions.labelling import lock_parcel
from toiya.domain.outbound.events import OrderDelivered
from toiya.domain.outbound.models import Parcel


@transaction.atomic
def follow_parcel(*, parcel_id: int, actor: Actor, at: datetime) -> None:
    """
    End the order of a delivered parcel when all its parcels are with the receiver. Running twice changes nothing; one
    that has not left by our book waits until it has.
    """
    order = lock_parcel(parcel_id).order
    sent = Parcel.objects.filter(order=order).exclude(status=Parcel.Status.CANCELLED)
    states = list(sent.values_list("label__journey__state", flat=True))

    if order.status != Order.Status.SHIPPED or any(state != State.DELIVERED for state in states):
        return

    order.move_to(Order.Status.DELIVERED)
    order.save(update_fields=["status"])

    event = OrderDelivered(seller_id=order.seller_id, subject=order.code, parcels=len(states))
    events.record(event, actor=actor, at=at)
