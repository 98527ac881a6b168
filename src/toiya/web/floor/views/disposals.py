"""Throwing away what its seller agreed to: scan the bin, then each piece; no piece more (L26)."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from toiya.core.codes import folded
from toiya.core.errors import NotFound
from toiya.domain.catalog.queries import skus_scanned
from toiya.domain.returns import queries
from toiya.domain.returns.actions.counting_out import ThrownAway, throw_away
from toiya.domain.returns.models import Removal, RemovalLine
from toiya.domain.warehouses.models import Bin
from toiya.web.floor import shelf
from toiya.web.floor.receiving import scan_id_of
from toiya.web.floor.scanning import number_of, scan_of
from toiya.web.floor.screen import Band, building, on_floor, show, worker
from toiya.web.shared.reader import Request

MOST_SHOWN = 10


@on_floor
def disposal(request: Request, code: str) -> HttpResponse:
    """One removal: a bin's scan chooses the bin, which the step `out-n` names; a piece's scan counts one out of it."""
    removal = _read(request, code)
    if request.method != "POST":
        return _screen(request, removal, None)
    scanned = scan_of(request)
    place = Bin.objects.filter(warehouse_id=building(request), pk=scanned.number).first()
    number, named = number_of(request.POST.get("number", "")), request.POST.get("line", "")
    last = next((line for line in removal.lines.all() if str(line.pk) == named), None)
    if place is not None and number and last is not None:
        return _count(request, removal, ThrownAway(last.pk, place, number, scan_id_of(scanned)))
    chosen = shelf.bin_of(building(request), scanned.text)
    if chosen is not None:
        return _screen(request, removal, chosen, tone="ok", band=Band(chosen.code))
    line = _line_of(removal, scanned.text)
    if place is None or line is None:
        raise shelf.NothingOfThat(scan=scanned.text or "–")
    return _count(request, removal, ThrownAway(line.pk, place, 1, scan_id_of(scanned)))


def _read(request: Request, code: str) -> Removal:
    rows = Removal.objects.filter(code=folded(code)[:20], warehouse_id=building(request), kind=Removal.Kind.DISPOSE)
    found: Removal | None = rows.select_related("seller").prefetch_related("lines__sku").first()
    if found is None:
        raise NotFound(kind=_("removal"), code=code[:20])
    return found


def _line_of(removal: Removal, scan: str) -> RemovalLine | None:
    skus = skus_scanned(scan, [line.sku_id for line in removal.lines.all()]) if scan else []
    return next((line for line in removal.lines.all() if skus and line.sku_id == skus[0].pk), None)


def _count(request: Request, removal: Removal, gone: ThrownAway) -> HttpResponse:
    done = throw_away(code=removal.code, gone=gone, actor=worker(request), at=request.at)
    if done.status == Removal.Status.DONE:
        return redirect("floor:returns")
    band = Band(f"−{gone.quantity}")
    return _screen(request, _read(request, removal.code), gone.place, tone="ok", band=band, line_id=gone.line_id)


def _screen(
    request: Request,
    removal: Removal,
    place: Bin | None,
    *,
    tone: str = "",
    band: Band | None = None,
    line_id: int = 0,
) -> HttpResponse:
    lines = list(removal.lines.all())
    gone, whole = sum(line.gone for line in lines), sum(line.quantity for line in lines)
    context: dict[str, Any] = {
        "removal": removal,
        "lines": [line for line in lines if line.left][:MOST_SHOWN],
        "last": next((line for line in lines if line.pk == line_id and line.left), None),
        "lying": queries.lying(removal, MOST_SHOWN),
        "place": place,
        "step": f"out-{place.pk if place else 0}",
        "form_id": str(uuid4()),
        "seller": removal.seller,
        "job": _("Throw away"),
        "job_code": removal.code,
        "back": reverse("floor:returns"),
        "count": f"{gone} / {whole}",
    }
    return show(request, "disposal", context, tone=tone, band=band)
