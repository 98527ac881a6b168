"""Scanning the seller's own packaging and inserts into a parcel, or saying that they are not there (L28)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.codes import folded
from toiya.core.errors import NotFound
from toiya.domain.catalog.models import Sku
from toiya.domain.outbound import enclosures
from toiya.domain.outbound.actions.packing import NotInThisParcel, ParcelClosed, locked_parcel
from toiya.domain.outbound.enclosures import Asked, EnclosureGone
from toiya.domain.outbound.events import EnclosureNotThere, InsertChosen
from toiya.domain.outbound.models import Enclosure, Insert, Parcel, Scan
from toiya.domain.outbound.sql import packing as sql
from toiya.domain.stock.models import Balance


@transaction.atomic
def put_enclosure(*, parcel_code: str, scan: str, actor: Actor, at: datetime, scan_id: str = "") -> Asked:
    """
    Scan one piece of what the seller wants with the parcel. The same `scan_id` twice is one scan.

    Nothing leaves stock before the parcel is sealed.

    :raises NotFound: :raises ParcelClosed:
    :raises NotInThisParcel: it is nothing that was asked for
    :raises EnclosureGone: by the book no piece of it is free
    """
    parcel = locked_parcel(parcel_code, actor, scan_id)
    asked = enclosures.asked_for(parcel, sql.lines(parcel.parcel_id, parcel.order_id))
    found = _meant(asked, scan)

    if found is not None and parcel.is_repeat:
        return found
    if parcel.status != Parcel.Status.OPEN:
        raise ParcelClosed(parcel=parcel.code)
    if found is None:
        raise NotInThisParcel(scan=scan)
    balance = Balance.objects.filter(warehouse_id=parcel.warehouse_id, sku_id=found.sku_id).first()
    if balance is None or balance.available <= found.quantity:
        raise EnclosureGone(name=found.name)

    if scan_id:
        Scan.objects.create(scan_id=scan_id, at=at)
    Enclosure.objects.update_or_create(
        parcel_id=parcel.parcel_id,
        sku_id=found.sku_id,
        lot="",
        defaults={
            "seller_id": parcel.seller_id,
            "kind": found.kind,
            "quantity": found.quantity + 1,
            "is_missing": False,
        },
    )
    return Asked(found.sku_id, found.code, found.name, found.kind, found.quantity + 1)


def _meant(asked: list[Asked], scan: str) -> Asked | None:
    text = folded(scan)
    for sku in Sku.objects.filter(pk__in=[each.sku_id for each in asked]).prefetch_related("barcodes"):
        codes = {sku.code, sku.seller_code, *(row.barcode for row in sku.barcodes.all())}
        if text and text in {folded(code) for code in codes}:
            return next(each for each in asked if each.sku_id == sku.pk)
    return None


@transaction.atomic
def say_not_there(*, parcel_code: str, sku_code: str, actor: Actor, at: datetime) -> None:
    """
    What the seller wanted is not there: the parcel goes without it, in our own box. The seller is told.

    :raises NotFound: no such parcel here, or nothing of the kind was asked for
    :raises ParcelClosed:
    """
    parcel = locked_parcel(parcel_code, actor)
    asked = enclosures.asked_for(parcel, sql.lines(parcel.parcel_id, parcel.order_id))
    found = next((each for each in asked if each.code == sku_code), None)

    if parcel.status != Parcel.Status.OPEN:
        raise ParcelClosed(parcel=parcel.code)
    if found is None:
        raise NotFound(kind=gettext_lazy("SKU"), code=sku_code)
    if found.is_missing:
        return

    Enclosure.objects.update_or_create(
        parcel_id=parcel.parcel_id,
        sku_id=found.sku_id,
        lot="",
        defaults={"seller_id": parcel.seller_id, "kind": found.kind, "quantity": 0, "is_missing": True},
    )

    told = EnclosureNotThere(
        seller_id=parcel.seller_id, subject=parcel.order_code, parcel=parcel.code, sku=found.code, name=found.name
    )
    events.record(told, actor=actor, at=at)


@transaction.atomic
def choose_insert(*, sku_code: str, is_active: bool, actor: Actor, at: datetime) -> None:
    """
    From now on one piece of this SKU goes into every parcel of its seller, or none any more.

    :raises NotFound: none that this actor may see
    """
    sku = Sku.objects.visible_to(actor).filter(code=sku_code).lock().first()
    if sku is None:
        raise NotFound(kind=gettext_lazy("SKU"), code=sku_code)

    Insert.objects.update_or_create(sku=sku, defaults={"seller_id": sku.seller_id, "is_active": is_active})

    events.record(InsertChosen(seller_id=sku.seller_id, subject=sku.code, is_active=is_active), actor=actor, at=at)
