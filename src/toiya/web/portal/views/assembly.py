"""Work orders of one bundle: ask the warehouse to put pieces together, see what became of it, stop the rest."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from toiya.core.actor import Permission
from toiya.core.errors import Refusal
from toiya.core.money import Money
from toiya.domain.assembly import queries
from toiya.domain.assembly.actions.asking import Wish, ask_assembly, stop_assembly
from toiya.domain.assembly.charging import prices_of
from toiya.domain.assembly.models import WorkOrder
from toiya.domain.catalog.models import Sku
from toiya.web.portal.access import for_sellers
from toiya.web.shared.access import needs
from toiya.web.shared.reader import Request
from toiya.web.shared.statuses import WORK
from toiya.web.shared.whole_numbers import number_typed

MOST_SHOWN = 50


@needs(Permission.EDIT_INBOUND)
@for_sellers
@require_http_methods(["GET", "HEAD", "POST"])
def work_orders(request: Request, code: str) -> HttpResponse:
    """What was asked for, and the form to ask. A POST asks; with the field `stop` it stops the order named."""
    sku: Sku | None = Sku.objects.visible_to(request.actor).filter(code=code).first()
    if sku is None:
        raise Http404
    trouble: Any = ""
    if request.method == "POST":
        try:
            messages.success(request, _do(request, sku))
            return HttpResponseRedirect(request.path)
        except Refusal as refusal:
            trouble = refusal
    found = WorkOrder.objects.visible_to(request.actor).filter(sku=sku).select_related("warehouse").order_by("-pk")
    places = queries.may_be_made(sku)
    prices = prices_of(sku, [house for house, _pieces in places], request.at)
    shown = [
        {"row": row, "status": WORK[row.status], "price": Money(row.price_minor, row.currency)}
        for row in found[:MOST_SHOWN]
    ]
    context = {
        "sku": sku,
        "is_assembled": sku.bundle_kind == Sku.BundleKind.ASSEMBLED,
        "places": [(house, pieces, prices[house.pk]) for house, pieces in places],
        "orders": shown,
        "trouble": trouble,
        "typed": request.POST,
    }
    return render(request, "portal/assembly.html", context, status=422 if trouble else 200)


def _do(request: Request, sku: Sku) -> str:
    if "stop" in request.POST:
        stop_assembly(code=request.POST["stop"][:20], actor=request.actor, at=request.at)
        return _("Stopped. What was made stays.")
    quantity = number_typed(request.POST.get("quantity", ""), _("Pieces"), nothing=0)
    wish = Wish(sku.code, request.POST.get("warehouse", "")[:20], quantity, request.POST.get("note", ""))
    made = ask_assembly(wish=wish, actor=request.actor, at=request.at)
    return _("%(code)s is asked for.") % {"code": made.code}
