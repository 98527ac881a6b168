"""A seller divides an order, or sends several to the same receiver together."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from toiya.core.actor import Permission
from toiya.core.errors import Refusal
from toiya.domain.outbound.actions.merging import merge_orders
from toiya.domain.outbound.actions.splitting import split_order
from toiya.web.portal.access import for_sellers
from toiya.web.portal.splitting import SplitForm
from toiya.web.portal.views.order import order_of
from toiya.web.shared.access import needs
from toiya.web.shared.fields import put_refusal
from toiya.web.shared.reader import Request


@needs(Permission.EDIT_ORDERS)
@for_sellers
@require_http_methods(["GET", "HEAD", "POST"])
def split(request: Request, code: str) -> HttpResponse:
    """What goes by itself, and the act."""
    order = order_of(request.actor, code)
    lines = list(order.lines.filter(is_cancelled=False).order_by("pk"))
    form = SplitForm(request.POST if request.method == "POST" else None, lines=lines)
    if request.method == "POST" and form.is_valid():
        try:
            part = split_order(order_code=order.code, takes=form.takes(), actor=request.actor, at=request.at)
        except Refusal as refusal:
            put_refusal(form, refusal)
        else:
            messages.success(request, _("Divided: %(part)s goes by itself.") % {"part": part.code})
            return HttpResponseRedirect(reverse("portal:order", args=[order.code]))
    context = {"form": form, "order": order}
    return render(request, "portal/split_order.html", context, status=422 if form.errors else 200)


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
