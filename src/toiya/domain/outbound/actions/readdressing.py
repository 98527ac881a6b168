"""Another address for an order, until its label is wanted; the label is made for what stands then."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import NotFound, Refusal
from toiya.domain.carriers.models import Label
from toiya.domain.orders.actions.placing import FIELDS, PROBLEMS
from toiya.domain.orders.changing_rules import address_flaw
from toiya.domain.orders.models import Address, Order
from toiya.domain.orders.rules import AddressDraft
from toiya.domain.outbound.actions.stopped import answer_late, write_stop
from toiya.domain.outbound.events import AddressChanged
from toiya.domain.outbound.models import Parcel, Stop


class OrderIsOver(Refusal):
    """Nothing is sent for the order any more."""

    code = "order_is_over"
    message = gettext_lazy("%(code)s is %(status)s, so nothing is sent to any address. Enter a new order instead.")


class UnusableAddress(Refusal):
    """An address cannot be kept as it is; the field and the mend are named."""

    code = "unusable_address"
    message = gettext_lazy("%(field)s: %(problem)s")


@transaction.atomic
def change_address(*, order_code: str, address: AddressDraft, actor: Actor, at: datetime) -> Stop | None:
    """
    Send an order to another address. Returns the answer: done, or a label was wanted before; None for the same address.

    A parcel whose label the carrier declined is asked for anew with this address.

    :raises NotFound: no such order for this reader
    :raises UnusableAddress: :raises OrderIsOver:
    """
    order: Order | None = Order.objects.visible_to(actor).filter(code=order_code).lock().first()
    if order is None:
        raise NotFound(kind="order", code=order_code)
    present = Address.objects.filter(order=order).first()
    parcels = list(Parcel.objects.filter(order=order).select_related("label").order_by("pk"))
    standing = [parcel for parcel in parcels if parcel.status not in (Parcel.Status.OPEN, Parcel.Status.CANCELLED)]

    if order.status == Order.Status.CANCELLED or present is None:
        raise OrderIsOver(code=order.code, status=order.get_status_display())
    if flaw := address_flaw(address):
        raise UnusableAddress(field=FIELDS[flaw.field], problem=PROBLEMS[flaw.problem])
    changed = [name for name, value in asdict(address).items() if getattr(present, name) != value]
    if not changed:
        return None
    bound = next((parcel for parcel in standing if not _is_open_to_change(parcel)), None)
    if bound is not None:
        return answer_late(order=order, wish=Stop.Wish.ADDRESS, parcel=bound, actor=actor, at=at)

    for name, value in asdict(address).items():
        setattr(present, name, value)
    present.save()
    stop = write_stop(order=order, wish=Stop.Wish.ADDRESS, actor=actor, at=at)

    declined = next((parcel.pk for parcel in standing if parcel.label is not None), 0)
    told = AddressChanged(seller_id=order.seller_id, subject=order.code, changed=", ".join(changed), parcel_id=declined)
    events.record(told, actor=actor, at=at)
    return stop


def _is_open_to_change(parcel: Parcel) -> bool:
    """Whether the label of a sealed parcel is still to be asked for."""
    is_free = parcel.label is None or parcel.label.status == Label.Status.REJECTED
    return parcel.status == Parcel.Status.SEALED and is_free
