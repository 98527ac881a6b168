"""The office's returns desk: what is open, what sellers decided, parcels nobody knows or that were refused (L27)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from toiya.core.actor import Permission
from toiya.core.errors import Refusal
from toiya.domain.members.models import Seller
from toiya.domain.returns import queries
from toiya.domain.returns.actions.addresses import Where, set_returns_address
from toiya.domain.returns.actions.arriving import place_parcel
from toiya.domain.returns.actions.deciding import Done, finish_aside
from toiya.domain.returns.models import DoorParcel, ReturnsAddress
from toiya.domain.warehouses.models import Bin
from toiya.web.office.access import building, desk
from toiya.web.shared import return_photos
from toiya.web.shared.paging import page_of
from toiya.web.shared.reader import Request
from toiya.web.shared.statuses import RETURN
from toiya.web.shared.tabs import view_tabs

_DOOR = {"unknown": DoorParcel.Status.UNKNOWN, "refused": DoorParcel.Status.REFUSED}
MOST_SELLERS = 500


@desk(Permission.APPROVE_INBOUND)
@require_safe
def returns(request: Request) -> HttpResponse:
    """Returns of this building, what is to be done with pieces set aside, and parcels at the door."""
    return _page(request, request.GET.get("view", "open"))


def _page(request: Request, view: str, trouble: Any = "") -> HttpResponse:
    warehouse = building(request)
    context: dict[str, Any] = {"warehouse": warehouse, "view": view, "tabs": _tabs(view), "trouble": trouble}
    if view == "decided":
        context["page"] = page_of(queries.asides_of(request.actor, warehouse.pk), request.GET, ("id",))
    elif view in _DOOR:
        context["page"] = page_of(queries.door_parcels(warehouse.pk, _DOOR[view]), request.GET, ("-id",))
        if view == "unknown":
            active = Seller.objects.filter(status=Seller.Status.ACTIVE).order_by("name")
            context["sellers"] = list(active[:MOST_SELLERS])
    else:
        found = queries.returns_of(request.actor, "all" if view == "all" else "open").filter(warehouse=warehouse)
        page = page_of(found, request.GET, ("-id",))
        context |= {"page": page, "rows": [{"row": row, "status": RETURN[row.status]} for row in page.rows]}
    return render(request, "office/returns.html", context, status=422 if trouble else 200)


def _tabs(view: str) -> list[dict[str, Any]]:
    words = {
        "open": _("Open"),
        "decided": _("Decided by sellers"),
        "unknown": _("Nobody knows whose"),
        "refused": _("Refused"),
        "all": _("All"),
    }
    return view_tabs(words, view)


@desk(Permission.APPROVE_INBOUND)
@require_POST
def doing(request: Request, aside: int) -> HttpResponse:
    """What the seller decided is done: back to a shelf, out to the seller, or thrown away."""
    named = request.POST.get("bin", "").strip().upper().removeprefix("BIN-")[:30]
    place = Bin.objects.filter(warehouse=building(request), code=named).first() if named else None
    number = request.POST.get("tracking", "").replace("\x00", "")
    try:
        finish_aside(aside_id=aside, done=Done(place, number), actor=request.actor, at=request.at)
    except Refusal as refusal:
        return _page(request, "decided", refusal)
    messages.success(request, _("Done. The seller sees it."))
    return redirect("/office/returns/?view=decided")


@desk(Permission.APPROVE_INBOUND)
@require_POST
def placing(request: Request, code: str) -> HttpResponse:
    """A parcel that nobody knew belongs to this order, or to this seller."""
    order, seller = (request.POST.get(name, "").replace("\x00", "")[:40] for name in ("order", "seller"))
    try:
        made = place_parcel(code=code, order_code=order, seller_code=seller, actor=request.actor, at=request.at)
    except Refusal as refusal:
        return _page(request, "unknown", refusal)
    messages.success(request, _("It is return %(code)s now, and waits at the desk.") % {"code": made.code})
    return redirect("/office/returns/?view=unknown")


@desk(Permission.APPROVE_INBOUND)
@require_safe
def door_photo(request: Request, code: str) -> FileResponse:
    """The photo of a parcel at the door."""
    return return_photos.of_door_parcel(request, code)


@desk(Permission.APPROVE_INBOUND)
@require_safe
def photo(request: Request, code: str, grading: int) -> FileResponse:
    """The photo of judged pieces."""
    return return_photos.of_grading(request, code, grading)


@desk(Permission.APPROVE_INBOUND)
@require_http_methods(["GET", "HEAD", "POST"])
def address(request: Request) -> HttpResponse:
    """Where buyers send things back to: another entrance and telephone than deliveries have (A193)."""
    warehouse, trouble = building(request), None
    if request.method == "POST":
        names = ("name", "postal_code", "address", "entrance", "phone")
        where = Where(*(request.POST.get(name, "").replace("\x00", "") for name in names))
        try:
            set_returns_address(warehouse_code=warehouse.code, where=where, actor=request.actor, at=request.at)
        except Refusal as refusal:
            trouble = refusal
        else:
            messages.success(request, _("Written down. Sellers and their return labels show it."))
            return redirect("office:returns-address")
    known = ReturnsAddress.objects.filter(warehouse=warehouse).first()
    context = {"warehouse": warehouse, "where": request.POST if trouble else known, "trouble": trouble}
    return render(request, "office/returns_address.html", context, status=422 if trouble else 200)
