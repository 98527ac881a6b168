"""Packing by scanning: open a tote's parcel, scan every piece into it, weigh and seal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.codes import code_for
from toiya.core.copying import next_ids
from toiya.core.errors import NotFound, Refusal
from toiya.domain.carriers.models import Service
from toiya.domain.catalog.queries import skus_scanned
from toiya.domain.orders.models import Order
from toiya.domain.outbound import queries, rules
from toiya.domain.outbound.actions.picking import printed_code
from toiya.domain.outbound.events import ParcelSealed
from toiya.domain.outbound.models import Content, Parcel, PickTask, Slot
from toiya.domain.stock import sql as stock_sql
from toiya.domain.stock.actions import ledger
from toiya.domain.stock.actions.ledger import Book, Post
from toiya.domain.warehouses.models import Bin
from toiya.domain.warehouses.queries import staging_bin


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


@transaction.atomic
def open_tote(*, warehouse_id: int, scan: str, actor: Actor, at: datetime) -> Parcel:
    """
    Begin, or go on with, the parcel of the order in a tote.

    :raises EmptyTote: :raises NotPickedYet:
    """
    tote = Bin.objects.filter(warehouse_id=warehouse_id, kind=Bin.Kind.TOTE, code=printed_code(scan)).first()
    slot = queries.slot_in_tote(tote) if tote else None
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


@transaction.atomic
def pack_piece(*, parcel_code: str, scan: str, actor: Actor, at: datetime, scan_id: str = "") -> Parcel:
    """
    Scan one piece into the parcel. The same `scan_id` twice is one scan.

    :raises NotInThisParcel: not one of its pieces, or all of that SKU are in already
    """
    parcel = _lock_parcel(parcel_code)
    tasks = list(_packed_tasks(parcel))
    contents = {(c.line_id, c.lot): c for c in Content.objects.filter(parcel=parcel).order_by("pk")}

    if parcel.status != Parcel.Status.OPEN or not queries.is_new_scan(scan_id, at):
        return parcel
    scanned = {sku.pk for sku in skus_scanned(scan, sorted({task.sku_id for task in tasks}))}
    task = next((t for t in tasks if t.sku_id in scanned and _still_wanted(t, tasks, contents)), None)
    if task is None:
        raise NotInThisParcel(scan=scan)

    content = contents.get((task.line_id, task.lot))
    if content is None:
        Content.objects.create(
            seller_id=parcel.seller_id,
            parcel=parcel,
            order_id=parcel.order_id,
            line_id=task.line_id,
            sku_id=task.sku_id,
            bin_id=staging_bin(parcel.warehouse_id).pk,
            lot=task.lot,
            quantity=1,
        )
    else:
        content.quantity += 1
        content.save(update_fields=["quantity"])
    return parcel


def _packed_tasks(parcel: Parcel) -> list[PickTask]:
    tasks = PickTask.objects.filter(order_id=parcel.order_id, slot__is_closed=False, picked__gt=0)
    return list(tasks.select_related("sku", "slot").order_by("sequence"))


def _still_wanted(task: PickTask, tasks: list[PickTask], contents: dict[tuple[int, str], Content]) -> bool:
    picked = sum(t.picked for t in tasks if (t.line_id, t.lot) == (task.line_id, task.lot))
    content = contents.get((task.line_id, task.lot))
    return (content.quantity if content else 0) < picked


def _lock_parcel(parcel_code: str) -> Parcel:
    found = Parcel.objects.filter(code=parcel_code).values_list("order_id", flat=True).first()
    if found is None:
        raise NotFound(kind="parcel", code=parcel_code)
    Order.objects.filter(pk=found).lock().get()
    parcel: Parcel = Parcel.objects.filter(code=parcel_code).lock().select_related("order").get()
    return parcel


@transaction.atomic
def seal_parcel(*, parcel_code: str, weighing: Weighing, actor: Actor, at: datetime) -> Parcel:
    """
    Close the parcel: its pieces leave the tote for the place where parcels wait, the tote is free again.

    Sealing a sealed parcel once more changes nothing.

    :raises PiecesMissing: :raises WeightOff: :raises TooHeavy:
    """
    parcel = _lock_parcel(parcel_code)
    tasks = _packed_tasks(parcel)
    contents = list(Content.objects.filter(parcel=parcel).order_by("pk"))
    service = Service.objects.get(code=weighing.service_code)
    sku_ids = sorted({task.sku_id for task in tasks})
    stock_sql.lock_balances(parcel.seller_id, [parcel.warehouse_id], sku_ids)

    if parcel.status != Parcel.Status.OPEN:
        return parcel
    _check_complete(tasks, contents)
    _check_weight(tasks, service, weighing)

    staging = staging_bin(parcel.warehouse_id)
    posts = [
        Post(t.sku_id, t.picked, parcel.code, from_bin_id=t.slot.tote_id, to_bin_id=staging.pk, lot=t.lot)
        for t in tasks
    ]
    ledger.move(Book(parcel.seller_id, parcel.warehouse_id, actor.name, at), posts)
    parcel.move_to(Parcel.Status.SEALED)
    parcel.service, parcel.weight_g, parcel.sealed_at = service, weighing.weight_g, at
    parcel.packed_by = actor.name
    parcel.save()
    Slot.objects.filter(pk__in={task.slot_id for task in tasks}).update(is_closed=True)

    sealed = ParcelSealed(
        seller_id=parcel.seller_id,
        subject=parcel.order.code,
        parcel=parcel.code,
        parcel_id=parcel.pk,
        weight_g=weighing.weight_g,
        service=service.name,
        pieces=sum(content.quantity for content in contents),
    )
    events.record(sealed, actor=actor, at=at)
    return parcel


def _check_complete(tasks: list[PickTask], contents: list[Content]) -> None:
    missing = sum(task.picked for task in tasks) - sum(content.quantity for content in contents)
    if missing:
        raise PiecesMissing(missing=missing)


def _check_weight(tasks: list[PickTask], service: Service, weighing: Weighing) -> None:
    if weighing.weight_g > service.max_weight_g:
        raise TooHeavy(measured=weighing.weight_g, service=service.name, limit=service.max_weight_g)
    expected = sum(task.sku.weight_g * task.picked for task in tasks)
    if not weighing.is_checked and not rules.fitting_weight(expected, weighing.weight_g):
        raise WeightOff(measured=weighing.weight_g, expected=expected)
