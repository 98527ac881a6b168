"""Transfers of one SKU: ask for pieces in another warehouse, see each step, cancel what nobody began."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from toiya.core.actor import Permission
from toiya.core.errors import Refusal
from toiya.core.models import EventRow
from toiya.domain.catalog.models import Sku
from toiya.domain.stock.models import Balance
from toiya.domain.transfers.actions.asking import Wish, ask_transfer, cancel_transfer
from toiya.domain.transfers.models import Transfer
from toiya.domain.warehouses.models import Warehouse
from toiya.web.portal.access import for_sellers
from toiya.web.shared import timeline
from toiya.web.shared.access import needs
from toiya.web.shared.reader import Request
from toiya.web.shared.statuses import TRANSFER
from toiya.web.shared.whole_numbers import number_typed

MOST_SHOWN = 50
HOME_ZONE = ZoneInfo("Asia/Tokyo")


@needs(Permission.EDIT_INBOUND)
@for_sellers
@require_http_methods(["GET", "HEAD", "POST"])
def transfers(request: Request, code: str) -> HttpResponse:
    """What was asked for, and the form to ask. A POST asks; with the field `cancel` it cancels the one named."""
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
    found = Transfer.objects.visible_to(request.actor).filter(sku=sku)
    found = found.select_related("from_warehouse", "to_warehouse").order_by("-pk")[:MOST_SHOWN]
    houses = list(Warehouse.objects.order_by("code"))
    free = {row.warehouse_id: row.available for row in Balance.objects.filter(seller_id=sku.seller_id, sku=sku)}
    context = {
        "sku": sku,
        "houses": [(house, free.get(house.pk, 0)) for house in houses],
        "transfers": [{"row": row, "status": TRANSFER[row.status]} for row in found],
        "days": _days(sku, houses),
        "trouble": trouble,
        "typed": request.POST,
    }
    return render(request, "portal/transfers.html", context, status=422 if trouble else 200)


def _days(sku: Sku, houses: list[Warehouse]) -> Any:
    rows = EventRow.objects.filter(seller_id=sku.seller_id, subject=sku.code, name__startswith="stock.transfer_")
    words = timeline.Words(warehouses={house.pk: house.name for house in houses})
    return timeline.by_day(timeline.entries(rows.order_by("-id")[:MOST_SHOWN], words), HOME_ZONE)


def _do(request: Request, sku: Sku) -> str:
    if "cancel" in request.POST:
        cancel_transfer(code=request.POST["cancel"][:20], actor=request.actor, at=request.at)
        return _("Cancelled. The pieces may be sold again where they are.")
    quantity = number_typed(request.POST.get("quantity", ""), _("Pieces"), nothing=0)
    source, target = (request.POST.get(name, "")[:20] for name in ("from", "to"))
    wish = Wish(sku.code, source, target, quantity, request.POST.get("note", ""))
    made = ask_transfer(wish=wish, actor=request.actor, at=request.at)
    return _("%(code)s is asked for.") % {"code": made.code}
