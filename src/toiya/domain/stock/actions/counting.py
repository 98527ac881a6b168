"""Counting bins: asked for, counted blind, counted again by another person, mended or decided by the lead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.codes import codes_for
from toiya.core.copying import next_ids
from toiya.core.errors import NotFound, Refusal
from toiya.domain.stock import queries, rules, sql
from toiya.domain.stock.actions.goods import QuantityPromised, correct
from toiya.domain.stock.actions.reasons import Reason, Why
from toiya.domain.stock.actions.spots import MovedMeanwhile, PiecesAwaited, Spot, check_usable
from toiya.domain.stock.events import CountAsked, CountJudged, StockCounted
from toiya.domain.stock.models import Count, CountTask, Movement
from toiya.domain.stock.rules import Outcome

Status = CountTask.Status
LIVE = (Status.OPEN, Status.RECOUNT, Status.TO_JUDGE)


class CountedByThem(Refusal):
    """The same person counts a second time."""

    code = "counted_by_them"
    message = gettext_lazy("You counted this bin before. Let another person count it.")


class CountOver(Refusal):
    """The count is done, dropped, or waits for the lead."""

    code = "count_over"
    message = gettext_lazy('%(code)s is "%(status)s", so no count is taken. Take the next one of the list.')


class NothingToJudge(Refusal):
    """The lead decides only about counts that wait for it."""

    code = "nothing_to_judge"
    message = gettext_lazy('%(code)s is "%(status)s" and waits for no decision. Reload the list.')


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one person counted. `seen`: the newest movement of the SKU when counting began."""

    counted: int
    seen: int
    scan_id: str


@transaction.atomic
def ask_counts(*, spots: Sequence[Spot], cause: str, actor: Actor, at: datetime) -> list[CountTask]:
    """Ask for counts of these bins; where one is under way already, that one stays. :raises BinSetAside:"""
    made = []
    for spot in sorted(spots, key=lambda each: (each.sku.pk, each.place.pk)):
        check_usable(spot.place)
        number = next_ids("stock_counttask_id_seq", 1)[0]
        task = CountTask(
            id=number,
            seller_id=spot.sku.seller_id,
            warehouse_id=spot.place.warehouse_id,
            bin=spot.place,
            sku=spot.sku,
            lot=spot.lot,
            code=codes_for("CNT", [number])[0],
            cause=cause,
            asked_at=at,
        )
        live = CountTask.objects.filter(sku=spot.sku, bin=spot.place, lot=spot.lot, status__in=LIVE)
        CountTask.objects.bulk_create([task], ignore_conflicts=True)
        made.append(live.select_related("sku__item", "bin").get())
        if made[-1].pk == number:
            asked = CountAsked(
                seller_id=spot.sku.seller_id,
                subject=spot.sku.code,
                warehouse_id=spot.place.warehouse_id,
                bin=spot.place.code,
                cause=cause,
            )
            events.record(asked, actor=actor, at=at)
    return made


def newest_movement(sku_id: int) -> int:
    """The number of the newest movement of a SKU: what a count must not have missed."""
    newest = Movement.objects.filter(sku_id=sku_id).order_by("-id").values_list("id", flat=True).first()
    return newest or 0


@transaction.atomic
def count_bin(*, task_code: str, sheet: Sheet, kept: int = 0, actor: Actor, at: datetime) -> Outcome:
    """
    Take a count in. Small differences are mended at once, large ones counted again by somebody else, or decided
    by the lead. `kept` are pieces of the bin an open pick counts on. The same scan twice is one count.

    :raises NotFound: :raises CountOver: :raises CountedByThem: :raises MovedMeanwhile:
    """
    task = _locked(task_code)
    before = list(task.counts.order_by("pk"))
    sql.ensure_balances(task.seller_id, task.warehouse_id, [task.sku_id])
    sql.lock_balances(task.seller_id, [task.warehouse_id], [task.sku_id])
    again = next((each for each in before if each.scan_id == sheet.scan_id), None)
    if again is not None:
        return _outcome_of(task)

    _check_count(task, before, sheet, actor)
    count = _write_count(task, sheet, actor, at)
    earlier = [each.difference for each in before[-1:]]
    outcome = rules.judge_counts(
        [*earlier, count.difference], queries.count_limits(task.warehouse_id), _price_minor(task)
    )

    outcome = _follow(task, outcome, count.difference, kept, actor, at)

    told = StockCounted(
        seller_id=task.seller_id,
        subject=task.sku.code,
        warehouse_id=task.warehouse_id,
        bin=task.bin.code,
        difference=count.difference,
        outcome=outcome.value,
    )
    events.record(told, actor=actor, at=at)
    return outcome


