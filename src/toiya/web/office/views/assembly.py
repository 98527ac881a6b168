"""Work orders of a building: accept, decline with a reason, stop."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from toiya.core.actor import Permission
from toiya.core.errors import Refusal
from toiya.domain.assembly.actions.asking import accept_assembly, decline_assembly, stop_assembly
from toiya.domain.assembly.models import WorkOrder
from toiya.web.office.access import building, desk
from toiya.web.shared.paging import page_of
from toiya.web.shared.reader import Request

Status = WorkOrder.Status
OPEN = (Status.REQUESTED, Status.ACCEPTED, Status.IN_WORK)


@desk(Permission.APPROVE_INBOUND)
@require_http_methods(["GET", "HEAD", "POST"])
def work_orders(request: Request) -> HttpResponse:
    """What sellers want assembled, the oldest first. A POST decides on one of them."""
    warehouse = building(request)
    trouble: Any = ""
    if request.method == "POST":
        try:
            messages.success(request, _decide(request))
            return redirect("office:assembly")
        except Refusal as refusal:
            trouble = refusal
    rows = WorkOrder.objects.visible_to(request.actor).filter(warehouse=warehouse, status__in=OPEN)
    page = page_of(rows.select_related("seller", "sku"), request.GET, ("id",))
    context = {"page": page, "warehouse": warehouse, "trouble": trouble}
    return render(request, "office/assembly.html", context, status=422 if trouble else 200)


def _decide(request: Request) -> str:
    code, decision = request.POST.get("code", "")[:20], request.POST.get("decision", "")
    if decision == "accept":
        accept_assembly(code=code, actor=request.actor, at=request.at)
        return _("%(code)s is accepted.") % {"code": code}
    if decision == "decline":
        decline_assembly(code=code, reason=request.POST.get("reason", ""), actor=request.actor, at=request.at)
        return _("%(code)s is declined. The seller reads your reason.") % {"code": code}
    stop_assembly(code=code, actor=request.actor, at=request.at)
    return _("Stopped. What was made stays.")
