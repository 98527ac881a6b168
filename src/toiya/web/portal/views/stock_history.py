"""What became of a seller's pieces: photos of why they changed, stock as it was, lots that near their last day."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from toiya.core.actor import Permission
from toiya.core.errors import Refusal
from toiya.domain.catalog.models import Sku
from toiya.domain.inbound.actions.lot_warnings import set_lot_days
from toiya.domain.inbound.models import LotRules
from toiya.domain.inbound.receiving_rules import EXPIRY_DAYS
from toiya.domain.stock import queries
from toiya.domain.stock.models import StockNote
from toiya.domain.warehouses.models import Warehouse
from toiya.web.portal.access import for_sellers, shop_of
from toiya.web.portal.searching import clean, skus_matching
from toiya.web.portal.stood import DEFAULT_ZONE, stood
from toiya.web.shared import photos
from toiya.web.shared.access import needs
from toiya.web.shared.moments import moment_of
from toiya.web.shared.paging import page_of
from toiya.web.shared.reader import Request

DAYS = (30, 60, 90, 180)


@needs(Permission.SEE_STOCK)
@for_sellers
@require_safe
def photo(request: Request, code: str, note: str) -> FileResponse:
    """The photo that was taken when pieces were set aside or corrected."""
    found = StockNote.objects.visible_to(request.actor).filter(code=note, sku__code=code).first()
    return photos.show(found)


@needs(Permission.SEE_STOCK)
@for_sellers
@require_safe
def then(request: Request) -> HttpResponse:
    """Every SKU as it stood at a moment, per warehouse; of one SKU also lots and bins."""
    house = Warehouse.objects.order_by("pk").first()
    zone = ZoneInfo(house.time_zone if house else DEFAULT_ZONE)
    typed = request.GET.get("moment", "")
    moment = moment_of(typed, zone)
    words = clean(request.GET.get("q", ""))
    every = Sku.objects.visible_to(request.actor)
    page = page_of(skus_matching(every, words, request.actor), request.GET, ("id",))
    context: dict[str, Any] = {"page": page, "words": words, "typed": typed, "moment": moment, "warehouse": house}
    if moment:
        found = stood(list(page.rows), moment, Warehouse.objects.in_bulk())
        context |= {"rows": found.rows, "places": found.places}
    return render(request, "portal/stock_then.html", context, status=422 if typed and not moment else 200)


@needs(Permission.SEE_STOCK)
@for_sellers
@require_http_methods(["GET", "HEAD", "POST"])
def expiring(request: Request) -> HttpResponse:
    """Lots that are past their last usable day, or come to it within so many days. A POST sets when one is told."""
    trouble: Any = ""
    if request.method == "POST":
        if not request.actor.may(Permission.EDIT_CATALOG):
            raise PermissionDenied
        try:
            _set_days(request)
            return redirect("portal:stock-expiring")
        except Refusal as refusal:
            trouble = refusal
    typed = request.GET.get("days", "")
    days = int(typed) if typed.isdecimal() and typed.isascii() and len(typed) < 5 else DAYS[0]
    lots = queries.expiring(request.actor, request.at.date(), days)
    page = page_of(lots, request.GET, ("expires_on", "id"))
    context = {"page": page, "days": days, "choices": DAYS, "today": request.at.date()}
    rules = LotRules.objects.visible_to(request.actor).first()
    context |= {
        "told_days": request.POST.get("told_days", rules.days if rules else EXPIRY_DAYS),
        "trouble": trouble,
        "may_edit": request.actor.may(Permission.EDIT_CATALOG),
    }
    return render(request, "portal/stock_expiring.html", context, status=422 if trouble else 200)


def _set_days(request: Request) -> None:
    typed = request.POST.get("told_days", "").strip()
    days = int(typed) if typed.isdecimal() and typed.isascii() and len(typed) < 5 else 0
    set_lot_days(seller_id=shop_of(request).pk, days=days, actor=request.actor, at=request.at)
    messages.success(request, _("Saved."))
