"""Who bought is forgotten at the deadline (R25): names, addresses and phones go, what was sold and sent stays."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import transaction

from toiya.core import events
from toiya.core.actor import Actor
from toiya.domain.carriers.actions.forgetting import POSTAL_LETTERS, erased_page, forget_receivers
from toiya.domain.carriers.destination_rules import prefecture_of
from toiya.domain.orders.models import Address, Hold, ManagedOrder, Order
from toiya.domain.outbound.events import BuyerForgotten
from toiya.domain.outbound.forgetting import to_forget
from toiya.domain.outbound.models import CustomsPaper, Parcel

_TOLD = ("buyer", "mobile", "third_party", "gift_name", "gift_postal_code", "gift_address", "gift_contact")


@transaction.atomic
def forget_buyer(*, order_id: int, days: int, actor: Actor, at: datetime) -> None:
    """
    Empty what names the buyer, receiver or giver of an order that is over, in all that was made of it too: labels,
    their wishes, customs papers, rows in carriers' files, notes of holds. Country, prefecture, the beginning of the
    postal code and every number stay. Forgetting twice changes nothing.
    """
    due = to_forget(at, days).filter(pk=order_id).order_by()
    order: Order | None = Order.objects.filter(pk__in=due.values("pk")).lock().first()
    if order is None:
        return

    address = Address.objects.get(order=order)
    address.postal_code = address.postal_code[:POSTAL_LETTERS]
    address.first_line = prefecture_of(address.first_line)
    address.name = address.name_kana = address.phone = address.second_line = ""
    address.save()
    _forget_papers(order)
    ManagedOrder.objects.filter(order=order).update(customs_code="", **dict.fromkeys(_TOLD, ""))
    _forget_notes(order)
    order.note = ""
    order.save(update_fields=["note"])

    events.record(BuyerForgotten(seller_id=order.seller_id, subject=order.code), actor=actor, at=at)


def _forget_papers(order: Order) -> None:
    parcels = list(Parcel.objects.filter(order=order).order_by("pk"))
    forget_receivers(seller_id=order.seller_id, references=[parcel.code for parcel in parcels])
    for paper in CustomsPaper.objects.filter(parcel__in=parcels).select_related("parcel"):
        paper.document = erased_page(paper.parcel.code, paper.form)
        paper.sha256 = hashlib.sha256(paper.document).hexdigest()
        paper.save(update_fields=["document", "sha256"])


def _forget_notes(order: Order) -> None:
    """People write names into notes."""
    for hold in Hold.objects.filter(order=order, details__has_key="note"):
        hold.details = {**hold.details, "note": ""}
        hold.save(update_fields=["details"])
