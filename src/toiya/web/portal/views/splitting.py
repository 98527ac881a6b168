"""A seller sends several orders to the same receiver together; dividing one is on the page of `order_changes`."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from toiya.core.actor import Permission
from toiya.domain.outbound.actions.merging import merge_orders
from toiya.web.portal.access import for_sellers
from toiya.web.portal.views.order import order_of
from toiya.web.shared.access import needs
from toiya.web.shared.reader import Request


@needs(Permission.EDIT_ORDERS)
@for_sellers
@require_POST
def merging(request: Request, code: str) -> HttpResponse:
    """Send the named orders together with this one."""
    order = order_of(request.actor, code)
    codes = [order.code, *request.POST.get("orders", "").split()]
    into = merge_orders(order_codes=codes, actor=request.actor, at=request.at)
    messages.success(request, _("They go together as %(code)s.") % {"code": into.code})
    return HttpResponseRedirect(reverse("portal:order", args=[into.code]))
