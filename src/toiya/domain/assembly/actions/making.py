"""The bench: where parts are taken from, so many pieces made, so many taken apart again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import Refusal
from toiya.domain.assembly import queries, rules
from toiya.domain.assembly.actions import fees
from toiya.domain.assembly.actions.asking import PartsMissing, check_assembled, check_pieces, locked_order
from toiya.domain.assembly.events import BundlesMade, BundlesTakenApart
from toiya.domain.assembly.models import Making, WorkOrder, WorkPart
from toiya.domain.assembly.rules import Lying
from toiya.domain.catalog.models import Sku
from toiya.domain.catalog.queries import skus_scanned
from toiya.domain.stock import sql
from toiya.domain.stock.actions import ledger
from toiya.domain.stock.actions.goods import BinElsewhere
from toiya.domain.stock.actions.ledger import Book, Post
from toiya.domain.stock.actions.spots import check_usable
from toiya.domain.stock.models import BinStock
from toiya.domain.warehouses.models import Bin

Status = WorkOrder.Status
Kept = Mapping[tuple[int, int, str], int]  # pieces of a SKU, bin and lot that other work counts on


class BinNotChosen(Refusal):
    """Nobody scanned where the pieces come from or go to."""

    code = "bin_not_chosen"
    message = gettext_lazy("The bins of %(code)s are not all scanned. Scan the bin of each part, then where they go.")


class PartNotInBin(Refusal):
    """The bin holds fewer free pieces of the part than are needed."""

    code = "part_not_in_bin"
    message = gettext_lazy(
        "Bin %(bin)s has not %(wanted)s free pieces of %(sku)s. Make fewer, or scan another bin for it."
    )


class OtherPart(Refusal):
    """What was scanned is not the part."""

    code = "other_part"
    message = gettext_lazy("%(scan)s is not %(sku)s. Put it back and scan a piece of that part.")


class PartNotScanned(Refusal):
    """Nobody scanned a piece of the part at its bin."""

    code = "part_not_scanned"
    message = gettext_lazy("No piece of %(sku)s was scanned. Scan one of those you took, then say how many are made.")


class NotInWork(Refusal):
    """The order is not being made."""

    code = "not_in_work"
    message = gettext_lazy("%(code)s is not being made: %(status)s. Start it, or choose another one.")


@dataclass(frozen=True, slots=True)
class Confirmed:
    """So many pieces, by one scan."""

    quantity: int
    scan_id: str


@transaction.atomic
def choose_bin(*, code: str, place: Bin, part_id: int | None = None, actor: Actor, at: datetime) -> WorkOrder:
    """
    The bin a part is taken from, or, without a part, the one the made pieces go to. Chosen again, the newest holds.

    :raises NotFound: :raises NotInWork: :raises BinElsewhere: :raises BinSetAside: :raises PartNotInBin:
    """
    order = locked_order(code, actor)
    _check_place(order, place)
    part: WorkPart | None = order.parts.filter(pk=part_id or 0).select_related("sku").first()

    _check_in_work(order)
    if part_id is not None:
        lying = BinStock.objects.filter(seller_id=order.seller_id, bin=place, quantity__gte=1)
        if part is None or not lying.filter(sku=part.sku).exists():
            raise PartNotInBin(bin=place.code, wanted=part.quantity if part else 1, sku=part.sku.code if part else "–")

    if part is None:
        order.to_bin = place
        order.save(update_fields=["to_bin"])
    else:
        part.is_confirmed = part.is_confirmed and part.from_bin_id == place.pk
        part.from_bin = place
        part.save(update_fields=["from_bin", "is_confirmed"])
    return order


@transaction.atomic
def confirm_part(*, code: str, part_id: int, scan: str, actor: Actor, at: datetime) -> WorkOrder:
    """
    A piece that was taken from the chosen bin is scanned: it is the part. Scanned again, it stays so.

    :raises NotFound: :raises NotInWork: :raises BinNotChosen: :raises OtherPart:
    """
    order = locked_order(code, actor)
    part: WorkPart | None = order.parts.filter(pk=part_id).select_related("sku").first()

    _check_in_work(order)
    if part is None or part.from_bin_id is None:
        raise BinNotChosen(code=order.code)
    if not skus_scanned(scan, [part.sku_id]):
        raise OtherPart(scan=scan[:40] or "–", sku=part.sku.code)

    part.is_confirmed = True
    part.save(update_fields=["is_confirmed"])
    return order


@transaction.atomic
def make_bundles(*, code: str, confirmed: Confirmed, kept: Kept, actor: Actor, at: datetime) -> WorkOrder:
    """
    So many pieces were made: their parts leave, they come in. The last one completes the order.

    :raises NotFound: :raises NotInWork: :raises PiecesOff: more than are left :raises BinNotChosen:
    :raises PartNotScanned: :raises PartsMissing: they are promised :raises PartNotInBin: :raises NotAssembled:
    """
    order, parts = _lock(code, actor)
    if Making.objects.filter(scan_id=confirmed.scan_id).exists():
        return order

    _check_in_work(order)
    check_assembled(order.sku)
    check_pieces(confirmed.quantity, order.left)
    _check_scanned(order, parts)
    _check_free(order, {part.sku_id: part.quantity * confirmed.quantity for part in parts})
    posts = [post for part in parts for post in _leaving(order, part, confirmed.quantity, kept)]

    book = Book(order.seller_id, order.warehouse_id, actor.name, at)
    ledger.assemble_out(book, posts)
    ledger.assemble_in(book, [Post(order.sku_id, confirmed.quantity, order.code, to_bin_id=order.to_bin_id)])
    fees.capture_made(order=order, quantity=confirmed.quantity, actor=actor, at=at)
    order.made += confirmed.quantity
    if not order.left:
        order.move_to(Status.COMPLETED)
        order.ended_at = at
    order.save(update_fields=["made", "status", "ended_at", "fee_part"])
    _note(order, confirmed, actor=actor, at=at)

    made = BundlesMade(
        seller_id=order.seller_id,
        subject=order.code,
        sku=order.sku.code,
        warehouse_id=order.warehouse_id,
        quantity=confirmed.quantity,
    )
    events.record(made, actor=actor, at=at)
    return order


@transaction.atomic
def take_apart(*, code: str, confirmed: Confirmed, kept: Kept, actor: Actor, at: datetime) -> WorkOrder:
    """
    Pieces of the bin they were put into become parts again, in the bins and lots those came from.

    :raises NotFound: :raises PiecesOff: more than were made :raises BinNotChosen:
    :raises PartsMissing: the pieces are promised :raises PartNotInBin: they lie elsewhere now
    """
    order, parts = _lock(code, actor)
    if Making.objects.filter(scan_id=confirmed.scan_id).exists():
        return order

    check_pieces(confirmed.quantity, order.whole)
    _check_free(order, {order.sku_id: confirmed.quantity})
    leaving = _shares(order, order.sku, order.to_bin, confirmed.quantity, kept)

    book = Book(order.seller_id, order.warehouse_id, actor.name, at)
    ledger.assemble_out(book, leaving)
    ledger.assemble_in(book, queries.counter_posts(order, parts, confirmed.quantity))
    order.taken_apart += confirmed.quantity
    order.save(update_fields=["taken_apart"])
    _note(order, confirmed, is_apart=True, actor=actor, at=at)

    apart = BundlesTakenApart(
        seller_id=order.seller_id,
        subject=order.code,
        sku=order.sku.code,
        warehouse_id=order.warehouse_id,
        quantity=confirmed.quantity,
    )
    events.record(apart, actor=actor, at=at)
    return order


def _lock(code: str, actor: Actor) -> tuple[WorkOrder, list[WorkPart]]:
    order = locked_order(code, actor)
    parts = list(order.parts.select_related("sku", "from_bin").order_by("pk"))
    lock_goods(order, [order.sku_id, *(part.sku_id for part in parts)])
    order.sku.refresh_from_db()
    return order, parts


def lock_goods(order: WorkOrder, sku_ids: Sequence[int]) -> None:
    """A step: the bundle's SKU, so that it stays one, then the balances of it and of its parts."""
    Sku.objects.filter(pk=order.sku_id).lock().get()
    sql.ensure_balances(order.seller_id, order.warehouse_id, sku_ids)
    sql.lock_balances(order.seller_id, [order.warehouse_id], sku_ids)


