"""Branch shipping: which warehouse sends which of the seller's orders, chosen by hand and taken back (A140-A149)."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from toiya.core.actor import Permission
from toiya.domain.allocation.actions.branching import send_from, take_back_orders
from toiya.domain.orders.models import Order
from toiya.web.portal.access import for_sellers
from toiya.web.portal.searching import orders_matching
from toiya.web.portal.views.order import order_of
from toiya.web.shared import branches as shared
from toiya.web.shared.access import needs
from toiya.web.shared.reader import Request

URLS = {
    "page": "portal:branches",
    "send": "portal:branch-sending",
    "back": "portal:branch-return",
    "days": "portal:branch-days",
    "order": "portal:order",
}


@needs(Permission.SEE_ORDERS)
@for_sellers
@require_safe
def branches(request: Request) -> HttpResponse:
    """The orders by line with their warehouses, filtered (A141, A142); one of them opened (A145)."""

    def search(orders: QuerySet[Order], words: str) -> QuerySet[Order]:
        return orders_matching(orders, words, request.actor)

    may_edit = request.actor.may(Permission.EDIT_ORDERS)
    context = shared.context_of(request, search) | {"urls": URLS, "may_edit": may_edit}
    return render(request, "portal/branches.html", context)


def _back(request: Request) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse('portal:branches')}?{request.GET.urlencode()}")


@needs(Permission.EDIT_ORDERS)
@for_sellers
@require_POST
def sending(request: Request) -> HttpResponse:
    """Allocate the ticked orders in the chosen warehouse, or all of the page in one (A143, A144)."""
    codes, house = shared.selected(request), shared.chosen_house(request)
    shared.say_sent(request, send_from(order_codes=codes, warehouse_code=house, actor=request.actor, at=request.at))
    return _back(request)


@needs(Permission.EDIT_ORDERS)
@for_sellers
@require_POST
def taking_back(request: Request) -> HttpResponse:
    """Give the pieces of the ticked orders back (A149)."""
    codes = shared.selected(request)
    shared.say_taken_back(request, take_back_orders(order_codes=codes, actor=request.actor, at=request.at))
    return _back(request)


@needs(Permission.EDIT_ORDERS)
@for_sellers
@require_POST
def days(request: Request) -> HttpResponse:
    """Reserve the day on which an order ships, or none (A056)."""
    code = order_of(request.actor, request.POST.get("order", "")[:20].replace("\x00", "")).code
    shared.reserve_day(request, code)
    return HttpResponseRedirect(f"{reverse('portal:branches')}?open={code}")
