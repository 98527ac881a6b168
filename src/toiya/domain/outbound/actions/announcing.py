"""Smart Delivery before the parcel is here: the seller packs, asks for labels, gives one up, lists what it brings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.codes import code_for
from toiya.core.copying import next_ids
from toiya.core.errors import NotFound, Refusal
from toiya.domain.carriers.models import Service
from toiya.domain.orders.models import Order
from toiya.domain.outbound import rules
from toiya.domain.outbound.actions.labelling import lock_parcel
from toiya.domain.outbound.actions.withdrawing import withdraw
from toiya.domain.outbound.events import HandInListMade, LabelCancelled, ParcelAnnounced
from toiya.domain.outbound.models import HandIn, HandInList, Parcel
from toiya.domain.warehouses.models import Warehouse


class NotToHandIn(Refusal):
    """The order is not one that waits to be handed in."""

    code = "not_to_hand_in"
    message = gettext_lazy(
        "%(order)s is %(status)s, so it gets no label here. Choose Smart Delivery on its page first, or leave it out."
    )


class StoppedByHold(Refusal):
    """The order must wait, so no label is made for it."""

    code = "stopped_by_hold"
    message = gettext_lazy("%(order)s is on hold. Lift the hold on its page first, or leave it out.")


class NoWeightTold(Refusal):
    """A label needs the parcel's weight."""

    code = "no_weight_told"
    message = gettext_lazy("%(order)s has no weight. Weigh the packed parcel and enter grams, 1 or more.")


class TooHeavyFor(Refusal):
    """Heavier than the service takes."""

    code = "too_heavy_for"
    message = gettext_lazy(
        "%(order)s: %(service)s takes up to %(limit)s g, and the parcel weighs %(weight)s g. Choose a bigger service."
    )


class TooBigFor(Refusal):
    """Bigger than the service takes."""

    code = "too_big_for"
    message = gettext_lazy(
        "%(order)s: %(service)s takes up to %(limit)s cm in all, and the parcel has %(size)s cm. "
        "Choose a bigger service."
    )


class HandedInAlready(Refusal):
    """A label cannot be given up once its parcel is with us."""

    code = "handed_in_already"
    message = gettext_lazy("%(parcel)s is with us already (%(status)s). Ask the warehouse to stop it.")


class NothingToList(Refusal):
    """No label is made that is not on a list yet."""

    code = "nothing_to_list"
    message = gettext_lazy("Every parcel with a label is on a list already. Make labels first, then the list.")


@dataclass(frozen=True, slots=True)
class Packed:
    """What the seller tells of one parcel. `size_cm` is length + width + height; 0 when not measured."""

    order_code: str
    weight_g: int
    service_code: str
    size_cm: int = 0


@dataclass(frozen=True, slots=True)
class Announced:
    """The parcels that labels are being made for now, and the orders that had theirs before."""

    parcels: tuple[str, ...]
    already: tuple[str, ...]


@transaction.atomic
def make_labels(
    *, seller_id: int, warehouse_id: int, packed: Sequence[Packed], actor: Actor, at: datetime
) -> Announced:
    """
    Announce parcels of one seller's Smart Delivery orders at a collection centre: one per order, its label asked for
    by a job that sets the fee aside first. All or none; orders that have a label already are left alone.

    :raises NotFound: no such order, service or centre for this reader
    :raises NotToHandIn: :raises StoppedByHold:
    :raises NoWeightTold: :raises TooHeavyFor: :raises TooBigFor:
    """
    told = {each.order_code: each for each in packed}
    orders = list(Order.objects.visible_to(actor).filter(seller_id=seller_id, code__in=told).lock())
    centre = Warehouse.objects.filter(pk=warehouse_id).first()
    services = Service.objects.filter(code__in={each.service_code for each in packed}).in_bulk(field_name="code")
    labelled = set(HandIn.objects.filter(order__in=orders, is_cancelled=False).values_list("order_id", flat=True))

    if missing := set(told) - {order.code for order in orders}:
        raise NotFound(kind=gettext_lazy("order"), code=", ".join(sorted(missing)))
    if centre is None:
        raise NotFound(kind=gettext_lazy("collection centre"), code=str(warehouse_id))
    going = [order for order in orders if order.pk not in labelled]
    held = {order.pk for order in going if order.holds.filter(lifted_at=None).exists()}
    for order in going:
        _check(order, told[order.code], services, is_held=order.pk in held)

    parcels = _parcels(going, told, services, centre, actor, at)
    Parcel.objects.bulk_create(parcels)
    HandIn.objects.bulk_create(
        [
            HandIn(parcel=parcel, seller_id=seller_id, order=parcel.order, size_cm=told[parcel.order.code].size_cm)
            for parcel in parcels
        ]
    )

    events.record_all([_announced(parcel) for parcel in parcels], actor=actor, at=at)
    return Announced(
        tuple(parcel.code for parcel in parcels), tuple(order.code for order in orders if order.pk in labelled)
    )