@transaction.atomic
def judge_count(*, task_code: str, decision: str, kept: int = 0, actor: Actor, at: datetime) -> None:
    """
    The lead decides: `accept` the newest count, have it counted `again`, or `drop` it.

    :raises NotFound: :raises NothingToJudge: :raises QuantityPromised: :raises PiecesAwaited:
    """
    task = _locked(task_code)
    sql.ensure_balances(task.seller_id, task.warehouse_id, [task.sku_id])
    sql.lock_balances(task.seller_id, [task.warehouse_id], [task.sku_id])
    newest = task.counts.order_by("-pk").first()

    if decision != "drop" and (task.status != Status.TO_JUDGE or newest is None):
        raise NothingToJudge(code=task.code, status=task.get_status_display())

    if decision == "accept" and newest is not None:
        _mend(task, newest.difference, kept, actor, at)
        _end(task, Status.DONE, at)
    else:
        _end(task, Status.RECOUNT if decision == "again" else Status.DROPPED, at)

    told = CountJudged(
        seller_id=task.seller_id,
        subject=task.sku.code,
        warehouse_id=task.warehouse_id,
        bin=task.bin.code,
        outcome=task.status,
    )
    events.record(told, actor=actor, at=at)


def _locked(code: str) -> CountTask:
    found: CountTask | None = CountTask.objects.filter(code=code).select_related("sku__item", "bin").lock().first()
    if found is None:
        raise NotFound(kind=gettext_lazy("count"), code=code)
    return found


def _check_count(task: CountTask, before: Sequence[Count], sheet: Sheet, actor: Actor) -> None:
    if task.status not in (Status.OPEN, Status.RECOUNT):
        raise CountOver(code=task.code, status=task.get_status_display())
    if before and before[-1].person == actor.id:
        raise CountedByThem()
    newer = Movement.objects.filter(sku_id=task.sku_id, id__gt=sheet.seen)
    if (newer.filter(from_bin_id=task.bin_id) | newer.filter(to_bin_id=task.bin_id)).exists():
        raise MovedMeanwhile(bin=task.bin.code)


def _write_count(task: CountTask, sheet: Sheet, actor: Actor, at: datetime) -> Count:
    held = Spot(task.sku, task.bin, task.lot).held
    return Count.objects.create(
        seller_id=task.seller_id,
        task=task,
        counted=sheet.counted,
        booked=held.quantity if held else 0,
        scan_id=sheet.scan_id,
        person=actor.id,
        at=at,
        actor=actor.name,
    )


def _follow(task: CountTask, outcome: Outcome, difference: int, kept: int, actor: Actor, at: datetime) -> Outcome:
    if outcome is Outcome.ADJUST:
        try:
            _mend(task, difference, kept, actor, at)
        except (QuantityPromised, PiecesAwaited):
            outcome = Outcome.ASK_LEAD
    _end(task, _STATUS_AFTER[outcome], at)
    return outcome


_STATUS_AFTER = {
    Outcome.AGREES: Status.DONE,
    Outcome.ADJUST: Status.DONE,
    Outcome.RECOUNT: Status.RECOUNT,
    Outcome.ASK_LEAD: Status.TO_JUDGE,
}


def _mend(task: CountTask, difference: int, kept: int, actor: Actor, at: datetime) -> None:
    if not difference:
        return
    spot = Spot(task.sku, task.bin, task.lot, kept)
    correct(spot=spot, difference=difference, why=Why(Reason.COUNTED, task.code), actor=actor, at=at)


def _end(task: CountTask, status: str, at: datetime) -> None:
    task.move_to(status)
    task.ended_at = at if status in (Status.DONE, Status.DROPPED) else None
    task.save(update_fields=["status", "ended_at"])


def _outcome_of(task: CountTask) -> Outcome:
    if task.status == Status.RECOUNT:
        return Outcome.RECOUNT
    return Outcome.ASK_LEAD if task.status == Status.TO_JUDGE else Outcome.AGREES


def _price_minor(task: CountTask) -> int:
    return max(0, (task.sku.item.price_minor or 0) + task.sku.surcharge_minor)
