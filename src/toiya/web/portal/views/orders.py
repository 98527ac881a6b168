"""The list of orders: saved views as tabs, filters in the address, pages by cursor."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from toiya.core.actor import Actor, Permission
from toiya.core.codes import folded, is_code
from toiya.domain.orders.models import Hold, Order
from toiya.web.portal import needs_you, order_rows
from toiya.web.portal.access import for_sellers
from toiya.web.portal.order_rows import Clockwork
from toiya.web.portal.searching import clean, orders_matching
from toiya.web.shared import statuses, waiting
from toiya.web.shared.access import needs
from toiya.web.shared.clock import HOME_ZONE
from toiya.web.shared.hold_words import hold_words
from toiya.web.shared.paging import EXACT_UP_TO, page_of
from toiya.web.shared.reader import Request

Status = Order.Status
VIEWS = ("needs-you", "today", "waiting", "shipped", "all")
ON_THE_WAY = (Status.ALLOCATED, Status.PICKING, Status.PACKING, Status.READY)
OLDEST_FIRST = {"needs-you", "waiting"}


@needs(Permission.SEE_ORDERS)
@for_sellers
@require_safe
def orders(request: Request) -> HttpResponse:
    """Orders of the shop. A whole order code in the search box opens the order at once (scan)."""
    actor, at, query = request.actor, request.at, request.GET
    words = clean(query.get("q", ""))
    if is_code("ORD", folded(words)) and Order.objects.visible_to(actor).filter(code=folded(words)).exists():
        return HttpResponseRedirect(reverse("portal:order", args=[folded(words)]))

    clock = order_rows.clockwork()
    counts = _counts(actor, clock, at)
    view = _view(query, counts, is_searching=bool(words))
    shops = order_rows.shop_names(actor)
    found = _filtered(in_view(actor, view, clock, at), query, actor)
    order = ("id",) if view in OLDEST_FIRST else ("-id",)
    page = page_of(order_rows.with_pieces(found), query, order)
    context = {
        "page": page,
        "rows": order_rows.rows_of(list(page.rows), shops, clock, at),
        "tabs": _tabs(view, counts),
        "view": view,
        "words": words,
        "states": [(name, statuses.ORDER[name].word) for name in Status.values],
        "reasons": _reasons(),
        "shops": shops,
        "tokens": _tokens(query, shops),
        "clear_url": f"?view={view}",
        "may_import": actor.may(Permission.EDIT_ORDERS),
        "warehouse": clock.warehouse,
        "is_filtered": bool(_tokens(query, shops)),
        "has_any": bool(page.total) or Order.objects.visible_to(actor).exists(),
    }
    template = "portal/orders.html#list" if request.htmx else "portal/orders.html"
    response = render(request, template, context)
    response["Vary"] = "HX-Request"
    return response


def in_view(actor: Actor, view: str, clock: Clockwork, at: datetime) -> QuerySet[Order]:
    """The orders of one saved view."""
    every = Order.objects.visible_to(actor)
    if view == "needs-you":
        return needs_you.orders(actor)
    if view == "today":
        return every.filter(_is_today(clock, at))
    if view == "waiting":
        held = Exists(Hold.objects.filter(order=OuterRef("pk"), lifted_at=None))
        return every.filter(Q(status__in=[Status.RECEIVED, Status.WAITING]) | (held & ~Q(status__in=needs_you.ENDED)))
    if view == "shipped":
        return every.filter(status__in=[Status.SHIPPED, Status.DELIVERED])
    return every


def midnight(clock: Clockwork, at: datetime) -> datetime:
    """When the warehouse's day began."""
    zone = clock.calendar.zone if clock.calendar else HOME_ZONE
    return datetime.combine(at.astimezone(zone).date(), time.min, zone).astimezone(UTC)


def _is_today(clock: Clockwork, at: datetime) -> Q:
    """On its way through the house, or left it today."""
    began = midnight(clock, at)
    return Q(status__in=ON_THE_WAY) | Q(
        status__in=[Status.SHIPPED, Status.DELIVERED], shipped_at__gte=began, shipped_at__lt=began + timedelta(days=1)
    )


def _counts(actor: Actor, clock: Clockwork, at: datetime) -> dict[str, int]:
    """How many orders each view has, counted to one more than we show exactly: large shops cost no more."""
    return {view: in_view(actor, view, clock, at).order_by()[: EXACT_UP_TO + 1].count() for view in VIEWS}


def _view(query: QueryDict, counts: dict[str, int], *, is_searching: bool) -> str:
    """The asked view; a search looks everywhere, else the first view with work opens."""
    asked = query.get("view", "")
    if asked in VIEWS:
        return asked
    if is_searching:
        return "all"
    return next((view for view in ("needs-you", "today") if counts[view]), "all")


def _tabs(view: str, counts: dict[str, int]) -> list[dict[str, Any]]:
    words = {
        "needs-you": _("Needs you"),
        "today": _("Today"),
        "waiting": _("Waiting"),
        "shipped": _("Shipped"),
        "all": _("All"),
    }
    return [
        {
            "label": words[name],
            "url": f"?view={name}",
            "count": counts[name] if counts[name] <= EXACT_UP_TO else None,
            "current": name == view,
        }
        for name in VIEWS
    ]


def _reasons() -> list[tuple[str, Any]]:
    """Reasons to filter by: what an order may wait for."""
    return [
        ("no_sku", _("No SKU matched")),
        ("not_enough_stock", _("Not enough stock")),
        ("kept_back", _("Kept back by your rule")),
        ("expires_soon", _("Expires too soon")),
        ("elsewhere", _("In another warehouse")),
        ("spread_out", _("In several warehouses")),
        ("no_warehouse", _("Warehouse closed")),
        ("promise_expired", _("Not paid in time")),
        ("taken_back", _("Allocation taken back")),
        ("short_on_floor", _("Short in the warehouse")),
        *hold_words(),
    ]


def _filtered(found: QuerySet[Order], query: QueryDict, actor: Actor) -> QuerySet[Order]:
    if query.get("state") in Status.values:
        found = found.filter(status=query["state"])
    if reason := query.get("reason"):
        if reason in waiting.HOLD_REASONS:
            found = found.filter(Exists(Hold.objects.filter(order=OuterRef("pk"), lifted_at=None, code=reason)))
        else:
            found = found.filter(waiting_reason=reason[:30])
    if shop := query.get("shop"):
        found = found.filter(shop_code="" if shop == "none" else shop[:20])
    return orders_matching(found, query.get("q", ""), actor)


def _tokens(query: QueryDict, shops: dict[str, str]) -> list[dict[str, str]]:
    """The filters in use, each with the address without it."""
    tokens = []
    for name in ("q", "state", "reason", "shop"):
        label = _filter_words(name, query.get(name, ""), shops)
        if label:
            without = query.copy()
            del without[name]
            without.pop("at", None)
            tokens.append({"label": label, "url": f"?{without.urlencode()}"})
    return tokens


def _filter_words(name: str, value: str, shops: dict[str, str]) -> str:
    """How a filter reads; empty for none and for words that no filter knows."""
    if not value:
        return ""
    if name == "q":
        return _("Search: %(words)s") % {"words": clean(value)}
    if name == "state":
        return _("State: %(state)s") % {"state": statuses.ORDER[value].word} if value in Status.values else ""
    if name == "reason":
        words = dict(_reasons())
        return _("Reason: %(reason)s") % {"reason": words[value]} if value in words else ""
    return _("Shop: %(shop)s") % {"shop": shops.get(value, _("No shop"))}
