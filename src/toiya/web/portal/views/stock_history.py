"""What became of a seller's pieces: photos of why they changed, stock as it was, lots that near their last day."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from toiya.core.actor import Permission
from toiya.domain.catalog.models import Sku
from toiya.domain.stock import queries
from toiya.domain.stock.models import StockNote
from toiya.domain.warehouses.models import Bin, Warehouse
from toiya.web.portal.access import for_sellers
from toiya.web.portal.searching import clean, skus_matching
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
    zone = ZoneInfo(house.time_zone if house else "Asia/Tokyo")
    typed = request.GET.get("moment", "")
    moment = moment_of(typed, zone)
    words = clean(request.GET.get("q", ""))
    every = Sku.objects.visible_to(request.actor)
    page = page_of(skus_matching(every, words, request.actor), request.GET, ("id",))
    context: dict[str, Any] = {"page": page, "words": words, "typed": typed, "moment": moment, "warehouse": house}
    if moment:
        context |= _stood(list(page.rows), moment)
    return render(request, "portal/stock_then.html", context, status=422 if typed and not moment else 200)


def _stood(skus: list[Sku], moment: Any) -> dict[str, Any]:
    standing = queries.standing_at([sku.pk for sku in skus], moment)
    houses = Warehouse.objects.in_bulk()
    by_pk = {sku.pk: sku for sku in skus}
    rows = [(by_pk[sku], houses[house], stood) for (sku, house), stood in standing.items()]
    places: list[tuple[str, str, int]] = []
    if len(skus) == 1:
        lying = queries.bins_at(skus[0].pk, moment)
        names = dict(Bin.objects.filter(pk__in={row[0] for row in lying}).values_list("pk", "code"))
        places = [(names[bin_id], lot, pieces) for bin_id, lot, pieces in lying]
    return {"rows": rows, "places": places}


@needs(Permission.SEE_STOCK)
@for_sellers
@require_safe
def expiring(request: Request) -> HttpResponse:
    """Lots that are past their last usable day, or come to it within so many days."""
    typed = request.GET.get("days", "")
    days = int(typed) if typed.isdecimal() and typed.isascii() and len(typed) < 5 else DAYS[0]
    lots = queries.expiring(request.actor, request.at.date(), days)
    page = page_of(lots, request.GET, ("expires_on", "id"))
    context = {"page": page, "days": days, "choices": DAYS, "today": request.at.date()}
    return render(request, "portal/stock_expiring.html", context)
