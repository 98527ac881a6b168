"""The wallet: what is free, what is set aside, every entry; and topping up."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from toiya.core.actor import Permission
from toiya.domain.wallet.actions.payments import ToppedUpBefore, top_up_wallet
from toiya.domain.wallet.models import Account, Posting
from toiya.web.portal import money_rows
from toiya.web.portal.access import for_sellers, shop_of
from toiya.web.portal.forms import TopUpForm
from toiya.web.portal.order_rows import clockwork
from toiya.web.shared import formats
from toiya.web.shared.access import needs
from toiya.web.shared.paging import page_of
from toiya.web.shared.reader import Request


@needs(Permission.SEE_WALLET)
@for_sellers
@require_safe
def wallet(request: Request) -> HttpResponse:
    """Balance, free, set aside, and the entries behind them."""
    seller = shop_of(request)
    accounts = {row.kind: row for row in Account.objects.visible_to(request.actor).filter(currency=seller.currency)}
    kind = request.GET.get("kind", "")
    page = page_of(money_rows.entries(request.actor, accounts, kind), request.GET, ("-id",))
    free = accounts["free"].balance_minor if accounts else 0
    aside = accounts["reserved"].balance_minor if accounts else 0
    context = {
        "currency": seller.currency,
        "free": free,
        "aside": aside,
        "balance": free + aside,
        "page": page,
        "rows": money_rows.rows_of(page.rows),
        "tabs": _tabs(kind),
        "kind": kind,
        "may_top_up": request.actor.may(Permission.TOP_UP),
        "warehouse": clockwork().warehouse,
    }
    return render(request, "portal/wallet.html#list" if request.htmx else "portal/wallet.html", context)


def _tabs(kind: str) -> list[dict[str, Any]]:
    words = {"": _("All"), **{each.value: each.label for each in Posting.Kind}}
    return [
        {"label": word, "url": f"?kind={name}" if name else "?", "count": None, "current": name == kind}
        for name, word in words.items()
    ]


@needs(Permission.TOP_UP)
@for_sellers
@require_http_methods(["GET", "HEAD", "POST"])
def top_up(request: Request) -> HttpResponse:
    """Book a top-up. The token of the form makes pressing twice one top-up, and two forms two."""
    seller = shop_of(request)
    if request.method != "POST":
        form = TopUpForm(currency=seller.currency, initial={"token": secrets.token_urlsafe(16)})
        return render(request, "portal/top_up.html", {"form": form, "currency": seller.currency})
    form = TopUpForm(request.POST, currency=seller.currency)
    if not form.is_valid():
        return render(request, "portal/top_up.html", {"form": form, "currency": seller.currency}, status=422)
    amount = form.cleaned_data["amount"]
    told = {name: form.cleaned_data[name] for name in ("amount", "reference", "token")}
    try:
        top_up_wallet(seller=seller, actor=request.actor, at=request.at, **told)
    except ToppedUpBefore as refusal:
        messages.warning(request, str(refusal))
        return HttpResponseRedirect(reverse("portal:wallet"))
    shown = formats.money(amount.minor, amount.currency, request.LANGUAGE_CODE)
    messages.success(request, _("%(amount)s topped up. Orders that waited for it go on now.") % {"amount": shown})
    return HttpResponseRedirect(reverse("portal:wallet"))
