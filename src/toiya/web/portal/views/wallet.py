"""The wallet: what is free, set aside and expected, and what each cause did."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from toiya.core.actor import Permission
from toiya.domain.members.models import Seller
from toiya.domain.wallet.models import Account, Posting, Reservation, Sale
from toiya.domain.wallet.queries import balances_of
from toiya.web.portal import money_rows, money_tabs
from toiya.web.portal.access import for_sellers, shop_of
from toiya.web.portal.money_words import uses_table
from toiya.web.portal.order_rows import clockwork
from toiya.web.shared.access import needs
from toiya.web.shared.paging import page_of
from toiya.web.shared.reader import Request

# Views beside the kinds of entries: what is set aside now, and which sales are still to be paid.
ASIDE, SALES = "aside", "sales"
_TABS = (Posting.Kind.TOP_UP, Posting.Kind.RESERVE, Posting.Kind.CAPTURE, Posting.Kind.VOID, Posting.Kind.REFUND)


@needs(Permission.SEE_WALLET)
@for_sellers
@require_safe
def wallet(request: Request) -> HttpResponse:
    """Balances, and what is behind them: entries, what is set aside now, or sales to come."""
    seller = shop_of(request)
    view = request.GET.get("view", "")
    context = {
        "money": money_tabs.tabs(request.actor, "portal:wallet"),
        "currency": seller.currency,
        "balances": balances_of(seller.pk, seller.currency),
        "uses": uses_table(),
        "view": view,
        "may_top_up": request.actor.may(Permission.TOP_UP),
        "warehouse": clockwork().warehouse,
        **_list(request, seller, view),
    }
    return render(request, "portal/wallet.html#list" if request.htmx else "portal/wallet.html", context)


def _list(request: Request, seller: Seller, view: str) -> dict[str, Any]:
    mine = {"seller": seller, "currency": seller.currency}
    kind = request.GET.get("kind", "") if not view else ""
    found: dict[str, Any] = {"kind": kind, "tabs": _tabs(kind, view)}
    if view == ASIDE:
        page = page_of(Reservation.objects.filter(status=Reservation.Status.OPEN, **mine), request.GET, ("-id",))
        return found | {"page": page, "aside_rows": money_rows.set_aside_now(page.rows)}
    if view == SALES:
        page = page_of(Sale.objects.filter(status=Sale.Status.AWAITED, **mine), request.GET, ("-id",))
        return found | {"page": page, "sales": page.rows}
    accounts = {row.kind: row for row in Account.objects.filter(**mine)}
    page = page_of(money_rows.entries(request.actor, accounts, kind), request.GET, ("-id",))
    return found | {"page": page, "rows": money_rows.rows_of(page.rows)}


def _tabs(kind: str, view: str) -> list[dict[str, Any]]:
    kinds = [("?", _("All"), not kind and not view)]
    kinds += [(f"?kind={each.value}", str(each.label), kind == each.value) for each in _TABS]
    kinds += [
        (f"?view={ASIDE}", _("Set aside now"), view == ASIDE),
        (f"?view={SALES}", _("Sales to come"), view == SALES),
    ]
    return [{"label": word, "url": url, "count": None, "current": is_current} for url, word, is_current in kinds]
