"""In/out requests of the seller: the list, asking one by one, taking back (A108-A115)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from toiya.core.actor import Permission
from toiya.core.errors import Refusal
from toiya.domain.catalog.actions.stocking import stock_here
from toiya.domain.catalog.models import Sku
from toiya.domain.inbound.actions.requests import NotStockedHere, Wanted, cancel_requests, make_requests
from toiya.domain.inbound.models import InboundRequest
from toiya.domain.warehouses.actions.centres import CentreNotAppliedFor
from toiya.domain.warehouses.models import Warehouse
from toiya.web.portal.access import for_sellers, shop_of
from toiya.web.portal.inbound_forms import RequestForm
from toiya.web.portal.searching import clean, skus_matching
from toiya.web.shared.access import needs
from toiya.web.shared.fields import put_refusal
from toiya.web.shared.paging import page_of
from toiya.web.shared.reader import Request
from toiya.web.shared.statuses import REQUEST

MOST_CHOICES = 20
MOST_AT_ONCE = 200
FIELD_OF = {
    "pieces_out_of_range": "quantity",
    "fewer_there": "quantity",
    "too_many_pieces_asked": "quantity",
    "too_many_open_pieces": "quantity",
    "not_stocked_here": "sku",
    "sku_switched_off": "sku",
    "centre_not_applied_for": "warehouse",
    "unseen_characters": "description",
}


@needs(Permission.SEE_STOCK)
@for_sellers
@require_safe
def requests(request: Request) -> HttpResponse:
    """All requests, filtered by day, kind, state, warehouse and words (A115)."""
    every = InboundRequest.objects.visible_to(request.actor)
    asked = {name: request.GET.get(name, "")[:40].replace("\x00", "") for name in ("way", "status", "warehouse")}
    words = clean(request.GET.get("q", ""))
    first, last = _day(request.GET.get("from", "")), _day(request.GET.get("until", ""))
    found = _filtered(every, asked, first, last)
    if words:
        skus = skus_matching(Sku.objects.visible_to(request.actor), words, request.actor)
        found = found.filter(sku__in=skus.values("pk")) | found.filter(code__startswith=words.upper())
    page = page_of(found.select_related("sku", "sku__item", "warehouse", "bundle"), request.GET, ("-id",))
    context = {
        "page": page,
        "rows": [{"request": row, "status": REQUEST[row.status]} for row in page.rows],
        "asked": asked,
        "words": words,
        "first": first,
        "last": last,
        "ways": InboundRequest.Kind.choices,
        "statuses": InboundRequest.Status.choices,
        "warehouses": list(Warehouse.objects.order_by("pk")),
        "has_any": bool(page.total) or every.exists(),
        "may_edit": request.actor.may(Permission.EDIT_INBOUND),
        "buttons": [
            {"label": _("Make a cargo bundle"), "action": reverse("portal:inbound-bundle-new")},
            {"label": _("Cancel requests"), "action": reverse("portal:inbound-cancellation")},
        ],
    }
    template = "portal/inbound_requests.html#list" if request.htmx else "portal/inbound_requests.html"
    return render(request, template, context)


def _day(text: str) -> date | None:
    try:
        return parse_date(text[:10])
    except ValueError:
        return None


def _filtered(
    rows: QuerySet[InboundRequest], asked: dict[str, str], first: date | None, last: date | None
) -> QuerySet[InboundRequest]:
    if asked["way"]:
        rows = rows.filter(kind=asked["way"])
    if asked["status"]:
        rows = rows.filter(status=asked["status"])
    if asked["warehouse"]:
        rows = rows.filter(warehouse__code=asked["warehouse"])
    if first:
        rows = rows.filter(requested_at__date__gte=first)
    return rows.filter(requested_at__date__lte=last) if last else rows


@needs(Permission.EDIT_INBOUND)
@for_sellers
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """Search a SKU, choose it with one press, say how many (A109-A113)."""
    warehouses = list(Warehouse.objects.order_by("pk"))
    initial = {"sku": clean(request.GET.get("sku", ""))}
    form = RequestForm(request.POST if request.method == "POST" else None, warehouses=warehouses, initial=initial)
    cure, needs_centre = "", False
    if request.method == "POST" and form.is_valid():
        try:
            made = _make(request, form, {house.code: house.pk for house in warehouses})
        except Refusal as refusal:
            put_refusal(form, refusal, FIELD_OF)
            cure = str(refusal.details["item"]) if isinstance(refusal, NotStockedHere) else ""
            needs_centre = isinstance(refusal, CentreNotAppliedFor)
        else:
            if made is not None:
                messages.success(request, _("%(code)s is made.") % {"code": made.code})
                return HttpResponseRedirect(reverse("portal:inbound-requests"))
    words = clean(request.GET.get("q", ""))
    context = {"form": form, "cure": cure, "words": words, "skus": _choices(request, words), "seller": shop_of(request)}
    context |= {"needs_centre": needs_centre}
    template = "portal/inbound_request_new.html#choices" if request.htmx else "portal/inbound_request_new.html"
    return render(request, template, context, status=422 if form.errors else 200)


def _choices(request: Request, words: str) -> list[Any]:
    if not words:
        return []
    own = Sku.objects.visible_to(request.actor).filter(is_active=True).select_related("item")
    return list(skus_matching(own, words, request.actor).order_by("code")[:MOST_CHOICES])


def _make(request: Request, form: RequestForm, houses: dict[str, int]) -> InboundRequest | None:
    told = form.cleaned_data
    own = Sku.objects.visible_to(request.actor)
    code = clean(told["sku"])
    skus = [sku for sku in skus_matching(own, code, request.actor)[:MOST_CHOICES] if sku.is_active]
    exact = [sku for sku in skus if code.casefold() in {sku.code.casefold(), sku.seller_code.casefold()}]
    chosen = exact or skus
    if len(chosen) != 1:
        words = _("Several SKUs match this. Search and choose one.") if chosen else _("No SKU has this code.")
        form.add_error("sku", words)
        return None
    wish = Wanted(chosen[0].code, told["quantity"], houses[told["warehouse"]], told["way"], told["description"] or "")
    return make_requests(seller_id=shop_of(request).pk, wanted=[wish], actor=request.actor, at=request.at)[0]


@needs(Permission.EDIT_INBOUND)
@for_sellers
@require_POST
def cancellation(request: Request) -> HttpResponse:
    """Take the ticked requests back (A114)."""
    codes = request.POST.getlist("selected")[:MOST_AT_ONCE]
    rows = cancel_requests(request_codes=codes, actor=request.actor, at=request.at)
    told = ngettext("%(count)s request is cancelled.", "%(count)s requests are cancelled.", len(rows))
    messages.success(request, told % {"count": len(rows)})
    return HttpResponseRedirect(reverse("portal:inbound-requests"))


@needs(Permission.EDIT_INBOUND)
@for_sellers
@require_POST
def stocking(request: Request) -> HttpResponse:
    """The item is kept with us from now on: the cure of A120."""
    code = request.POST.get("item", "")[:20].replace("\x00", "")
    stock_here(item_code=code, actor=request.actor, at=request.at)
    messages.success(request, _("%(code)s is kept in our warehouse now. Ask once more.") % {"code": code})
    return HttpResponseRedirect(reverse("portal:inbound-request-new"))
