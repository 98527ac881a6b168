"""Topping up by bank transfer, gift code or card: only the bank, the code or the payment service books money."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from toiya.core import limits
from toiya.core.actor import Permission
from toiya.core.errors import Refusal
from toiya.domain.members.models import Seller
from toiya.domain.wallet import plugs
from toiya.domain.wallet.actions.cards import want_card_payment
from toiya.domain.wallet.actions.gifts import redeem_gift_code
from toiya.domain.wallet.actions.transfers import announce_transfer, withdraw_transfer
from toiya.domain.wallet.models import AnnouncedTransfer, CardPayment, GiftCode
from toiya.web.portal.access import for_sellers, shop_of
from toiya.web.portal.money_forms import CardForm, GiftCodeForm, TransferForm
from toiya.web.shared import formats
from toiya.web.shared.access import needs
from toiya.web.shared.fields import put_refusal
from toiya.web.shared.reader import Request
from toiya.web.shared.statuses import CARD, MONEY_TRANSFER

GIFT_TRIES = limits.Limit("gift_code", 10, timedelta(hours=1))
_FIELDS = {"sender_name_missing": "sender_name", "gift_code_unknown": "code", "gift_code_over": "code"}


@needs(Permission.TOP_UP)
@for_sellers
@require_http_methods(["GET", "HEAD", "POST"])
def top_up(request: Request) -> HttpResponse:
    """The ways to top up; a POST announces a bank transfer and leads to what must be written into it."""
    seller = shop_of(request)
    if request.method != "POST":
        return _page(request, seller)
    form = TransferForm(request.POST, currency=seller.currency)
    if form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("amount", "sender_name", "token")}
        try:
            made = announce_transfer(seller=seller, actor=request.actor, at=request.at, **told)
        except Refusal as refusal:
            put_refusal(form, refusal, _FIELDS)
        else:
            return redirect("portal:transfer", made.reference)
    return _page(request, seller, transfer=form)


@needs(Permission.TOP_UP)
@for_sellers
@require_POST
def gift_code(request: Request) -> HttpResponse:
    """Redeem a gift code; tries are counted, so that nobody guesses (a success gives them back)."""
    seller = shop_of(request)
    form = GiftCodeForm(request.POST)
    if form.is_valid():
        try:
            limits.take(GIFT_TRIES, seller.code, at=request.at)
            typed = form.cleaned_data["code"]
            gift = redeem_gift_code(seller=seller, typed=typed, actor=request.actor, at=request.at)
        except Refusal as refusal:
            put_refusal(form, refusal, _FIELDS)
        else:
            limits.forget(GIFT_TRIES, seller.code)
            messages.success(request, _redeemed(gift, request.LANGUAGE_CODE))
            return redirect("portal:wallet")
    return _page(request, seller, gift=form)


def _redeemed(gift: GiftCode, language: str) -> str:
    shown = formats.money(gift.amount_minor, gift.currency, language)
    if gift.money == GiftCode.Money.ADVERTISING:
        return _("%(amount)s of advertising credit are in your wallet.") % {"amount": shown}
    return _("%(amount)s topped up. Orders that waited for it go on now.") % {"amount": shown}


@needs(Permission.TOP_UP)
@for_sellers
@require_POST
def card(request: Request) -> HttpResponse:
    """Wish to pay by card; the payment service's own page asks for the card."""
    seller = shop_of(request)
    form = CardForm(request.POST, auto_id="card-%s", currency=seller.currency)
    if form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("amount", "token", "keeps_card")}
        try:
            payment = want_card_payment(seller=seller, actor=request.actor, at=request.at, **told)
        except Refusal as refusal:
            put_refusal(form, refusal, _FIELDS)
        else:
            return redirect("portal:card-payment", payment.code)
    return _page(request, seller, card=form)


@needs(Permission.SEE_WALLET)
@for_sellers
@require_safe
def card_payment(request: Request, code: str) -> HttpResponse:
    """How a card payment stands, with the way to the payment service while it waits for the card."""
    payment = CardPayment.objects.visible_to(request.actor).filter(code=code).first()
    if payment is None:
        raise Http404
    return render(request, "portal/card_payment.html", {"payment": payment, "status": CARD[payment.status]})


@needs(Permission.SEE_WALLET)
@for_sellers
@require_safe
def transfer(request: Request, reference: str) -> HttpResponse:
    """What to write into a transfer, and whether it is here."""
    found = AnnouncedTransfer.objects.visible_to(request.actor).filter(reference=reference).first()
    if found is None:
        raise Http404
    context = {
        "transfer": found,
        "status": MONEY_TRANSFER[found.status],
        "is_awaited": found.status == AnnouncedTransfer.Status.AWAITED,
        "bank_account": settings.BANK_ACCOUNT,
        "may_top_up": request.actor.may(Permission.TOP_UP),
    }
    return render(request, "portal/transfer.html", context)


@needs(Permission.TOP_UP)
@for_sellers
@require_POST
def withdrawal(request: Request, reference: str) -> HttpResponse:
    """The money will not come."""
    withdraw_transfer(reference=reference, actor=request.actor, at=request.at)
    messages.success(request, _("The transfer is withdrawn. Money that comes under its number is still booked."))
    return HttpResponseRedirect(reverse("portal:top-up"))


def _page(request: Request, seller: Seller, **bound: Form) -> HttpResponse:
    """The page with its forms, of which one may hold what was typed and what is wrong with it."""
    fresh: dict[str, Any] = {"initial": {"token": secrets.token_urlsafe(16)}, "currency": seller.currency}
    forms = {
        "transfer": TransferForm(**fresh),
        "gift": GiftCodeForm(),
        "card": CardForm(auto_id="card-%s", **fresh) if plugs.has_gateway() else None,
        **bound,
    }
    announced = AnnouncedTransfer.objects.visible_to(request.actor).filter(status=AnnouncedTransfer.Status.AWAITED)
    context = {
        **forms,
        "form": next(iter(bound.values()), forms["transfer"]),
        "currency": seller.currency,
        "announced": announced.order_by("-pk")[:20],
    }
    return render(request, "portal/top_up.html", context, status=422 if bound else 200)
