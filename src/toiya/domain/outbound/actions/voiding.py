"""A label that was made and is no good: its number is taken off for good, and another is wanted."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import NotFound, Refusal
from toiya.domain.carriers.actions.voiding import void_label
from toiya.domain.orders.models import Order
from toiya.domain.outbound.actions.labelling import lock_parcel
from toiya.domain.outbound.events import ParcelLabelVoided
from toiya.domain.outbound.models import Parcel


class LabelNotVoidable(Refusal):
    """Only the label of a parcel that stands ready for the truck can be cancelled."""

    code = "label_not_voidable"
    message = gettext_lazy(
        "The label of %(parcel)s cannot be cancelled now: %(status)s. Only a parcel ready for the truck gets another."
    )


@transaction.atomic
def void_parcel_label(*, parcel_code: str, reason: str, actor: Actor, at: datetime) -> None:
    """
    Cancel the label of a parcel ready for the truck; the job wants another one. The fee stays set aside.

    :raises NotFound: this actor knows no such parcel
    :raises LabelNotVoidable: it has no label, or has left, or its seller hands it in
    :raises ReasonMissing:
    """
    found = Parcel.objects.visible_to(actor).filter(code=parcel_code).values_list("pk", flat=True).first()
    if found is None:
        raise NotFound(kind=str(gettext_lazy("parcel")), code=parcel_code[:20])
    parcel = lock_parcel(found)
    order = parcel.order
    is_ready = parcel.status == Parcel.Status.LABELLED and order.status == Order.Status.READY
    if not is_ready or parcel.label is None:
        raise LabelNotVoidable(parcel=parcel.code, status=str(parcel.get_status_display()))

    number = void_label(label=parcel.label, reason=reason, actor=actor, at=at)
    parcel.move_to(Parcel.Status.SEALED)
    parcel.save(update_fields=["status"])
    order.move_to(Order.Status.PACKING)
    order.save(update_fields=["status"])

    event = ParcelLabelVoided(
        seller_id=parcel.seller_id,
        subject=order.code,
        parcel=parcel.code,
        parcel_id=parcel.pk,
        tracking_number=number,
        reason=reason.strip()[:200],
    )
    events.record(event, actor=actor, at=at)
