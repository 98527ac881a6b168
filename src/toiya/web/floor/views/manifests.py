"""A truck's manifest on the floor: begin it, scan parcels onto it, close it, hand it over by scanning its code."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from toiya.core.codes import folded
from toiya.core.errors import NotFound
from toiya.domain.carriers.models import Service
from toiya.domain.carriers.plugs import carrier_of
from toiya.domain.outbound.actions.manifests import (
    close_manifest,
    hand_over_manifest,
    open_manifest,
    put_on_manifest,
    take_off_manifest,
)
from toiya.domain.outbound.manifest_paper import manifest_list
from toiya.domain.outbound.models import Manifest
from toiya.web.floor.scanning import Scanned, scan_of
from toiya.web.floor.screen import Band, building, on_floor, show, worker
from toiya.web.shared.paper_files import as_pdf
from toiya.web.shared.reader import Request


@on_floor
@require_POST
def begin(request: Request) -> HttpResponse:
    """Begin the manifest of this carrier's next truck, or go on with the open one."""
    carrier = request.POST.get("carrier", "")[:20]
    if not Service.objects.filter(carrier=carrier).exists():
        raise NotFound(kind=_("carrier"), code=carrier)
    manifest = open_manifest(warehouse_id=building(request), carrier=carrier, actor=worker(request), at=request.at)
    return redirect("floor:manifest", code=manifest.code)


@on_floor
def manifest(request: Request, code: str) -> HttpResponse:
    """What a scan means follows from how far the manifest is."""
    found = _manifest(request, code)
    if request.method != "POST":
        return _screen(request, found)
    scanned = scan_of(request)
    ask = request.POST.get("ask", "")
    if ask == "close":
        found = close_manifest(manifest_code=found.code, actor=worker(request), at=request.at)
        return _screen(request, found, tone="ok")
    if ask == "off":
        return _screen(request, found, step="off")
    if not scanned.text:
        return _screen(request, found)
    if scanned.step == "off":
        parcel = take_off_manifest(manifest_code=found.code, scan=scanned.text, actor=worker(request), at=request.at)
        words = _("%(parcel)s stays here") % {"parcel": parcel}
        return _screen(request, found, tone="warn", band=Band(words, "warn"))
    if folded(scanned.text) == found.code:
        found = hand_over_manifest(manifest_code=found.code, actor=worker(request), at=request.at)
        return _screen(request, found, tone="done")
    return _put_on(request, found, scanned)


def _put_on(request: Request, found: Manifest, scanned: Scanned) -> HttpResponse:
    put = put_on_manifest(
        manifest_code=found.code,
        scan=scanned.text,
        actor=worker(request),
        at=request.at,
        scan_id=scanned.scan_id,
    )
    if put.was_before:
        words = _("%(number)s is on it already") % {"number": put.tracking_number}
        return _screen(request, found, tone="warn", band=Band(words, "warn"))
    return _screen(request, found, tone="ok", band=Band(put.tracking_number))


@on_floor
@require_safe
def paper(request: Request, code: str) -> HttpResponse:
    """The list to count and sign."""
    found = _manifest(request, code)
    return as_pdf(manifest_list(found, str(carrier_of(found.carrier).label)), found.code)


def _manifest(request: Request, code: str) -> Manifest:
    manifests = Manifest.objects.filter(code=folded(code), warehouse_id=building(request))
    found: Manifest | None = manifests.select_related("warehouse").first()
    if found is None:
        raise NotFound(kind=_("manifest"), code=code[:30])
    return found


def _screen(
    request: Request, found: Manifest, *, tone: str = "", band: Band | None = None, step: str = "board"
) -> HttpResponse:
    parcels = found.parcels.count()
    context = {
        "manifest": found,
        "carrier": carrier_of(found.carrier).label,
        "parcels": parcels,
        "scan_step": f"{step}-{found.pk}",
        "is_off": step == "off",
        "job": _("Load the truck"),
        "job_code": found.code,
        "count": str(parcels),
    }
    return show(request, "manifest", context, tone=tone, band=band)
