"""Where carriers say parcels are: scans noted once, and parcels nobody scanned for long."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.events import Event
from toiya.domain.carriers.events import LossSuspected, ParcelCameBack, ParcelDelivered, ParcelScanned
from toiya.domain.carriers.models import CarrierScan, Journey, Label, State
from toiya.domain.carriers.rules import is_later


@transaction.atomic
def note_scan(*, label: Label, state: str, happened_at: datetime, actor: Actor, at: datetime) -> bool:
    """
    Note a scan of a locked label's parcel; False when it was told before. An older one than the newest is kept, and
    the parcel stays where the newest says.
    """
    journey = _locked(label)
    scan, is_new = CarrierScan.objects.get_or_create(
        label=label, state=state, happened_at=happened_at, defaults={"seller_id": label.seller_id}
    )
    if not is_new:
        return False

    is_newest = is_later((scan.happened_at, state), (journey.seen_at, journey.state))
    if is_newest:
        journey.state, journey.seen_at, journey.suspected_at = state, scan.happened_at, None
        journey.save(update_fields=["state", "seen_at", "suspected_at"])

    events.record(_event(label, state if is_newest else ""), actor=actor, at=at)
    return True


def _event(label: Label, state: str) -> Event:
    """What a scan means; an older one than the newest is a scan and no more."""
    told = {
        "seller_id": label.seller_id,
        "subject": label.shipment["order_code"],
        "label_id": label.pk,
        "parcel": label.reference,
        "carrier": label.carrier,
    }
    if state == State.DELIVERED:
        return ParcelDelivered(**told)
    return ParcelCameBack(**told) if state == State.RETURNED else ParcelScanned(**told, state=state)


@transaction.atomic
def suspect_loss(*, label_id: int, days: int, actor: Actor, at: datetime) -> None:
    """Say that a parcel may be lost: nobody scanned it for so many days. Once, until it is scanned again."""
    label: Label = Label.objects.filter(pk=label_id).defer("document").lock().get()
    journey = _locked(label)
    if journey.suspected_at is not None or (journey.seen_at and journey.seen_at > at - timedelta(days=days)):
        return

    journey.suspected_at = at
    journey.save(update_fields=["suspected_at"])

    event = LossSuspected(
        seller_id=label.seller_id,
        subject=label.shipment["order_code"],
        label_id=label.pk,
        parcel=label.reference,
        carrier=label.carrier,
        days=days,
    )
    events.record(event, actor=actor, at=at)


def _locked(label: Label) -> Journey:
    Journey.objects.bulk_create([Journey(seller_id=label.seller_id, label=label)], ignore_conflicts=True)
    journey: Journey = Journey.objects.filter(label=label).lock().get()
    return journey
