"""Orders that the seller enters itself: the form, the list, correcting one (A155-A160)."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from toiya.core.actor import Permission
from toiya.domain.catalog.models import Sku
from toiya.domain.orders.actions.entering import enter_orders
from toiya.domain.orders.entered import Became, Entered
from toiya.domain.orders.judging import day_in_japan
from toiya.domain.orders.models import ManagedOrder, Order
from toiya.domain.outbound.actions.reentering import correct_order
from toiya.web.portal import entry_rows
from toiya.web.portal.access import for_sellers, shop_of
from toiya.web.portal.entry_forms import GIFT, ORIGIN, RECEIVER, SENDING, EntryForm, initial_of, mended
from toiya.web.portal.searching import clean, orders_matching
from toiya.web.shared.access import needs
from toiya.web.shared.paging import page_of
from toiya.web.shared.reader import Request

MOST_CHOICES = 300


@needs(Permission.SEE_ORDERS)
@for_sellers
@require_safe
def entered(request: Request) -> HttpResponse:
    """All orders that were entered, with what was told of them (A158)."""
    every = ManagedOrder.objects.visible_to(request.actor)
    words = clean(request.GET.get("q", ""))
    found = every
    if words:
        orders = orders_matching(Order.objects.visible_to(request.actor), words, request.actor)
        found = every.filter(order__in=orders.values("pk")) | every.filter(number=words) | every.filter(reference=words)
    page = page_of(found, request.GET, ("-id",))
    context = {
        "page": page,
        "rows": entry_rows.rows_of(list(page.rows)),
        "words": words,
        "has_any": bool(page.total) or every.exists(),
        "may_edit": request.actor.may(Permission.EDIT_ORDERS),
    }
    return render(request, "portal/entered.html#list" if request.htmx else "portal/entered.html", context)


@needs(Permission.EDIT_ORDERS)
@for_sellers
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """Enter one order; [Register] gives it its management number (A156)."""
    posted = mended(request.POST) if request.method == "POST" else None
    form = _form(request, posted, {"country": "JP", "quantity_1": "1"})
    if posted is not None and "more" not in posted and form.is_valid():
        entry = form.entry(f"form|{posted.get('token', '')[:40]}")
        (done,) = enter_orders(
            seller_id=shop_of(request).pk, entries=[entry], channel="hand", actor=request.actor, at=request.at
        )
        if done.became in (Became.NEW, Became.REPEATED):
            messages.success(request, _("Order %(number)s is registered.") % {"number": done.number})
            return HttpResponseRedirect(reverse("portal:order", args=[done.code]))
        form.put(done.flaws)
    return _page(request, form, posted, {})


@needs(Permission.EDIT_ORDERS)
@for_sellers
@require_http_methods(["GET", "HEAD", "POST"])
def correction(request: Request, code: str) -> HttpResponse:
    """Correct an order that was entered, until work on it began (A160)."""
    orders = Order.objects.visible_to(request.actor).select_related("address", "managed", "wish__warehouse")
    order = orders.filter(code=code, managed__isnull=False).first()
    if order is None:
        raise Http404
    posted = mended(request.POST) if request.method == "POST" else None
    form = _form(request, posted, initial_of(order))
    if posted is not None and "more" not in posted and form.is_valid():
        done: Entered = correct_order(order_code=code, entry=form.entry(""), actor=request.actor, at=request.at)
        if done.became == Became.NEW:
            messages.success(request, _("Order %(number)s is corrected.") % {"number": done.number})
            return HttpResponseRedirect(reverse("portal:order", args=[code]))
        form.put(done.flaws)
    return _page(request, form, posted, {"order": order})


def _form(request: Request, posted: QueryDict | None, initial: dict[str, str]) -> EntryForm:
    form = EntryForm(posted, initial=initial, actor=request.actor, today=day_in_japan(request.at))
    if posted is not None and "more" in posted:  # only more lines: nothing is judged yet
        form = EntryForm(None, initial=_texts(posted), actor=request.actor, today=day_in_japan(request.at))
    return form


def _texts(posted: QueryDict) -> dict[str, str]:
    return {name: str(value) for name, value in posted.items()}


def _page(request: Request, form: EntryForm, posted: QueryDict | None, more: dict[str, Any]) -> HttpResponse:
    own = Sku.objects.visible_to(request.actor).filter(is_active=True).order_by("-pk")
    context = {
        "form": form,
        "token": posted.get("token", "") if posted is not None else uuid4().hex,
        "receiver": form.section(RECEIVER),
        "sending": form.section(SENDING),
        "origin": form.section(ORIGIN),
        "gift": form.section(GIFT),
        "skus": list(own.values_list("code", "name", "option", "seller_code")[:MOST_CHOICES]),
        **more,
    }
    return render(request, "portal/enter_order.html", context, status=422 if form.errors else 200)
