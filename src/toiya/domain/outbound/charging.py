"""What a parcel costs its seller: the facts that rate cards price, with today's prices of the service and its box."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import Sum

from toiya.domain.carriers.models import Service
from toiya.domain.members.models import Seller
from toiya.domain.orders.models import Order
from toiya.domain.orders.models.entries import REMOVAL_CHANNEL
from toiya.domain.outbound.carriage import Destination, Goes, carriage_facts
from toiya.domain.outbound.models import Enclosure, HandIn, PackagingBox, Parcel, ParcelBox
from toiya.domain.pricing.actions.charging import Quote, quoted
from toiya.domain.pricing.models import Charge
from toiya.domain.pricing.queries import card_for
from toiya.domain.pricing.rules import Entry, Kind, Zones
from toiya.domain.wallet.actions import ledger as wallet
from toiya.domain.wallet.rules import Use
from toiya.domain.wallet.sql import Purse
from toiya.domain.warehouses.models import Warehouse


class Sent(NamedTuple):
    """What is known of the parcel when its label is asked for; `on` is the warehouse's day."""

    on: date
    pieces: int
    is_packed_by_seller: bool
    to: Destination


def quote_of(parcel: Parcel, service: Service, sent: Sent) -> Quote:
    """
    The parcel priced with the cards of its day, else with the list prices (A167-A169).

    A parcel that the seller packed itself is only carried. Five statements.
    """
    card = card_for(parcel.seller, parcel.warehouse, sent.on, service.currency)
    return quoted(card, _entries(parcel, service, sent, card.zones))


def _entries(parcel: Parcel, service: Service, sent: Sent, zones: Zones) -> list[Entry]:
    # A box of another currency has no price here; its size counts all the same.
    packed = ParcelBox.objects.filter(parcel=parcel).select_related("box").first()
    boxed = packed if packed and packed.box.currency == service.currency else None
    facts: dict[str, str | int] = {
        "warehouse": parcel.warehouse.code,
        "service": service.code,
        "platform": parcel.order.channel,
        **carriage_facts(service, Goes(sent.on, parcel.weight_g, _sum_mm(parcel, packed)), sent.to, zones),
    }
    if boxed is not None:
        facts["box"] = boxed.box.code

    def one(kind: Kind, quantity: int = 1, list_price: int | None = None) -> Entry:
        return Entry(kind, sent.on, parcel.code, quantity, facts, list_price)

    entries = [] if is_collect(parcel.order) else [one(Kind.SHIPPING, 1, service.price_minor), one(Kind.SURCHARGE)]
    is_removal = parcel.order.channel == REMOVAL_CHANNEL
    if is_from_elsewhere(parcel.order) and not is_removal:
        entries.append(one(Kind.DISPATCH_ELSEWHERE))
    if sent.is_packed_by_seller:
        return entries
    if boxed is not None:
        entries.append(one(Kind.PACKAGING, 1, boxed.price_minor))
    if is_removal:
        return [*entries, one(Kind.REMOVAL_PARCEL), one(Kind.REMOVAL_PIECE, sent.pieces)]
    entries.append(one(Kind.PICK_FIRST))
    if sent.pieces > 1:
        entries.append(one(Kind.PICK_MORE, sent.pieces - 1))
    inserts = Enclosure.objects.filter(parcel=parcel, kind=Enclosure.Kind.INSERT, is_missing=False)
    if put_in := sum(inserts.values_list("quantity", flat=True)):
        entries.append(one(Kind.INSERT, put_in))
    return entries


def _sum_mm(parcel: Parcel, packed: ParcelBox | None) -> int:
    """Its three sides together, by its box or as the seller told who packed it; 0: nobody knows."""
    if packed is not None:
        return packed.box.size.outer.sum_mm
    told = HandIn.objects.filter(parcel=parcel).values_list("size_cm", flat=True).first()
    return 10 * (told or 0)


class Planned(NamedTuple):
    """A parcel that is not packed yet, as a seller thinks of it; `is_from_elsewhere`: its order comes from no shop."""

    service: Service
    goes: Goes
    to: Destination
    pieces: int = 1
    box: PackagingBox | None = None
    is_from_elsewhere: bool = False


def estimate_of(seller: Seller, warehouse: Warehouse, planned: Planned) -> Quote:
    """
    What such a parcel would cost when it is packed by us, before there is a label: by the same cards and list prices.

    Rules that name a sales site do not hold, for none is told. Inserts are not in it. Two statements.
    """
    service, on = planned.service, planned.goes.on
    card = card_for(seller, warehouse, on, service.currency)
    facts: dict[str, str | int] = {"warehouse": warehouse.code, "service": service.code}
    facts |= carriage_facts(service, planned.goes, planned.to, card.zones)
    box = planned.box if planned.box and planned.box.currency == service.currency else None
    if box is not None:
        facts["box"] = box.code
    counted = [
        (Kind.SHIPPING, 1, service.price_minor, True),
        (Kind.SURCHARGE, 1, None, True),
        (Kind.DISPATCH_ELSEWHERE, 1, None, planned.is_from_elsewhere),
        (Kind.PACKAGING, 1, box.price_minor if box else None, box is not None),
        (Kind.PICK_FIRST, 1, None, True),
        (Kind.PICK_MORE, planned.pieces - 1, None, planned.pieces > 1),
    ]
    entries = [Entry(kind, on, "", quantity, facts, listed) for kind, quantity, listed, is_due in counted if is_due]
    return quoted(card, entries)


def cover_inserts(purse: Purse, parcels: Sequence[str]) -> None:
    """
    A step of leaving, after the fees were taken: printed inserts promote the shop, so that advertising credit pays
    back what they cost, as far as it reaches (A172). For sellers who have credit.
    """
    put_in = Charge.objects.priced().filter(seller_id=purse.seller_id, source__in=parcels, kind=Kind.INSERT)
    fees = put_in.filter(currency=purse.currency).values_list("source").annotate(Sum("amount_minor"))
    if amounts := dict(fees.order_by("source")):
        wallet.cover(purse, amounts, Use.PROMOTION)


def is_collect(order: Order) -> bool:
    """Whether its receiver pays the carrier, so that we do not."""
    wish = getattr(order, "wish", None)
    return bool(wish and wish.is_freight_collect)


def is_from_elsewhere(order: Order) -> bool:
    """Whether the seller brought the order in itself: by hand, by file, by a program (A169)."""
    return not order.shop_code
