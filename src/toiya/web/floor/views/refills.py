"""Refill: from the reserve to the pick bin, by three scans: the bin, a piece, the pick bin."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from toiya.core.errors import NotFound
from toiya.domain.outbound.actions.refilling import refill_face
from toiya.domain.outbound.models import PickFace
from toiya.domain.outbound.refills import refills_of
from toiya.domain.stock.actions.spots import MovedMeanwhile
from toiya.domain.stock.models import BinStock
from toiya.web.floor import shelf
from toiya.web.floor.scanning import number_of, scan_of
from toiya.web.floor.screen import Band, building, on_floor, show, worker
from toiya.web.shared.reader import Request

MOST_SHOWN = 20
_SEEN = 10_000_000  # a step's number holds two: pieces that go, and pieces that were there


@on_floor
def refills(request: Request) -> HttpResponse:
    """The pick bins that want pieces, the emptiest first."""
    wanted = refills_of(building(request))
    done = request.GET.get("done", "")[:40]
    context = {"refills": wanted[:MOST_SHOWN], "job": _("Refill"), "count": str(len(wanted))}
    return show(request, "refills", context, band=Band(done) if done else None)


@on_floor
def refill(request: Request, face: int, row: int) -> HttpResponse:
    """Scan the reserve bin, a piece, then the pick bin; the number to carry is proposed and may be keyed."""
    target = _face(request, face)
    source = shelf.row_of(building(request), row)
    if source.sku_id != target.sku_id:
        raise NotFound(kind=_("place"), code=str(row))
    scanned = scan_of(request)
    if request.method != "POST":
        return _step(request, target, source, "source")
    if request.POST.get("ask") == "count":
        return show(request, "shelf_many", _head(target, source))
    if "number" in request.POST:
        return _put(request, target, source, number_of(request.POST["number"]) or 0)
    if scanned.step == "source":
        shelf.check_source(source, scanned.text)
        return _step(request, target, source, "goods", tone="ok", band=Band(scanned.text))
    if scanned.step == "goods":
        shelf.check_goods(source, scanned.text)
        return _put(request, target, source, _proposed(request, target, source), band=Band(scanned.text))
    quantity, seen = divmod(scanned.number, _SEEN)
    told: dict[str, Any] = {"quantity": quantity, "actor": worker(request), "at": request.at}
    try:
        refill_face(face_id=target.pk, spot=shelf.spot_of(source, seen), scan=scanned.text, **told)
    except MovedMeanwhile:
        band = Band(_("That step was over. Look, then scan."), "warn")
        return _step(request, target, shelf.row_of(building(request), row), "source", tone="warn", band=band)
    words = _("%(quantity)s moved to %(bin)s") % {"quantity": quantity, "bin": target.bin.code}
    return redirect(f"{reverse('floor:refills')}?{urlencode({'done': words})}")


def _face(request: Request, face: int) -> PickFace:
    faces = PickFace.objects.filter(pk=face, warehouse_id=building(request)).select_related("bin", "sku", "seller")
    found: PickFace | None = faces.first()
    if found is None:
        raise NotFound(kind=_("pick bin"), code=str(face))
    return found


def _proposed(request: Request, target: PickFace, source: BinStock) -> int:
    wanted = [each.quantity for each in refills_of(building(request)) if each.face.pk == target.pk]
    return min(wanted[0] if wanted else target.maximum, source.quantity)


def _put(
    request: Request, target: PickFace, source: BinStock, quantity: int, *, band: Band | None = None
) -> HttpResponse:
    going = min(quantity, source.quantity)
    step = f"put-{going * _SEEN + source.quantity}"
    return _step(request, target, source, "put", tone="ok", band=band, quantity=going, step=step)


def _step(
    request: Request,
    target: PickFace,
    source: BinStock,
    named: str,
    *,
    tone: str = "",
    band: Band | None = None,
    **more: Any,
) -> HttpResponse:
    context = _head(target, source) | {"named": named, "step": f"{named}-{source.pk}"} | more
    return show(request, "refill", context, tone=tone, band=band)


def _head(target: PickFace, source: BinStock) -> dict[str, Any]:
    return {"face": target, "row": source, "seller": target.seller, "job": _("Refill"), "job_code": target.bin.code}
