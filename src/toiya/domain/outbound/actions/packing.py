"""Packing by scanning: open a tote's parcel, scan every piece into it, weigh and seal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.codes import code_for, folded
from toiya.core.copying import next_ids
from toiya.core.errors import NotFound, Refusal
from toiya.domain.carriers.models import Service
from toiya.domain.orders.models import Order
from toiya.domain.outbound import queries, rules
from toiya.domain.outbound.actions.picking import Effect, printed_codes
from toiya.domain.outbound.actions.stopped import ParcelStopped
from toiya.domain.outbound.events import ParcelSealed
from toiya.domain.outbound.models import Parcel, PickTask, Scan, Slot
from toiya.domain.outbound.sql import packing as sql
from toiya.domain.outbound.sql.packing import LockedParcel, PackLine
from toiya.domain.stock import sql as stock_sql
from toiya.domain.stock.actions import ledger
from toiya.domain.stock.actions.ledger import Book, Post
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


class PiecesMissing(Refusal):
    """The parcel cannot be sealed before every piece was scanned."""

    code = "pieces_missing"
    message = gettext_lazy("%(missing)s pieces are not scanned yet. Scan them, then weigh.")


class WeightOff(Refusal):
    """The scale says something else than the pieces weigh."""

    code = "weight_off"
    message = gettext_lazy(
        "The scale says %(measured)s g, the pieces weigh about %(expected)s g. Check the box, then weigh once more."
    )


class WeightMissing(Refusal):
    """Nothing, or nothing sensible, lies on the scale."""

    code = "weight_missing"
    message = gettext_lazy(
        "The scale says %(measured)s g. Put the parcel on it, or key the weight in grams, 1 or more."
    )


class ParcelClosed(Refusal):
    """The parcel was sealed, so nothing of it changes any more."""

    code = "parcel_closed"
    message = gettext_lazy("%(parcel)s is sealed. Scan the next tote.")


class TooHeavy(Refusal):
    """Heavier than the carrier's service takes."""

    code = "too_heavy"
    message = gettext_lazy("%(measured)s g: %(service)s takes up to %(limit)s g. Choose a bigger service.")


@dataclass(frozen=True, slots=True)
class Weighing:
    """What the scale said, for which service; `is_checked` when the packer looked and says it is right."""

    weight_g: int
    service_code: str
    is_checked: bool = False


@dataclass(frozen=True, slots=True)
class Packing:
    """A parcel after a scan: its pieces line by line, which line the scan filled, and what the scan did."""

    parcel_id: int
    code: str
    status: str
    order_code: str
    lines: tuple[PackLine, ...]
    line_id: int | None = None
    effect: Effect = Effect.TAKEN

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
    def expected_g(self) -> int:
        """What the pieces weigh, without packaging; 0 when a SKU's weight is not known."""
        if any(not line.weight_g for line in self.lines):
            return 0
        return sum(line.weight_g * line.picked for line in self.lines)


