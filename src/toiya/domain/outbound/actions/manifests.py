"""A truck's manifest: opened, loaded by scanning, closed, handed over by scanning its code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.codes import code_for, folded
from toiya.core.copying import next_ids
from toiya.core.errors import NotFound, Refusal
from toiya.domain.orders.models import Hold, Order
from toiya.domain.outbound.actions.shipping import (
    NotHandedIn,
    OrderHeld,
    PapersNotPrinted,
    ParcelNotReady,
    UnknownParcel,
)
from toiya.domain.outbound.events import (
    ManifestClosed,
    ManifestHandedOver,
    ManifestOpened,
    ParcelOffManifest,
    ParcelOnManifest,
)
from toiya.domain.outbound.models import Manifest, ManifestParcel, Parcel, Scan
from toiya.domain.outbound.papers import lacks_papers
from toiya.domain.warehouses.models import Warehouse
from toiya.domain.warehouses.queries import calendar_of

_Status = Manifest.Status


class ManifestNotOpen(Refusal):
    """The manifest is closed, or the truck has left."""

    code = "manifest_not_open"
    message = gettext_lazy("%(manifest)s is closed (%(status)s). Open the next manifest and scan the parcel there.")


class ManifestStillOpen(Refusal):
    """Only a closed manifest is handed over."""

    code = "manifest_still_open"
    message = gettext_lazy("%(manifest)s is still being loaded. Close it first, then scan its code.")


class ManifestGone(Refusal):
    """The truck has left with it."""

    code = "manifest_gone"
    message = gettext_lazy("%(manifest)s was handed over, so it stays as it is. Ask the carrier about the parcel.")


class ManifestEmpty(Refusal):
    """Nothing is on it."""

    code = "manifest_empty"
    message = gettext_lazy("%(manifest)s has no parcel. Scan parcels onto it, then close it.")


class OtherCarrier(Refusal):
    """The parcel's label is another carrier's."""

    code = "other_carrier"
    message = gettext_lazy("%(parcel)s goes with another carrier (%(carrier)s). Put it aside for that truck.")


class OnAnotherManifest(Refusal):
    """A parcel is on one manifest at most."""

    code = "on_another_manifest"
    message = gettext_lazy("%(parcel)s is on %(manifest)s already. Take it off there first.")


@dataclass(frozen=True, slots=True)
class OnBoard:
    """A parcel on a manifest; `was_before` when an earlier scan put it there."""

    parcel: str
    tracking_number: str
    was_before: bool


@transaction.atomic
def open_manifest(*, warehouse_id: int, carrier: str, actor: Actor, at: datetime) -> Manifest:
    """
    Begin the manifest of a carrier's next truck; the one that is open is gone on with.

    :raises NotFound: no such warehouse
    """
    warehouse = Warehouse.objects.filter(pk=warehouse_id).first()
    if warehouse is None:
        raise NotFound(kind=gettext_lazy("warehouse"), code=str(warehouse_id))
    number = next_ids("outbound_manifest_id_seq", 1)[0]
    row = Manifest(
        id=number,
        code=code_for("MAN", number),
        warehouse=warehouse,
        carrier=carrier[:20],
        service_day=at.astimezone(calendar_of(warehouse).zone).date(),
        opened_at=at,
        opened_by=actor.name,
    )

    Manifest.objects.bulk_create([row], ignore_conflicts=True)  # two people may open it at once
    opened: Manifest = Manifest.objects.get(warehouse=warehouse, carrier=row.carrier, status=_Status.OPEN)

    if opened.pk == number:
        event = ManifestOpened(seller_id=None, subject=opened.code, warehouse_id=warehouse.pk, carrier=opened.carrier)
        events.record(event, actor=actor, at=at)
    return opened


@transaction.atomic
def put_on_manifest(*, manifest_code: str, scan: str, actor: Actor, at: datetime, scan_id: str = "") -> OnBoard:
    """
    Scan a parcel, by its code or tracking number, onto a manifest. The same `scan_id` twice is one scan.

    :raises NotFound: no such manifest here
    :raises ManifestNotOpen: :raises UnknownParcel: :raises OtherCarrier: :raises ParcelNotReady:
    :raises NotHandedIn: :raises OrderHeld: :raises PapersNotPrinted: :raises OnAnotherManifest:
    """
    here = _manifest(manifest_code, actor)
    parcel = _parcel(here.warehouse_id, scan)
    manifest = _locked(here)
    present = ManifestParcel.objects.filter(parcel=parcel).select_related("manifest").first()
    number = parcel.label.tracking_number if parcel.label else ""
    is_repeat = bool(scan_id) and not Scan.objects.get_or_create(scan_id=scan_id, defaults={"at": at})[1]

    if present is not None and present.manifest_id == manifest.pk:
        return OnBoard(parcel.code, number, was_before=not is_repeat)
    if manifest.status != _Status.OPEN:
        raise ManifestNotOpen(manifest=manifest.code, status=manifest.get_status_display())
    if present is not None:
        raise OnAnotherManifest(parcel=parcel.code, manifest=present.manifest.code)
    _check_ready(parcel, manifest)

    ManifestParcel.objects.create(
        parcel=parcel, seller_id=parcel.seller_id, manifest=manifest, scanned_at=at, scanned_by=actor.name
    )

    event = ParcelOnManifest(
        seller_id=parcel.seller_id, subject=parcel.order.code, parcel=parcel.code, manifest=manifest.code
    )
    events.record(event, actor=actor, at=at)
    return OnBoard(parcel.code, number, was_before=False)


def _check_ready(parcel: Parcel, manifest: Manifest) -> None:
    if parcel.label is not None and parcel.label.carrier != manifest.carrier:
        raise OtherCarrier(parcel=parcel.code, carrier=parcel.label.carrier)
    if parcel.status == Parcel.Status.AWAITED:
        raise NotHandedIn(parcel=parcel.code)
    if parcel.status != Parcel.Status.LABELLED:
        raise ParcelNotReady(parcel=parcel.code, status=parcel.get_status_display())
    if hold := Hold.objects.filter(order_id=parcel.order_id, lifted_at=None).order_by("pk").first():
        raise OrderHeld(parcel=parcel.code, order=parcel.order.code, hold=hold.code)
    if lacks_papers(parcel):
        raise PapersNotPrinted(parcel=parcel.code)


@transaction.atomic
def take_off_manifest(*, manifest_code: str, scan: str, actor: Actor, at: datetime) -> str:
    """
    A parcel stays behind: it may go on the next manifest. Returns its code; one that is not on it changes nothing.

    :raises NotFound: :raises UnknownParcel:
    :raises ManifestGone: the truck has left
    """
    here = _manifest(manifest_code, actor)
    parcel = _parcel(here.warehouse_id, scan)
    manifest = _locked(here)

    if manifest.status == _Status.HANDED_OVER:
        raise ManifestGone(manifest=manifest.code)

    taken, _ = ManifestParcel.objects.filter(parcel=parcel, manifest=manifest).delete()

    if taken:
        event = ParcelOffManifest(
            seller_id=parcel.seller_id, subject=parcel.order.code, parcel=parcel.code, manifest=manifest.code
        )
        events.record(event, actor=actor, at=at)
    return parcel.code


@transaction.atomic
def close_manifest(*, manifest_code: str, actor: Actor, at: datetime) -> Manifest:
    """
    Nothing more goes on it; its list can be printed. Closing it twice is harmless.

    :raises NotFound: :raises ManifestEmpty:
    """
    manifest = _locked(_manifest(manifest_code, actor))
    parcels = ManifestParcel.objects.filter(manifest=manifest).count()

    if manifest.status != _Status.OPEN:
        return manifest
    if not parcels:
        raise ManifestEmpty(manifest=manifest.code)

    manifest.move_to(_Status.CLOSED)
    manifest.closed_at, manifest.closed_by = at, actor.name
    manifest.save(update_fields=["status", "closed_at", "closed_by"])

    events.record(ManifestClosed(seller_id=None, subject=manifest.code, parcels=parcels), actor=actor, at=at)
    return manifest


@transaction.atomic
def hand_over_manifest(*, manifest_code: str, actor: Actor, at: datetime) -> Manifest:
    """
    The driver takes everything on it; each seller's parcels then ship in a transaction of their own (a job).

    :raises NotFound: :raises ManifestStillOpen:
    :raises ParcelNotReady: :raises OrderHeld: one of its parcels must stay; take it off first
    """
    manifest = _locked(_manifest(manifest_code, actor))
    rows = ManifestParcel.objects.filter(manifest=manifest).select_related("parcel__order", "parcel__label")
    parcels = [row.parcel for row in rows.defer("parcel__label__document").order_by("parcel_id")]

    if manifest.status == _Status.HANDED_OVER:
        return manifest
    if manifest.status == _Status.OPEN:
        raise ManifestStillOpen(manifest=manifest.code)
    _check_all(parcels)

    manifest.move_to(_Status.HANDED_OVER)
    manifest.handed_over_at, manifest.handed_over_by = at, actor.name
    manifest.save(update_fields=["status", "handed_over_at", "handed_over_by"])

    event = ManifestHandedOver(seller_id=None, subject=manifest.code, manifest_id=manifest.pk, parcels=len(parcels))
    events.record(event, actor=actor, at=at)
    return manifest


def _check_all(parcels: list[Parcel]) -> None:
    held = Hold.objects.filter(order_id__in=[parcel.order_id for parcel in parcels], lifted_at=None)
    reasons = dict(held.order_by("-pk").values_list("order_id", "code"))
    for parcel in parcels:
        if parcel.status not in (Parcel.Status.LABELLED, Parcel.Status.SHIPPED):
            raise ParcelNotReady(parcel=parcel.code, status=parcel.get_status_display())
        if parcel.order_id in reasons and parcel.status != Parcel.Status.SHIPPED:
            raise OrderHeld(parcel=parcel.code, order=parcel.order.code, hold=reasons[parcel.order_id])


def _manifest(code: str, actor: Actor) -> Manifest:
    manifest: Manifest | None = Manifest.objects.filter(code=folded(code)).first()
    if manifest is None or actor.warehouse_id not in (None, manifest.warehouse_id):
        raise NotFound(kind=gettext_lazy("manifest"), code=code)
    return manifest


def _locked(manifest: Manifest) -> Manifest:
    locked: Manifest = Manifest.objects.filter(pk=manifest.pk).lock().get()
    return locked


def _parcel(warehouse_id: int, scan: str) -> Parcel:
    """The parcel that bears what was scanned, its order locked. :raises UnknownParcel:"""
    text = folded(scan)
    numbers = [text, text.replace("-", ""), text.strip("AD")]  # codabar scanners may send its start and stop letters
    bears = Q(code=text) | Q(label__tracking_number__in=numbers)
    parcels = Parcel.objects.filter(bears, warehouse_id=warehouse_id)
    order_id = parcels.values_list("order_id", flat=True).first() if text else None
    if order_id is None:
        raise UnknownParcel(scan=scan)
    Order.objects.filter(pk=order_id).lock().get()
    found: Parcel = parcels.select_related("order", "label").defer("label__document").get()
    return found
