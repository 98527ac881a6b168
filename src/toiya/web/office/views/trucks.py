"""The office's desk for trucks and boxes: manifests, and what the packing stations pack in."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Count
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from toiya.core.actor import Permission
from toiya.core.codes import folded
from toiya.core.errors import NotFound, Refusal
from toiya.domain.carriers.plugs import carrier_of
from toiya.domain.outbound.actions.boxes import put_box
from toiya.domain.outbound.manifest_paper import manifest_list
from toiya.domain.outbound.models import Manifest, PackagingBox
from toiya.web.office.access import building, desk
from toiya.web.office.box_forms import BoxForm
from toiya.web.shared import parcel_photos
from toiya.web.shared.fields import put_refusal
from toiya.web.shared.paging import page_of
from toiya.web.shared.paper_files import as_pdf
from toiya.web.shared.reader import Request


@dataclass(frozen=True, slots=True)
class ManifestRow:
    """A manifest and its carrier's name."""

    manifest: Manifest
    carrier: str


@desk(Permission.SEE_OFFICE)
@require_safe
def manifests(request: Request) -> HttpResponse:
    """The manifests of this building, the newest first."""
    warehouse = building(request)
    found = Manifest.objects.filter(warehouse=warehouse).annotate(loaded=Count("parcels"))
    page = page_of(found, request.GET, ("-opened_at", "-id"))
    rows = [ManifestRow(row, str(carrier_of(row.carrier).label)) for row in page.rows]
    return render(request, "office/manifests.html", {"page": page, "rows": rows, "warehouse": warehouse})


@desk(Permission.SEE_OFFICE)
@require_safe
def manifest_paper(request: Request, code: str) -> HttpResponse:
    """The list of one manifest as PDF."""
    manifests = Manifest.objects.filter(code=folded(code), warehouse=building(request))
    found = manifests.select_related("warehouse").first()
    if found is None:
        raise NotFound(kind=_("manifest"), code=code[:30])
    return as_pdf(manifest_list(found, str(carrier_of(found.carrier).label)), found.code)


@desk(Permission.EDIT_STOCK)
@require_http_methods(["GET", "HEAD", "POST"])
def boxes(request: Request) -> HttpResponse:
    """The boxes of this building; a POST enters one, or changes the one of that code."""
    warehouse = building(request)
    rows = list(PackagingBox.objects.filter(warehouse=warehouse).order_by("-is_active", "code")[:200])
    chosen = next((row for row in rows if row.code == folded(request.GET.get("box", ""))), None)
    form = BoxForm(request.POST) if request.method == "POST" else BoxForm.of(chosen)
    if form.is_bound and form.is_valid():
        try:
            box = put_box(warehouse_id=warehouse.pk, facts=form.facts(), actor=request.actor, at=request.at)
        except Refusal as refusal:
            put_refusal(form, refusal)
        else:
            messages.success(request, _("%(box)s is entered.") % {"box": box.name})
            return redirect("office:boxes")
    context = {"form": form, "rows": rows, "chosen": chosen, "warehouse": warehouse}
    return render(request, "office/boxes.html", context, status=422 if form.errors else 200)


@desk(Permission.SEE_OFFICE)
@require_safe
def photo(request: Request, code: str, photo: int) -> FileResponse:
    """A picture of a parcel of this order."""
    return parcel_photos.show(request, code, photo)
