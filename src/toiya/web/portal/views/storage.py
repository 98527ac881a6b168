"""What storage cost, SKU by SKU, with its sum and what the step of the tariff did to it (L23)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Sum
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from toiya.core.actor import Permission
from toiya.domain.billing import gathering
from toiya.domain.catalog.models import Sku
from toiya.domain.pricing import queries
from toiya.domain.pricing.models import Charge
from toiya.domain.pricing.rules import Card, Kind, Period
from toiya.domain.pricing.storage_rules import cliff
from toiya.web.portal.access import for_sellers, shop_of
from toiya.web.shared.access import needs
from toiya.web.shared.paging import page_of
from toiya.web.shared.reader import Request

Versions = Mapping[tuple[str, int], Card]


@needs(Permission.SEE_WALLET)
@for_sellers
@require_safe
def storage(request: Request) -> HttpResponse:
    """One month, the newest unless another is asked for; a constant number of statements."""
    seller = shop_of(request)
    months = queries.storage_months(seller)
    chosen = _chosen(request.GET.get("month", ""), months)
    month = Period.month(chosen.year, chosen.month) if chosen else Period(date.min, date.min)
    charges = queries.storage_charges(seller, month)
    page = page_of(charges, request.GET, ("-amount_minor", "id"))
    rows = list(page.rows)
    named = sorted({(row.card_code, row.card_version) for row in rows if row.card_code})
    versions = queries.versions_of(named)
    names = dict(Sku.objects.filter(seller=seller, code__in={row.subject for row in rows}).values_list("code", "name"))
    days = gathering.lying(seller.pk, [_where(row) for row in rows])
    context = {
        "page": page,
        "rows": [_row(row, versions, names) | {"days": days.get(_where(row), [])} for row in rows],
        "total": charges.aggregate(total=Sum("amount_minor"))["total"] or 0,
        "currency": seller.currency,
        "months": [{"label": f"{day:%Y-%m}", "url": f"?month={day:%Y-%m}", "count": None, "current": day == chosen}
                   for day in months],
    }  # fmt: skip
    return render(request, "portal/storage.html", context)


def _chosen(typed: str, months: list[date]) -> date | None:
    for day in months:
        if typed in {"", f"{day:%Y-%m}"}:
            return day
    if typed:
        raise Http404
    return None


def _where(charge: Charge) -> tuple[str, date, str]:
    """The warehouse, the month and the SKU of a charge."""
    return str(charge.fact.facts.get("warehouse", "")), charge.on.replace(day=1), charge.subject


def _row(charge: Charge, versions: Versions, names: Mapping[str, str]) -> dict[str, Any]:
    card = versions.get((charge.card_code, charge.card_version))
    is_by_month = charge.kind == Kind.STORAGE_MONTH
    facts = charge.fact.facts
    return {
        "charge": charge,
        "name": names.get(charge.subject, ""),
        "shipped": facts.get("shipped") if is_by_month else None,
        "is_first_month": bool(facts.get("is_first_month")) and not charge.amount_minor,
        "cliff": cliff(card, charge.fact) if card and is_by_month else None,
    }
