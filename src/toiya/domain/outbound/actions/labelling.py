"""From a sealed parcel to a labelled one: set the fee aside, want the label, take the carrier's answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import NotFound, Refusal
from toiya.core.money import Money
from toiya.domain.carriers.actions.labels import want_label
from toiya.domain.carriers.models import Label, Service
from toiya.domain.carriers.port import LabelRequest, Party
from toiya.domain.orders.actions.holds import place_hold
from toiya.domain.orders.events import HoldLifted
from toiya.domain.orders.models import Address, Hold, Order
from toiya.domain.outbound.carriage import destination_of
from toiya.domain.outbound.charging import Sent, is_collect, quote_of
from toiya.domain.outbound.delivery_wishes import WISH_HOLD, arrival_of, objections
from toiya.domain.outbound.events import LabelToPrint, LabelWanted, ParcelLabelled, ParcelReady, WishLeftAway
from toiya.domain.outbound.models import Content, Parcel, Slot
from toiya.domain.pricing.actions.charging import write_charges
from toiya.domain.wallet.actions.ledger import WalletTooLow
from toiya.domain.wallet.actions.sales import SaleTerms, set_aside_fees
from toiya.domain.wallet.models import Reservation
from toiya.domain.wallet.sql import Purse
from toiya.domain.warehouses.queries import calendar_of

WALLET_HOLD = "wallet_too_low"
CARRIER_HOLD = "label_rejected"


class ParcelNotSealed(Refusal):
    """A label is made for a sealed parcel only."""

    code = "parcel_not_sealed"
    message = gettext_lazy("%(parcel)s is not sealed yet. Scan its pieces and weigh it first.")


@transaction.atomic
def want_parcel_label(*, parcel_id: int, actor: Actor, at: datetime) -> Parcel:
    """
    Set the parcel's fee aside and ask for its label. Where the sales site pays us for the order, the fee waits for that
    (A167); else free money must cover it (A169).

    Too little money, and the order is held with the amount missing: no label, nothing half done; a top-up frees it.
    A wished day it cannot keep holds it too, until a person lets it go; a site's buyer's is left away and told.
    A parcel that has its label, or whose label is on its way, is left alone.
    """
    parcel = lock_parcel(parcel_id)
    order = parcel.order

    if parcel.status != Parcel.Status.SEALED or (parcel.label and parcel.label.status != Label.Status.REJECTED):
        return parcel
    service = parcel.service
    if service is None:
        raise ParcelNotSealed(parcel=parcel.code)
    request, against = _as_wished(parcel, service, _request(parcel, order, at))
    if against and not order.shop_code:
        place_hold(order_id=order.pk, code=WISH_HOLD, details=against, actor=actor, at=at)
        return parcel
    purse = Purse(parcel.seller_id, service.currency, actor.name, at)
    try:
        fee_minor = _set_aside(parcel, service, request, purse)
    except WalletTooLow as refusal:
        place_hold(order_id=order.pk, code=WALLET_HOLD, details=refusal.facts, actor=actor, at=at)
        return parcel
    try:
        parcel.label = want_label(seller_id=parcel.seller_id, service=service, request=request, at=at)
    except Refusal as refusal:  # such as: no numbers left. The fee stays set aside, the sweep asks again
        parcel.save(update_fields=["reservation"])
        place_hold(order_id=order.pk, code=CARRIER_HOLD, details={"problem": str(refusal)}, actor=actor, at=at)
        return parcel
    parcel.save(update_fields=["reservation", "label"])
    lifted = lift_holds(order, (WALLET_HOLD, CARRIER_HOLD), at)

    events.record_all([*lifted, *_left_away(parcel, against), _wanted(parcel, service, fee_minor)], actor=actor, at=at)
    return parcel


def _set_aside(parcel: Parcel, service: Service, request: LabelRequest, purse: Purse) -> int:
    """
    Price the parcel, set its fee aside out of the order's sale or of free money, and write its charges. The fee.

    What was set aside for it before stays as it is.

    :raises WalletTooLow:
    """
    before: Reservation | None = Reservation.objects.filter(seller_id=parcel.seller_id, source=parcel.code).first()
    if before is not None:
        return int(before.amount_minor)
    order = parcel.order
    is_own = order.status == Order.Status.TO_HAND_IN
    sent = Sent(request.ship_on, request.pieces, is_own, destination_of(order.address))
    quote = quote_of(parcel, service, sent)
    # Nothing is due where the receiver pays the carrier, unless a rule says so.
    if quote.total_minor or not is_collect(order):
        terms = SaleTerms(order.code, order.shop_code, Money(order.total_minor, order.currency))
        reserved = set_aside_fees(terms=terms, amounts={parcel.code: quote.total_minor}, purse=purse)
        parcel.reservation_id = reserved[parcel.code]
    write_charges(seller_id=parcel.seller_id, source=parcel.code, quote=quote, at=purse.at)
    return quote.total_minor


def _wanted(parcel: Parcel, service: Service, fee_minor: int) -> LabelWanted:
    return LabelWanted(
        seller_id=parcel.seller_id,
        subject=parcel.order.code,
        parcel=parcel.code,
        label_id=parcel.label_id or 0,
        fee_minor=fee_minor,
        currency=service.currency,
    )


def _as_wished(parcel: Parcel, service: Service, request: LabelRequest) -> tuple[LabelRequest, dict[str, str | int]]:
    """The request with the wished day and hours; when the service cannot keep them, as it was, and what is so."""
    arrival = arrival_of(parcel.order)
    against = objections(arrival, service, Address.objects.get(order=parcel.order), request.ship_on)
    if against:
        return request, {"wish": arrival.words, "service": service.name, "objection": against[0].code}
    return replace(request, deliver_on=arrival.day, slot=arrival.slot), {}


def _left_away(parcel: Parcel, against: dict[str, str | int]) -> list[WishLeftAway]:
    if not against:
        return []
    told = WishLeftAway(
        seller_id=parcel.seller_id,
        subject=parcel.order.code,
        parcel=parcel.code,
        wish=str(against["wish"]),
        service=str(against["service"]),
    )
    return [told]


def lock_parcel(parcel_id: int) -> Parcel:
    """Lock the parcel's order, then the parcel. :raises NotFound:"""
    found = Parcel.objects.filter(pk=parcel_id).values_list("order_id", flat=True).first()
    if found is None:
        raise NotFound(kind="parcel", code=str(parcel_id))
    Order.objects.filter(pk=found).lock().get()
    parcel: Parcel = (
        Parcel.objects.filter(pk=parcel_id)
        .lock()
        .select_related("order__wish", "seller", "service", "label", "reservation", "warehouse")
        .get()
    )
    return parcel


