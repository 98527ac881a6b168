"""What a seller does to an order: match a line, allocate, take back, lift a hold, cancel."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from toiya.core.actor import Permission
from toiya.domain.allocation.actions.promising import allocate_orders, take_back_allocation
from toiya.domain.catalog.models import Sku
from toiya.domain.channels.actions.mending import mend_link
from toiya.domain.channels.sql.ties import listing_of_line
from toiya.domain.orders.actions.holds import lift_hold
from toiya.domain.orders.models import Line, Order
from toiya.domain.outbound.actions.remapping import change_sku
from toiya.domain.outbound.actions.stopping import stop_order
from toiya.web.portal.access import for_sellers
from toiya.web.portal.bundle_rows import bundles_available
from toiya.web.portal.searching import clean, skus_matching
from toiya.web.portal.sku_rows import with_stock
from toiya.web.portal.views.order import order_of
from toiya.web.shared.access import needs
from toiya.web.shared.order_changes import say
from toiya.web.shared.reader import Request

MOST_CHOICES = 20


def _back(code: str) -> HttpResponseRedirect:
    """To the order's page; htmx follows the redirect and gets the fragment."""
    return HttpResponseRedirect(reverse("portal:order", args=[code]))


@needs(Permission.EDIT_ORDERS)
@for_sellers
@require_POST
def allocation(request: Request, code: str) -> HttpResponse:
    """Judge a waiting order again now."""
    order = order_of(request.actor, code)
    outcome = allocate_orders(seller_id=order.seller_id, order_ids=[order.pk], actor=request.actor, at=request.at)
    if outcome.allocated:
        messages.success(request, _("%(code)s is allocated.") % {"code": code})
    elif outcome.waiting:
        messages.warning(request, _("%(code)s still waits; the numbers are fresh now.") % {"code": code})
    return _back(code)


@needs(Permission.EDIT_ORDERS)
@for_sellers
@require_POST
def allocation_return(request: Request, code: str) -> HttpResponse:
    """Give the promised pieces back (A149)."""
    order_of(request.actor, code)
    take_back_allocation(order_code=code, actor=request.actor, at=request.at)
    messages.success(request, _("The pieces of %(code)s are free again.") % {"code": code})
    return _back(code)


@needs(Permission.EDIT_ORDERS)
@for_sellers
@require_POST
def lift(request: Request, code: str, hold: str) -> HttpResponse:
    """End one hold of the order."""
    order_of(request.actor, code)
    lift_hold(order_code=code, code=hold, actor=request.actor, at=request.at)
    messages.success(request, _("Hold lifted; %(code)s goes on.") % {"code": code})
    return _back(code)


@needs(Permission.EDIT_ORDERS)
@for_sellers
@require_http_methods(["GET", "HEAD", "POST"])
def cancellation(request: Request, code: str) -> HttpResponse:
    """What cancelling does, and the button that does it."""
    order = order_of(request.actor, code)
    if request.method != "POST":
        pieces = sum(line.pieces for line in order.lines.filter(is_cancelled=False))
        return render(request, "portal/cancel_order.html", {"order": order, "pieces": pieces})
    answer = stop_order(order_code=code, reason="by_seller", actor=request.actor, at=request.at)
    say(request, answer, _("%(code)s is cancelled.") % {"code": code})
    return _back(code)


@needs(Permission.EDIT_ORDERS)
@for_sellers
@require_http_methods(["GET", "HEAD", "POST"])
def line_sku(request: Request, code: str, line_id: int) -> HttpResponse:
    """Find the SKU that a line means, and tie it."""
    order = order_of(request.actor, code)
    line = Line.objects.visible_to(request.actor).filter(order=order, pk=line_id).first()
    if line is None:
        raise Http404
    if request.method == "POST":
        change = mend_link if request.POST.get("listing") else change_sku
        sku_code = clean(request.POST.get("sku", ""))
        answer = change(line_id=line.pk, sku_code=sku_code, actor=request.actor, at=request.at)
        say(request, answer, _("The line is matched; the order is judged again now."))
        return _back(code)
    words = request.GET.get("q", "")
    context = _choice(request, order, line, words)
    template = "portal/line_sku.html#choices" if request.htmx else "portal/line_sku.html"
    return render(request, template, context)


def _choice(request: Request, order: Order, line: Line, words: str) -> dict[str, Any]:
    found = skus_matching(Sku.objects.visible_to(request.actor), words, request.actor)
    rows = list(with_stock(found).order_by("name", "code")[: MOST_CHOICES + 1])
    return {
        "order": order,
        "line": line,
        "words": words,
        "skus": rows[:MOST_CHOICES],
        "bundles": bundles_available(request.actor, rows[:MOST_CHOICES]),
        "has_listing": bool(line.site_item) and listing_of_line(line.seller_id, line.pk) is not None,
        "has_more": len(rows) > MOST_CHOICES,
    }