@transaction.atomic
def open_tote(*, warehouse_id: int, scan: str, actor: Actor, at: datetime) -> Parcel:
    """
    Begin, or go on with, the parcel of the order in a tote.

    :raises EmptyTote: :raises NotPickedYet:
    """
    totes = Bin.objects.filter(warehouse_id=warehouse_id, kind=Bin.Kind.TOTE, code__in=printed_codes(scan))
    slot = queries.slot_in_totes(list(totes))
    if slot is None:
        raise EmptyTote(scan=scan)
    order = Order.objects.filter(pk=slot.order_id).lock().get()

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
    """
    try:
        return _pack(parcel_code, scan, actor, at, scan_id)
    except IntegrityError:
        if not Scan.objects.filter(scan_id=scan_id).exists():
            raise
        return _pack(parcel_code, scan, actor, at, scan_id)  # the same scan was sent twice at once


@transaction.atomic
def _pack(parcel_code: str, scan: str, actor: Actor, at: datetime, scan_id: str) -> Packing:
    parcel = _locked(parcel_code, actor, scan_id)
    lines = sql.lines(parcel.parcel_id, parcel.order_id, folded(scan))

    if parcel.is_repeat:
        return _packing(parcel, lines, Effect.REPEATED)
    if parcel.status != Parcel.Status.OPEN:
        raise ParcelClosed(parcel=parcel.code)
    line = next((line for line in lines if line.fits and line.missing), None)
    if line is None:
        raise NotInThisParcel(scan=scan)

    sql.put_piece(parcel, line, scan_id, at)
    full = [replace(each, packed=each.packed + 1) if each is line else each for each in lines]
    return replace(_packing(parcel, full), line_id=line.line_id)


def _locked(parcel_code: str, actor: Actor, scan_id: str = "") -> LockedParcel:
    parcel = sql.lock_parcel(folded(parcel_code), scan_id)
    if parcel is None or actor.warehouse_id not in (None, parcel.warehouse_id):
        raise NotFound(kind=gettext_lazy("parcel"), code=parcel_code)
    if parcel.status == Parcel.Status.CANCELLED:
        raise ParcelStopped(parcel=parcel.code)
    return parcel


def _packing(parcel: LockedParcel, lines: Sequence[PackLine], effect: Effect = Effect.TAKEN) -> Packing:
    return Packing(parcel.parcel_id, parcel.code, parcel.status, parcel.order_code, tuple(lines), None, effect)


@transaction.atomic
def packing_of(*, parcel_code: str, actor: Actor, at: datetime) -> Packing:
    """The parcel as it stands, for the packing screen. :raises NotFound:"""
    parcel = _locked(parcel_code, actor)
    return _packing(parcel, sql.lines(parcel.parcel_id, parcel.order_id))


@transaction.atomic
def choose_service(*, parcel_code: str, service_code: str, actor: Actor, at: datetime) -> None:
    """
    The packer takes another box, so another service, for a parcel that is not sealed.

    :raises NotFound: no such parcel here, or no such service
    :raises ParcelClosed: it is sealed
    """
    parcel = _locked(parcel_code, actor)
    service = _service(service_code)

    if parcel.status != Parcel.Status.OPEN:
        raise ParcelClosed(parcel=parcel.code)

    Parcel.objects.filter(pk=parcel.parcel_id).update(service=service)


def _service(service_code: str) -> Service:
    service = Service.objects.filter(code=service_code).first()
    if service is None:
        raise NotFound(kind=gettext_lazy("service"), code=service_code)
    return service


@transaction.atomic
def seal_parcel(*, parcel_code: str, weighing: Weighing, actor: Actor, at: datetime) -> Parcel:
    """
    Close the parcel: its pieces leave the tote for the place where parcels wait, the tote is free again.

    Sealing a sealed parcel once more changes nothing.

    :raises NotFound: no such parcel here, or no such service
    :raises PiecesMissing: :raises WeightMissing: :raises TooHeavy: :raises WeightOff:
    """
    locked = _locked(parcel_code, actor)
    parcel: Parcel = Parcel.objects.select_related("order").get(pk=locked.parcel_id)
    tasks = list(PickTask.objects.filter(order_id=parcel.order_id, slot__is_closed=False, picked__gt=0).order_by("pk"))
    packing = _packing(locked, sql.lines(locked.parcel_id, locked.order_id))
    service = _service(weighing.service_code)
    stock_sql.lock_balances(parcel.seller_id, [parcel.warehouse_id], sorted({task.sku_id for task in tasks}))

    if parcel.status != Parcel.Status.OPEN:
        return parcel
    if not packing.is_complete:
        raise PiecesMissing(missing=packing.pieces - packing.packed)
    _check_weight(packing, service, weighing)

    totes = dict(Slot.objects.filter(order_id=parcel.order_id, is_closed=False).values_list("pk", "tote_id"))
    posts = [Post(t.sku_id, t.picked, parcel.code, totes[t.slot_id], locked.staging_bin_id, t.lot) for t in tasks]
    ledger.move(Book(parcel.seller_id, parcel.warehouse_id, actor.name, at), posts)
    parcel.move_to(Parcel.Status.SEALED)
    parcel.service, parcel.weight_g, parcel.sealed_at = service, weighing.weight_g, at
    parcel.packed_by = actor.name
    parcel.save(update_fields=["status", "service", "weight_g", "sealed_at", "packed_by"])
    Slot.objects.filter(order_id=parcel.order_id, is_closed=False).update(is_closed=True)

    events.record(_sealed(parcel, packing.pieces, service), actor=actor, at=at)
    return parcel


def _sealed(parcel: Parcel, pieces: int, service: Service) -> ParcelSealed:
    return ParcelSealed(
        seller_id=parcel.seller_id,
        subject=parcel.order.code,
        parcel=parcel.code,
        parcel_id=parcel.pk,
        weight_g=parcel.weight_g,
        service=service.name,
        pieces=pieces,
    )


def _check_weight(packing: Packing, service: Service, weighing: Weighing) -> None:
    if weighing.weight_g < 1:
        raise WeightMissing(measured=weighing.weight_g)
    if weighing.weight_g > service.max_weight_g:
        raise TooHeavy(measured=weighing.weight_g, service=service.name, limit=service.max_weight_g)
    if not weighing.is_checked and not rules.fitting_weight(packing.expected_g, weighing.weight_g):
        raise WeightOff(measured=weighing.weight_g, expected=packing.expected_g)
