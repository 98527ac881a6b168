"""At the counter of a collection centre: a seller's parcel is scanned in, and waits for the truck from then on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.codes import folded
from toiya.core.errors import Refusal
from toiya.domain.orders.models import Hold, Order
from toiya.domain.outbound import rules
from toiya.domain.outbound.actions.labelling import lock_parcel
from toiya.domain.outbound.actions.shipping import OrderHeld
from toiya.domain.outbound.events import ParcelHandedIn
from toiya.domain.outbound.models import HandIn, HandInList, Parcel, Scan
from toiya.domain.warehouses.queries import calendar_of


class UnknownLabel(Refusal):
    """What was scanned is on no parcel that a seller announced."""

    code = "unknown_label"
    message = gettext_lazy(
        "%(scan)s is on no parcel that a seller announced. Scan the barcode of its label, or give the parcel back."
    )


class ForAnotherCentre(Refusal):
    """The parcel was announced for another building."""

    code = "for_another_centre"
    message = gettext_lazy("%(parcel)s was announced for %(centre)s. Give it back: it is to be handed in there.")


class GiveItBack(Refusal):
    """The order was cancelled, or the label given up, after the label was made."""

    code = "give_it_back"
    message = gettext_lazy("%(parcel)s does not go: %(why)s. Give it back to %(seller)s and take the label off.")


class InAlready(Refusal):
    """That label was scanned in before: perhaps two boxes bear it."""

    code = "in_already"
    message = gettext_lazy(
        "%(parcel)s is in since %(time)s already. If this is a second box, its label is a copy: give that box back."
    )


class NoLabelYet(Refusal):
    """The label is still being made, or could not be."""

    code = "no_label_yet"
    message = gettext_lazy("%(parcel)s has no label yet (%(status)s). Give it back until the seller can print one.")


class OfAnotherSeller(Refusal):
    """The bundle's list is one seller's, the parcel another's."""

    code = "of_another_seller"
    message = gettext_lazy(
        "%(parcel)s is of %(seller)s, not of the list's seller %(expected)s. Put it aside and scan it without the list."
    )


class WeighsOtherwise(Refusal):
    """The scale says something else than the label."""

    code = "weighs_otherwise"
    message = gettext_lazy(
        "The scale says %(measured)s g, the label says %(told)s g. Weigh once more, or accept what the scale says."
    )


class TooHeavyToTake(Refusal):
    """Heavier than the service on its label takes."""

    code = "too_heavy_to_take"
    message = gettext_lazy(
        "%(parcel)s weighs %(measured)s g, and %(service)s takes up to %(limit)s g. Give it back: it needs a new label."
    )


WHY_BACK = {
    True: gettext_lazy("its order was cancelled"),
    False: gettext_lazy("its label was cancelled"),
}


