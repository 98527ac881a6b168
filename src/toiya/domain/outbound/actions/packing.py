"""Packing by scanning: open a tote's parcel, scan every piece into it. Closing it: `sealing.py`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy

from toiya.core.actor import Actor
from toiya.core.codes import code_for, folded
from toiya.core.copying import next_ids
from toiya.core.errors import NotFound, Refusal
from toiya.domain.orders.models import Order
from toiya.domain.outbound import queries
from toiya.domain.outbound.actions.picking import Effect, printed_codes
from toiya.domain.outbound.actions.stopped import ParcelStopped
from toiya.domain.outbound.enclosures import Asked, asked_for
from toiya.domain.outbound.models import Parcel, Scan, Slot
from toiya.domain.outbound.sql import packing as sql
from toiya.domain.outbound.sql.packing import LockedParcel, PackLine
from toiya.domain.warehouses.models import Bin


class EmptyTote(Refusal):
    """No order's pieces lie in that tote."""

    code = "empty_tote"
    message = gettext_lazy("%(scan)s holds no order. Scan a tote that was picked.")


class NotPickedYet(Refusal):
    """The tote's order is still being picked."""

    code = "not_picked_yet"
    message = gettext_lazy("%(code)s is still being picked. Scan another tote.")


class NotInThisParcel(Refusal):
    """The scanned thing is not wanted in this parcel, or no more of it."""

    code = "not_in_this_parcel"
    message = gettext_lazy("%(scan)s is not wanted in this parcel. Put it aside and scan the next piece.")


class SerialFirst(Refusal):
    """A piece lies in the parcel whose serial number was not scanned."""

    code = "serial_first"
    message = gettext_lazy("The serial number of %(name)s is not scanned yet. Scan it on the piece, then go on.")


class ParcelClosed(Refusal):
    """The parcel was sealed, so nothing of it changes any more."""

    code = "parcel_closed"
    message = gettext_lazy("%(parcel)s is sealed. Scan the next tote.")


@dataclass(frozen=True, slots=True)
class Packing:
    """
    A parcel after a scan: its pieces line by line, which line the scan filled, and what the scan did; when all pieces
    are in, what else its seller wants in it.
    """

    parcel_id: int
    code: str
    status: str
    order_code: str
    lines: tuple[PackLine, ...]
    line_id: int | None = None
    effect: Effect = Effect.TAKEN
    asked: tuple[Asked, ...] = ()

    @property
    def pieces(self) -> int:
        """Pieces that belong into the parcel."""
        return sum(line.picked for line in self.lines)

    @property
    def packed(self) -> int:
        """Pieces scanned into it."""
        return sum(line.packed for line in self.lines)

    @property
    def is_complete(self) -> bool:
        """Whether every piece is in."""
        return bool(self.lines) and self.packed == self.pieces

    @property
    def awaits_serial(self) -> PackLine | None:
        """A line with a piece in the parcel whose serial number is still to be scanned."""
        inside: dict[int, int] = {}
        for line in self.lines:
            inside[line.sku_id] = inside.get(line.sku_id, 0) + line.packed
        return next((line for line in self.lines if line.tracks_serials and inside[line.sku_id] > line.serials), None)

    @property
    def is_own_box(self) -> bool:
        """Whether it goes in packaging of its seller's own."""
        return any(each.kind == "packaging" and not each.is_missing for each in self.asked)

    def closed_here(self) -> Packing:
        """The same box with what is in it now, as if that were all; the rest goes into the next one."""
        inside = tuple(replace(line, picked=line.packed) for line in self.lines if line.packed)
        return replace(self, lines=inside)

    @property
    def expected_g(self) -> int:
        """What all its pieces weigh, without packaging; 0 when a SKU's weight is not known."""
        if any(not line.weight_g for line in self.lines):
            return 0
        return sum(line.weight_g * line.picked for line in self.lines)

    @property
    def packed_g(self) -> int:
        """What the pieces scanned into it weigh; 0 when one's weight is not known."""
        inside = [line for line in self.lines if line.packed]
        if any(not line.weight_g for line in inside):
            return 0
        return sum(line.weight_g * line.packed for line in inside)


def open_tote(*, warehouse_id: int, scan: str, actor: Actor, at: datetime) -> Parcel:
    """
    Begin, or go on with, the parcel of the order in a tote; the next one when the last box was closed with pieces left.

    :raises EmptyTote: :raises NotPickedYet:
    """
    while (parcel := _opened(warehouse_id, scan, actor, at)) is None:
        pass
    return parcel


