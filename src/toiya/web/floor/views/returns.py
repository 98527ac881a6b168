"""The returns station: scan a parcel in, scan each piece, judge it, show damage, put it where the screen says (L27)."""

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
from toiya.domain.returns import queries
from toiya.domain.returns.actions.arriving import (
    AtTheDoor,
    ReturnUnknown,
    arrive_return,
    note_unknown,
    refuse_collect,
)
from toiya.domain.returns.actions.grading import Judged, close_return, grade_pieces
from toiya.domain.returns.models import Grading, Return
from toiya.domain.returns.rules import Place, fate
from toiya.web.floor import seen, shelf
from toiya.web.floor.receiving import scan_id_of, take_photo
from toiya.web.floor.scanning import Scanned, number_of, scan_of
from toiya.web.floor.screen import Band, building, on_floor, show, worker
from toiya.web.floor.seen import Seen
from toiya.web.shared.reader import Request

MOST_SHOWN = 20
GRADES = "ABCD"
_MANY = 100_000  # a step's number holds three: the SKU, its grade, and how many


@on_floor
def door(request: Request) -> HttpResponse:
    """The returns door: a known parcel opens its return; another is refused or noted, with a photo."""
    if request.method != "POST" or request.POST.get("ask") == "back":
        return _door(request)
    asked = request.POST.get("ask", "")
    if asked in ("refuse", "unknown") and "code" in request.POST:
        return _note(request, asked)
    if asked in ("refuse", "unknown"):
        return _form(request, "")
    scanned = scan_of(request)
    try:
        found = arrive_return(warehouse_id=building(request), scan=scanned.text, actor=worker(request), at=request.at)
    except ReturnUnknown:
        return _form(request, scanned.text)
    return redirect("floor:return", code=found.code)


def _door(request: Request, *, tone: str = "", band: Band | None = None) -> HttpResponse:
    here, away = queries.on_the_floor(building(request), MOST_SHOWN)
    return show(request, "returns", {"here": here, "away": away, "job": _("Returns")}, tone=tone, band=band)


def _form(request: Request, scanned: str) -> HttpResponse:
    context = {"scanned": scanned, "form_id": str(uuid4()), "job": _("Returns"), "back": reverse("floor:returns")}
    return show(request, "returns_unknown", context, tone="warn")


def _note(request: Request, asked: str) -> HttpResponse:
    came = AtTheDoor(
        scan=request.POST["code"].replace("\x00", "")[:100],
        scan_id=scan_id_of(scan_of(request)),
        note=request.POST.get("note", "").replace("\x00", "")[:200],
        photo_key=take_photo(request),
    )
    do = refuse_collect if asked == "refuse" else note_unknown
    noted = do(warehouse_id=building(request), came=came, actor=worker(request), at=request.at)
    if came.photo_key and noted.photo_key != came.photo_key:  # the same scan was noted before
        papers.throw_away(came.photo_key)
    words = _("Refused and written down") if asked == "refuse" else _("Noted as %(code)s") % {"code": noted.code}
    return _door(request, tone="warn", band=Band(words, "warn"))


@on_floor
def desk(request: Request, code: str) -> HttpResponse:
    """
    One return at the desk: `piece-0` takes a piece, `judge-sku` its grade, `shelf-n` the bin of pieces that are sold
    again.

    Every piece is in the book before the screen answers, so a screen that dies loses nothing.
    """
    found = _read(request, code)
    if request.method != "POST" or request.POST.get("ask") == "back":
        return _screen(request, found)
    if request.POST.get("ask") == "close":
        close_return(code=found.code, actor=worker(request), at=request.at)
        return redirect("floor:returns")
    scanned = scan_of(request)
    if scanned.step == "judge":
        return _judged(request, found, scanned)
    if scanned.step == "shelf":
        return _shelved(request, found, scanned)
    sku = queries.sku_scanned(found, scanned.text) if scanned.text else None
    if sku is None:
        raise shelf.NothingOfThat(scan=scanned.text or "–")
    return _ask_grade(request, found, sku)


