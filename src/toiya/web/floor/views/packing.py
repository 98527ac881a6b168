"""The packing station: a tote, its pieces, the box, the weight, the label; one address per parcel."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from toiya.core.actor import Permission
from toiya.core.codes import folded
from toiya.core.errors import NotFound, Refusal
from toiya.domain.carriers.models import Service
from toiya.domain.carriers.queries import label_document
from toiya.domain.members.actions.joining import WrongBadgeOrPin, sign_in_on_floor
from toiya.domain.members.queries import actor_of
from toiya.domain.outbound import queries
from toiya.domain.outbound.actions.boxes import BoxTooLarge, choose_service
from toiya.domain.outbound.actions.enclosing import put_enclosure, say_not_there
from toiya.domain.outbound.actions.packing import NotInThisParcel, Packing, open_tote, pack_piece, packing_of
from toiya.domain.outbound.actions.sealing import TooHeavy, Weighing, WeightMissing, seal_parcel
from toiya.domain.outbound.actions.serials import put_serial
from toiya.domain.outbound.actions.stopped import ParcelStopped
from toiya.domain.outbound.actions.weights import Acceptance, WeightNeedsLead, WeightOff, WeightReason
from toiya.domain.outbound.delivery_wishes import services_for
from toiya.domain.outbound.models import Parcel
from toiya.domain.outbound.stops import stop_of_order
from toiya.domain.warehouses.models import Warehouse
from toiya.web.floor.jobs import jobs_of
from toiya.web.floor.packing import boxes_for, taken_for, why_held
from toiya.web.floor.receiving import raw_scan
from toiya.web.floor.scanning import Scanned, grams_of, number_of, scan_of
from toiya.web.floor.screen import Band, building, on_floor, show, worker
from toiya.web.floor.views.stops import stop_at
from toiya.web.shared.reader import Request

CLOSING = ("weigh", "more")  # steps that wait for the scale; after `more`, another box of the order follows


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
    if request.method == "POST" and scanned.step == "serial" and scanned.text:
        packing = put_serial(
            parcel_code=code,
            scan=raw_scan(request),
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
    is_closing = scanned.step in CLOSING
    if found.status == Parcel.Status.OPEN and "service" in request.POST:
        service, _bar, box = request.POST["service"][:60].partition("|")
        choose_service(parcel_code=found.code, service_code=service, box_code=box, actor=worker(request), at=request.at)
        return _screen(request, _parcel(request, found.code), has_more=scanned.step == "more")
    if found.status == Parcel.Status.OPEN and "missing" in request.POST:
        say_not_there(
            parcel_code=found.code, sku_code=request.POST["missing"][:18], actor=worker(request), at=request.at
        )
        return _screen(request, found, has_more=scanned.step == "more")
    if found.status == Parcel.Status.OPEN and is_closing and request.POST.get("ask") == "weight":
        return show(request, "key_weight", _head(found) | {"closing": scanned.step})
    if found.status == Parcel.Status.OPEN and is_closing and request.POST.get("ask") != "back":
        return _weigh(request, found, scanned)
    # A weight sent again (its answer was lost) is no label: it has done its work, and the screen says what comes next.
    if found.status in (Parcel.Status.LABELLED, Parcel.Status.SHIPPED) and scanned.text and not is_closing:
        return _stick(found, scanned)
    is_full = request.POST.get("ask") == "full" or scanned.command == "NEWBOX"
    return _screen(request, found, has_more=is_full)


def _weigh(request: Request, found: Parcel, scanned: Scanned) -> HttpResponse:
    weight = number_of(request.POST["number"]) if "number" in request.POST else grams_of(scanned.text)
    if weight is None:
        return _enclose(request, found, scanned)
    has_more = scanned.step == "more"
    packing = _closing(request, found, has_more=has_more)
    rows = queries.boxes_of(found.warehouse_id)
    boxes = boxes_for(packing, _services(request, found), taken_for(found), rows, request.at.date())
    service, box = boxes.chosen, boxes.box
    way = service.code if service else "", box.code if box else ""
    try:
        weighing = Weighing(weight, way[0], _accepted(request), way[1], has_more)
        seal_parcel(parcel_code=found.code, weighing=weighing, actor=worker(request), at=request.at)
    except (WeightOff, WeightNeedsLead) as off:
        context = _head(found) | {"refusal": off, "weight": weight, "closing": scanned.step}
        context |= {"is_lead": worker(request).may(Permission.LEAD_FLOOR), "reasons": WeightReason.choices}
        return show(request, "weight_off", context, tone="warn")
    except (TooHeavy, WeightMissing, BoxTooLarge) as refusal:
        band = Band(str(refusal), "warn")
        return _packing_screen(request, packing, found=found, tone="stop", band=band, has_more=has_more)
    return _screen(request, _parcel(request, found.code), tone="ok", band=Band(f"{weight} g"))


def _accepted(request: Request) -> Acceptance | None:
    """A lead at the station says why the weight is right: the one who packs, or with badge and PIN beside them."""
    reason = request.POST.get("reason", "")[:20]
    if not reason:
        return None
    if worker(request).may(Permission.LEAD_FLOOR):
        return Acceptance(worker(request), reason)
    badge = request.POST.get("badge", "").replace("\x00", "").upper().strip()[:20]
    try:
        staff = sign_in_on_floor(badge=badge, pin=request.POST.get("pin", "").replace("\x00", "")[:12])
    except WrongBadgeOrPin as wrong:
        raise WeightNeedsLead() from wrong
    lead = actor_of(staff.user, at=request.at)
    if lead is None or lead.warehouse_id not in (None, building(request)):
        raise WeightNeedsLead()
    return Acceptance(lead, reason)


def _enclose(request: Request, found: Parcel, scanned: Scanned) -> HttpResponse:
    """What was scanned instead of a weight may be the seller's own packaging, or an insert."""
    try:
        put = put_enclosure(
            parcel_code=found.code,
            scan=scanned.text,
            actor=worker(request),
            at=request.at,
            scan_id=scanned.scan_id,
        )
    except NotInThisParcel as error:
        raise NoWeight(scan=scanned.text or request.POST.get("number", "") or "–") from error
    return _screen(request, found, tone="ok", band=Band(put.name), has_more=scanned.step == "more")


