"""Which of our two services serves an order, and the new orders of a shop."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from toiya.core.actor import Permission
from toiya.domain.orders.actions.ways import choose_shop_way
from toiya.domain.orders.ways import Way
from toiya.domain.outbound.actions.ways import choose_way
from toiya.web.portal.access import for_sellers
from toiya.web.portal.views.connections import shop_of
from toiya.web.portal.views.order import order_of
from toiya.web.shared.access import needs
from toiya.web.shared.reader import Request


def _asked(request: Request) -> Way:
    """:raises Http404: no service of ours"""
    try:
        return Way(request.POST.get("service", ""))
    except ValueError as unknown:
        raise Http404 from unknown


@needs(Permission.EDIT_ORDERS)
@for_sellers
@require_POST
def order_service(request: Request, code: str) -> HttpResponse:
    """Serve this order by the other service, until work on it has begun."""
    order_of(request.actor, code)
    way = _asked(request)
    choose_way(order_code=code, way=way, actor=request.actor, at=request.at)
    if way is Way.SMART_DELIVERY:
        messages.success(
            request, _("You pack %(code)s yourself. Make its label on the Smart Delivery page.") % {"code": code}
        )
    else:
        messages.success(request, _("The warehouse packs %(code)s. Its stock is looked for now.") % {"code": code})
    return HttpResponseRedirect(reverse("portal:order", args=[code]))


@needs(Permission.EDIT_CONNECTIONS)
@for_sellers
@require_POST
def shop_service(request: Request, code: str) -> HttpResponse:
    """Serve the orders that come from this shop from now on by this service."""
    shop = shop_of(request.actor, code)
    choose_shop_way(
        seller_id=shop.seller_id, shop_code=shop.code, way=_asked(request), actor=request.actor, at=request.at
    )
    messages.success(request, _("New orders of %(shop)s go this way from now on.") % {"shop": shop.name})
    return HttpResponseRedirect(reverse("portal:connection", args=[code]))
