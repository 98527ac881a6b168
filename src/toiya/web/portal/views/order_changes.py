"""A seller holds an order, sends it to another address, or divides it."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from toiya.core.actor import Permission
from toiya.web.portal.access import for_sellers
from toiya.web.portal.views.order import order_of
from toiya.web.shared.access import needs
from toiya.web.shared.order_changes import Place, address_page, hold_page, split_page
from toiya.web.shared.reader import Request


@needs(Permission.EDIT_ORDERS)
@for_sellers
@require_http_methods(["GET", "HEAD", "POST"])
def hold(request: Request, code: str) -> HttpResponse:
    """Let the order wait, with a reason."""
    return hold_page(request, _place(request, code))


@needs(Permission.EDIT_ORDERS)
@for_sellers
@require_http_methods(["GET", "HEAD", "POST"])
def address(request: Request, code: str) -> HttpResponse:
    """Another receiver or address."""
    return address_page(request, _place(request, code))


@needs(Permission.EDIT_ORDERS)
@for_sellers
@require_http_methods(["GET", "HEAD", "POST"])
def split(request: Request, code: str) -> HttpResponse:
    """What goes by itself."""
    return split_page(request, _place(request, code))


def _place(request: Request, code: str) -> Place:
    order = order_of(request.actor, code)
    return Place(order, reverse("portal:order", args=[order.code]), reverse("portal:orders"))