def _check(order: Order, packed: Packed, services: dict[str, Service], *, is_held: bool) -> None:
    service = services.get(packed.service_code)
    if service is None:
        raise NotFound(kind=gettext_lazy("service"), code=packed.service_code)
    if order.status != Order.Status.TO_HAND_IN:
        raise NotToHandIn(order=order.code, status=order.get_status_display())
    if is_held:
        raise StoppedByHold(order=order.code)
    if packed.weight_g < 1:
        raise NoWeightTold(order=order.code)
    if packed.weight_g > service.max_weight_g:
        raise TooHeavyFor(order=order.code, service=service.name, limit=service.max_weight_g, weight=packed.weight_g)
    if not rules.fitting_size(packed.size_cm, service.max_size_cm):
        raise TooBigFor(order=order.code, service=service.name, limit=service.max_size_cm, size=packed.size_cm)


def _parcels(
    orders: Sequence[Order],
    told: dict[str, Packed],
    services: dict[str, Service],
    centre: Warehouse,
    actor: Actor,
    at: datetime,
) -> list[Parcel]:
    numbers = next_ids("outbound_parcel_id_seq", len(orders)) if orders else []
    return [
        Parcel(
            id=number,
            seller_id=order.seller_id,
            code=code_for("PCL", number),
            order=order,
            warehouse=centre,
            status=Parcel.Status.SEALED,
            service=services[told[order.code].service_code],
            weight_g=told[order.code].weight_g,
            packed_by=actor.name,
            opened_at=at,
        )
        for number, order in zip(numbers, orders, strict=True)
    ]


def _announced(parcel: Parcel) -> ParcelAnnounced:
    return ParcelAnnounced(
        seller_id=parcel.seller_id,
        subject=parcel.order.code,
        parcel=parcel.code,
        parcel_id=parcel.pk,
        weight_g=parcel.weight_g,
        service=parcel.service.name if parcel.service else "",
    )


@transaction.atomic
def cancel_label(*, parcel_code: str, actor: Actor, at: datetime) -> None:
    """
    Give up a label before its parcel is handed in: the fee set aside is free again, the order may get another one.
    Giving it up again changes nothing.

    :raises NotFound: no such parcel of Smart Delivery for this reader
    :raises HandedInAlready: the parcel is with us
    """
    found = HandIn.objects.visible_to(actor).filter(parcel__code=parcel_code).values_list("pk", flat=True).first()
    if found is None:
        raise NotFound(kind=gettext_lazy("parcel"), code=parcel_code)
    parcel = lock_parcel(found)

    if parcel.status == Parcel.Status.CANCELLED:
        return
    if parcel.status not in (Parcel.Status.SEALED, Parcel.Status.AWAITED):
        raise HandedInAlready(parcel=parcel.code, status=parcel.get_status_display())

    lifted = withdraw(parcel=parcel, actor=actor, at=at)

    given_up = LabelCancelled(seller_id=parcel.seller_id, subject=parcel.order.code, parcel=parcel.code)
    events.record_all([*lifted, given_up], actor=actor, at=at)


@transaction.atomic
def make_hand_in_list(*, seller_id: int, warehouse_id: int, actor: Actor, at: datetime) -> HandInList:
    """
    One list of all parcels of the seller that have a label for this centre and are on no list yet.

    :raises NothingToList: there is none
    """
    waiting = HandIn.objects.visible_to(actor).filter(seller_id=seller_id, list=None, is_cancelled=False)
    hand_ins = list(waiting.filter(parcel__status=Parcel.Status.AWAITED, parcel__warehouse_id=warehouse_id).lock())

    if not hand_ins:
        raise NothingToList()

    number = next_ids("outbound_handinlist_id_seq", 1)[0]
    made: HandInList = HandInList.objects.create(
        id=number,
        seller_id=seller_id,
        code=code_for("HIL", number),
        warehouse_id=warehouse_id,
        made_by=actor.name,
        made_at=at,
    )
    HandIn.objects.filter(pk__in=[hand_in.pk for hand_in in hand_ins]).update(list=made)

    events.record(HandInListMade(seller_id=seller_id, subject=made.code, parcels=len(hand_ins)), actor=actor, at=at)
    return made
