"""Requests to take out: the list, and booking the pieces out of the bins they were taken from."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from toiya.core.actor import Permission
from toiya.core.errors import NotFound, Refusal
from toiya.domain.inbound.actions.taking_out import Taken, complete_taking_out, decline_taking_out
from toiya.domain.inbound.models import InboundRequest
from toiya.domain.stock.models import BinStock
from toiya.domain.warehouses.models import Bin
from toiya.web.office.access import building, desk
from toiya.web.shared.paging import page_of
from toiya.web.shared.reader import Request
from toiya.web.shared.statuses import REQUEST
from toiya.web.shared.whole_numbers import number_typed

Kind = InboundRequest.Kind
Status = InboundRequest.Status
MOST_BINS = 100


@desk(Permission.APPROVE_INBOUND)
@require_safe
def requests(request: Request) -> HttpResponse:
    """What sellers want out of this building, the oldest first."""
    warehouse = building(request)
    rows = InboundRequest.objects.visible_to(request.actor).filter(
        warehouse=warehouse, kind=Kind.OUT, status=Status.REQUESTED
    )
    page = page_of(rows.select_related("seller", "sku"), request.GET, ("id",))
    return render(request, "office/taking_out.html", {"page": page, "warehouse": warehouse})


def _bins(found: InboundRequest) -> list[BinStock]:
    stock = BinStock.objects.filter(
        seller_id=found.seller_id, warehouse_id=found.warehouse_id, sku=found.sku, quantity__gt=0
    ).exclude(bin__kind__in=Bin.BLOCKED)
    return list(stock.select_related("bin").order_by("bin__walk_order", "bin__code", "lot")[:MOST_BINS])


def _page(request: Request, found: InboundRequest, trouble: Any = "", reason_trouble: Any = "") -> HttpResponse:
    bins = [{"row": row, "typed": request.POST.get(f"bin-{row.pk}", ""), "id": f"bin-{row.pk}"} for row in _bins(found)]
    context = {
        "item": found,
        "status": REQUEST[found.status],
        "bins": bins,
        "trouble": trouble,
        "reason_trouble": reason_trouble,
        "is_open": found.status == Status.REQUESTED,
    }
    return render(request, "office/taking_out_one.html", context, status=422 if trouble or reason_trouble else 200)


def _read(request: Request, code: str) -> InboundRequest:
    rows = InboundRequest.objects.visible_to(request.actor).filter(code=code, kind=Kind.OUT)
    found: InboundRequest | None = rows.select_related("seller", "sku", "warehouse").first()
    if found is None:
        raise NotFound(kind=_("request"), code=code[:20])
    return found


@desk(Permission.APPROVE_INBOUND)
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: Request, code: str) -> HttpResponse:
    """Where the pieces lie; a POST says from which bins they were taken."""
    found = _read(request, code)
    if request.method != "POST":
        return _page(request, found)
    try:
        complete_taking_out(request_code=code, taken=_taken(request, found), actor=request.actor, at=request.at)
    except Refusal as refusal:
        return _page(request, found, trouble=refusal)
    messages.success(request, _("%(code)s is booked out.") % {"code": code})
    return redirect("office:taking-out")


def _taken(request: Request, found: InboundRequest) -> list[Taken]:
    typed = [(row, request.POST.get(f"bin-{row.pk}", "")) for row in _bins(found)]
    return [Taken(row.bin.code, number_typed(text, row.bin.code), row.lot) for row, text in typed if text.strip()]


@desk(Permission.APPROVE_INBOUND)
@require_POST
def refusal(request: Request, code: str) -> HttpResponse:
    """Say no, with a reason."""
    found = _read(request, code)
    try:
        reason = request.POST.get("reason", "")
        decline_taking_out(request_code=code, reason=reason, actor=request.actor, at=request.at)
    except Refusal as trouble:
        return _page(request, found, reason_trouble=trouble)
    messages.success(request, _("%(code)s is declined. The seller reads your reason.") % {"code": code})
    return redirect("office:taking-out")
