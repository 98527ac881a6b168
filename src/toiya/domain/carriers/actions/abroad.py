"""Services that leave the country, and numbers that a person types because the carrier gives them on its own form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import NotFound, Refusal
from toiya.domain.carriers.abroad import HOME
from toiya.domain.carriers.actions.contracts import NewService, ServiceExists, add_service
from toiya.domain.carriers.events import LabelNumberTyped, ReachSet
from toiya.domain.carriers.models import Label, LabelVoid, Reach, Service, Way
from toiya.domain.carriers.plugs import carrier_of, carriers
from toiya.domain.carriers.port import TypedNumbers


class NoCountries(Refusal):
    """A service abroad goes to no country, or to one that is none."""

    code = "no_countries"
    message = gettext_lazy("“%(typed)s” names no country abroad. Write codes of two letters, such as KR, US.")


class NumberNotAwaited(Refusal):
    """The label waits for no typed number."""

    code = "number_not_awaited"
    message = gettext_lazy("The label of %(parcel)s waits for no number. Open its order to see where it is.")


class NotThisCarriersNumber(Refusal):
    """What was typed is no tracking number of the carrier."""

    code = "not_this_carriers_number"
    message = gettext_lazy("%(typed)s is no number of %(carrier)s. Compare it with the form, letter by letter.")


class NumberOfAnotherParcel(Refusal):
    """The number is on another parcel, or was cancelled."""

    code = "number_of_another_parcel"
    message = gettext_lazy("%(typed)s is on another parcel already, or was cancelled. Type the number of this one.")


@dataclass(frozen=True, slots=True)
class Abroad:
    """A service as the office enters it, and the countries it goes to."""

    service: NewService
    countries: Sequence[str]


@transaction.atomic
def offer_abroad(*, offer: Abroad, actor: Actor, at: datetime) -> Service:
    """
    Offer a service to these countries; one that goes abroad already goes to these from now on.

    :raises NoCountries: :raises ServiceExists: a service within Japan has that code
    :raises NotFound: no such carrier
    """
    wanted = sorted({country.strip().upper() for country in offer.countries if country.strip()})
    known = Service.objects.filter(code=offer.service.code).select_for_update(no_key=True).first()

    if not wanted or any(not _is_abroad(country) for country in wanted):
        raise NoCountries(typed=", ".join(wanted)[:60])
    if offer.service.carrier not in carriers():
        raise NotFound(kind=str(gettext_lazy("carrier")), code=offer.service.carrier[:20])
    if known is not None and not Reach.objects.filter(service=known).exists():
        raise ServiceExists(service=known.code)

    service = known or add_service(service=offer.service, actor=actor, at=at)
    Reach.objects.filter(service=service).exclude(country__in=wanted).delete()
    Reach.objects.bulk_create([Reach(service=service, country=each) for each in wanted], ignore_conflicts=True)

    event = ReachSet(seller_id=None, subject=service.code, countries=", ".join(wanted))
    events.record(event, actor=actor, at=at)
    return service


def _is_abroad(country: str) -> bool:
    return len(country) == len(HOME) and country.isascii() and country.isalpha() and country != HOME


@transaction.atomic
def type_number(*, parcel: str, number: str, actor: Actor, at: datetime) -> Label:
    """
    Give a label the number that stands on the carrier's form. The same number once more changes nothing.

    :raises NotFound: no label that this actor may see
    :raises NumberNotAwaited: :raises NotThisCarriersNumber: :raises NumberOfAnotherParcel:
    """
    label: Label | None = Label.objects.visible_to(actor).filter(reference=parcel).defer("document").lock().first()
    if label is None:
        raise NotFound(kind=str(gettext_lazy("label")), code=parcel[:20])
    plug = carrier_of(label.carrier)
    typed = "".join(number.split()).upper()

    if label.tracking_number and label.tracking_number == typed:
        return label
    if label.status != Label.Status.WANTED or label.way != Way.HAND or label.tracking_number:
        raise NumberNotAwaited(parcel=label.reference)
    if not isinstance(plug, TypedNumbers) or not plug.is_number(typed):
        raise NotThisCarriersNumber(typed=typed[:30] or "–", carrier=plug.label)
    others = Label.objects.filter(carrier=label.carrier, tracking_number=typed)
    if others.exists() or LabelVoid.objects.filter(carrier=label.carrier, tracking_number=typed).exists():
        raise NumberOfAnotherParcel(typed=typed)

    label.tracking_number, label.next_try_at = typed, at
    label.save(update_fields=["tracking_number", "next_try_at"])

    event = LabelNumberTyped(
        seller_id=label.seller_id,
        subject=label.shipment["order_code"],
        label_id=label.pk,
        parcel=label.reference,
        carrier=label.carrier,
        tracking_number=typed,
    )
    events.record(event, actor=actor, at=at)
    return label
