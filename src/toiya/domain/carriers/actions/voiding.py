"""Labels printed once more, and numbers taken off labels for good."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import NotFound, Refusal
from toiya.domain.carriers.events import LabelReprinted
from toiya.domain.carriers.models import Label, LabelPrint, LabelVoid
from toiya.domain.carriers.plugs import carrier_of
from toiya.domain.carriers.port import PrinterLabels
from toiya.domain.carriers.queries import LabelNotMade, request_of

_LONGEST = 200


class ReasonMissing(Refusal):
    """A label is printed again or cancelled for a reason only."""

    code = "label_reason_missing"
    message = gettext_lazy("Say why, so that others understand it later. A few words are enough.")


class NoPrinterLabels(Refusal):
    """The carrier's labels are not to be had in the language of label printers."""

    code = "no_printer_labels"
    message = gettext_lazy("Labels of %(carrier)s are there as PDF only. Choose PDF.")


@transaction.atomic
def reprint_label(*, parcel: str, reason: str, dots_an_inch: int = 0, actor: Actor, at: datetime) -> bytes:
    """
    The label's bytes once more, with a note of who, when and why: the PDF, or for a printer of so many dots an inch.

    :raises ReasonMissing: :raises LabelNotMade: :raises NoPrinterLabels:
    :raises NotFound: none that this actor may see
    """
    label: Label | None = Label.objects.visible_to(actor).filter(reference=parcel).lock().first()
    if label is None:
        raise NotFound(kind=str(gettext_lazy("label")), code=parcel)
    if not reason.strip():
        raise ReasonMissing()
    if label.status != Label.Status.BOUGHT:
        raise LabelNotMade(parcel=parcel, status=str(label.get_status_display()), problem=label.problem)

    plug = carrier_of(label.carrier)
    if dots_an_inch and not isinstance(plug, PrinterLabels):
        raise NoPrinterLabels(carrier=plug.label)

    why = reason.strip()[:_LONGEST]
    LabelPrint.objects.create(seller_id=label.seller_id, label=label, printed_by=actor.name, printed_at=at, reason=why)

    event = LabelReprinted(
        seller_id=label.seller_id,
        subject=label.shipment["order_code"],
        label_id=label.pk,
        parcel=label.reference,
        reason=why,
    )
    events.record(event, actor=actor, at=at)
    if isinstance(plug, PrinterLabels) and dots_an_inch:
        return plug.zpl(request_of(label), dots_an_inch)
    return bytes(label.document)


def void_label(*, label: Label, reason: str, actor: Actor, at: datetime) -> str:
    """
    A step of a higher action: take the number off a made label for good; which number it was.

    The label is then refused, so that it can be wanted again and gets another number. :raises ReasonMissing:
    """
    if not reason.strip():
        raise ReasonMissing()
    locked: Label = Label.objects.filter(pk=label.pk).lock().get()
    number = locked.tracking_number
    locked.move_to(Label.Status.REJECTED)
    LabelVoid.objects.create(
        seller_id=locked.seller_id,
        label=locked,
        carrier=locked.carrier,
        tracking_number=number,
        reason=reason.strip()[:_LONGEST],
        voided_by=actor.name,
        voided_at=at,
    )
    locked.tracking_number, locked.document, locked.bought_at = "", b"", None
    locked.problem = reason.strip()[:_LONGEST]
    locked.save()
    return number
