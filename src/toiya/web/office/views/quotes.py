"""What past months would have cost with another card, or by another service: before a quote is sent (D-02)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from toiya.core.actor import Permission
from toiya.domain.billing.switching import Switching, switching
from toiya.domain.billing.what_if import not_due, what_if
from toiya.domain.carriers.models import Service
from toiya.domain.catalog.models import Sku
from toiya.domain.members.models import Seller
from toiya.domain.pricing.models import CardVersion
from toiya.domain.pricing.rules import Period
from toiya.domain.pricing.what_if import Asked, Comparison, Pair, quote_card, unchanged
from toiya.domain.warehouses.queries import calendar_of
from toiya.web.office.access import building, desk
from toiya.web.office.price_forms import QuoteForm
from toiya.web.shared.price_words import kind_word
from toiya.web.shared.reader import Request

MOST_SKUS = 50


@desk(Permission.EDIT_PRICES)
@require_safe
def quote(request: Request) -> HttpResponse:
    """Choose a seller, a card, months, and a service in another's place; see the difference by kind and by SKU."""
    sellers = list(Seller.objects.order_by("name").values_list("code", "name"))
    versions = CardVersion.objects.select_related("card").defer("rates").order_by("card__name", "-number")
    cards = [(f"{each.card.code}/{each.number}", f"{each.card.name} · {each.number}") for each in versions]
    services = list(Service.objects.order_by("name").values_list("code", "name"))
    choices = {"seller": sellers, "card": cards, "service": services, "instead": services}
    form = QuoteForm(request.GET if "seller" in request.GET else None, choices=choices)
    context: dict[str, Any] = {"form": form}
    if form.is_bound and form.is_valid():
        context |= _compared(request, form.cleaned_data)
    return render(request, "office/quote.html", context, status=422 if form.errors else 200)


def _compared(request: Request, told: dict[str, Any]) -> dict[str, Any]:
    seller = Seller.objects.get(code=told["seller"])
    code, number = told["card"].split("/")
    version = CardVersion.objects.select_related("card").get(card__code=code, number=number)
    today = request.at.astimezone(calendar_of(building(request)).zone).date()
    end = today + timedelta(days=1) if told["running"] else today.replace(day=1)
    period = Period(_months_before(today, told["months"]), end)
    card = quote_card(version, today)
    change = _switching(told, card.currency)
    asked = Asked(card, change.changed if change else unchanged, not_due(seller))
    found = what_if(seller, period, asked, request.at)
    last = period.end - timedelta(days=1)
    shown = {"found": found, "seller": seller, "version": version, "first": period.start, "last": last}
    return {**shown, "change": change, **_rows(found)}


def _switching(told: dict[str, Any], currency: str) -> Switching | None:
    """The change of services that was asked for; a service priced in another currency takes nothing's place."""
    if not told["service"] or told["service"] == told["instead"]:
        return None
    new = Service.objects.filter(code=told["instead"], currency=currency).prefetch_related("terms").first()
    return switching(told["service"], new) if new else None


def _months_before(today: date, months: int) -> date:
    count = today.year * 12 + today.month - 1 - months
    return date(count // 12, count % 12 + 1, 1)


def _rows(found: Comparison) -> dict[str, Any]:
    kinds = [(kind_word(kind), pair) for kind, pair in found.by_kind.items() if _is_money(pair)]
    skus = sorted(found.by_sku.items(), key=lambda each: (-abs(each[1].difference_minor), each[0]))[:MOST_SKUS]
    names = dict(Sku.objects.filter(code__in=[code for code, _ in skus]).values_list("code", "name"))
    return {"kinds": kinds, "skus": [(code, names.get(code, ""), pair) for code, pair in skus if _is_money(pair)]}


def _is_money(pair: Pair) -> bool:
    return bool(pair.actual_minor or pair.quoted_minor)