@dataclass(frozen=True, slots=True)
class Counter:
    """Where the scan is made: the building, the list that was scanned first, and what the scale said (0: nothing)."""

    warehouse_id: int
    list_code: str = ""
    measured_g: int = 0
    is_checked: bool = False


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A parcel that is with us now; `is_listed` when it is on the list that was scanned, or there is no list."""

    parcel: str
    tracking_number: str
    seller_id: int
    seller: str
    is_listed: bool


@transaction.atomic
def hand_in_parcel(*, counter: Counter, scan: str, actor: Actor, at: datetime, scan_id: str = "") -> HandedIn:
    """
    Scan one parcel in, by its tracking number or its code. The same `scan_id` twice is one scan.

    :raises UnknownLabel: :raises ForAnotherCentre: :raises GiveItBack: :raises InAlready: :raises NoLabelYet:
    :raises OfAnotherSeller: :raises OrderHeld: :raises TooHeavyToTake:
    :raises WeighsOtherwise: unless the person looked (`is_checked`)
    """
    parcel = _found(scan)
    hand_in: HandIn = HandIn.objects.select_related("list").get(pk=parcel.pk)
    is_repeat = bool(scan_id) and not Scan.objects.get_or_create(scan_id=scan_id, defaults={"at": at})[1]

    if is_repeat and hand_in.handed_in_at is not None:
        return _handed_in(parcel, hand_in, counter)
    _check(parcel, hand_in, counter)
    _check_weight(parcel, counter)

    parcel.move_to(Parcel.Status.LABELLED)
    parcel.save(update_fields=["status"])
    parcel.order.move_to(Order.Status.HANDED_IN)
    parcel.order.save(update_fields=["status"])
    hand_in.handed_in_at, hand_in.handed_in_by = at, actor.name
    hand_in.measured_g = counter.measured_g or None
    hand_in.save(update_fields=["handed_in_at", "handed_in_by", "measured_g"])

    came = ParcelHandedIn(
        seller_id=parcel.seller_id,
        subject=parcel.order.code,
        parcel=parcel.code,
        warehouse_id=parcel.warehouse_id,
    )
    events.record(came, actor=actor, at=at)
    return _handed_in(parcel, hand_in, counter)


def _found(scan: str) -> Parcel:
    """The announced parcel that bears what was scanned, locked."""
    text = folded(scan)
    numbers = [text, text.replace("-", ""), text.strip("AD")]  # codabar scanners may send its start and stop letters
    bears = Q(parcel__code=text) | Q(parcel__label__tracking_number__in=numbers)
    found = HandIn.objects.filter(bears).values_list("pk", flat=True).first() if text else None
    if found is None:
        raise UnknownLabel(scan=scan)
    return lock_parcel(found)


def _check(parcel: Parcel, hand_in: HandIn, counter: Counter) -> None:
    if parcel.status == Parcel.Status.CANCELLED:
        is_cancelled = parcel.order.status == Order.Status.CANCELLED
        raise GiveItBack(parcel=parcel.code, why=WHY_BACK[is_cancelled], seller=parcel.seller.name)
    if parcel.warehouse_id != counter.warehouse_id:
        raise ForAnotherCentre(parcel=parcel.code, centre=parcel.warehouse.name)
    if hand_in.handed_in_at is not None:
        local = hand_in.handed_in_at.astimezone(calendar_of(parcel.warehouse).zone)
        raise InAlready(parcel=parcel.code, time=f"{local:%H:%M}")
    if parcel.status != Parcel.Status.AWAITED:
        raise NoLabelYet(parcel=parcel.code, status=parcel.get_status_display())
    if (bundle := _list_of(counter)) and bundle.seller_id != parcel.seller_id:
        raise OfAnotherSeller(parcel=parcel.code, seller=parcel.seller.name, expected=bundle.seller.name)
    if hold := Hold.objects.filter(order=parcel.order, lifted_at=None).order_by("pk").first():
        raise OrderHeld(parcel=parcel.code, order=parcel.order.code, hold=hold.code)


def _check_weight(parcel: Parcel, counter: Counter) -> None:
    if not counter.measured_g:
        return
    service = parcel.service
    if service is not None and counter.measured_g > service.max_weight_g:
        raise TooHeavyToTake(
            parcel=parcel.code, measured=counter.measured_g, service=service.name, limit=service.max_weight_g
        )
    if not counter.is_checked and not rules.fitting_weight(parcel.weight_g, counter.measured_g):
        raise WeighsOtherwise(measured=counter.measured_g, told=parcel.weight_g)


def _list_of(counter: Counter) -> HandInList | None:
    if not counter.list_code:
        return None
    lists = HandInList.objects.filter(code=counter.list_code, warehouse_id=counter.warehouse_id)
    return lists.select_related("seller").first()


def _handed_in(parcel: Parcel, hand_in: HandIn, counter: Counter) -> HandedIn:
    number = parcel.label.tracking_number if parcel.label else parcel.code
    is_listed = not counter.list_code or bool(hand_in.list and hand_in.list.code == counter.list_code)
    return HandedIn(parcel.code, number, parcel.seller_id, parcel.seller.name, is_listed)
