"""Closing a box: weighed, its pieces leave the tote, what the seller wants in it is taken from stock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import Refusal
from toiya.domain.carriers.abroad import HOME, goes_to
from toiya.domain.carriers.models import Service
from toiya.domain.carriers.queries import service as service_of
from toiya.domain.outbound import enclosures, rules
from toiya.domain.outbound.actions.boxes import BoxTooLarge, box_named, note_box
from toiya.domain.outbound.actions.packing import Packing, SerialFirst, locked_parcel, packing_from
from toiya.domain.outbound.actions.weights import (
    Acceptance,
    WeightOff,
    check_acceptance,
    expected_of,
    learn_from,
)
from toiya.domain.outbound.events import EnclosuresPacked, ParcelSealed, WeightAccepted
from toiya.domain.outbound.models import Content, PackagingBox, Parcel, ParcelBox, Slot
from toiya.domain.outbound.sql import packing as sql
from toiya.domain.stock import sql as stock_sql
from toiya.domain.stock.actions import ledger
from toiya.domain.stock.actions.ledger import Book, Post


class PiecesMissing(Refusal):
    """The parcel cannot be sealed before every piece was scanned."""

    code = "pieces_missing"
    message = gettext_lazy("%(missing)s pieces are not scanned yet. Scan them, then weigh.")


class EnclosureMissing(Refusal):
    """The seller wants something of its own in or around the parcel, and nobody scanned it."""

    code = "enclosure_missing"
    message = gettext_lazy("%(name)s belongs to this parcel. Scan it, or say that it is not there.")


class WeightMissing(Refusal):
    """Nothing, or nothing sensible, lies on the scale."""

    code = "weight_missing"
    message = gettext_lazy(
        "The scale says %(measured)s g. Put the parcel on it, or key the weight in grams, 1 or more."
    )


class TooHeavy(Refusal):
    """Heavier than the carrier's service takes."""

    code = "too_heavy"
    message = gettext_lazy("%(measured)s g: %(service)s takes up to %(limit)s g. Choose a bigger service.")


class ServiceGoesNotThere(Refusal):
    """The service does not go to the order's country."""

    code = "service_goes_not_there"
    message = gettext_lazy("%(service)s does not go to %(country)s. Choose a service that does.")


@dataclass(frozen=True, slots=True)
class Weighing:
    """
    What the scale said, for which service and box (empty: none of ours); `accepted`: a lead says that it is right
    though it does not fit. `has_more`: the box is full, the pieces that are left go into the next one.
    """

    weight_g: int
    service_code: str
    accepted: Acceptance | None = None
    box_code: str = ""
    has_more: bool = False


@transaction.atomic
def seal_parcel(*, parcel_code: str, weighing: Weighing, actor: Actor, at: datetime) -> Parcel:
    """
    Close the parcel: its pieces leave the tote for the place where parcels wait; with the last one the tote is free.

    What the seller wants with it (own packaging, inserts) is promised to it and goes to the same place. Sealing a
    sealed parcel once more changes nothing.

    :raises NotFound: no such parcel here, or no such service or box
    :raises PiecesMissing: :raises SerialFirst: :raises EnclosureMissing: :raises WeightMissing: :raises TooHeavy:
    :raises WeightOff: :raises WeightNeedsLead: it does not fit, and a picker says it is right
    :raises BoxTooLarge: :raises ServiceGoesNotThere: the service does not take that box, or not to that country
    :raises EnclosureGone: meanwhile somebody else was promised the last of the seller's packaging
    """
    locked = locked_parcel(parcel_code, actor)
    parcel: Parcel = Parcel.objects.select_related("order__address").get(pk=locked.parcel_id)
    packing = packing_from(locked, sql.lines(locked.parcel_id, locked.order_id))
    contents = list(Content.objects.filter(parcel=parcel).order_by("pk"))
    asked = enclosures.asked_for(locked, packing.lines)
    service = _service(parcel, weighing)
    box = _box(parcel, weighing)
    wanted = {content.sku_id for content in contents} | {each.sku_id for each in asked if each.quantity}
    stock_sql.lock_balances(parcel.seller_id, [parcel.warehouse_id], sorted(wanted))

    if parcel.status != Parcel.Status.OPEN:
        return parcel
    _check_inside(packing, asked, weighing)
    expected_g = _check_weight(packing, (service, box), weighing)

    book = Book(parcel.seller_id, parcel.warehouse_id, actor.name, at)
    slots = Slot.objects.filter(order_id=parcel.order_id, is_closed=False)
    _leave_tote(book, contents, (parcel.code, slots.values_list("tote_id", flat=True).first(), locked.staging_bin_id))
    enclosures.take(book, locked, asked)
    if packing.is_complete:
        slots.update(is_closed=True)
    _seal(parcel, (service, box), weighing, actor, at)
    learn_from(weighing.accepted, asked, packing.lines, parcel, box)

    told = [*_told(parcel, packing.packed, service, asked), *_accepted(parcel, weighing, expected_g)]
    events.record_all(told, actor=actor, at=at)
    return parcel


