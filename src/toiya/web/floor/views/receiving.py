"""Receiving: a delivery is scanned in, then each piece; more, fewer, unknown and damaged each have their way."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from toiya.core import papers
from toiya.core.codes import folded
from toiya.core.errors import NotFound, Refusal
from toiya.domain.catalog.models import Sku
from toiya.domain.inbound import counting
from toiya.domain.inbound.actions.arriving import NoDelivery, arrive
from toiya.domain.inbound.actions.completing import complete_delivery
from toiya.domain.inbound.actions.counting import Count, answer_check, count_pieces
from toiya.domain.inbound.actions.taking_back import take_back_count
from toiya.domain.inbound.models import CargoBundle, Receipt
from toiya.domain.inbound.receiving_rules import Read, read_label
from toiya.web.floor.receiving import (
    CHECK_WORDS,
    counted_words,
    day_of,
    raw_scan,
    scan_id_of,
    take_photo,
    taken_back_words,
)
from toiya.web.floor.scanning import Scanned, number_of, scan_of
from toiya.web.floor.screen import Band, building, on_floor, show, worker
from toiya.web.shared.reader import Request

GOOD, DAMAGED = Receipt.Condition.GOOD, Receipt.Condition.DAMAGED


@on_floor
def delivery(request: Request, code: str) -> HttpResponse:
    """
    Counting one delivery. Steps carry the carton in hand: `count-n` takes the next piece, `damaged-n` a damaged one.

    Every count is in the book before the screen answers, so a screen that dies loses nothing.
    """
    bundle = _bundle(request, code)
    scanned = scan_of(request)
    if request.method != "POST":
        return _screen(request, bundle, number_of(request.GET.get("carton", "")) or 0)
    asked = "done" if scanned.command == "DONE" else request.POST.get("ask", "")
    if scanned.command == "UNDO":
        return _undo(request, bundle, scanned)
    if asked == "complete":
        return _complete(request, bundle)
    if asked in ("done", "damaged", "many", "unknown"):
        return _ask(request, bundle, asked, scanned.number)
    if asked == "back":
        return _screen(request, bundle, _carton_in(request))
    if scanned.step in ("piece", "lot", "hurt", "thing"):
        return _keyed(request, bundle, scanned)
    if scanned.step == "check":
        return _checked(request, bundle, scanned)
    if scanned.text:
        return _scan(request, bundle, scanned)
    return _screen(request, bundle, scanned.number)


def _bundle(request: Request, code: str) -> CargoBundle:
    building(request)
    found = counting.delivery(worker(request), folded(code))
    if found is None:
        raise NotFound(kind=_("delivery"), code=code[:30])
    return found


def _carton_in(request: Request) -> int:
    return number_of(request.POST.get("carton", "")) or 0


def _complete(request: Request, bundle: CargoBundle) -> HttpResponse:
    complete_delivery(bundle_id=bundle.pk, actor=worker(request), at=request.at)
    return redirect(f"{reverse('floor:receive')}?closed={bundle.code}")


def _scan(request: Request, bundle: CargoBundle, scanned: Scanned) -> HttpResponse:
    read = read_label(raw_scan(request))
    sku = counting.sku_scanned(bundle.seller_id, read)
    if sku is None:
        return _other_code(request, bundle, scanned, read)
    if counting.is_check_due(bundle, sku):
        return _check_screen(request, bundle, sku, scanned.number)
    is_hurt = scanned.step == "damaged"
    if is_hurt or (sku.tracks_lots and not read.lot) or (sku.tracks_expiry and read.expires_on is None):
        step = "hurt" if is_hurt else "lot"
        return _form(request, bundle, step, {"sku": sku, "read": read, "carton": scanned.number})
    count = Count(scan_id_of(scanned), 1, sku.pk, GOOD, scanned.number or None, read.lot, read.expires_on, scanned.text)
    return _book(request, bundle, count)


def _other_code(request: Request, bundle: CargoBundle, scanned: Scanned, read: Read) -> HttpResponse:
    """A carton or delivery; anything else is a thing nobody knows."""
    try:
        came = arrive(warehouse_id=building(request), scan=scanned.text, actor=worker(request), at=request.at)
    except NoDelivery:
        return _form(request, bundle, "thing", {"scanned": read.code[:100], "carton": scanned.number})
    carton = came.carton.pk if came.carton else 0
    if came.bundle.pk != bundle.pk:
        return redirect(f"{reverse('floor:receive-delivery', args=[came.bundle.code])}?carton={carton}")
    return _screen(request, bundle, carton, tone="ok", band=Band(scanned.text))


def _undo(request: Request, bundle: CargoBundle, scanned: Scanned) -> HttpResponse:
    """The command card: this person's last count here is taken back."""
    undone = take_back_count(bundle_id=bundle.pk, scan_id=scan_id_of(scanned), actor=worker(request), at=request.at)
    carton = scanned.number if scanned.step in ("count", "damaged") else _carton_in(request)
    return _screen(request, bundle, carton, tone="warn", band=Band(taken_back_words(undone), "warn"))


