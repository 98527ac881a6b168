"""A card's prices of carriage by zone: shown as a table, taken along and handed in as a sheet."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from toiya.core.actor import Permission
from toiya.core.errors import Refusal
from toiya.domain.carriers.destination_rules import ISLANDS
from toiya.domain.pricing import queries, zone_sheet
from toiya.domain.pricing.actions.zones import ZonePrices, take_zone_prices
from toiya.domain.pricing.models import CardVersion, RateCard
from toiya.domain.pricing.rules import Card
from toiya.web.office.access import desk
from toiya.web.office.price_forms import ZoneSheetForm
from toiya.web.shared import price_words
from toiya.web.shared.fields import put_refusal
from toiya.web.shared.reader import Request
from toiya.web.shared.sheet_files import xlsx

_FIELDS = {
    "zone_sheet_off": "file",
    "unreadable_sheet": "file",
    "rate_off": "file",
    "rates_unchanged": "file",
    "card_day_over": "from_on",
    "card_version_order": "from_on",
}


def _newest(code: str) -> CardVersion:
    """The version that a change begins with."""
    card: RateCard | None = RateCard.objects.filter(code=code).first()
    if card is None:
        raise Http404
    return queries.built_upon(queries.versions_of_card(card))


@desk(Permission.EDIT_PRICES)
@require_http_methods(["GET", "HEAD", "POST"])
def zones(request: Request, code: str) -> HttpResponse:
    """The prices by zone of the newest version; a POST takes a sheet into the next one."""
    newest = _newest(code)
    form = ZoneSheetForm(request.POST or None, request.FILES or None)
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        prices = ZonePrices(told["file"].read(), told["from_on"], told["note"])
        try:
            take_zone_prices(card_code=code, prices=prices, actor=request.actor, at=request.at)
        except Refusal as refusal:
            if refusal.code == "rate_off":
                refusal.details["flaw"] = price_words.FLAW_WORDS[refusal.details["flaw"]]
            put_refusal(form, refusal, _FIELDS)
        else:
            messages.success(request, _("Written. Another person has to approve this version."))
            return redirect("office:price-card", code)
    context = {"newest": newest, "card": newest.card, "form": form, **_table(newest.as_card)}
    return render(request, "office/price_zones.html", context, status=422 if form.errors else 200)


def _table(card: Card) -> dict[str, Any]:
    """Services and zones as rows, sizes as columns; no rows while the card has no such prices."""
    headings, *rows = zone_sheet.rows_of(card)
    if not any(zone_sheet.is_zoned(rule) for rule in card.rates):
        return {"columns": [], "rows": []}
    words = {zone_sheet.ANY_SIZE: _("Any size"), zone_sheet.SURCHARGE: _("Surcharge")}
    columns = [words.get(each, each) for each in headings[3:]]
    named = [
        {"service": row[0], "zone": row[1], "places": row[2], "prices": list(zip(columns, row[3:], strict=True))}
        for row in rows
    ]
    return {"columns": columns, "rows": named}


@desk(Permission.EDIT_PRICES)
@require_safe
def zone_file(_request: Request, code: str) -> HttpResponse:
    """The same as a sheet to fill in; while there are no prices, with the usual zones of Japan and its islands."""
    newest = _newest(code)
    headings, *rows = zone_sheet.rows_of(newest.as_card, {_("Islands"): ISLANDS})
    return xlsx(f"zones-{code}", headings, rows)
