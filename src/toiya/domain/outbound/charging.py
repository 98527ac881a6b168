"""What a parcel costs its seller: the facts that rate cards price, with today's prices of the service and its box."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from toiya.domain.carriers.models import Service
from toiya.domain.orders.models import Order
from toiya.domain.outbound.models import Enclosure, Parcel, ParcelBox
from toiya.domain.pricing.actions.charging import Quote, price
from toiya.domain.pricing.rules import Entry, Kind


class Sent(NamedTuple):
    """What is known of the parcel when its label is asked for; `on` is the warehouse's day."""

    on: date
    pieces: int
    country: str
    postal_code: str
    is_packed_by_seller: bool


def quote_of(parcel: Parcel, service: Service, sent: Sent) -> Quote:
    """
    The parcel priced with the cards of its day, else with the list prices (A167-A169).

    A parcel that the seller packed itself is only carried. Three statements.
    """
    entries = _entries(parcel, service, sent)
    return price(
        seller=parcel.seller,
        warehouse=parcel.warehouse,
        entries=entries,
        on=sent.on,
        currency=service.currency,
    )


def _entries(parcel: Parcel, service: Service, sent: Sent) -> list[Entry]:
    boxed = ParcelBox.objects.filter(parcel=parcel, box__currency=service.currency).select_related("box").first()
    facts: dict[str, str | int] = {
        "warehouse": parcel.warehouse.code,
        "service": service.code,
        "platform": parcel.order.channel,
        "country": sent.country,
        "zone": sent.postal_code[:2],
        "weight_g": parcel.weight_g,
    }
    if boxed is not None:
        facts |= {"box": boxed.box.code, "size_cm": boxed.box.size.outer_cm}

    def one(kind: Kind, quantity: int = 1, list_price: int | None = None) -> Entry:
        return Entry(kind, sent.on, parcel.code, quantity, facts, list_price)

    entries = [one(Kind.SHIPPING, 1, service.price_minor), one(Kind.SURCHARGE)]
    if is_from_elsewhere(parcel.order):
        entries.append(one(Kind.DISPATCH_ELSEWHERE))
    if sent.is_packed_by_seller:
        return entries
    if boxed is not None:
        entries.append(one(Kind.PACKAGING, 1, boxed.price_minor))
    entries.append(one(Kind.PICK_FIRST))
    if sent.pieces > 1:
        entries.append(one(Kind.PICK_MORE, sent.pieces - 1))
    inserts = Enclosure.objects.filter(parcel=parcel, kind=Enclosure.Kind.INSERT, is_missing=False)
    if put_in := sum(inserts.values_list("quantity", flat=True)):
        entries.append(one(Kind.INSERT, put_in))
    return entries


def is_from_elsewhere(order: Order) -> bool:
    """Whether the seller brought the order in itself: by hand, by file, by a program (A169)."""
    return not order.shop_code