def _check_in_work(order: WorkOrder) -> None:
    if order.status != Status.IN_WORK:
        raise NotInWork(code=order.code, status=order.get_status_display())


def _check_scanned(order: WorkOrder, parts: Sequence[WorkPart]) -> None:
    if order.to_bin is None:
        raise BinNotChosen(code=order.code)
    _check_place(order, order.to_bin)
    for part in parts:
        if not part.is_confirmed:
            raise PartNotScanned(sku=part.sku.code)


def _check_place(order: WorkOrder, place: Bin) -> None:
    if place.warehouse_id != order.warehouse_id:
        raise BinElsewhere(bin=place.code)
    check_usable(place)


def _check_free(order: WorkOrder, wanted: Mapping[int, int]) -> None:
    balances = sql.lock_balances(order.seller_id, [order.warehouse_id], list(wanted))
    for sku_id, pieces in wanted.items():
        available = balances[(order.warehouse_id, sku_id)].available
        if available < pieces:
            raise PartsMissing(sku=Sku.objects.get(pk=sku_id).code, wanted=pieces, available=available)


def _leaving(order: WorkOrder, part: WorkPart, quantity: int, kept: Kept) -> list[Post]:
    return _shares(order, part.sku, part.from_bin, part.quantity * quantity, kept)


def _shares(order: WorkOrder, sku: Sku, place: Bin | None, wanted: int, kept: Kept) -> list[Post]:
    """The pieces out of one bin, what expires first first."""
    if place is None:
        raise BinNotChosen(code=order.code)
    _check_place(order, place)
    rows = BinStock.objects.filter(seller_id=order.seller_id, sku=sku, bin=place, quantity__gt=0)
    lots = [
        Lying(row.lot, row.quantity, kept.get((sku.pk, place.pk, row.lot), 0))
        for row in rows.order_by(F("expires_on").asc(nulls_last=True), "lot")
    ]
    found = rules.shares(wanted, lots)
    if found is None:
        raise PartNotInBin(bin=place.code, wanted=wanted, sku=sku.code)
    return [Post(sku.pk, pieces, order.code, from_bin_id=place.pk, lot=lot) for lot, pieces in found]


def _note(order: WorkOrder, confirmed: Confirmed, *, is_apart: bool = False, actor: Actor, at: datetime) -> None:
    Making.objects.create(
        seller_id=order.seller_id,
        work_order=order,
        quantity=confirmed.quantity,
        is_apart=is_apart,
        scan_id=confirmed.scan_id,
        at=at,
        actor=actor.name,
    )
