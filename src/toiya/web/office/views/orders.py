"""All sellers' orders, and one order as the floor has it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from toiya.core.actor import Permission
from toiya.core.errors import NotFound
from toiya.domain.orders.actions.holds import lift_hold
from toiya.domain.orders.models import Hold, Order
from toiya.domain.outbound.actions.serials import take_back_serial
from toiya.domain.outbound.actions.stopping import stop_order
from toiya.domain.warehouses.queries import calendar_of
from toiya.web.office.access import building, desk
from toiya.web.office.order_page import read
from toiya.web.office.orders import clean, matching, rows_of, with_pieces
from toiya.web.shared import waiting
from toiya.web.shared.order_changes import say
from toiya.web.shared.paging import page_of
from toiya.web.shared.reader import Request

_S = Order.Status
VIEWS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "open": (
        gettext_lazy("Open"),
        (_S.RECEIVED, _S.WAITING, _S.ALLOCATED, _S.PICKING, _S.PACKING, _S.READY, _S.TO_HAND_IN, _S.HANDED_IN),
    ),
    "waiting": (gettext_lazy("Waiting"), (_S.RECEIVED, _S.WAITING)),
    "ready": (gettext_lazy("To release"), (_S.ALLOCATED,)),
    "floor": (gettext_lazy("On the floor"), (_S.PICKING, _S.PACKING)),
    "truck": (gettext_lazy("For the truck"), (_S.READY, _S.HANDED_IN)),
    "shipped": (gettext_lazy("In delivery"), (_S.SHIPPED, _S.DELIVERED)),
    "all": (gettext_lazy("All"), tuple(_S)),
}


@desk(Permission.SEE_OFFICE)
def orders(request: Request) -> HttpResponse:
    """The list: by state, reason and words."""
    words, reason = clean(request.GET.get("q", "")), request.GET.get("reason", "")[:30]
    view = request.GET.get("view", "")
    view = view if view in VIEWS else "all" if words else "open"
    found = _with_reason(matching(Order.objects.all(), words), reason)
    counts = dict(found.order_by().values_list("status").annotate(count=Count("pk", distinct=True)))
    chosen = with_pieces(found.filter(status__in=VIEWS[view][1])).distinct()
    page = page_of(chosen, request.GET, ("-placed_at", "-id"))
    warehouse = building(request)
    context = {
        "page": page,
        "may_release": request.actor.may(Permission.RELEASE_WAVES),
        "rows": rows_of(page.rows, calendar_of(warehouse)),
        "warehouse": warehouse,
        "words": words,
        "reason": reason,
        "view": view,
        "tabs": _tabs(request, counts, view),
        "reasons": _reasons(),
    }
    return render(request, "office/orders.html#list" if request.htmx else "office/orders.html", context)


def _with_reason(found: QuerySet[Order], code: str) -> QuerySet[Order]:
    if not code:
        return found
    held = Hold.objects.filter(order=OuterRef("pk"), lifted_at=None, code=code)
    return found.filter(Q(status=_S.WAITING, waiting_reason=code) | Exists(held))


def _tabs(request: Request, counts: dict[str, int], view: str) -> list[dict[str, Any]]:
    tabs = []
    for name, (label, states) in VIEWS.items():
        query = request.GET.copy()
        query.pop("at", None)
        query["view"] = name
        count = sum(counts.get(state, 0) for state in states)
        shown = None if name in {"all", "shipped"} else count
        tabs.append({"label": label, "url": f"?{query.urlencode()}", "count": shown, "current": name == view})
    return tabs


def _reasons() -> list[tuple[str, Any]]:
    told = {**waiting.LINE_REASONS, **waiting.HOLD_REASONS}
    return [(code, reason.status.word) for code, reason in told.items()]


@desk(Permission.SEE_OFFICE)
def order(request: Request, code: str) -> HttpResponse:
    """One order: why it waits, where its pieces are on the floor, its parcels, its timeline."""
    found = (
        Order.objects.visible_to(request.actor).select_related("seller", "address", "wish").filter(code=code).first()
    )
    if found is None:
        raise NotFound(kind=_("order"), code=code)
    warehouse = building(request)
    context = {
        "page": read(found, warehouse, request.actor, request.at),
        "order": found,
        "warehouse": warehouse,
        "may_edit": request.actor.may(Permission.EDIT_ORDERS),
        "may_mend": request.actor.may(Permission.MEND_JOBS),
        "may_take_back": request.actor.may(Permission.EDIT_STOCK),
        "may_claim": request.actor.may(Permission.JUDGE_CLAIMS),
        "may_see_label": request.actor.may(Permission.RELEASE_WAVES),
    }
    return render(request, "office/order.html", context)


@desk(Permission.EDIT_ORDERS)
@require_POST
def cancellation(request: Request, code: str) -> HttpResponse:
    """Cancel the order for its seller; the timeline names who did it."""
    answer = stop_order(order_code=code, reason="office", actor=request.actor, at=request.at)
    say(request, answer, _("%(code)s is cancelled. Its pieces are free again.") % {"code": code})
    return redirect("office:order", code=code)


@desk(Permission.EDIT_ORDERS)
@require_POST
def hold_lifting(request: Request, code: str, hold: str) -> HttpResponse:
    """End one hold."""
    lift_hold(order_code=code, code=hold, actor=request.actor, at=request.at)
    messages.success(request, _("The hold is lifted. The order goes on."))
    return redirect("office:order", code=code)


@desk(Permission.EDIT_STOCK)
@require_POST
def serial_return(request: Request, code: str, serial: int) -> HttpResponse:
    """A piece came back, or its number was scanned wrongly: the number may go out again."""
    take_back_serial(serial_id=serial, actor=request.actor, at=request.at)
    messages.success(request, _("The serial number is free again."))
    return redirect("office:order", code=code)
