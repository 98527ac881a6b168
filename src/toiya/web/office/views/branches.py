"""Branch shipping of all sellers, and which buildings take new promises."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from toiya.core.actor import Permission
from toiya.domain.allocation.actions.branching import send_from, take_back_orders
from toiya.domain.allocation.actions.policies import shut_warehouse
from toiya.domain.orders.models import Order
from toiya.web.office.access import desk
from toiya.web.office.orders import matching
from toiya.web.shared import branches as shared
from toiya.web.shared.reader import Request

URLS = {
    "page": "office:branches",
    "send": "office:branch-sending",
    "back": "office:branch-return",
    "days": "office:branch-days",
    "order": "office:order",
}


@desk(Permission.RELEASE_WAVES)
@require_safe
def branches(request: Request) -> HttpResponse:
    """The lines of all sellers' orders with their warehouses; and each building with its switch."""
    context = shared.context_of(request, matching) | {"urls": URLS, "may_edit": True, "show_sellers": True}
    return render(request, "office/branches.html", context)


def _back(request: Request) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse('office:branches')}?{request.GET.urlencode()}")


@desk(Permission.RELEASE_WAVES)
@require_POST
def sending(request: Request) -> HttpResponse:
    """Allocate the ticked orders in the chosen warehouse (A143, A144)."""
    codes, house = shared.selected(request), shared.chosen_house(request)
    shared.say_sent(request, send_from(order_codes=codes, warehouse_code=house, actor=request.actor, at=request.at))
    return _back(request)


@desk(Permission.RELEASE_WAVES)
@require_POST
def taking_back(request: Request) -> HttpResponse:
    """Give the pieces of the ticked orders back: no seller has to write a mail for it (A150)."""
    codes = shared.selected(request)
    shared.say_taken_back(request, take_back_orders(order_codes=codes, actor=request.actor, at=request.at))
    return _back(request)


@desk(Permission.RELEASE_WAVES)
@require_POST
def days(request: Request) -> HttpResponse:
    """Reserve the day on which an order ships, or none (A056)."""
    code = request.POST.get("order", "")[:20].replace("\x00", "")
    if not Order.objects.visible_to(request.actor).filter(code=code).exists():
        raise Http404
    shared.reserve_day(request, code)
    return HttpResponseRedirect(f"{reverse('office:branches')}?open={code}")


@desk(Permission.RELEASE_WAVES)
@require_POST
def switching(request: Request, warehouse: str) -> HttpResponse:
    """Let a building take no new promises, or take them again."""
    is_shut = request.POST.get("shut") == "yes"
    shut_warehouse(warehouse_code=warehouse, is_shut=is_shut, actor=request.actor, at=request.at)
    words = _("%(code)s takes no new orders from now on.") if is_shut else _("%(code)s takes new orders again.")
    messages.success(request, words % {"code": warehouse})
    return HttpResponseRedirect(reverse("office:branches"))
