"""Who bought is forgotten at the deadline (R25): names, addresses and phones go, what was sold and sent stays."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from toiya.core import events
from toiya.core.actor import Actor
from toiya.domain.carriers.destination_rules import prefecture_of
from toiya.domain.orders.models import Address, ManagedOrder, Order
from toiya.domain.outbound.events import BuyerForgotten
from toiya.domain.outbound.forgetting import to_forget

_ADDRESS_LETTERS = 3  # of the postal code: enough for statistics, too few to find anybody
_TOLD = ("buyer", "mobile", "third_party", "gift_name", "gift_postal_code", "gift_address", "gift_contact")


@transaction.atomic
def forget_buyer(*, order_id: int, days: int, actor: Actor, at: datetime) -> None:
    """
    Empty what names the buyer, receiver or giver of an order that is over; country, prefecture and the beginning of the
    postal code stay. Forgetting twice changes nothing.
    """
    due = to_forget(at, days).filter(pk=order_id).order_by()
    order: Order | None = Order.objects.filter(pk__in=due.values("pk")).lock().first()
    if order is None:
        return

    address = Address.objects.get(order=order)
    address.postal_code = address.postal_code[:_ADDRESS_LETTERS]
    address.first_line = prefecture_of(address.first_line)
    address.name = address.name_kana = address.phone = address.second_line = ""
    address.save()
    ManagedOrder.objects.filter(order=order).update(customs_code="", **dict.fromkeys(_TOLD, ""))
    order.note = ""
    order.save(update_fields=["note"])

    events.record(BuyerForgotten(seller_id=order.seller_id, subject=order.code), actor=actor, at=at)
