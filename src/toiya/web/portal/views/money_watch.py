"""What a seller wishes to happen when its money runs low: a letter, and a top-up from the kept card (L21)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from toiya.core.actor import Permission
from toiya.core.errors import Refusal
from toiya.domain.members.models import Seller
from toiya.domain.wallet.actions.watching import forget_card, set_alert, set_filling
from toiya.domain.wallet.models import MoneyWatch
from toiya.web.portal.access import for_sellers, shop_of
from toiya.web.portal.money_forms import AlertForm, FillingForm
from toiya.web.shared import formats
from toiya.web.shared.access import needs
from toiya.web.shared.fields import put_refusal
from toiya.web.shared.reader import Request


@needs(Permission.TOP_UP)
@for_sellers
@require_http_methods(["GET", "HEAD", "POST"])
def watch(request: Request) -> HttpResponse:
    """The page with both wishes; a POST sets below which amount a letter is written."""
    if request.method != "POST":
        return _page(request)
    seller = shop_of(request)
    form = AlertForm(request.POST, currency=seller.currency)
    if not form.is_valid():
        return _page(request, alert=form)
    below = form.cleaned_data["below"]
    set_alert(seller=seller, below_minor=below.minor if below else None, actor=request.actor, at=request.at)
    messages.success(request, _("Saved. We write when it happens.") if below else _("Saved. No letter is written."))
    return redirect("portal:money-watch")


@needs(Permission.TOP_UP)
@for_sellers
@require_POST
def filling(request: Request) -> HttpResponse:
    """When and how much is taken from the kept card; with the button "off", nothing is."""
    seller = shop_of(request)
    form = FillingForm(request.POST, auto_id="fill-%s", currency=seller.currency)
    is_off = "off" in request.POST
    if not is_off and not form.is_valid():
        return _page(request, fill=form)
    try:
        wanted = None if is_off else form.filling()
        set_filling(seller=seller, filling=wanted, actor=request.actor, at=request.at)
    except Refusal as refusal:
        put_refusal(form, refusal, {"cap_too_low": "cap"})
        return _page(request, fill=form)
    messages.success(
        request, _("Nothing is taken by itself.") if is_off else _("Saved. The wallet is filled by itself.")
    )
    return redirect("portal:money-watch")


@needs(Permission.TOP_UP)
@for_sellers
@require_POST
def card_removal(request: Request) -> HttpResponse:
    """Keep the card no longer."""
    forget_card(seller=shop_of(request), actor=request.actor, at=request.at)
    messages.success(request, _("The card is forgotten. Nothing is taken from it."))
    return redirect("portal:money-watch")


def _page(request: Request, alert: AlertForm | None = None, fill: FillingForm | None = None) -> HttpResponse:
    seller = shop_of(request)
    known = MoneyWatch.objects.filter(seller=seller).first() or MoneyWatch(seller=seller)
    context = {
        "currency": seller.currency,
        "alert": alert or _alert_form(seller, known),
        "fill": fill or _fill_form(seller, known),
        "form": alert or fill,
        "has_card": bool(known.sealed_card),
        "is_on": known.fill_below_minor is not None,
    }
    return render(request, "portal/money_watch.html", context, status=422 if alert or fill else 200)


def _shown(minor: int | None, seller: Seller) -> str:
    return "" if minor is None else str(formats.major(minor, seller.currency))


def _alert_form(seller: Seller, known: MoneyWatch) -> AlertForm:
    return AlertForm(initial={"below": _shown(known.alert_below_minor, seller)}, currency=seller.currency)


def _fill_form(seller: Seller, known: MoneyWatch) -> FillingForm:
    amounts = {"below": known.fill_below_minor, "amount": known.fill_minor, "cap": known.month_cap_minor}
    initial = {name: _shown(minor, seller) for name, minor in amounts.items()}
    return FillingForm(initial=initial, auto_id="fill-%s", currency=seller.currency)
