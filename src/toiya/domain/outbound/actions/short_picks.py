"""A bin holds fewer pieces than the book: mend the book, take the rest from elsewhere, or let the order wait."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from toiya.core import events
from toiya.core.actor import Actor
from toiya.domain.allocation.actions.promising import release_promises
from toiya.domain.allocation.rules import Why
from toiya.domain.orders.models import Order
from toiya.domain.outbound import queries, rules
from toiya.domain.outbound.actions.picking import Step, TooMany, close_walk, finish_stop, step_of
from toiya.domain.outbound.events import PickedShort
from toiya.domain.outbound.models import PickTask, Slot
from toiya.domain.outbound.rules import Choice, Want
from toiya.domain.stock import sql as stock_sql
from toiya.domain.stock.actions import ledger
from toiya.domain.stock.actions.ledger import Book, Post


@transaction.atomic
def pick_short(*, task_id: int, found: int, actor: Actor, at: datetime) -> Step:
    """
    The bin holds only `found` more pieces for this stop. The missing ones are written off there.

    If other bins have them, the walk goes on with new stops; else the order gives its promise back, its picked pieces
    return to their bins, and it is judged again at once.

    :raises TooMany: `found` is what the stop wants, so nothing is short
    """
    order_id = PickTask.objects.values_list("order_id", flat=True).get(pk=task_id)
    order = Order.objects.filter(pk=order_id).lock().get()
    tasks = list(
        PickTask.objects.filter(order=order, slot__is_closed=False)
        .lock()
        .select_related("sku", "bin", "slot", "pick_list")
    )
    task = next(each for each in tasks if each.pk == task_id)
    warehouse_id = task.pick_list.warehouse_id
    sku_ids = sorted({each.sku_id for each in tasks})
    balances = stock_sql.lock_balances(order.seller_id, [warehouse_id], sku_ids)

    if task.status != PickTask.Status.OPEN:
        return step_of(task.pick_list)
    missing = task.quantity - task.picked - found
    if found < 0 or missing < 1:
        raise TooMany(wanted=task.quantity - task.picked - 1, given=found)

    book = Book(order.seller_id, warehouse_id, actor.name, at)
    lost = Post(task.sku_id, missing, order.code, from_bin_id=task.bin_id, lot=task.lot)
    choices = _elsewhere(task, missing) if balances[warehouse_id, task.sku_id].available >= missing else []
    if choices:
        ledger.lost(book, [lost])
        _go_elsewhere(task, found, choices)
        finish_stop(task, order, at)
    else:
        _give_up(order, tasks, lost, book, actor)

    short = PickedShort(
        seller_id=order.seller_id, subject=order.code, sku=task.sku.code, bin=task.bin.code, missing=missing
    )
    events.record(short, actor=actor, at=at)
    return step_of(task.pick_list, is_line_done=True)


def _elsewhere(task: PickTask, missing: int) -> Sequence[Choice]:
    """Other bins that hold the missing pieces, or none."""
    offers = queries.bin_offers(task.seller_id, task.pick_list.warehouse_id, [task.sku_id])
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


def _give_up(order: Order, tasks: Sequence[PickTask], lost: Post, book: Book, actor: Actor) -> None:
    release_promises(order=order, why=Why.SHORT_ON_FLOOR, actor=actor, at=book.at)
    order.save(update_fields=["status", "waiting_reason"])
    ledger.lost(book, [lost])
    put_back(order, tasks, book)


def put_back(order: Order, tasks: Sequence[PickTask], book: Book) -> None:
    """A step: an order leaves its walk. Its picked pieces return to their bins, its slot is free again."""
    returning = [
        Post(t.sku_id, t.picked, order.code, from_bin_id=t.slot.tote_id, to_bin_id=t.bin_id, lot=t.lot)
        for t in tasks
        if t.picked
    ]
    ledger.move(book, returning)
    for each in tasks:
        if each.status == PickTask.Status.OPEN:
            each.move_to(PickTask.Status.SHORT)
    PickTask.objects.bulk_update(tasks, ["status"])
    Slot.objects.filter(pk__in={each.slot_id for each in tasks}).update(is_closed=True)
    for pick_list in {each.pick_list for each in tasks}:
        if not PickTask.objects.filter(pick_list=pick_list, status=PickTask.Status.OPEN).exists():
            close_walk(pick_list, book.at)