def _closing(request: Request, found: Parcel, *, has_more: bool) -> Packing:
    packing = packing_of(parcel_code=found.code, actor=worker(request), at=request.at)
    return packing.closed_here() if has_more and packing.packed else packing


def _stick(found: Parcel, scanned: Scanned) -> HttpResponse:
    number = found.label.tracking_number if found.label else ""
    text = folded(scanned.text)
    if text not in {found.code, number} and text.replace("-", "").strip("AD") != number:
        raise WrongLabel(scan=scanned.text)
    response = redirect("floor:station")
    response["Location"] += f"?closed={found.code}"
    return response


def _screen(
    request: Request, found: Parcel, *, tone: str = "", band: Band | None = None, has_more: bool = False
) -> HttpResponse:
    if found.status in (Parcel.Status.OPEN, Parcel.Status.CANCELLED):
        packing = _closing(request, found, has_more=has_more)
        return _packing_screen(request, packing, found=found, tone=tone, band=band, has_more=has_more)
    if found.status == Parcel.Status.SEALED:
        holds = [why_held(hold) for hold in queries.reasons_to_hold(found.order_id)]
        context = _head(found) | {"holds": holds, "tote": queries.tote_left(found.order_id)}
        return show(request, "label_waits", context, tone="warn" if holds else tone, band=band)
    gone = found.status == Parcel.Status.SHIPPED
    context = _head(found) | {"gone": gone, "tote": queries.tote_left(found.order_id)}
    return show(request, "label_ready", context, tone=tone or ("" if gone else "done"), band=band)


def _packing_screen(
    request: Request,
    packing: Packing,
    *,
    found: Parcel | None = None,
    tone: str = "",
    band: Band | None = None,
    has_more: bool = False,
) -> HttpResponse:
    """Pieces to scan, or box and weight; only the latter needs boxes, services and what was chosen."""
    context: dict[str, Any] = {
        "packing": packing,
        "job": _("Pack"),
        "job_code": packing.order_code,
        "count": f"{packing.packed} / {packing.pieces}",
    }
    if packing.awaits_serial:
        return show(request, "serial", context | {"line": packing.awaits_serial}, tone=tone, band=band)
    if not packing.is_complete:
        # To be scanned first: it never leaves the screen.
        lines = sorted(packing.lines, key=lambda line: not line.missing)
        following = lines[0] if lines else None
        return show(request, "pieces", context | {"lines": lines, "following": following}, tone=tone, band=band)
    found = found or _parcel(request, packing.code)
    rows = queries.boxes_of(found.warehouse_id)
    taken = taken_for(found)
    context |= {
        "boxes": boxes_for(packing, _services(request, found), taken, rows, request.at.date()),
        "all_boxes": rows,
        "taken": taken,
    }
    context |= {"seller": found.seller, "parcel": found, "closing": "more" if has_more else "weigh"}
    return show(request, "weigh", context, tone=tone, band=band)


def _services(request: Request, found: Parcel) -> list[Service]:
    return services_for(found, request.at.astimezone(ZoneInfo(found.warehouse.time_zone)).date())


def _head(found: Parcel) -> dict[str, Any]:
    return {"parcel": found, "job": _("Pack"), "job_code": found.order.code, "seller": found.seller, "count": ""}
