"""
What people do with pieces on the shelf while pickers walk: no piece that an open pick counts on goes away under it.

The stock's own actions, told how many pieces of the bin the open picks want.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import F, Sum
from django.utils.translation import gettext_lazy

from toiya.core.actor import Actor
from toiya.core.errors import NotFound
from toiya.domain.assembly.actions import making
from toiya.domain.assembly.actions.asking import locked_order
from toiya.domain.assembly.actions.making import Confirmed
from toiya.domain.assembly.models import WorkOrder
from toiya.domain.outbound.models import PickTask
from toiya.domain.stock import sql as stock_sql
from toiya.domain.stock.actions import counting, goods, setting_aside
from toiya.domain.stock.actions.counting import Sheet
from toiya.domain.stock.actions.reasons import Why
from toiya.domain.stock.actions.spots import Spot
from toiya.domain.stock.models import CountTask
from toiya.domain.stock.rules import Outcome
from toiya.domain.warehouses.models import Bin


@transaction.atomic
def move_pieces(*, spot: Spot, to_bin: Bin, quantity: int, actor: Actor, at: datetime) -> None:
    """Carry pieces to another bin. :raises Refusal: those of `goods.carry`"""
    goods.carry(spot=_with_kept(spot), to_bin=to_bin, quantity=quantity, actor=actor, at=at)


@transaction.atomic
def set_pieces_aside(*, spot: Spot, kind: Bin.Kind, quantity: int, why: Why, actor: Actor, at: datetime) -> str:
    """Carry pieces to quarantine or the damaged goods. :raises Refusal: those of `setting_aside.set_aside`"""
    return setting_aside.set_aside(spot=_with_kept(spot), kind=kind, quantity=quantity, why=why, actor=actor, at=at)


@transaction.atomic
def adjust_pieces(*, spot: Spot, difference: int, why: Why, actor: Actor, at: datetime) -> None:
    """Correct a bin. :raises Refusal: those of `goods.correct`"""
    goods.correct(spot=_with_kept(spot), difference=difference, why=why, actor=actor, at=at)


@transaction.atomic
def count_pieces(*, task_code: str, sheet: Sheet, actor: Actor, at: datetime) -> Outcome:
    """Take a count in. :raises Refusal: those of `counting.count_bin`"""
    kept = _kept(_spot_of(task_code))
    return counting.count_bin(task_code=task_code, sheet=sheet, kept=kept, actor=actor, at=at)


@transaction.atomic
def judge_pieces(*, task_code: str, decision: str, actor: Actor, at: datetime) -> None:
    """Decide about a count. :raises Refusal: those of `counting.judge_count`"""
    kept = _kept(_spot_of(task_code))
    counting.judge_count(task_code=task_code, decision=decision, kept=kept, actor=actor, at=at)


@transaction.atomic
def make_bundles(*, code: str, confirmed: Confirmed, actor: Actor, at: datetime) -> WorkOrder:
    """Put pieces together at the bench. :raises Refusal: those of `making.make_bundles`"""
    kept = _kept_from(code, actor)
    return making.make_bundles(code=code, confirmed=confirmed, kept=kept, actor=actor, at=at)


@transaction.atomic
def take_bundles_apart(*, code: str, confirmed: Confirmed, actor: Actor, at: datetime) -> WorkOrder:
    """Make parts of pieces again. :raises Refusal: those of `making.take_apart`"""
    kept = _kept_from(code, actor)
    return making.take_apart(code=code, confirmed=confirmed, kept=kept, actor=actor, at=at)


def _kept_from(code: str, actor: Actor) -> making.Kept:
    """What open picks want of the order's SKUs, by SKU, bin and lot; locked as `_kept` is."""
    order = locked_order(code, actor)
    skus = [order.sku_id, *order.parts.values_list("sku_id", flat=True)]
    making.lock_goods(order, skus)
    wanted = PickTask.objects.filter(seller_id=order.seller_id, sku_id__in=skus, status=PickTask.Status.OPEN)
    sums = wanted.values_list("sku_id", "bin_id", "lot").annotate(sum=Sum(F("quantity") - F("picked")))
    return {(sku_id, bin_id, lot): pieces for sku_id, bin_id, lot, pieces in sums.order_by()}


def _spot_of(task_code: str) -> Spot:
    task = CountTask.objects.filter(code=task_code).select_related("sku", "bin").lock().first()
    if task is None:
        raise NotFound(kind=gettext_lazy("count"), code=task_code)
    return Spot(task.sku, task.bin, task.lot)


def _with_kept(spot: Spot) -> Spot:
    return replace(spot, kept=_kept(spot))


def _kept(spot: Spot) -> int:
    """Pieces of the bin that open picks want; the balance's lock keeps new picks away until the transaction ends."""
    stock_sql.ensure_balances(spot.sku.seller_id, spot.place.warehouse_id, [spot.sku.pk])
    stock_sql.lock_balances(spot.sku.seller_id, [spot.place.warehouse_id], [spot.sku.pk])
    open_tasks = PickTask.objects.filter(
        seller_id=spot.sku.seller_id,
        sku=spot.sku,
        bin=spot.place,
        lot=spot.lot,
        status=PickTask.Status.OPEN,
    )
    return open_tasks.aggregate(sum=Sum(F("quantity") - F("picked")))["sum"] or 0
