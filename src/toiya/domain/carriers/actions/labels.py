"""Wanting a label: the wish is stored with the parcel's data, the carrier is asked later by a job."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import NotFound, Refusal
from toiya.core.jobs import wake
from toiya.domain.carriers.actions.contracts import draw_number
from toiya.domain.carriers.events import LabelAskedAgain
from toiya.domain.carriers.models import Label, Service, Way
from toiya.domain.carriers.plugs import carrier_of
from toiya.domain.carriers.port import Carrier, FileCarrier, LabelRequest, TypedNumbers
from toiya.domain.carriers.queries import way_of
from toiya.domain.carriers.wish_words import PROBLEM_WORDS

BUY_LABEL = "carriers.buy_label"
_Status = Label.Status


class LabelWantedOtherwise(Refusal):
    """The parcel has a label, or may have one at the carrier, that shows something else."""

    code = "label_wanted_otherwise"
    message = gettext_lazy(
        "The label of %(parcel)s shows other data than you want now: it is %(status)s at %(carrier)s. "
        "Open a new parcel for the changed data, or wait until the carrier has answered."
    )


class FieldsNotCarried(Refusal):
    """A field of the label cannot be written into the carrier's file."""

    code = "fields_not_carried"
    message = gettext_lazy(
        "The files of %(carrier)s cannot carry this: %(told)s. Mend the address, or choose another carrier."
    )


@transaction.atomic  # a savepoint: the caller may turn the refusal into a hold and go on
def want_label(*, seller_id: int, service: Service, request: LabelRequest, at: datetime) -> Label:
    """
    Store the wish for a parcel's label and draw its tracking number; a step inside a higher action.

    `request.reference` is the parcel's code; service and tracking number of the request are filled in here.
    The caller's own event wakes `carriers.buy_label` with the label's id (`config/reactions.py`); should that
    be forgotten, the sweep of the next minute finds the wish.

    Wanting the same once more gives the label that is there. A rejected one is wanted again with the new data
    and keeps its number, unless the carrier is another. Call it once per transaction, or in the order of the
    carriers: the number range stays locked until the commit. When it raises, nothing of it stays.

    :raises LabelWantedOtherwise: a label with other data is wanted, made or in doubt
    :raises NoNumberRange: the carrier needs our numbers and has no range
    :raises NumberRangeUsedUp: the last number was drawn
    :raises NumberRangeOfOtherKind: test numbers for a real carrier, or the other way round
    :raises FieldsNotCarried: the number comes by file, and a field of it cannot be written
    """
    _ensure(seller_id, service, request, at)
    label: Label = Label.objects.filter(seller_id=seller_id, reference=request.reference).lock().get()

    shipment = _snapshot(service, request)
    is_new = not label.shipment
    if not is_new and label.status != _Status.REJECTED:
        if label.service_id != service.pk or label.shipment != shipment:
            status = str(label.get_status_display())
            raise LabelWantedOtherwise(parcel=label.reference, status=status, carrier=label.carrier)
        return label

    _choose_way(label, service, request)
    if not is_new:
        label.move_to(_Status.WANTED)
    label.service, label.shipment = service, shipment
    label.wanted_at, label.problem = at, ""
    label.next_try_at = _first_try(label, at)
    label.save()
    return label


@transaction.atomic
def ask_again(*, reference: str, actor: Actor, at: datetime) -> None:
    """
    Have the carrier asked once more for a rejected or doubtful label, with the same data and number.

    :raises NotFound: this actor knows no label of that parcel
    :raises NoSuchStep: the label is wanted already, or made
    """
    label: Label | None = Label.objects.visible_to(actor).filter(reference=reference).lock().first()
    if label is None:
        raise NotFound(kind=str(gettext_lazy("label")), code=reference)

    label.move_to(_Status.WANTED)
    label.wanted_at, label.problem = at, ""
    label.next_try_at = _first_try(label, at)
    label.save(update_fields=["status", "wanted_at", "next_try_at", "problem"])

    event = LabelAskedAgain(
        seller_id=label.seller_id,
        subject=label.shipment["order_code"],
        label_id=label.pk,
        parcel=label.reference,
        carrier=label.carrier,
    )
    events.record(event, actor=actor, at=at)
    wake(BUY_LABEL, "label_id", label.pk)


def drop_label(label: Label) -> None:
    """
    A step of a higher action: the parcel's label is not wanted any more.

    One that is asked for is not waited for (a late answer is left aside); one that is made stays what it is.
    """
    locked: Label = Label.objects.filter(pk=label.pk).defer("document").lock().get()
    if locked.status == _Status.BOUGHT or locked.status == _Status.DROPPED:
        return
    locked.move_to(_Status.DROPPED)
    locked.next_try_at = None
    locked.save(update_fields=["status", "next_try_at"])


def _ensure(seller_id: int, service: Service, request: LabelRequest, at: datetime) -> None:
    """Insert the wish where it may not exist yet, empty; who locks it first fills it."""
    empty = Label(
        seller_id=seller_id,
        reference=request.reference,
        service=service,
        carrier=service.carrier,
        shipment={},
        wanted_at=at,
        next_try_at=at,
    )
    Label.objects.bulk_create([empty], ignore_conflicts=True)


def _snapshot(service: Service, request: LabelRequest) -> dict[str, Any]:
    """The request as stored: later changes of the order do not alter it. The number has its own column."""
    asked = replace(request, service_code=service.code, service_name=service.name, tracking_number="")
    stored = {**asdict(asked), "ship_on": asked.ship_on.isoformat()}
    if asked.deliver_on is None:
        del stored["deliver_on"]
    else:
        stored["deliver_on"] = asked.deliver_on.isoformat()
    if not asked.slot:
        del stored["slot"]
    if not asked.is_freight_collect:
        del stored["is_freight_collect"]
    return stored


def _choose_way(label: Label, service: Service, request: LabelRequest) -> None:
    """How the label comes to its number: drawn from our range now, in a file that can carry it, or typed."""
    carrier = carrier_of(service.carrier)
    way = Way.HAND if isinstance(carrier, TypedNumbers) else way_of(carrier.name)
    if (label.carrier, label.way) != (carrier.name, way):
        label.tracking_number = ""
    if way == Way.FILE:
        _check_fields(carrier, replace(request, service_code=service.code, service_name=service.name))
    elif carrier.needs_number and not label.tracking_number:
        label.tracking_number = draw_number(carrier)
    label.carrier, label.way = carrier.name, way


def _first_try(label: Label, at: datetime) -> datetime | None:
    """When to ask the carrier; None while the number is to come in a file, or from a person."""
    return None if label.way != Way.ASK and not label.tracking_number else at


def _check_fields(carrier: Carrier, request: LabelRequest) -> None:
    """:raises FieldsNotCarried: the carrier's files cannot carry a field"""
    problems = carrier.check(request) if isinstance(carrier, FileCarrier) else ()
    if problems:
        told = "; ".join(f"{each.field} {PROBLEM_WORDS[each.problem]} {each.letters}".strip() for each in problems)
        raise FieldsNotCarried(carrier=carrier.label, told=told)