def _read(request: Request, code: str) -> Return:
    rows = Return.objects.filter(code=folded(code)[:20], warehouse_id=building(request))
    found: Return | None = rows.select_related("seller", "order").first()
    if found is None:
        raise NotFound(kind=_("return"), code=code[:20])
    return found


def _sku(found: Return, number: int) -> Sku:
    sku: Sku | None = queries.skus_of(found).filter(pk=number).first()
    if sku is None:
        raise NotFound(kind="SKU", code=str(number))
    return sku


def _judged(request: Request, found: Return, scanned: Scanned) -> HttpResponse:
    sku, grade = _sku(found, scanned.number), request.POST.get("grade", "")[:1]
    quantity = number_of(request.POST.get("number", "")) or 0
    becomes = fate(grade, found.wish, is_tracked=sku.tracks_lots or sku.tracks_expiry)
    note = request.POST.get("note", "").replace("\x00", "")
    if grade in GRADES[:2] and becomes.place == Place.SHELF and 0 < quantity < _MANY:
        number = (sku.pk * len(GRADES) + GRADES.index(grade)) * _MANY + quantity
        seen.keep(request, found.code, number, Seen(note, take_photo(request)))
        context = _head(found) | {"sku": sku, "quantity": quantity, "step": f"shelf-{number}"}
        return show(request, "returns_shelf", context)
    judged = Judged(sku.pk, grade, quantity, scan_id_of(scanned), note=note, photo_key=take_photo(request))
    return _book(request, found, judged)


def _shelved(request: Request, found: Return, scanned: Scanned) -> HttpResponse:
    rest, quantity = divmod(scanned.number, _MANY)
    sku_id, place_of_grade = divmod(rest, len(GRADES))
    place = shelf.bin_of(building(request), scanned.text)
    if place is None:
        raise shelf.NothingOfThat(scan=scanned.text or "–")
    known = seen.kept(request, found.code, scanned.number)
    grade, scan_id = GRADES[place_of_grade], scan_id_of(scanned)
    judged = Judged(sku_id, grade, quantity, scan_id, place=place, note=known.note, photo_key=known.photo_key)
    # A wrong bin is scanned again: the photo waits until the pieces are booked.
    graded = grade_pieces(code=found.code, judged=judged, actor=worker(request), at=request.at)
    seen.forget(request)
    return _booked(request, found, judged, graded)


def _book(request: Request, found: Return, judged: Judged) -> HttpResponse:
    try:
        graded = grade_pieces(code=found.code, judged=judged, actor=worker(request), at=request.at)
    except Refusal:
        if judged.photo_key:
            papers.throw_away(judged.photo_key)
        raise
    return _booked(request, found, judged, graded)


def _booked(request: Request, found: Return, judged: Judged, graded: Grading) -> HttpResponse:
    if judged.photo_key and graded.photo_key != judged.photo_key:  # the same scan was booked before
        papers.throw_away(judged.photo_key)
    words = _("%(grade)s: %(quantity)s → %(bin)s") % {
        "grade": graded.grade,
        "quantity": graded.quantity,
        "bin": graded.bin.code,
    }
    tone = "ok" if graded.is_sellable else "warn"
    return _screen(request, _read(request, found.code), tone=tone, band=Band(words, tone))


def _ask_grade(request: Request, found: Return, sku: Sku) -> HttpResponse:
    grades = [(grade.value, grade.label) for grade in Grading.Grade]
    context = _head(found) | {"sku": sku, "grades": grades, "form_id": str(uuid4()), "step": f"judge-{sku.pk}"}
    return show(request, "returns_judge", context)


def _head(found: Return) -> dict[str, Any]:
    back = reverse("floor:returns")
    return {"found": found, "seller": found.seller, "job": _("Returns"), "job_code": found.code, "back": back}


def _screen(request: Request, found: Return, *, tone: str = "", band: Band | None = None) -> HttpResponse:
    lines = list(found.lines.select_related("sku").order_by("pk")[:MOST_SHOWN])
    came, told = sum(line.came for line in lines), sum(line.announced for line in lines)
    context = _head(found) | {"lines": lines, "step": "piece-0", "count": f"{came} / {told}" if told else str(came)}
    return show(request, "return", context, tone=tone, band=band)
