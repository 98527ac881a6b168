"""Returns of the seller: announced, at the desk, judged; and what becomes of pieces that were set aside (L27)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from toiya.core.actor import Permission
from toiya.core.errors import Refusal
from toiya.core.models import EventRow
from toiya.domain.catalog.models import Sku
from toiya.domain.orders.models import Order
from toiya.domain.returns import queries, rules
from toiya.domain.returns.actions.announcing import Announcement, announce_return, cancel_return
from toiya.domain.returns.actions.deciding import decide_aside
from toiya.domain.returns.models import Aside, Return, ReturnsAddress
from toiya.domain.returns.papers import return_label
from toiya.web.portal.access import for_sellers
from toiya.web.shared import return_photos, timeline
from toiya.web.shared.access import needs
from toiya.web.shared.clock import HOME_ZONE
from toiya.web.shared.paging import page_of
from toiya.web.shared.paper_files import as_pdf
from toiya.web.shared.reader import Request
from toiya.web.shared.statuses import ASIDE, RETURN
from toiya.web.shared.tabs import view_tabs
from toiya.web.shared.whole_numbers import number_typed

MOST_EVENTS = 100
_PIECES = "pieces-"


@needs(Permission.SEE_ORDERS)
@for_sellers
@require_safe
def returns(request: Request) -> HttpResponse:
    """All returns: open ones, those that wait for a decision, or all."""
    view = request.GET.get("view", "open")
    page = page_of(queries.returns_of(request.actor, view), request.GET, ("-id",))
    context = {
        "page": page,
        "rows": [{"row": row, "status": RETURN[row.status]} for row in page.rows],
        "tabs": _tabs(view),
        "may_edit": request.actor.may(Permission.EDIT_ORDERS),
    }
    return render(request, "portal/returns.html", context)


def _tabs(view: str) -> list[dict[str, Any]]:
    words = {"open": _("Open"), "decide": _("Waits for your decision"), "all": _("All")}
    return view_tabs(words, view)


@needs(Permission.EDIT_ORDERS)
@for_sellers
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """Announce: name the order by any of its numbers, then the pieces of each SKU."""
    asked = (request.POST.get("order") or request.GET.get("order", "")).replace("\x00", "")[:40]
    order = _order(request, asked)
    trouble: Any = ""
    if request.method == "POST" and order is not None:
        try:
            made = announce_return(told=_told(request, order), actor=request.actor, at=request.at)
        except Refusal as refusal:
            trouble = refusal
        else:
            messages.success(request, _("%(code)s is announced.") % {"code": made.code})
            return redirect("portal:return", code=made.code)
    elif asked and order is None:
        trouble = _("No order of yours that left has the number %(number)s. Enter another one.") % {"number": asked}
    context = {
        "asked": asked,
        "order": order,
        "left": _left(order, request.POST) if order else [],
        "reasons": Return.Reason.choices,
        "wishes": Return.Wish.choices,
        "typed": request.POST,
        "trouble": trouble,
    }
    return render(request, "portal/return_new.html", context, status=422 if trouble else 200)


def _order(request: Request, asked: str) -> Order | None:
    found = queries.order_scanned(asked) if asked.strip() else None
    return found if found is not None and found.seller_id == request.actor.seller_id else None


def _left(order: Order, typed: Any) -> list[dict[str, Any]]:
    left = rules.returnable(queries.shipped_of(order), queries.returned_of(order))
    skus = Sku.objects.filter(pk__in=left).order_by("pk")
    return [
        {
            "sku": sku,
            "most": left[sku.pk],
            "name": f"{_PIECES}{sku.code}",
            "typed": typed.get(f"{_PIECES}{sku.code}", ""),
        }
        for sku in skus
    ]


def _told(request: Request, order: Order) -> Announcement:
    fields = request.POST
    pieces = {
        name.removeprefix(_PIECES)[:20]: number_typed(str(typed), name.removeprefix(_PIECES)[:20])
        for name, typed in list(fields.items())[:500]
        if name.startswith(_PIECES) and str(typed).strip()
    }
    return Announcement(
        order_code=order.code,
        pieces=pieces,
        reason=fields.get("reason", "")[:12],
        wish=fields.get("wish", "")[:10],
        tracking_number=fields.get("tracking", "").replace("\x00", ""),
        note=fields.get("note", "").replace("\x00", ""),
        consents="consent" in fields,
    )


def _read(request: Request, code: str) -> Return:
    rows = Return.objects.visible_to(request.actor).select_related("order", "warehouse", "seller")
    found: Return | None = rows.filter(code=code[:20]).first()
    if found is None:
        raise Http404
    return found


@needs(Permission.SEE_ORDERS)
@for_sellers
@require_safe
def one(request: Request, code: str) -> HttpResponse:
    """One return as it happens: what was announced, what came, how it was judged, what is to be decided."""
    return _page(request, _read(request, code))


def _page(request: Request, found: Return, trouble: Any = "") -> HttpResponse:
    gradings = list(found.gradings.select_related("sku", "bin", "aside").order_by("pk"))
    rows = EventRow.objects.filter(seller_id=found.seller_id, subject=found.code).order_by("-id")
    words = timeline.Words(warehouses={found.warehouse_id: found.warehouse.name})
    context = {
        "found": found,
        "status": RETURN[found.status],
        "lines": list(found.lines.select_related("sku").order_by("pk")),
        "gradings": [{"row": row, "aside": getattr(row, "aside", None), "choices": _choices(row)} for row in gradings],
        "aside_words": ASIDE,
        "door_parcels": list(found.door_parcels.order_by("pk")),
        "where": ReturnsAddress.objects.filter(warehouse_id=found.warehouse_id).first(),
        "days": timeline.by_day(timeline.entries(rows[:MOST_EVENTS], words), HOME_ZONE),
        "may_edit": request.actor.may(Permission.EDIT_ORDERS),
        "trouble": trouble,
    }
    return render(request, "portal/return.html", context, status=422 if trouble else 200)


def _choices(grading: Any) -> list[dict[str, Any]]:
    aside: Aside | None = getattr(grading, "aside", None)
    if aside is None or aside.status == Aside.Status.DONE:
        return []
    is_tracked = grading.sku.tracks_lots or grading.sku.tracks_expiry
    may = rules.may_be_sold_again(grading.grade, is_tracked=is_tracked)
    return [
        {"value": choice.value, "word": choice.label, "current": choice == aside.decision}
        for choice in Aside.Decision
        if may or choice != Aside.Decision.RESTOCK
    ]


@needs(Permission.EDIT_ORDERS)
@for_sellers
@require_POST
def cancellation(request: Request, code: str) -> HttpResponse:
    """It will not come."""
    found = _read(request, code)
    try:
        cancel_return(code=found.code, actor=request.actor, at=request.at)
    except Refusal as refusal:
        return _page(request, found, refusal)
    messages.success(request, _("%(code)s is cancelled.") % {"code": found.code})
    return redirect("portal:return", code=found.code)


@needs(Permission.EDIT_ORDERS)
@for_sellers
@require_POST
def decision(request: Request, code: str, aside: int) -> HttpResponse:
    """What becomes of pieces that were set aside."""
    found = _read(request, code)
    if not Aside.objects.filter(pk=aside, grading__parent=found).exists():
        raise Http404
    chosen, consents = request.POST.get("decision", "")[:10], "consent" in request.POST
    try:
        decide_aside(aside_id=aside, decision=chosen, consents=consents, actor=request.actor, at=request.at)
    except Refusal as refusal:
        return _page(request, found, refusal)
    messages.success(request, _("Noted. The warehouse does it next."))
    return HttpResponseRedirect(request.path.split("pieces/")[0])


@needs(Permission.SEE_ORDERS)
@for_sellers
@require_safe
def label(request: Request, code: str) -> HttpResponse:
    """The paper for the parcel that comes back, PDF 100 × 150 mm."""
    found = _read(request, code)
    try:
        document = return_label(found, get_language() or "en")
    except Refusal as refusal:
        return _page(request, found, refusal)
    return as_pdf(document, found.code)


@needs(Permission.SEE_ORDERS)
@for_sellers
@require_safe
def photo(request: Request, code: str, grading: int) -> FileResponse:
    """The photo of judged pieces."""
    return return_photos.of_grading(request, code, grading)