def _check_inside(packing: Packing, asked: Sequence[enclosures.Asked], weighing: Weighing) -> None:
    if not packing.packed or not (packing.is_complete or weighing.has_more):
        raise PiecesMissing(missing=packing.pieces - packing.packed)
    if unread := packing.awaits_serial:
        raise SerialFirst(name=unread.sku_name)
    if missing := next((each for each in asked if each.is_open), None):
        raise EnclosureMissing(name=missing.name)


def _service(parcel: Parcel, weighing: Weighing) -> Service:
    service, country = service_of(weighing.service_code), parcel.order.address.country
    if country != HOME and not goes_to(service, country):
        raise ServiceGoesNotThere(service=service.name, country=country)
    return service


def _box(parcel: Parcel, weighing: Weighing) -> PackagingBox | None:
    if weighing.box_code:
        return box_named(parcel.warehouse_id, weighing.box_code)
    chosen = ParcelBox.objects.filter(parcel=parcel).select_related("box").first()
    return chosen.box if chosen else None


def _check_weight(packing: Packing, way: tuple[Service, PackagingBox | None], weighing: Weighing) -> int:
    """What the parcel was expected to weigh."""
    service, box = way
    if weighing.weight_g < 1:
        raise WeightMissing(measured=weighing.weight_g)
    if weighing.weight_g > service.max_weight_g:
        raise TooHeavy(measured=weighing.weight_g, service=service.name, limit=service.max_weight_g)
    if box is not None and not rules.fitting_size(box.size.outer_cm, service.max_size_cm):
        raise BoxTooLarge(box=box.name, service=service.name, limit=service.max_size_cm)
    check_acceptance(weighing.accepted)
    expected = expected_of(packing.lines, box)
    if weighing.accepted is None and not expected.fits(weighing.weight_g):
        raise WeightOff(measured=weighing.weight_g, expected=expected.weight_g)
    return expected.weight_g


def _leave_tote(book: Book, contents: Sequence[Content], way: tuple[str, int | None, int]) -> None:
    source, tote_id, staging_id = way
    ledger.move(book, [Post(each.sku_id, each.quantity, source, tote_id, staging_id, each.lot) for each in contents])


def _seal(
    parcel: Parcel, way: tuple[Service, PackagingBox | None], weighing: Weighing, actor: Actor, at: datetime
) -> None:
    service, box = way
    if box is not None:
        note_box(parcel, box)
    parcel.move_to(Parcel.Status.SEALED)
    parcel.service, parcel.weight_g, parcel.sealed_at = service, weighing.weight_g, at
    parcel.packed_by = actor.name
    parcel.save(update_fields=["status", "service", "weight_g", "sealed_at", "packed_by"])


def _told(
    parcel: Parcel, pieces: int, service: Service, asked: Sequence[enclosures.Asked]
) -> list[ParcelSealed | EnclosuresPacked]:
    sealed = ParcelSealed(
        seller_id=parcel.seller_id,
        subject=parcel.order.code,
        parcel=parcel.code,
        parcel_id=parcel.pk,
        weight_g=parcel.weight_g,
        service=service.name,
        pieces=pieces,
    )
    enclosed = [
        EnclosuresPacked(
            seller_id=parcel.seller_id,
            subject=parcel.order.code,
            parcel=parcel.code,
            sku=each.code,
            quantity=each.quantity,
        )
        for each in asked
        if each.quantity
    ]
    return [sealed, *enclosed]


def _accepted(parcel: Parcel, weighing: Weighing, expected_g: int) -> list[WeightAccepted]:
    if weighing.accepted is None:
        return []
    told = WeightAccepted(
        seller_id=parcel.seller_id,
        subject=parcel.order.code,
        parcel=parcel.code,
        measured_g=weighing.weight_g,
        expected_g=expected_g,
        reason=weighing.accepted.reason,
        lead=weighing.accepted.lead.name,
    )
    return [told]
