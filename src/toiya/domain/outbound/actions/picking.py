"""Picking by scanning: start a walk, tie totes, scan the bin, scan each piece, or say that it is short."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.codes import folded
from toiya.core.errors import NotFound, Refusal
from toiya.domain.catalog.queries import skus_scanned
from toiya.domain.members.models import User
from toiya.domain.orders.models import Order
from toiya.domain.outbound import queries
from toiya.domain.outbound.events import OrderPicked, PiecesPicked
from toiya.domain.outbound.models import PickList, PickTask, Slot
from toiya.domain.stock import sql as stock_sql
from toiya.domain.stock.actions import ledger
from toiya.domain.stock.actions.ledger import Book, Post
from toiya.domain.warehouses.models import Bin


class WrongBin(Refusal):
    """Another bin was scanned than the one to pick from."""

    code = "wrong_bin"
    message = gettext_lazy("Wrong bin: %(scan)s. Scan %(wanted)s.")


class WrongSku(Refusal):
    """Another thing was scanned than the one to pick."""

    code = "wrong_sku"
    message = gettext_lazy("Wrong item: %(scan)s. Scan %(wanted)s.")


class NotATote(Refusal):
    """What was scanned is no free tote of this warehouse."""

    code = "not_a_tote"
    message = gettext_lazy("%(scan)s is no free tote here. Scan an empty tote.")


class WalkTaken(Refusal):
    """Another person picks this list."""

    code = "walk_taken"
    message = gettext_lazy("%(code)s is picked by somebody else. Take the next job.")


class TooMany(Refusal):
    """More pieces than the step wants."""

    code = "too_many"
    message = gettext_lazy("%(wanted)s pieces are wanted here, not %(given)s. Key a number up to %(wanted)s.")


@dataclass(frozen=True, slots=True)
class Step:
    """The walk after a scan: what is next, and whether a stop or the whole walk was just finished."""

    pick_list: PickList
    task: PickTask | None
    slot: Slot | None
    is_line_done: bool = False

    @property
    def is_done(self) -> bool:
        """Whether every piece of the walk is picked."""
        return self.task is None and self.slot is None


@transaction.atomic
def start_walk(*, pick_list_code: str, user_id: int, actor: Actor, at: datetime) -> Step:
    """
    Take a waiting pick list, or go on with one's own.

    :raises NotFound: :raises WalkTaken: somebody else has it
    """
    pick_list = PickList.objects.filter(code=folded(pick_list_code)).lock().first()

    if pick_list is None or pick_list.warehouse_id != (actor.warehouse_id or pick_list.warehouse_id):
        raise NotFound(kind="pick list", code=pick_list_code)
    if pick_list.picker_id not in (None, user_id):
        raise WalkTaken(code=pick_list.code)

    if pick_list.status == PickList.Status.WAITING:
        pick_list.move_to(PickList.Status.PICKING)
        pick_list.picker = User.objects.get(pk=user_id)
        pick_list.started_at = at
        pick_list.save(update_fields=["status", "picker", "started_at"])
    return step_of(pick_list)


def step_of(pick_list: PickList, *, is_line_done: bool = False) -> Step:
    """What comes next on a walk: first a tote for every slot, then the stops."""
    slot = queries.slot_without_tote(pick_list)
    task = None if slot else queries.next_task(pick_list)
    return Step(pick_list, task, slot, is_line_done)


@transaction.atomic
def tie_tote(*, slot_id: int, scan: str, actor: Actor, at: datetime) -> Step:
    """
    Put an empty tote into a slot of the cart.

    :raises NotATote: not a tote of this warehouse, or in use
    """
    slot = Slot.objects.filter(pk=slot_id).lock().select_related("pick_list").get()
    tote = (
        Bin.objects.filter(warehouse_id=slot.pick_list.warehouse_id, kind=Bin.Kind.TOTE, code=printed_code(scan))
        .lock()
        .first()
    )

    if tote is None or Slot.objects.filter(tote=tote, is_closed=False).exclude(pk=slot.pk).exists():
        raise NotATote(scan=scan)
    if slot.tote_id is None:
        slot.tote = tote
        slot.save(update_fields=["tote"])
    return step_of(slot.pick_list)


def printed_code(scan: str) -> str:
    """A bin's code from what its barcode says: without the prefix BIN- or the name of the tote's kind."""
    return folded(scan).removeprefix("BIN-")


@transaction.atomic
def confirm_bin(*, task_id: int, scan: str, actor: Actor, at: datetime) -> Step:
    """
    The picker stands at the bin. Scanning it twice is harmless.

    :raises WrongBin:
    """
    task = PickTask.objects.filter(pk=task_id).lock().select_related("bin", "pick_list").get()

    if printed_code(scan) != task.bin.code:
        raise WrongBin(scan=scan, wanted=task.bin.code)

    if not task.is_bin_confirmed:
        task.is_bin_confirmed = True
        task.save(update_fields=["is_bin_confirmed"])
    return step_of(task.pick_list)


@transaction.atomic
def pick_pieces(*, task_id: int, scan: str, quantity: int, actor: Actor, at: datetime, scan_id: str = "") -> Step:
    """
    Take scanned pieces from the bin into the order's tote. The same `scan_id` twice is one scan.

    :raises WrongSku: another SKU of anybody was scanned
    :raises TooMany: more than the stop still wants
    :raises NotEnoughStock: the book has fewer in the bin: count it
    """
    found = PickTask.objects.values_list("order_id", flat=True).get(pk=task_id)
    order = Order.objects.filter(pk=found).lock().get()
    task = PickTask.objects.filter(pk=task_id).lock().select_related("bin", "sku", "pick_list", "slot").get()
    stock_sql.lock_balances(task.seller_id, [task.pick_list.warehouse_id], [task.sku_id])

    if task.status != PickTask.Status.OPEN or not queries.is_new_scan(scan_id, at):
        return step_of(task.pick_list)
    if not skus_scanned(scan, [task.sku_id]):
        raise WrongSku(scan=scan, wanted=task.sku.code)
    missing = task.quantity - task.picked
    if not 1 <= quantity <= missing:
        raise TooMany(wanted=missing, given=quantity)

    post = Post(task.sku_id, quantity, order.code, from_bin_id=task.bin_id, to_bin_id=task.slot.tote_id, lot=task.lot)
    ledger.move(Book(task.seller_id, task.pick_list.warehouse_id, actor.name, at), [post])
    task.picked += quantity
    is_line_done = task.picked == task.quantity
    if is_line_done:
        task.move_to(PickTask.Status.PICKED)
    task.save(update_fields=["picked", "status"])
    all_picked = is_line_done and finish_stop(task, order, at)

    picked = PiecesPicked(
        seller_id=task.seller_id, subject=order.code, sku=task.sku.code, quantity=quantity, bin=task.bin.code
    )
    recorded: list[PiecesPicked | OrderPicked] = [picked]
    if all_picked:
        tote = task.slot.tote.code if task.slot.tote else ""
        recorded.append(OrderPicked(seller_id=task.seller_id, subject=order.code, tote=tote))
    events.record_all(recorded, actor=actor, at=at)
    return step_of(task.pick_list, is_line_done=is_line_done)


def finish_stop(task: PickTask, order: Order, at: datetime) -> bool:
    """
    A step of picking: close the order's picking, and the walk, when nothing of them is open.

    Says whether the order is all picked now.
    """
    open_tasks = PickTask.objects.filter(pick_list=task.pick_list, status=PickTask.Status.OPEN)
    is_order_picked = order.status == Order.Status.PICKING and not open_tasks.filter(order=order).exists()
    if is_order_picked:
        order.move_to(Order.Status.PACKING)
        order.save(update_fields=["status"])
    if not open_tasks.exists():
        close_walk(task.pick_list, at)
    return is_order_picked


def close_walk(pick_list: PickList, at: datetime) -> None:
    if pick_list.status == PickList.Status.PICKING:
        pick_list.move_to(PickList.Status.DONE)
        pick_list.finished_at = at
        pick_list.save(update_fields=["status", "finished_at"])
