"""Picking by scanning: start a walk, tie totes, scan the bin, scan each piece. What is short: `short_picks.py`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor, ActorKind
from toiya.core.codes import folded
from toiya.core.errors import NotFound, Refusal
from toiya.domain.inbound.receiving_rules import Read, read_label
from toiya.domain.outbound.events import OrderPicked, PiecesPicked
from toiya.domain.outbound.models import PickList, PickTask, Scan
from toiya.domain.outbound.sql import picking as sql
from toiya.domain.outbound.sql import totes
from toiya.domain.outbound.sql.picking import LockedStop, Walk
from toiya.domain.outbound.sql.totes import LockedSlot
from toiya.domain.stock.actions import ledger
from toiya.domain.stock.actions.ledger import Book, Post


class WrongBin(Refusal):
    """Another bin was scanned than the one to pick from."""

    code = "wrong_bin"
    message = gettext_lazy("Wrong bin: %(scan)s. Scan %(expected)s.")


class WrongSku(Refusal):
    """Another thing was scanned than the one to pick."""

    code = "wrong_sku"
    message = gettext_lazy("Wrong item: %(scan)s. Scan %(name)s, %(sku)s.")


class WrongLot(Refusal):
    """A piece of another lot was scanned than the one to pick."""

    code = "wrong_lot"
    message = gettext_lazy("Wrong lot: %(scan)s. Take a piece of lot %(expected)s and scan it.")


class LotFirst(Refusal):
    """A piece was given before its lot was scanned."""

    code = "lot_first"
    message = gettext_lazy("%(name)s is kept by lot. Scan the lot %(expected)s first, then the piece.")


class BinFirst(Refusal):
    """A piece was given before its bin was scanned."""

    code = "bin_first"
    message = gettext_lazy("Scan the bin %(expected)s first, then the piece.")


class NotATote(Refusal):
    """What was scanned is no tote of this warehouse."""

    code = "not_a_tote"
    message = gettext_lazy("%(scan)s is no tote here. Scan an empty tote.")


class ToteInUse(Refusal):
    """The tote holds another order."""

    code = "tote_in_use"
    message = gettext_lazy("%(scan)s holds another order. Scan an empty tote.")


class ToteMissing(Refusal):
    """Pieces were given before the order had its tote."""

    code = "tote_missing"
    message = gettext_lazy("Slot %(slot)s has no tote yet. Scan an empty tote for it first.")


class WalkTaken(Refusal):
    """Another person picks this list."""

    code = "walk_taken"
    message = gettext_lazy("%(code)s is picked by somebody else. Take the next job.")


class TooMany(Refusal):
    """More pieces than the step wants."""

    code = "too_many"
    message = gettext_lazy("%(wanted)s pieces are wanted here, not %(given)s. Key a number up to %(wanted)s.")


class Effect(StrEnum):
    """What a scan did: its work, nothing because it had done it before, or nothing because the step was over."""

    TAKEN = "taken"
    REPEATED = "repeated"
    OUTDATED = "outdated"


@dataclass(frozen=True, slots=True)
class Step:
    """The walk after a scan: what is next, what the scan did, and whether a stop was just finished."""

    walk: Walk
    effect: Effect = Effect.TAKEN
    is_line_done: bool = False
    is_order_done: bool = False

    @property
    def is_done(self) -> bool:
        """Whether every piece of the walk is picked."""
        return self.walk.is_done


@transaction.atomic
def start_walk(*, pick_list_code: str, user_id: int, actor: Actor, at: datetime) -> Step:
    """
    Take a waiting pick list, or go on with one's own.

    :raises NotFound: :raises WalkTaken: somebody else has it
    """
    pick_list = PickList.objects.filter(code=folded(pick_list_code)).lock().first()

    if pick_list is None or pick_list.warehouse_id != (actor.warehouse_id or pick_list.warehouse_id):
        raise NotFound(kind=gettext_lazy("pick list"), code=pick_list_code)
    if pick_list.picker_id not in (None, user_id):
        raise WalkTaken(code=pick_list.code)

    if pick_list.status == PickList.Status.WAITING:
        pick_list.move_to(PickList.Status.PICKING)
        pick_list.picker_id = user_id
        pick_list.started_at = at
        pick_list.save(update_fields=["status", "picker", "started_at"])
    return step_of(pick_list.pk)


def step_of(pick_list_id: int, effect: Effect = Effect.TAKEN) -> Step:
    """What comes next on a walk: first a tote for every slot, then the stops."""
    walk = sql.walk_by_id(pick_list_id)
    if walk is None:
        raise NotFound(kind=gettext_lazy("pick list"), code=str(pick_list_id))
    return Step(walk, effect)


def tie_tote(*, slot_id: int, scan: str, actor: Actor, at: datetime, scan_id: str = "") -> Step:
    """
    Put an empty tote into a slot of the cart. The same `scan_id` twice is one scan.

    :raises NotFound: :raises WalkTaken: :raises NotATote: :raises ToteInUse:
    """
    try:
        return _tie_tote(slot_id, scan, actor, at, scan_id)
    except IntegrityError:  # another cart took the tote, or the same scan came in, between our look and our write
        return _tie_tote(slot_id, scan, actor, at, scan_id)


@transaction.atomic
def _tie_tote(slot_id: int, scan: str, actor: Actor, at: datetime, scan_id: str) -> Step:
    slot = totes.lock_slot(slot_id, printed_codes(scan), scan_id)

    if slot is None:
        raise NotFound(kind=gettext_lazy("slot"), code=str(slot_id))
    check_picker(slot, actor)
    if slot.is_repeat or slot.is_closed or slot.present_tote_id is not None:
        return step_of(slot.pick_list_id, Effect.REPEATED if slot.is_repeat else Effect.OUTDATED)
    if slot.tote_id is None:
        raise NotATote(scan=scan)
    if slot.is_in_use:
        raise ToteInUse(scan=scan)

    totes.tie(slot.slot_id, slot.tote_id, scan_id, at)
    return step_of(slot.pick_list_id)


def printed_codes(scan: str) -> list[str]:
    """What a bin or tote may be called, from its barcode: as it stands, and without the prefix BIN- or TOTE-."""
    text = folded(scan)
    return sorted({text, text.removeprefix("BIN-"), text.removeprefix("TOTE-")})


@transaction.atomic
def confirm_bin(*, task_id: int, scan: str, actor: Actor, at: datetime, scan_id: str = "") -> Step:
    """
    The picker stands at the bin. Scanning it twice is harmless.

    :raises NotFound: :raises WalkTaken: :raises WrongBin:
    """
    stop = sql.lock_bin_stop(task_id, scan_id=scan_id)

    if stop is None:
        raise NotFound(kind=gettext_lazy("pick"), code=str(task_id))
    check_picker(stop, actor)
    if stop.is_repeat or stop.status != PickTask.Status.OPEN:
        return step_of(stop.pick_list_id, Effect.REPEATED if stop.is_repeat else Effect.OUTDATED)
    if stop.bin_code not in printed_codes(scan):
        raise WrongBin(scan=scan, expected=stop.bin_code)

    sql.confirm(stop, scan_id, at)
    return step_of(stop.pick_list_id)


def pick_pieces(*, task_id: int, scan: str, quantity: int, actor: Actor, at: datetime, scan_id: str = "") -> Step:
    """
    Take pieces from the bin into the order's tote. The same `scan_id` twice is one scan.

    An empty `scan` takes a number that was keyed; it counts only after one piece of the stop was scanned, because the
    SKU is never inferred from the bin (C-13).

    :raises NotFound: :raises WalkTaken: :raises BinFirst: :raises ToteMissing:
    :raises WrongSku: another SKU of anybody was scanned
    :raises LotFirst: it is kept by lot, and neither the piece's own code nor a scan before says which one it is
    :raises WrongLot: the piece's code says another lot
    :raises TooMany: more than the stop still wants
    :raises NotEnoughStock: the book has fewer in the bin: count it
    """
    try:
        return _pick(task_id, scan, quantity, actor, at, scan_id)
    except IntegrityError:
        if not Scan.objects.filter(scan_id=scan_id).exists():
            raise
        # The same scan was sent twice at once and the other one had its effect.
        return _pick(task_id, scan, quantity, actor, at, scan_id)


@transaction.atomic
def _pick(task_id: int, scan: str, quantity: int, actor: Actor, at: datetime, scan_id: str) -> Step:
    read = read_label(scan)
    stop = sql.lock_stop(task_id, scan=folded(read.code), scan_id=scan_id)

    if stop is None:
        raise NotFound(kind=gettext_lazy("pick"), code=str(task_id))
    check_picker(stop, actor)
    if stop.is_repeat or stop.status != PickTask.Status.OPEN:
        return step_of(stop.pick_list_id, Effect.REPEATED if stop.is_repeat else Effect.OUTDATED)
    _check_pick(stop, scan, quantity)
    _check_lot(stop, read)

    post = Post(stop.sku_id, quantity, stop.order_code, stop.bin_id, stop.tote_id, stop.lot)
    ledger.move(Book(stop.seller_id, stop.warehouse_id, actor.name, at), [post])
    is_order_done = sql.pick(stop, quantity, scan_id, at)

    taken = PiecesPicked(
        seller_id=stop.seller_id, subject=stop.order_code, sku=stop.sku_code, quantity=quantity, bin=stop.bin_code
    )
    recorded: list[PiecesPicked | OrderPicked] = [taken]
    if is_order_done:
        recorded.append(OrderPicked(seller_id=stop.seller_id, subject=stop.order_code, tote=stop.tote_code))
    events.record_all(recorded, actor=actor, at=at)
    is_line_done = stop.picked + quantity == stop.quantity
    return Step(step_of(stop.pick_list_id).walk, Effect.TAKEN, is_line_done, is_order_done)


def _check_pick(stop: LockedStop, scan: str, quantity: int) -> None:
    if stop.tote_id is None:
        raise ToteMissing(slot=stop.slot_number)
    if not stop.is_bin_confirmed:
        raise BinFirst(expected=stop.bin_code)
    if not stop.fits and (scan or not stop.picked):
        raise WrongSku(scan=scan or "–", name=stop.sku_name, sku=stop.sku_code)
    missing = stop.quantity - stop.picked
    if not 1 <= quantity <= missing:
        raise TooMany(wanted=missing, given=quantity)


def _check_lot(stop: LockedStop, read: Read) -> None:
    if read.lot and stop.lot and folded(read.lot) != folded(stop.lot):
        raise WrongLot(scan=read.lot, expected=stop.lot)
    if stop.asks_lot and not read.lot:
        raise LotFirst(name=stop.sku_name, expected=stop.lot)


def check_picker(step: LockedStop | LockedSlot, actor: Actor) -> None:
    """A check of the actions of a walk. :raises NotFound: another building's :raises WalkTaken: somebody else's"""
    if actor.warehouse_id not in (None, step.warehouse_id):
        raise NotFound(kind=gettext_lazy("pick list"), code=step.pick_list_code)
    if actor.kind is ActorKind.PERSON and str(step.picker_id) != actor.id:
        raise WalkTaken(code=step.pick_list_code)


def close_walks(pick_list_ids: set[int], at: datetime) -> None:
    """A step: end the walks of which nothing is open any more, also those that nobody had begun."""
    for pick_list in PickList.objects.filter(pk__in=pick_list_ids).lock():
        is_over = not PickTask.objects.filter(pick_list=pick_list, status=PickTask.Status.OPEN).exists()
        if is_over and pick_list.status != PickList.Status.DONE:
            pick_list.move_to(PickList.Status.DONE)
            pick_list.finished_at = at
            pick_list.save(update_fields=["status", "finished_at"])
