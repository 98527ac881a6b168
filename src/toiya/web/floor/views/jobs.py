"""Next job: one big card by deadline, and a scan that finds the right screen by itself."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from toiya.core.codes import is_code
from toiya.core.errors import Refusal
from toiya.domain.inbound import counting, putting_away
from toiya.domain.inbound.actions.arriving import arrive
from toiya.domain.outbound.actions.packing import EmptyTote, open_tote
from toiya.domain.outbound.actions.picking import start_walk
from toiya.domain.outbound.refills import refills_of
from toiya.domain.outbound.stops import stops_waiting
from toiya.domain.warehouses.models import Warehouse
from toiya.web.floor.jobs import jobs_of
from toiya.web.floor.scanning import Scanned, scan_of
from toiya.web.floor.screen import Band, building, on_floor, show, worker
from toiya.web.floor.views.stops import stop_at
from toiya.web.shared.reader import Request


class NoJob(Refusal):
    """What was scanned is neither a pick list nor a picked tote nor a parcel."""

    code = "no_job"
    message = gettext_lazy("%(scan)s is no job. Scan a pick list or a picked tote, or touch a job.")


@on_floor
def jobs(request: Request) -> HttpResponse:
    """What to do next; a scanned pick list or tote opens its screen at once."""
    if request.method == "POST":
        return _open(request, scan_of(request))
    warehouse = Warehouse.objects.get(pk=building(request))
    found = jobs_of(warehouse, int(worker(request).id))
    band = Band(_("Shift started")) if request.GET.get("started") else None
    context = {"jobs": found, "warehouse": warehouse, "job": warehouse.name, "back": "", "name": worker(request).name}
    context |= {"deliveries": counting.awaited_at(warehouse.pk), "docked": putting_away.docked_pieces(warehouse.pk)}
    context |= {"stopped": stops_waiting(warehouse.pk), "refills": len(refills_of(warehouse.pk))}
    return show(request, "jobs", context, band=band)


def _open(request: Request, scanned: Scanned) -> HttpResponse:
    actor, text = worker(request), scanned.text.upper()
    if is_code("PL", text):
        start_walk(pick_list_code=text, user_id=int(actor.id), actor=actor, at=request.at)
        return redirect("floor:pick", code=text)
    if is_code("HIL", text):
        return redirect("floor:hand-in-list", bundle=text)
    if is_code("PCL", text):
        return redirect("floor:parcel", code=text)
    if is_code("RET", text):
        return redirect("floor:return", code=text)
    if is_code("CB", text) or is_code("CTN", text):
        came = arrive(warehouse_id=building(request), scan=text, actor=actor, at=request.at)
        return redirect("floor:receive-delivery", code=came.bundle.code)
    if stopped := stop_at(request, text):
        return stopped
    try:
        parcel = open_tote(warehouse_id=building(request), scan=text, actor=actor, at=request.at)
    except EmptyTote as nothing:
        raise NoJob(scan=scanned.text or "–") from nothing
    return redirect("floor:parcel", code=parcel.code)