@transaction.atomic
def _opened(warehouse_id: int, scan: str, actor: Actor, at: datetime) -> Parcel | None:
    """None: its order was sealed, or taken off the floor, while we waited for it; of a batch others may lie there."""
    totes = Bin.objects.filter(warehouse_id=warehouse_id, kind=Bin.Kind.TOTE, code__in=printed_codes(scan))
    slot = queries.slot_in_totes(list(totes))
    if slot is None:
        raise EmptyTote(scan=scan)
    order = Order.objects.filter(pk=slot.order_id).lock().get()

    if not Slot.objects.filter(pk=slot.pk, is_closed=False).exists():
        return None
    if order.status != Order.Status.PACKING:
        raise NotPickedYet(code=order.code)

    parcel = queries.open_parcel(order.pk)
    if parcel is None:
        number = next_ids("outbound_parcel_id_seq", 1)[0]
        parcel = Parcel.objects.create(
            id=number,
            seller_id=order.seller_id,
            code=code_for("PCL", number),
            order=order,
            warehouse_id=warehouse_id,
            packed_by=actor.name,
            opened_at=at,
        )
    return parcel


def pack_piece(*, parcel_code: str, scan: str, actor: Actor, at: datetime, scan_id: str = "") -> Packing:
    """
    Scan one piece into the parcel. The same `scan_id` twice is one scan.

    :raises NotFound: :raises ParcelClosed: it is sealed
    :raises NotInThisParcel: not one of its pieces, or all of that SKU are in already
    :raises SerialFirst: the piece before it has a serial number to scan
    """
    try:
        return _pack(parcel_code, scan, actor, at, scan_id)
    except IntegrityError:
        if not Scan.objects.filter(scan_id=scan_id).exists():
            raise
        return _pack(parcel_code, scan, actor, at, scan_id)  # the same scan was sent twice at once


@transaction.atomic
def _pack(parcel_code: str, scan: str, actor: Actor, at: datetime, scan_id: str) -> Packing:
    parcel = locked_parcel(parcel_code, actor, scan_id)
    lines = sql.lines(parcel.parcel_id, parcel.order_id, folded(scan))

    if parcel.is_repeat:
        return packing_from(parcel, lines, Effect.REPEATED)
    if parcel.status != Parcel.Status.OPEN:
        raise ParcelClosed(parcel=parcel.code)
    if before := packing_from(parcel, lines).awaits_serial:
        raise SerialFirst(name=before.sku_name)
    line = next((line for line in lines if line.fits and line.missing), None)
    if line is None:
        raise NotInThisParcel(scan=scan)

    sql.put_piece(parcel, line, scan_id, at)
    full = [replace(each, packed=each.packed + 1) if each is line else each for each in lines]
    packing = replace(packing_from(parcel, full), line_id=line.line_id)
    return replace(packing, asked=tuple(asked_for(parcel, full))) if packing.is_complete else packing


def locked_parcel(parcel_code: str, actor: Actor, scan_id: str = "") -> LockedParcel:
    """A step for the actions of the station: the parcel and its order, locked. :raises NotFound:"""
    parcel = sql.lock_parcel(folded(parcel_code), scan_id)
    if parcel is None or actor.warehouse_id not in (None, parcel.warehouse_id):
        raise NotFound(kind=gettext_lazy("parcel"), code=parcel_code)
    if parcel.status == Parcel.Status.CANCELLED:
        raise ParcelStopped(parcel=parcel.code)
    return parcel


def packing_from(parcel: LockedParcel, lines: Sequence[PackLine], effect: Effect = Effect.TAKEN) -> Packing:
    """The parcel with these lines."""
    return Packing(parcel.parcel_id, parcel.code, parcel.status, parcel.order_code, tuple(lines), None, effect)


@transaction.atomic
def packing_of(*, parcel_code: str, actor: Actor, at: datetime) -> Packing:
    """The parcel as it stands, with what its seller wants in it, for the packing screen. :raises NotFound:"""
    parcel = locked_parcel(parcel_code, actor)
    lines = sql.lines(parcel.parcel_id, parcel.order_id)
    return replace(packing_from(parcel, lines), asked=tuple(asked_for(parcel, lines)))
