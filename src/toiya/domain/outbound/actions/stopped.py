"""An order leaves the floor on request: its stops end, its parcel is undone, its pieces wait to be carried back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import NotFound, Refusal
from toiya.domain.allocation.actions.promising import release_promises
from toiya.domain.allocation.rules import Why
from toiya.domain.orders.models import Order
from toiya.domain.outbound.actions.picking import close_walks, printed_codes
from toiya.domain.outbound.actions.short_picks import open_tasks_of
from toiya.domain.outbound.events import OrderStopped, PiecesCarriedBack, StopTooLate
from toiya.domain.outbound.models import CarryBack, Content, Parcel, PickTask, SerialNumber, Slot, Stop
from toiya.domain.outbound.stops import sealed_parcel
from toiya.domain.stock import sql as stock_sql
from toiya.domain.stock.actions import ledger
from toiya.domain.stock.actions.ledger import Book, Post
from toiya.domain.warehouses.models import Bin

_SHELVES = (Bin.Kind.STORAGE, Bin.Kind.DOCK)
_PROMISED = (Order.Status.ALLOCATED, Order.Status.PICKING, Order.Status.PACKING)


class ParcelStopped(Refusal):
    """The order was stopped while it was packed."""

    code = "parcel_stopped"
    message = gettext_lazy(
        "The order of %(parcel)s was stopped. Take its pieces out, put them into its tote and scan it."
    )


class NotAShelf(Refusal):
    """Pieces are carried back to a bin that orders take from."""

    code = "not_a_shelf"
    message = gettext_lazy(
        "%(scan)s is no shelf of this warehouse. Scan %(expected)s, or another bin to put them into."
    )


def write_stop(
    *, order: Order, wish: Stop.Wish, reason: str = "", parcel: Parcel | None = None, actor: Actor, at: datetime
) -> Stop:
    """A step for higher actions: keep what was asked of a locked order, and its answer (sealed with a parcel)."""
    return Stop.objects.create(
        seller_id=order.seller_id,
        order=order,
        wish=wish,
        reason=reason[:200],
        outcome=Stop.Outcome.SEALED if parcel else Stop.Outcome.STOPPED,
        parcel=parcel,
        asked_by=actor.name[:100],
        asked_at=at,
    )


def answer_sealed(*, order: Order, wish: Stop.Wish, reason: str = "", actor: Actor, at: datetime) -> Stop | None:
    """
    A step for higher actions: if a parcel of the locked order was sealed, the answer that it is too late; else None.
    """
    parcel = sealed_parcel(order)
    if parcel is None:
        return None
    return answer_late(order=order, wish=wish, parcel=parcel, reason=reason, actor=actor, at=at)


def answer_late(*, order: Order, wish: Stop.Wish, parcel: Parcel, reason: str = "", actor: Actor, at: datetime) -> Stop:
    """
    A step for higher actions: the answer that this parcel of the locked order goes as it is.

    The same wish asked again gets the answer it has.
    """
    before = Stop.objects.filter(order=order, wish=wish, parcel=parcel).first()
    if before is not None:
        answered: Stop = before
        return answered
    stop = write_stop(order=order, wish=wish, reason=reason, parcel=parcel, actor=actor, at=at)
    late = StopTooLate(
        seller_id=order.seller_id,
        subject=order.code,
        wish=wish.value,
        parcel=parcel.code,
        sealed_by=parcel.packed_by,
        sealed_at=parcel.sealed_at.isoformat() if parcel.sealed_at else "",
    )
    events.record(late, actor=actor, at=at)
    return stop


def lock_work(order: Order) -> list[PickTask]:
    """A step for higher actions: lock what the floor has of a locked order, and the balances of its SKUs."""
    tasks = open_tasks_of(order)
    warehouses = sorted({task.pick_list.warehouse_id for task in tasks})
    stock_sql.lock_balances(order.seller_id, warehouses, sorted({task.sku_id for task in tasks}))
    return tasks


def back_to_waiting(*, stop: Stop, tasks: Sequence[PickTask], actor: Actor, at: datetime) -> list[OrderStopped]:
    """
    A step for higher actions: a locked order gives its promise back and waits to be judged anew; from the floor too.

    Returns what to record. An order that has no promise stays as it is.
    """
    order = stop.order
    if order.status not in _PROMISED:
        return []
    release_promises(order=order, why=Why.OTHER_LINES, actor=actor, at=at)
    order.save(update_fields=["status", "waiting_reason"])
    return [leave_floor(stop=stop, tasks=tasks, at=at)] if tasks else []


def leave_floor(*, stop: Stop, tasks: Sequence[PickTask], at: datetime) -> OrderStopped:
    """
    A step for higher actions: a locked order leaves its walk or packing table. Returns what to record.

    Its picked pieces stay in the tote, by the book as in truth, until somebody scans where they were put.
    """
    order = stop.order
    picked = [task for task in tasks if task.picked]
    CarryBack.objects.bulk_create(_piles(stop, picked))
    for task in tasks:
        if task.status == PickTask.Status.OPEN:
            task.move_to(PickTask.Status.SHORT)
    PickTask.objects.bulk_update(tasks, ["status"])
    Slot.objects.filter(order=order, is_closed=False).update(is_closed=True)
    for parcel in Parcel.objects.filter(order=order, status=Parcel.Status.OPEN).lock():
        SerialNumber.objects.filter(parcel=parcel).delete()
        Content.objects.filter(parcel=parcel).delete()
        parcel.move_to(Parcel.Status.CANCELLED)
        parcel.save(update_fields=["status"])
    close_walks({task.pick_list_id for task in tasks}, at)
    pieces = sum(task.picked for task in picked)
    return OrderStopped(seller_id=order.seller_id, subject=order.code, wish=stop.wish, pieces=pieces)


def _piles(stop: Stop, picked: Sequence[PickTask]) -> list[CarryBack]:
    """One pile for each SKU, lot and bin they came from."""
    piles: dict[tuple[int, str, int], CarryBack] = {}
    for task in picked:
        key = (task.sku_id, task.lot, task.bin_id)
        if key not in piles:
            piles[key] = CarryBack(
                seller_id=task.seller_id,
                stop=stop,
                pick_list_id=task.pick_list_id,
                tote_id=task.slot.tote_id or 0,
                home_id=task.bin_id,
                sku_id=task.sku_id,
                lot=task.lot,
                quantity=0,
            )
        piles[key].quantity += task.picked
    return list(piles.values())


@transaction.atomic
def carry_back(*, carry_id: int, scan: str, actor: Actor, at: datetime) -> CarryBack:
    """
    Put a pile of a stopped order into the bin that was scanned: where it came from, or another shelf.

    A pile that lies on a shelf already stays there, so the same scan twice is one.

    :raises NotFound: no such pile in this warehouse
    :raises NotAShelf: something else was scanned
    """
    pile: CarryBack | None = (
        CarryBack.objects.filter(pk=carry_id).lock().select_related("tote", "home", "sku", "stop__order").first()
    )
    if pile is None or actor.warehouse_id not in (None, pile.tote.warehouse_id):
        raise NotFound(kind=gettext_lazy("pile"), code=str(carry_id))
    warehouse_id = pile.tote.warehouse_id
    stock_sql.lock_balances(pile.seller_id, [warehouse_id], [pile.sku_id])

    if pile.put_at is not None:
        return pile
    shelf = Bin.objects.filter(warehouse_id=warehouse_id, kind__in=_SHELVES, code__in=printed_codes(scan)).first()
    if shelf is None:
        raise NotAShelf(scan=scan or "–", expected=pile.home.code)

    order = pile.stop.order
    post = Post(pile.sku_id, pile.quantity, order.code, from_bin_id=pile.tote_id, to_bin_id=shelf.pk, lot=pile.lot)
    ledger.move(Book(pile.seller_id, warehouse_id, actor.name, at), [post])
    pile.put_into, pile.put_by, pile.put_at = shelf, actor.name[:100], at
    pile.save(update_fields=["put_into", "put_by", "put_at"])

    back = PiecesCarriedBack(
        seller_id=pile.seller_id, subject=order.code, sku=pile.sku.code, quantity=pile.quantity, bin=shelf.code
    )
    events.record(back, actor=actor, at=at)
    return pile