def _keyed(request: Request, bundle: CargoBundle, scanned: Scanned) -> HttpResponse:
    """A number, a lot or a photo for a SKU; step's number is the SKU (0 for an unknown thing)."""
    sku = Sku.objects.filter(seller_id=bundle.seller_id, pk=scanned.number).first() if scanned.number else None
    if scanned.number and sku is None:
        raise NotFound(kind="SKU", code=str(scanned.number))
    quantity = number_of(request.POST.get("number", ""))
    if sku is not None and quantity and _is_more(bundle, sku, quantity) and "sure" not in request.POST:
        return _more(request, bundle, scanned.step, sku, quantity)
    last_day = day_of(request.POST.get("day", ""))
    photo_key = take_photo(request)
    count = Count(
        scan_id=scan_id_of(scanned),
        quantity=quantity if quantity is not None else 0,
        sku_id=sku.pk if sku else None,
        condition=DAMAGED if scanned.step == "hurt" else GOOD,
        carton_id=_carton_in(request) or None,
        lot=request.POST.get("lot", "").replace("\x00", "").strip()[:40],
        expires_on=last_day,
        scanned=request.POST.get("code", "").replace("\x00", "")[:100],
        note=request.POST.get("note", "").replace("\x00", "")[:200],
        photo_key=photo_key,
    )
    return _book(request, bundle, count)


def _is_more(bundle: CargoBundle, sku: Sku, quantity: int) -> bool:
    line = bundle.lines.filter(sku=sku).first()
    return quantity > 1 and (line is None or line.received + line.damaged + quantity > line.told)


def _more(request: Request, bundle: CargoBundle, step: str, sku: Sku, quantity: int) -> HttpResponse:
    line = bundle.lines.filter(sku=sku).first()
    context = _head(bundle) | {
        "sku": sku,
        "line": line,
        "quantity": quantity,
        "step": f"{step}-{sku.pk}",
        "carton": _carton_in(request),
        "lot": request.POST.get("lot", ""),
        "day": request.POST.get("day", ""),
        "note": request.POST.get("note", ""),
    }
    return show(request, "count_more", context, tone="warn")


def _book(request: Request, bundle: CargoBundle, count: Count) -> HttpResponse:
    try:
        booked = count_pieces(bundle_id=bundle.pk, count=count, actor=worker(request), at=request.at)
    except Refusal:
        if count.photo_key:
            papers.throw_away(count.photo_key)
        raise
    if booked.is_repeat and count.photo_key and booked.receipt.photo_key != count.photo_key:
        papers.throw_away(count.photo_key)
    line = booked.line
    came = line.received + line.damaged if line else 0
    tone = "warn" if line is None or came > line.told or count.condition == DAMAGED else "ok"
    if line is not None and came == line.told and tone == "ok":
        tone = "done"
    band = Band(counted_words(line, count.scanned), "warn" if tone == "warn" else "ok")
    last = count.sku_id if count.condition == GOOD and not count.lot and not count.expires_on else None
    return _screen(request, bundle, count.carton_id or 0, tone=tone, band=band, last=last)


def _checked(request: Request, bundle: CargoBundle, scanned: Scanned) -> HttpResponse:
    sku = Sku.objects.filter(seller_id=bundle.seller_id, pk=scanned.number).first()
    if sku is None:
        raise NotFound(kind="SKU", code=str(scanned.number))
    points = counting.check_list(sku)
    faults = [point for place, point in enumerate(points) if request.POST.get(f"point-{place}") != "right"]
    answer_check(
        bundle_id=bundle.pk,
        sku_id=sku.pk,
        points=points,
        faults=faults,
        note=request.POST.get("note", "").replace("\x00", ""),
        actor=worker(request),
        at=request.at,
    )
    words = _("Check list answered. Now scan the pieces of %(name)s.") % {"name": sku.option or sku.name}
    kind = "warn" if faults else "ok"
    return _screen(request, bundle, _carton_in(request), tone=kind, band=Band(words, kind))


def _check_screen(request: Request, bundle: CargoBundle, sku: Sku, carton: int) -> HttpResponse:
    points = [(place, CHECK_WORDS.get(point, point)) for place, point in enumerate(counting.check_list(sku))]
    return show(request, "check_list", _head(bundle) | {"sku": sku, "points": points, "carton": carton}, tone="warn")


def _ask(request: Request, bundle: CargoBundle, question: str, carton: int) -> HttpResponse:
    if question == "done":
        context = _head(bundle) | {"progress": counting.whole_progress(bundle), "carton": carton}
        return show(request, "count_done", context)
    if question == "damaged":
        return show(request, "scan_damaged", _head(bundle) | {"carton": carton})
    if question == "unknown":
        return _form(request, bundle, "thing", {"scanned": "", "carton": carton})
    last = Sku.objects.filter(seller_id=bundle.seller_id, pk=number_of(request.POST.get("sku", "")) or 0).first()
    if last is None:
        return _screen(request, bundle, carton)
    return show(request, "count_many", _head(bundle) | {"sku": last, "carton": carton})


def _form(request: Request, bundle: CargoBundle, step: str, context: dict[str, Any]) -> HttpResponse:
    """Number, lot and day, note and photo: what the step asks for."""
    drawn = _head(bundle) | {"kind": step, "form_id": str(uuid4()), **context}
    return show(request, "count_form", drawn, tone="" if step == "lot" else "warn")


def _head(bundle: CargoBundle) -> dict[str, Any]:
    back = reverse("floor:receive")
    return {"bundle": bundle, "seller": bundle.seller, "job": _("Receive"), "job_code": bundle.code, "back": back}


def _screen(
    request: Request,
    bundle: CargoBundle,
    carton_id: int,
    *,
    tone: str = "",
    band: Band | None = None,
    last: int | None = None,
) -> HttpResponse:
    progress = counting.progress(bundle)
    carton = next((each for each in progress.boxes if each.pk == carton_id), None)
    context = _head(bundle) | {
        "progress": progress,
        "carton": carton,
        "carton_id": carton.pk if carton else 0,
        "step": f"count-{carton.pk if carton else 0}",
        "last": last,
        "shown": [*progress.open_lines, *[line for line in progress.lines if line not in progress.open_lines]][:5],
        "count": f"{progress.came} / {progress.told}",
    }
    return show(request, "count", context, tone=tone, band=band)
