"""The serial number of each piece, scanned when it is packed (L50); and back again."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.codes import folded
from toiya.core.errors import NotFound, Refusal
from toiya.domain.catalog.models import Sku
from toiya.domain.inbound.receiving_rules import read_label
from toiya.domain.outbound.actions.packing import (
    NotInThisParcel,
    Packing,
    ParcelClosed,
    locked_parcel,
    packing_from,
)
from toiya.domain.outbound.actions.picking import Effect
from toiya.domain.outbound.events import SerialScanned, SerialTakenBack
from toiya.domain.outbound.models import Parcel, Scan, SerialNumber
from toiya.domain.outbound.sql import packing as sql

LONGEST = 60


class NotASerial(Refusal):
    """What was scanned is on every piece of its kind, or is no number at all."""

    code = "not_a_serial"
    message = gettext_lazy(
        "%(scan)s is not a serial number: it is empty, too long, or the code of the goods. "
        "Scan the number that only this piece has."
    )


class SerialTaken(Refusal):
    """A number is out once at most."""

    code = "serial_taken"
    message = gettext_lazy(
        "Serial number %(serial)s went into %(parcel)s before. Scan the number of this piece; "
        "if it is the same, put the piece aside and call the lead."
    )


def put_serial(*, parcel_code: str, scan: str, actor: Actor, at: datetime, scan_id: str = "") -> Packing:
    """
    Scan the serial number of the piece that was put into the parcel last. The same `scan_id` twice is one scan.

    :raises NotFound: :raises ParcelClosed: :raises NotInThisParcel: no piece waits for its number
    :raises NotASerial: :raises SerialTaken: that number of this SKU is in a parcel already
    """
    try:
        return _put(parcel_code, scan, actor, at, scan_id)
    except IntegrityError:  # the same number or scan came in between our look and our write
        return _put(parcel_code, scan, actor, at, scan_id)


@transaction.atomic
def _put(parcel_code: str, scan: str, actor: Actor, at: datetime, scan_id: str) -> Packing:
    parcel = locked_parcel(parcel_code, actor, scan_id)
    packing = packing_from(parcel, sql.lines(parcel.parcel_id, parcel.order_id))
    line = packing.awaits_serial

    if parcel.is_repeat:
        return packing_from(parcel, packing.lines, Effect.REPEATED)
    if packing.status != Parcel.Status.OPEN:
        raise ParcelClosed(parcel=parcel.code)
    if line is None:
        raise NotInThisParcel(scan=scan)
    number = _number_of(scan, line.sku_id)
    _check_not_out(number, line.sku_id)

    if scan_id:
        Scan.objects.create(scan_id=scan_id, at=at)
    SerialNumber.objects.create(
        seller_id=parcel.seller_id,
        parcel_id=parcel.parcel_id,
        sku_id=line.sku_id,
        number=number,
        scanned_by=actor.name[:100],
        scanned_at=at,
    )

    told = SerialScanned(
        seller_id=parcel.seller_id, subject=parcel.order_code, parcel=parcel.code, sku=line.sku_code, serial=number
    )
    events.record(told, actor=actor, at=at)
    return packing_from(parcel, sql.lines(parcel.parcel_id, parcel.order_id))


def _check_not_out(number: str, sku_id: int) -> None:
    out = SerialNumber.objects.filter(sku_id=sku_id, number=number, back_at=None).select_related("parcel").first()
    if out is not None:
        raise SerialTaken(serial=number, parcel=out.parcel.code)


def _number_of(scan: str, sku_id: int) -> str:
    read = read_label(scan)
    number = folded(read.serial if read.is_gs1 else scan)
    sku = Sku.objects.prefetch_related("barcodes").get(pk=sku_id)
    on_every_piece = {
        folded(code) for code in (sku.code, sku.seller_code, *(row.barcode for row in sku.barcodes.all()))
    }
    if not number or len(number) > LONGEST or number in on_every_piece:
        raise NotASerial(scan=scan[:40] or "–")
    return number


@transaction.atomic
def take_back_serial(*, serial_id: int, actor: Actor, at: datetime) -> None:
    """
    A serial number counts as out no longer. In a parcel that is still being packed it is forgotten, and asked for anew;
    else the piece came back, and may be sent again. Taken back once more, it changes nothing.

    :raises NotFound: none that this actor may see
    """
    known = SerialNumber.objects.visible_to(actor).filter(pk=serial_id).select_related("parcel__order", "sku")
    serial: SerialNumber | None = known.first()
    if serial is None:
        raise NotFound(kind=gettext_lazy("serial number"), code=str(serial_id))
    parcel = Parcel.objects.filter(pk=serial.parcel_id).lock().get()
    row = SerialNumber.objects.filter(pk=serial_id, back_at=None).lock().first()

    if row is None:
        return

    if parcel.status == Parcel.Status.OPEN:
        row.delete()
    else:
        row.back_at, row.back_by = at, actor.name[:100]
        row.save(update_fields=["back_at", "back_by"])

    told = SerialTakenBack(
        seller_id=serial.seller_id,
        subject=serial.parcel.order.code,
        parcel=serial.parcel.code,
        sku=serial.sku.code,
        serial=serial.number,
    )
    events.record(told, actor=actor, at=at)
