"""Removals of a building: to be confirmed, ordered, on their way; orders of them are released like any other (L26)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from toiya.core.actor import Permission
from toiya.core.errors import NotFound, Refusal
from toiya.domain.carriers.queries import services
from toiya.domain.returns import queries
from toiya.domain.returns.actions.calling_off import cancel_removal
from toiya.domain.returns.actions.preparing import confirm_removal
from toiya.domain.returns.models import Removal
from toiya.web.office.access import building, desk
from toiya.web.shared.paging import page_of
from toiya.web.shared.reader import Request
from toiya.web.shared.removals import receiver_typed, status_of
from toiya.web.shared.tabs import view_tabs


@desk(Permission.APPROVE_INBOUND)
@require_safe
def removals(request: Request) -> HttpResponse:
    """Open ones, or all; those we drew up can be confirmed or let be here."""
    return _page(request)


def _page(request: Request, trouble: Any = "") -> HttpResponse:
    warehouse, view = building(request), request.GET.get("view", "open")
    found = queries.removals_of(request.actor, view).filter(warehouse=warehouse)
    page = page_of(found, request.GET, ("-id",))
    words = {"open": _("Open"), "all": _("All")}
    context = {
        "warehouse": warehouse,
        "page": page,
        "rows": [{"row": row, "status": status_of(row)} for row in page.rows],
        "tabs": view_tabs(words, view),
        "trouble": trouble,
    }
    return render(request, "office/removals.html", context, status=422 if trouble else 200)


@desk(Permission.APPROVE_INBOUND)
@require_safe
def one(request: Request, code: str) -> HttpResponse:
    """One removal: what it takes and where to; one that we drew up waits for a yes here."""
    return _one(request, _read(request, code))


def _read(request: Request, code: str) -> Removal:
    rows = Removal.objects.filter(code=code[:20], warehouse=building(request))
    found: Removal | None = rows.select_related("order", "seller", "warehouse").first()
    if found is None:
        raise NotFound(kind=_("removal"), code=code[:20])
    return found


def _one(request: Request, removal: Removal, trouble: Any = "") -> HttpResponse:
    context = {
        "removal": removal,
        "status": status_of(removal),
        "lines": list(removal.lines.select_related("sku").order_by("pk")),
        "services": services(),
        "trouble": trouble,
    }
    return render(request, "office/removal.html", context, status=422 if trouble else 200)


@desk(Permission.APPROVE_INBOUND)
@require_POST
def confirmation(request: Request, code: str) -> HttpResponse:
    """A person says yes to what was drawn up when a service was stopped, with the address."""
    removal = _read(request, code)
    to = receiver_typed(request)
    service = request.POST.get("service", "")[:30]
    try:
        confirm_removal(code=removal.code, receiver=to, service_code=service, actor=request.actor, at=request.at)
    except Refusal as refusal:
        return _one(request, removal, refusal)
    messages.success(
        request, _("%(code)s is confirmed. Release its order with the next wave.") % {"code": removal.code}
    )
    return redirect("office:removal", code=removal.code)


@desk(Permission.APPROVE_INBOUND)
@require_POST
def cancellation(request: Request, code: str) -> HttpResponse:
    """Call it off before the floor has begun."""
    removal = _read(request, code)
    reason = request.POST.get("reason", "").replace("\x00", "")
    try:
        cancel_removal(code=removal.code, reason=reason, actor=request.actor, at=request.at)
    except Refusal as refusal:
        return _one(request, removal, refusal)
    messages.success(request, _("%(code)s is cancelled. Its pieces are free again.") % {"code": removal.code})
    return redirect("office:removal", code=removal.code)
