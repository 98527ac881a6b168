"""Removals: take goods home, or have them thrown away (L26)."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from toiya.core.actor import Permission
from toiya.core.errors import Refusal
from toiya.core.models import EventRow
from toiya.domain.carriers.queries import services
from toiya.domain.returns import queries
from toiya.domain.returns.actions.calling_off import cancel_removal
from toiya.domain.returns.actions.ordering import Wanted, order_removal
from toiya.domain.returns.actions.preparing import confirm_removal
from toiya.domain.returns.models import Removal
from toiya.domain.warehouses.models import Warehouse
from toiya.web.portal.access import for_sellers, shop_of
from toiya.web.shared import timeline
from toiya.web.shared.access import needs
from toiya.web.shared.clock import HOME_ZONE
from toiya.web.shared.paging import page_of
from toiya.web.shared.reader import Request
from toiya.web.shared.removals import receiver_typed, status_of
from toiya.web.shared.tabs import view_tabs
from toiya.web.shared.whole_numbers import number_typed

MOST_EVENTS = 100
_PIECES = "pieces-"


@needs(Permission.SEE_STOCK)
@for_sellers
@require_safe
def removals(request: Request) -> HttpResponse:
    """All removals: open ones, or all."""
    view = request.GET.get("view", "open")
    page = page_of(queries.removals_of(request.actor, view), request.GET, ("-id",))
    words = {"open": _("Open"), "all": _("All")}
    context = {
        "page": page,
        "rows": [{"row": row, "status": status_of(row)} for row in page.rows],
        "tabs": view_tabs(words, view),
        "may_edit": request.actor.may(Permission.EDIT_INBOUND),
    }
    return render(request, "portal/removals.html", context)


@needs(Permission.EDIT_INBOUND)
@for_sellers
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """Choose the warehouse, then the pieces of each SKU or everything; where to, who pays, by which service."""
    houses = list(Warehouse.objects.order_by("pk"))
    named = (request.POST or request.GET).get("warehouse", "")[:20]
    house = next((each for each in houses if each.code == named), houses[0] if houses else None)
    if house is None:
        raise Http404
    seller = shop_of(request)
    trouble: Any = ""
    if request.method == "POST":
        try:
            made = order_removal(seller_id=seller.pk, wanted=_wanted(request), actor=request.actor, at=request.at)
        except Refusal as refusal:
            trouble = refusal
        else:
            messages.success(request, _("%(code)s is ordered. Its pieces are kept for it.") % {"code": made.code})
            return redirect("portal:removal", code=made.code)
    free = queries.free_pieces(seller, house.pk)
    context = {
        "houses": houses,
        "house": house,
        "free": [{"row": row, "typed": request.POST.get(f"{_PIECES}{row.sku.code}", "")} for row in free],
        "services": services(),
        "payers": Removal.Payer.choices,
        "typed": request.POST,
        "token": request.POST.get("token", "") or str(uuid4()),
        "trouble": trouble,
    }
    return render(request, "portal/removal_new.html", context, status=422 if trouble else 200)


def _wanted(request: Request) -> Wanted:
    fields = request.POST
    pieces = {
        name.removeprefix(_PIECES)[:20]: number_typed(str(typed), name.removeprefix(_PIECES)[:20])
        for name, typed in list(fields.items())[:3000]
        if name.startswith(_PIECES) and str(typed).strip()
    }
    return Wanted(
        warehouse_code=fields.get("warehouse", ""),
        pieces=pieces,
        is_everything="everything" in fields,
        kind=fields.get("kind", "")[:8] or Removal.Kind.SEND,
        payer=fields.get("payer", "")[:8] or Removal.Payer.SELLER,
        service_code=fields.get("service", "")[:30],
        receiver=receiver_typed(request),
        reason=fields.get("reason", "").replace("\x00", ""),
        consents="consent" in fields,
        token=fields.get("token", "").replace("\x00", "")[:60],
    )


def _read(request: Request, code: str) -> Removal:
    rows = Removal.objects.visible_to(request.actor).select_related("order", "warehouse", "seller")
    found: Removal | None = rows.filter(code=code[:20]).first()
    if found is None:
        raise Http404
    return found


@needs(Permission.SEE_STOCK)
@for_sellers
@require_safe
def one(request: Request, code: str) -> HttpResponse:
    """One removal: what it takes, where to, how far it is; one that we drew up waits for a yes."""
    return _page(request, _read(request, code))


def _page(request: Request, removal: Removal, trouble: Any = "") -> HttpResponse:
    rows = EventRow.objects.filter(seller_id=removal.seller_id, subject=removal.code).order_by("-id")
    words = timeline.Words(warehouses={removal.warehouse_id: removal.warehouse.name})
    context = {
        "removal": removal,
        "status": status_of(removal),
        "lines": list(removal.lines.select_related("sku").order_by("pk")),
        "services": services() if removal.status == Removal.Status.PREPARED else [],
        "days": timeline.by_day(timeline.entries(rows[:MOST_EVENTS], words), HOME_ZONE),
        "may_edit": request.actor.may(Permission.EDIT_INBOUND),
        "trouble": trouble,
    }
    return render(request, "portal/removal.html", context, status=422 if trouble else 200)


@needs(Permission.EDIT_INBOUND)
@for_sellers
@require_POST
def cancellation(request: Request, code: str) -> HttpResponse:
    """Call it off before the floor has begun."""
    removal = _read(request, code)
    reason = request.POST.get("reason", "").replace("\x00", "")
    try:
        cancel_removal(code=removal.code, reason=reason, actor=request.actor, at=request.at)
    except Refusal as refusal:
        return _page(request, removal, refusal)
    messages.success(request, _("%(code)s is cancelled. Its pieces are free again.") % {"code": removal.code})
    return redirect("portal:removal", code=removal.code)


@needs(Permission.EDIT_INBOUND)
@for_sellers
@require_POST
def confirmation(request: Request, code: str) -> HttpResponse:
    """Confirm what was drawn up, with the address."""
    removal = _read(request, code)
    to, service = receiver_typed(request), request.POST.get("service", "")[:30]
    try:
        confirm_removal(code=removal.code, receiver=to, service_code=service, actor=request.actor, at=request.at)
    except Refusal as refusal:
        return _page(request, removal, refusal)
    messages.success(request, _("%(code)s is confirmed. Its pieces are kept for it.") % {"code": removal.code})
    return redirect("portal:removal", code=removal.code)
