"""The packing station: a tote, its pieces, the box, the weight, the label; one address per parcel."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from toiya.core.codes import folded
from toiya.core.errors import NotFound, Refusal
from toiya.domain.carriers.models import Service
from toiya.domain.carriers.queries import label_document, services
from toiya.domain.outbound import queries
from toiya.domain.outbound.actions.packing import (
    Packing,
    TooHeavy,
    Weighing,
    WeightMissing,
    WeightOff,
    choose_service,
    open_tote,
    pack_piece,
    packing_of,
    seal_parcel,
)
from toiya.domain.outbound.actions.stopped import ParcelStopped
from toiya.domain.outbound.models import Parcel
from toiya.domain.outbound.stops import stop_of_order
from toiya.domain.warehouses.models import Warehouse
from toiya.web.floor.jobs import jobs_of
from toiya.web.floor.packing import boxes_for, why_held
from toiya.web.floor.scanning import Scanned, grams_of, number_of, scan_of
from toiya.web.floor.screen import Band, building, on_floor, show, worker
from toiya.web.floor.views.stops import stop_at
from toiya.web.shared.reader import Request


class WrongLabel(Refusal):
    """The label that was scanned belongs on another parcel."""

    code = "wrong_label"
    message = gettext_lazy("Wrong label: %(scan)s. Stick the label of this parcel on and scan it.")


class NoWeight(Refusal):
    """A weight was awaited and something else was scanned."""

    code = "no_weight"
    message = gettext_lazy("%(scan)s is no weight. Every piece is in: put the parcel on the scale, or key the grams.")


@on_floor
def station(request: Request) -> HttpResponse:
    """The idle station: the next tote, please."""
    if request.method == "POST":
        scan = scan_of(request).text
        if stopped := stop_at(request, scan):
            return stopped
        parcel = open_tote(warehouse_id=building(request), scan=scan, actor=worker(request), at=request.at)
        return redirect("floor:parcel", code=parcel.code)
    closed = request.GET.get("closed", "")[:30]
    band = Band(_("%(parcel)s goes to the truck") % {"parcel": closed}) if closed else None
    warehouse = Warehouse.objects.get(pk=building(request))
    jobs = jobs_of(warehouse, int(worker(request).id))
    context = {"jobs": jobs, "warehouse": warehouse, "job": _("Pack")}
    return show(request, "station", context, tone="done" if closed else "", band=band)


@on_floor
def parcel(request: Request, code: str) -> HttpResponse:
    """A parcel from its first piece to its label: what a scan means follows from how far the parcel is."""
    try:
        return _parcel_step(request, code, scan_of(request))
    except ParcelStopped:
        stop = stop_of_order(_parcel(request, code).order_id)
        return redirect("floor:stop", stop=stop) if stop else redirect("floor:station")


def _parcel_step(request: Request, code: str, scanned: Scanned) -> HttpResponse:
    if request.method == "POST" and scanned.step == "piece" and scanned.text and not scanned.command:
        packing = pack_piece(
            parcel_code=code,
            scan=scanned.text,
            actor=worker(request),
            at=request.at,
            scan_id=scanned.scan_id,
        )
        return _packing_screen(request, packing, tone="done" if packing.is_complete else "ok", band=Band(scanned.text))
    found = _parcel(request, code)
    if request.method == "POST":
        return _act(request, found, scanned)
    return _screen(request, found)


@on_floor
def label(request: Request, code: str) -> HttpResponse:
    """The label as PDF, the same bytes at every print."""
    document = label_document(worker(request), _parcel(request, code).code)
    name = f'inline; filename="{code}.pdf"'
    return HttpResponse(document, content_type="application/pdf", headers={"Content-Disposition": name})


def _parcel(request: Request, code: str) -> Parcel:
    found = queries.parcel_to_pack(building(request), folded(code))
    if found is None:
        raise NotFound(kind=_("parcel"), code=code)
    return found


def _act(request: Request, found: Parcel, scanned: Scanned) -> HttpResponse:
    if found.status == Parcel.Status.OPEN and "service" in request.POST:
        choose_service(
            parcel_code=found.code,
            service_code=request.POST["service"][:30],
            actor=worker(request),
            at=request.at,
        )
        return _screen(request, _parcel(request, found.code))
    if found.status == Parcel.Status.OPEN and scanned.step == "weigh" and request.POST.get("ask") == "weight":
        return show(request, "key_weight", _head(found))
    if found.status == Parcel.Status.OPEN and scanned.step == "weigh" and request.POST.get("ask") != "back":
        return _weigh(request, found, scanned)
    # A weight sent again (its answer was lost) is no label: it has done its work, and the screen says what comes next.
    is_past = scanned.step == "weigh"
    if found.status in (Parcel.Status.LABELLED, Parcel.Status.SHIPPED) and scanned.text and not is_past:
        return _stick(found, scanned)
    return _screen(request, found)


def _weigh(request: Request, found: Parcel, scanned: Scanned) -> HttpResponse:
    weight = number_of(request.POST["number"]) if "number" in request.POST else grams_of(scanned.text)
    if weight is None:
        raise NoWeight(scan=scanned.text or request.POST.get("number", "") or "–")
    packing = packing_of(parcel_code=found.code, actor=worker(request), at=request.at)
    service = found.service or boxes_for(packing, services(), None).chosen
    weighing = Weighing(weight, service.code if service else "", "checked" in request.POST)
    try:
        seal_parcel(parcel_code=found.code, weighing=weighing, actor=worker(request), at=request.at)
    except WeightOff as off:
        return show(request, "weight_off", _head(found) | {"refusal": off, "weight": weight}, tone="warn")
    except (TooHeavy, WeightMissing) as refusal:
        band = Band(str(refusal), "warn")
        return _packing_screen(request, packing, found=found, tone="stop", band=band)
    return _screen(request, _parcel(request, found.code), tone="ok", band=Band(f"{weight} g"))


def _stick(found: Parcel, scanned: Scanned) -> HttpResponse:
    number = found.label.tracking_number if found.label else ""
    text = folded(scanned.text)
    if text not in {found.code, number} and text.replace("-", "").strip("AD") != number:
        raise WrongLabel(scan=scanned.text)
    response = redirect("floor:station")
    response["Location"] += f"?closed={found.code}"
    return response


def _screen(request: Request, found: Parcel, *, tone: str = "", band: Band | None = None) -> HttpResponse:
    if found.status in (Parcel.Status.OPEN, Parcel.Status.CANCELLED):
        packing = packing_of(parcel_code=found.code, actor=worker(request), at=request.at)
        return _packing_screen(request, packing, found=found, tone=tone, band=band)
    if found.status == Parcel.Status.SEALED:
        holds = [why_held(hold) for hold in queries.reasons_to_hold(found.order_id)]
        context = _head(found) | {"holds": holds}
        return show(request, "label_waits", context, tone="warn" if holds else tone, band=band)
    gone = found.status == Parcel.Status.SHIPPED
    context = _head(found) | {"gone": gone}
    return show(request, "label_ready", context, tone=tone or ("" if gone else "done"), band=band)


def _packing_screen(
    request: Request, packing: Packing, *, found: Parcel | None = None, tone: str = "", band: Band | None = None
) -> HttpResponse:
    """Pieces to scan, or box and weight; only the latter needs the services and the one that was chosen."""
    context: dict[str, Any] = {
        "packing": packing,
        "job": _("Pack"),
        "job_code": packing.order_code,
        "count": f"{packing.packed} / {packing.pieces}",
    }
    if not packing.is_complete:
        lines = sorted(
            packing.lines, key=lambda line: not line.missing
        )  # to be scanned first: it never leaves the screen
        return show(request, "pieces", context | {"lines": lines, "following": lines[0]}, tone=tone, band=band)
    found = found or _parcel(request, packing.code)
    chosen: Service | None = found.service
    context |= {"boxes": boxes_for(packing, services(), chosen), "seller": found.seller, "parcel": found}
    return show(request, "weigh", context, tone=tone, band=band)


def _head(found: Parcel) -> dict[str, Any]:
    return {"parcel": found, "job": _("Pack"), "job_code": found.order.code, "seller": found.seller, "count": ""}
