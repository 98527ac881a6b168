"""The pick walk: totes first, then bin, piece, piece, next. Every scan of it comes to one address."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from toiya.core.codes import folded
from toiya.core.errors import NotFound
from toiya.domain.inbound.putting_away import alike_at
from toiya.domain.outbound.actions.lots import confirm_lot
from toiya.domain.outbound.actions.picking import Effect, Step, WalkTaken, confirm_bin, pick_pieces, tie_tote
from toiya.domain.outbound.actions.short_picks import Shortfall, pick_short
from toiya.domain.outbound.queries import stops_ahead
from toiya.domain.outbound.sql.picking import Walk, walk_by_code
from toiya.web.floor.receiving import raw_scan
from toiya.web.floor.scanning import Scanned, number_of, scan_of
from toiya.web.floor.screen import Band, building, on_floor, show, worker
from toiya.web.shared.reader import Request

MOST_ALIKE = 2  # named on the screen
MOST_AHEAD = 5  # told beforehand, for a minute without connection


@on_floor
def pick(request: Request, code: str) -> HttpResponse:
    """
    One step of a walk. Steps are `slot-n`, `bin-n`, `lot-n` and `sku-n`, by the id of what is to be done.

    A scan for a step that is over (sent twice, or from a screen left behind) changes nothing and shows what is next.
    """
    scanned = scan_of(request)
    if request.method != "POST":
        return _screen(request, _own_walk(request, code))
    if scanned.command == "SHORT" or request.POST.get("ask") in ("short", "count"):
        return _ask(request, _own_walk(request, code), request.POST.get("ask") or "short")
    if scanned.command == "DONE" or request.POST.get("ask") == "back":
        return _screen(request, _own_walk(request, code))
    keyed = number_of(request.POST.get("number", "")) if "number" in request.POST else None
    if scanned.step == "short" and "number" in request.POST:
        return _short(request, scanned, keyed)
    step = _scan(request, scanned, keyed)
    if step is None:
        return _screen(request, _own_walk(request, code))
    return _answer(request, step, scanned)


def _own_walk(request: Request, code: str) -> Walk:
    actor, walk = worker(request), walk_by_code(folded(code))
    if walk is None or walk.warehouse_id != building(request):
        raise NotFound(kind=_("pick list"), code=code)
    if str(walk.picker_id) != actor.id:
        raise WalkTaken(code=walk.code)
    return walk


def _scan(request: Request, scanned: Scanned, keyed: int | None) -> Step | None:
    told: dict[str, Any] = {
        "scan": scanned.text,
        "scan_id": scanned.scan_id,
        "actor": worker(request),
        "at": request.at,
    }
    if scanned.step == "slot":
        return tie_tote(slot_id=scanned.number, **told)
    if scanned.step == "bin":
        return confirm_bin(task_id=scanned.number, **told)
    if scanned.step == "lot":
        return confirm_lot(task_id=scanned.number, **(told | {"scan": raw_scan(request)}))
    if scanned.step == "sku" and "number" in request.POST:
        return pick_pieces(task_id=scanned.number, quantity=keyed or 0, **(told | {"scan": ""}))
    if scanned.step == "sku":
        return pick_pieces(task_id=scanned.number, quantity=1, **(told | {"scan": raw_scan(request)}))
    return None


def _short(request: Request, scanned: Scanned, keyed: int | None) -> HttpResponse:
    found = -1 if keyed is None else keyed
    fall = pick_short(task_id=scanned.number, found=found, actor=worker(request), at=request.at)
    if fall.waiting_order:
        return _waits(request, fall)
    if fall.step.effect is Effect.OUTDATED or not fall.other_bins:
        return _screen(request, fall.step.walk)
    band = Band(_("The rest: %(bins)s") % {"bins": ", ".join(fall.other_bins)}, "warn")
    return _screen(request, fall.step.walk, tone="warn", band=band)


def _waits(request: Request, fall: Shortfall) -> HttpResponse:
    context = _head(fall.step.walk) | {"fall": fall}
    return show(request, "order_waits", context, tone="call")


def _answer(request: Request, step: Step, scanned: Scanned) -> HttpResponse:
    if step.effect is Effect.OUTDATED:
        return _screen(request, step.walk, tone="warn", band=Band(_("That step was over. Look, then scan."), "warn"))
    tone = "done" if step.is_line_done or step.is_done else "ok"
    return _screen(request, step.walk, tone=tone, band=Band(scanned.text or request.POST.get("number", "")))


def _screen(request: Request, walk: Walk, *, tone: str = "", band: Band | None = None) -> HttpResponse:
    if walk.stopped_id is not None:
        return redirect("floor:stop", stop=walk.stopped_id)
    context = _head(walk)
    if walk.stop is None or request.method != "POST" or request.POST.get("step", "")[:4] in ("slot", "bin-", "lot-"):
        context["ahead"] = stops_ahead(walk.pick_list_id, MOST_AHEAD) if walk.stop else []
    if walk.slot:
        return show(request, "tote", context | {"slot": walk.slot}, tone=tone, band=band)
    if walk.stop is None:
        return show(request, "walked", context | {"totes": walk.totes.split()}, tone=tone, band=band)
    stop = walk.stop
    named = "bin" if not stop.is_bin_confirmed else "lot" if stop.asks_lot else "sku"
    lying = alike_at(stop.sku_id, stop.bin_id) if stop.is_bin_confirmed and not stop.picked else []
    alike = ", ".join(f"{each.name} {each.option}".strip() for each in lying[:MOST_ALIKE])
    return show(request, "pick", context | {"stop": stop, "named": named, "alike": alike}, tone=tone, band=band)


def _ask(request: Request, walk: Walk, question: str) -> HttpResponse:
    stop = walk.stop
    if stop is None or (question == "count" and not stop.picked):
        return _screen(request, walk)
    return show(request, "how_many", _head(walk) | {"stop": stop, "question": question})


def _head(walk: Walk) -> dict[str, Any]:
    owner = walk.stop.seller if walk.stop else walk.slot.seller if walk.slot else None
    count = f"{walk.stops_done} / {walk.stops}"
    return {"walk": walk, "job": _("Pick"), "job_code": walk.code, "seller": owner, "count": count}
