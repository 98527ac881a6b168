"""What screens and higher packages ask about services and labels."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from toiya.core.actor import Actor
from toiya.core.errors import NotFound, Refusal
from toiya.domain.carriers.models import Contract, Label, Service, Way
from toiya.domain.carriers.port import LabelRequest, Party


class LabelNotMade(Refusal):
    """There is no document to print yet."""

    code = "label_not_made"
    message = gettext_lazy(
        "The label of %(parcel)s is not there to print: %(status)s. %(problem)s Ask for it once more, "
        "or wait until the carrier has answered."
    )


def services() -> list[Service]:
    """The services to choose from, the cheapest first (one query)."""
    return list(Service.objects.order_by("price_minor", "code"))


def way_of(carrier: str) -> str:
    """How labels of a carrier come to their numbers; one by one unless its contract says otherwise."""
    way: str | None = Contract.objects.filter(carrier=carrier).values_list("way", flat=True).first()
    return way or Way.ASK


def service(code: str) -> Service:
    """The service of that code. :raises NotFound:"""
    row = Service.objects.filter(code=code).first()
    if row is None:
        raise NotFound(kind=str(gettext_lazy("service")), code=code)
    return row


def label_of(actor: Actor, parcel: str) -> Label:
    """The label of a parcel, without its document. :raises NotFound: none that this actor may see"""
    label: Label | None = Label.objects.visible_to(actor).filter(reference=parcel).defer("document").first()
    if label is None:
        raise NotFound(kind=str(gettext_lazy("label")), code=parcel)
    return label


def label_document(actor: Actor, parcel: str) -> bytes:
    """
    The label of a parcel as PDF, 100 x 150 mm: the same bytes at every reprint.

    :raises NotFound: none that this actor may see
    :raises LabelNotMade: the carrier has not made it
    """
    label: Label | None = Label.objects.visible_to(actor).filter(reference=parcel).first()
    if label is None:
        raise NotFound(kind=str(gettext_lazy("label")), code=parcel)
    if label.status != Label.Status.BOUGHT:
        raise LabelNotMade(parcel=parcel, status=str(label.get_status_display()), problem=label.problem)
    return bytes(label.document)


def labels_to_mend(actor: Actor) -> QuerySet[Label]:
    """Labels that wait for a person: rejected, or in doubt; the oldest first, without documents."""
    waiting: QuerySet[Label] = Label.objects.visible_to(actor).filter(
        status__in=[Label.Status.REJECTED, Label.Status.IN_DOUBT]
    )
    return waiting.defer("document").order_by("wanted_at", "pk")


def due_labels(at: datetime, *, most: int) -> list[int]:
    """Ids of wanted labels whose time has come, the longest waiting first."""
    due = Label.objects.filter(status=Label.Status.WANTED, next_try_at__lte=at)
    return list(due.order_by("next_try_at").values_list("pk", flat=True)[:most])


def request_of(label: Label) -> LabelRequest:
    """What the carrier is asked for, from the wish's snapshot and number."""
    stored: dict[str, Any] = dict(label.shipment)
    stored["sender"] = Party(**stored["sender"])
    stored["receiver"] = Party(**stored["receiver"])
    stored["ship_on"] = date.fromisoformat(stored["ship_on"])
    stored["tracking_number"] = label.tracking_number
    if stored.get("deliver_on"):
        stored["deliver_on"] = date.fromisoformat(stored["deliver_on"])
    return LabelRequest(**stored)
