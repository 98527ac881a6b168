"""The operator holds an order, sends it to another address, or divides it; the timeline names who did it."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from toiya.core.actor import Permission
from toiya.core.errors import NotFound
from toiya.domain.orders.models import Order
from toiya.domain.warehouses.queries import calendar_of
from toiya.web.office.access import building, desk
from toiya.web.shared.order_changes import Place, address_page, hold_page, split_page
from toiya.web.shared.reader import Request


@desk(Permission.EDIT_ORDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def hold(request: Request, code: str) -> HttpResponse:
    """Let the order wait, with a reason and whose it is."""
    return hold_page(request, _place(request, code))


@desk(Permission.EDIT_ORDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def address(request: Request, code: str) -> HttpResponse:
    """Another receiver or address."""
    return address_page(request, _place(request, code))


@desk(Permission.EDIT_ORDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def split(request: Request, code: str) -> HttpResponse:
    """What goes by itself."""
    return split_page(request, _place(request, code))


def _place(request: Request, code: str) -> Place:
    order = Order.objects.visible_to(request.actor).filter(code=code).first()
    if order is None:
        raise NotFound(kind=_("order"), code=code)
    back, zone = reverse("office:order", args=[order.code]), calendar_of(building(request)).zone
    return Place(order, back, reverse("office:orders"), zone)
