"""What everything costs this seller: as a page, and as a PDF in the seller's language (A196)."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from toiya.core.actor import Permission
from toiya.domain.pricing.price_paper import PriceLine, price_list
from toiya.domain.warehouses.models import Warehouse
from toiya.web.portal import money_tabs
from toiya.web.portal.access import for_sellers, shop_of
from toiya.web.portal.price_rows import Prices, prices_of
from toiya.web.shared import formats
from toiya.web.shared.access import needs
from toiya.web.shared.paper_files import as_pdf
from toiya.web.shared.price_words import PriceRow
from toiya.web.shared.reader import Request

_PLACES_A_LINE = 5
_BLANK = "\N{NO-BREAK SPACE}"  # no price, and no heading either


def _warehouses() -> list[Warehouse]:
    return list(Warehouse.objects.order_by("pk"))


def _chosen(request: Request, houses: list[Warehouse]) -> Warehouse:
    """The warehouse of the address, else the first."""
    code = request.GET.get("warehouse", "")
    for house in houses:
        if code in {"", house.code}:
            return house
    raise Http404


@needs(Permission.SEE_WALLET)
@for_sellers
@require_safe
def prices(request: Request) -> HttpResponse:
    """The prices in force today in one warehouse; a tab for each."""
    houses = _warehouses()
    house = _chosen(request, houses)
    tabs = [
        {"label": each.name, "url": f"?warehouse={each.code}", "count": None, "current": each == house}
        for each in houses
    ]
    shown = prices_of(request, shop_of(request), house, request.LANGUAGE_CODE)
    money = money_tabs.tabs(request.actor, "portal:prices")
    return render(request, "portal/prices.html", {"prices": shown, "warehouse": house, "tabs": tabs, "money": money})


@needs(Permission.SEE_WALLET)
@for_sellers
@require_safe
def price_file(request: Request) -> HttpResponse:
    """The same as a PDF to print or to send."""
    seller, house = shop_of(request), _chosen(request, _warehouses())
    with override(seller.language):
        shown = prices_of(request, seller, house, seller.language)
        day = formats.date_long(shown.on, seller.language)
        sub = f"{seller.name} · {house.name} · {day} · {_('Prices include tax.')}"
        document = price_list(_("Price list"), sub, _lines(shown))
    return as_pdf(document, f"prices-{house.code}")


def _lines(shown: Prices) -> list[PriceLine]:
    tables: list[tuple[str, list[PriceRow]]] = [(_("Your prices"), shown.own), (_("List prices"), shown.listed)]
    lines = []
    for heading, rows in tables:
        if rows:
            lines.append(PriceLine(heading))
            lines += [PriceLine(row.kind, row.conditions, row.price) for row in rows]
    if shown.zones:
        lines.append(PriceLine(_("Zones")))
        lines += [PriceLine(name, part, _BLANK) for name, places in shown.zones for part in _parts(places)]
    return lines


def _parts(places: str) -> list[str]:
    """The places of a zone, so many to a line as its column holds."""
    words = places.split()
    return [" ".join(words[start : start + _PLACES_A_LINE]) for start in range(0, len(words), _PLACES_A_LINE)]
