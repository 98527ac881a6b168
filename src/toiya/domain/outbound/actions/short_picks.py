"""A bin holds fewer pieces than the book: mend the book, take the rest from elsewhere, or let the order wait."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor, ActorKind
from toiya.core.errors import NotFound
from toiya.domain.allocation.actions.promising import release_promises
from toiya.domain.allocation.queries import first_good_day
from toiya.domain.allocation.rules import Why
from toiya.domain.orders.models import Order
from toiya.domain.outbound import queries, rules
from toiya.domain.outbound.actions.picking import Effect, Step, TooMany, WalkTaken, close_walks, step_of
from toiya.domain.outbound.events import PickedShort
from toiya.domain.outbound.models import PickTask, Slot
from toiya.domain.outbound.rules import Choice, Want
from toiya.domain.stock import sql as stock_sql
from toiya.domain.stock.actions import ledger
from toiya.domain.stock.actions.counting import ask_counts
from toiya.domain.stock.actions.ledger import Book, Post
from toiya.domain.stock.actions.spots import Spot
from toiya.domain.stock.models import CountTask
from toiya.domain.warehouses.models import Bin


@dataclass(frozen=True, slots=True)
class Return:
    """Pieces to carry back, because their order left the walk."""

    sku_code: str
    sku_name: str
    quantity: int
    tote_code: str
    bin_code: str


@dataclass(frozen=True, slots=True)
class Shortfall:
    """What came of a short pick: the walk now, other bins to go to, or an order that waits and what to carry back."""

    step: Step
    other_bins: tuple[str, ...] = ()
    waiting_order: str = ""
    returns: tuple[Return, ...] = ()


@transaction.atomic
def pick_short(*, task_id: int, found: int, actor: Actor, at: datetime) -> Shortfall:
    """
    The bin holds only `found` more pieces for this stop. The missing ones are written off there.

    If other bins have them, the walk goes on with new stops; else the order gives its promise back, its picked pieces
    return to their bins, and it is judged again at once. Somebody is asked to count the bin.

    :raises NotFound: :raises WalkTaken: somebody else picks here
    :raises TooMany: `found` is what the stop wants, so nothing is short
    """
    found_task = PickTask.objects.filter(pk=task_id).values_list("order_id", "pick_list_id").first()
    if found_task is None:
        raise NotFound(kind=gettext_lazy("pick"), code=str(task_id))
    order_id, pick_list_id = found_task
    order = Order.objects.filter(pk=order_id).lock().get()
    tasks = open_tasks_of(order)
    task = next((each for each in tasks if each.pk == task_id), None)
    if task is None or task.status != PickTask.Status.OPEN:
        return Shortfall(step_of(pick_list_id, Effect.OUTDATED))
    warehouse_id = task.pick_list.warehouse_id
    balances = stock_sql.lock_balances(order.seller_id, [warehouse_id], sorted({each.sku_id for each in tasks}))

    missing = _missing(task, found, actor)

    book = Book(order.seller_id, warehouse_id, actor.name, at)
    lost = Post(task.sku_id, missing, order.code, from_bin_id=task.bin_id, lot=task.lot)
    choices = _elsewhere(task, missing, at) if balances[warehouse_id, task.sku_id].available >= missing else []
    returns: tuple[Return, ...] = ()
    if choices:
        ledger.lost(book, [lost])
        _go_elsewhere(task, found, choices)
    else:
        returns = _give_up(order, tasks, lost, book, actor)

    ask_counts(spots=[Spot(task.sku, task.bin, task.lot)], cause=CountTask.Cause.SHORT, actor=actor, at=at)
    short = PickedShort(
        seller_id=order.seller_id, subject=order.code, sku=task.sku.code, bin=task.bin.code, missing=missing
    )
    events.record(short, actor=actor, at=at)
    return Shortfall(step_of(pick_list_id), _codes(choices), "" if choices else order.code, returns)


def _codes(choices: Sequence[Choice]) -> tuple[str, ...]:
    return tuple(Bin.objects.filter(pk__in=[choice.bin_id for choice in choices]).values_list("code", flat=True))


def _missing(task: PickTask, found: int, actor: Actor) -> int:
    if actor.kind is ActorKind.PERSON and str(task.pick_list.picker_id) != actor.id:
        raise WalkTaken(code=task.pick_list.code)
    wanted = task.quantity - task.picked
    if not 0 <= found < wanted:
        raise TooMany(wanted=wanted - 1, given=found)
    return wanted - found


def open_tasks_of(order: Order) -> list[PickTask]:
    """A step: lock the tasks of the walk that a locked order is on."""
    tasks = PickTask.objects.filter(order=order, slot__is_closed=False).lock()
    return list(tasks.select_related("sku", "bin", "slot__tote", "pick_list"))


def _elsewhere(task: PickTask, missing: int, at: datetime) -> Sequence[Choice]:
    """Other bins that hold the missing pieces, or none."""
    offers = queries.bin_offers(
        task.seller_id, task.pick_list.warehouse_id, [task.sku_id], first_good_day(task.seller_id, at)
    )
    others = [offer for offer in offers if offer.bin_id != task.bin_id]
    choices, _ = rules.choose_bins([Want(task.order_id, task.line_id, task.sku_id, missing)], others)
    return choices


def _go_elsewhere(task: PickTask, found: int, choices: Sequence[Choice]) -> None:
    last = PickTask.objects.filter(pick_list=task.pick_list).aggregate(last=Max("sequence"))["last"] or 0
    if task.picked + found:
        task.quantity = task.picked + found
    if not found:
        task.move_to(PickTask.Status.PICKED if task.picked else PickTask.Status.SHORT)
    task.save(update_fields=["quantity", "status"])
    PickTask.objects.bulk_create(
        [
            PickTask(
                seller_id=task.seller_id,
                pick_list=task.pick_list,
                slot=task.slot,
                order_id=task.order_id,
                line_id=task.line_id,
                sku_id=task.sku_id,
                bin_id=choice.bin_id,
                lot=choice.lot,
                quantity=choice.quantity,
                sequence=last + place,
            )
            for place, choice in enumerate(choices, start=1)
        ]
    )


def _give_up(order: Order, tasks: Sequence[PickTask], lost: Post, book: Book, actor: Actor) -> tuple[Return, ...]:
    release_promises(order=order, why=Why.SHORT_ON_FLOOR, actor=actor, at=book.at)
    order.save(update_fields=["status", "waiting_reason"])
    ledger.lost(book, [lost])
    return put_back(order, tasks, book)


def put_back(order: Order, tasks: Sequence[PickTask], book: Book) -> tuple[Return, ...]:
    """A step: an order leaves its walk. Its picked pieces return to their bins, its slot is free again."""
    picked = [task for task in tasks if task.picked]
    returning = [
        Post(t.sku_id, t.picked, order.code, from_bin_id=t.slot.tote_id, to_bin_id=t.bin_id, lot=t.lot) for t in picked
    ]
    ledger.move(book, returning)
    for each in tasks:
        if each.status == PickTask.Status.OPEN:
            each.move_to(PickTask.Status.SHORT)
    PickTask.objects.bulk_update(tasks, ["status"])
    Slot.objects.filter(order=order, is_closed=False).update(is_closed=True)
    close_walks({each.pick_list_id for each in tasks}, book.at)
    return tuple(_return(task) for task in picked)


def _return(task: PickTask) -> Return:
    tote = task.slot.tote.code if task.slot.tote else ""
    return Return(task.sku.code, f"{task.sku.name} {task.sku.option}".strip(), task.picked, tote, task.bin.code)
