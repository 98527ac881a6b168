"""The bench: scan the bin of each part and the one for the pieces, then say how many were made."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.utils.translation import gettext as _

from toiya.core.errors import NotFound
from toiya.domain.assembly import queries
from toiya.domain.assembly.actions.asking import start_assembly
from toiya.domain.assembly.actions.making import Confirmed, choose_bin, confirm_part
from toiya.domain.assembly.models import WorkOrder
from toiya.domain.outbound.actions.on_the_shelf import make_bundles, take_bundles_apart
from toiya.web.floor import shelf
from toiya.web.floor.scanning import number_of, scan_of
from toiya.web.floor.screen import Band, building, on_floor, show, worker
from toiya.web.shared.reader import Request

Status = WorkOrder.Status
MOST_SHOWN = 50


@on_floor
def bench(request: Request) -> HttpResponse:
    """What is to be assembled here."""
    rows = WorkOrder.objects.filter(warehouse_id=building(request), status__in=(Status.ACCEPTED, Status.IN_WORK))
    orders = rows.select_related("sku", "seller").order_by("pk")[:MOST_SHOWN]
    return show(request, "bench", {"orders": orders, "job": _("Assemble")})


@on_floor
def work(request: Request, code: str) -> HttpResponse:
    """Steps part-n and into-n take a bin, piece-n a piece of the part; a number of pieces is made or taken apart."""
    found = _read(request, code)
    if request.method != "POST":
        return _screen(request, found)
    scanned, actor = scan_of(request), worker(request)
    number = number_of(request.POST.get("number", "") or request.POST.get("apart", ""))
    if request.POST.get("ask") == "start":
        start_assembly(code=found.code, actor=actor, at=request.at)
        return _screen(request, _read(request, code), tone="ok")
    if number is not None:
        do = take_bundles_apart if "apart" in request.POST else make_bundles
        told = Confirmed(number, scanned.scan_id or request.POST.get("confirm", "")[:40])
        do(code=found.code, confirmed=told, actor=actor, at=request.at)
        return _screen(request, _read(request, code), tone="done", band=Band(str(number)))
    if request.POST.get("ask") == "apart" and found.whole:
        return show(request, "apart", _head(found) | {"order": found, "confirm": str(uuid4())})
    if scanned.step == "piece" and scanned.text:
        confirm_part(code=found.code, part_id=scanned.number, scan=scanned.text, actor=actor, at=request.at)
        return _screen(request, _read(request, code), tone="ok", band=Band(scanned.text))
    if scanned.step not in ("part", "into"):
        return _screen(request, found)
    place = shelf.bin_of(building(request), scanned.text)
    if place is None:
        raise shelf.NothingOfThat(scan=scanned.text or "–")
    part_id = scanned.number if scanned.step == "part" else None
    choose_bin(code=found.code, place=place, part_id=part_id, actor=actor, at=request.at)
    return _screen(request, _read(request, code), tone="ok", band=Band(place.code))


def _read(request: Request, code: str) -> WorkOrder:
    rows = WorkOrder.objects.filter(warehouse_id=building(request), code=code)
    found: WorkOrder | None = rows.select_related("sku", "seller", "to_bin").first()
    if found is None:
        raise NotFound(kind=_("work order"), code=code[:20])
    return found


def _head(found: WorkOrder) -> dict[str, Any]:
    count = f"{found.made} / {found.quantity}"
    return {"seller": found.seller, "job": _("Assemble"), "job_code": found.code, "count": count}


def _screen(request: Request, found: WorkOrder, *, tone: str = "", band: Band | None = None) -> HttpResponse:
    parts = list(found.parts.select_related("sku", "from_bin").order_by("pk"))
    lying = queries.lying(found, [part.sku_id for part in parts])
    wanting = next((part for part in parts if not part.is_confirmed), None)
    is_piece = wanting is not None and wanting.from_bin is not None
    context = _head(found) | {
        "order": found,
        "parts": [(part, lying.get(part.sku_id, [])) for part in parts],
        "wanting": wanting,
        "is_piece": is_piece,
        "step": f"{'piece' if is_piece else 'part'}-{wanting.pk}" if wanting else f"into-{found.pk}",
        "confirm": str(uuid4()),
    }
    return show(request, "work_order", context, tone=tone, band=band)