def _request(parcel: Parcel, order: Order, at: datetime) -> LabelRequest:
    address = Address.objects.get(order=order)
    warehouse = parcel.warehouse
    packed = sum(Content.objects.filter(parcel=parcel).values_list("quantity", flat=True))
    lines = list(order.lines.filter(is_cancelled=False).order_by("pk"))
    is_own = order.status == Order.Status.TO_HAND_IN  # packed by the seller: its name, and back to our counter
    sender = Party(warehouse.name, warehouse.postal_code, warehouse.address, "", warehouse.phone)
    if is_own:
        sender = replace(sender, name=parcel.seller.name, second_line=warehouse.name)
    return LabelRequest(
        reference=parcel.code,
        order_code=order.code,
        service_code="",
        service_name="",
        tracking_number="",
        sender=sender,
        receiver=Party(address.name, address.postal_code, address.first_line, address.second_line, address.phone),
        weight_g=parcel.weight_g,
        pieces=sum(line.pieces for line in lines) if is_own else packed,
        ship_on=at.astimezone(calendar_of(warehouse).zone).date(),
        contents=lines[0].title if lines else "",
        is_freight_collect=is_collect(order),
    )


def lift_holds(order: Order, codes: tuple[str, ...], at: datetime) -> list[HoldLifted]:
    """A step for higher actions: end these holds of a locked order; what to record."""
    holds = list(Hold.objects.filter(order=order, code__in=codes, lifted_at=None))
    for hold in holds:
        hold.lifted_at = at
        hold.save(update_fields=["lifted_at"])
    return [HoldLifted(seller_id=order.seller_id, subject=order.code, code=hold.code) for hold in holds]


def _is_packed_wholly(order: Order) -> bool:
    """Whether every piece is in a box, and every box of the order has its label or has left."""
    unready = Parcel.objects.filter(order=order, status__in=[Parcel.Status.OPEN, Parcel.Status.SEALED])
    return not unready.exists() and not Slot.objects.filter(order=order, is_closed=False).exists()


@transaction.atomic
def finish_label(*, label_id: int, actor: Actor, at: datetime) -> None:
    """
    Take the carrier's answer: a made label readies the parcel for the truck, or for its seller to print and hand in,
    and ends the hold of an earlier answer; a declined or doubtful one holds the order with the carrier's reason, its
    fee staying set aside. Running twice changes nothing.
    """
    parcel_id = Parcel.objects.filter(label_id=label_id).values_list("pk", flat=True).first()
    if parcel_id is None:
        raise NotFound(kind="label", code=str(label_id))
    parcel = lock_parcel(parcel_id)
    label, order = parcel.label, parcel.order

    if parcel.status != Parcel.Status.SEALED or label is None:
        return
    if label.status in (Label.Status.REJECTED, Label.Status.IN_DOUBT):
        place_hold(order_id=order.pk, code=CARRIER_HOLD, details={"problem": label.problem}, actor=actor, at=at)
        return
    if label.status != Label.Status.BOUGHT:
        return

    is_own = order.status == Order.Status.TO_HAND_IN
    parcel.move_to(Parcel.Status.AWAITED if is_own else Parcel.Status.LABELLED)
    parcel.save(update_fields=["status"])
    is_ready = not is_own and _is_packed_wholly(order)
    if is_ready:
        order.move_to(Order.Status.READY)
        order.save(update_fields=["status"])
    lifted = lift_holds(order, (CARRIER_HOLD,), at)

    kind = LabelToPrint if is_own else ParcelReady if is_ready else ParcelLabelled
    made = kind(
        seller_id=parcel.seller_id, subject=order.code, parcel=parcel.code, tracking_number=label.tracking_number
    )
    events.record_all([*lifted, made], actor=actor, at=at)
