"""Compensation and payment (A173-A178): what is asked for, what comes on which day, what was given; paying it."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from toiya.core.actor import Permission
from toiya.core.errors import NotFound, Refusal
from toiya.domain.contracts.queries import local_day
from toiya.domain.contracts.rules import country_paying_in
from toiya.domain.dues import queries
from toiya.domain.dues.actions.paying import Paying, pay_requests, set_auto_pay
from toiya.domain.dues.models import AutoPay
from toiya.domain.members.models import Standstill
from toiya.domain.wallet.models import Account, Entry, Posting
from toiya.web.portal import money_tabs
from toiya.web.portal.access import for_sellers, shop_of
from toiya.web.shared import dues, formats
from toiya.web.shared.access import needs
from toiya.web.shared.paging import page_of
from toiya.web.shared.reader import Request

GIVEN = ("compensate", "refund")  # kinds of postings by which money of ours comes to the seller
COMPENSATION = "compensation"


@needs(Permission.SEE_WALLET)
@for_sellers
@require_safe
def payments(request: Request) -> HttpResponse:
    """The record: one view at a time, each with its count; what is ticked is paid."""
    seller = shop_of(request)
    today = local_day(country_paying_in(seller.currency), request.at)
    view = request.GET.get("view", "open")
    view = view if view in {*dues.VIEWS, COMPENSATION} else "open"
    given = _given(request)
    tabs = dues.tabs(request.actor, view, today)
    compensation = {"label": _("Compensation"), "url": f"?view={COMPENSATION}", "count": given.count()}
    tabs.append({**compensation, "current": view == COMPENSATION})
    context: dict[str, Any] = {
        "tabs": tabs,
        "money": money_tabs.tabs(request.actor, "portal:payments"),
        "view": view,
        "today": today,
        "owed": queries.owed_in_all(request.actor, seller.currency),
        "currency": seller.currency,
        "free": _free(request),
        "is_automatic": AutoPay.objects.filter(seller=seller).exists(),
        "standstill": Standstill.objects.filter(seller=seller).first(),
        "may_pay": request.actor.may(Permission.TOP_UP),
        "token": secrets.token_urlsafe(16),
        "plan": queries.waiting_plan(seller.pk),
    }
    if view == COMPENSATION:
        page: Any = page_of(given, request.GET, ("-id",))
        postings = Posting.objects.in_bulk({entry.posting_id for entry in page})
        context |= {"page": page, "given": [(entry, postings[entry.posting_id]) for entry in page]}
    else:
        page = page_of(queries.requests(request.actor, view, today), request.GET, ("-requested_at", "-id"))
        context |= {"page": page, "rows": dues.rows_of(list(page), today)}
    return render(request, "portal/payments.html", context)


@needs(Permission.TOP_UP)
@for_sellers
@require_POST
def paying(request: Request) -> HttpResponse:
    """Pay what is ticked, whole, from the wallet."""
    chosen = dict.fromkeys((code[:20].replace("\x00", "") for code in request.POST.getlist("selected")), None)
    token = request.POST.get("token", "")[:40].replace("\x00", "")
    return pay(request, Paying(chosen, token or secrets.token_urlsafe(16)))


def pay(request: Request, wanted: Paying) -> HttpResponse:
    """One payment of one form, and back to the list."""
    seller = shop_of(request)
    was_still = Standstill.objects.filter(seller=seller).exists()
    try:
        made = pay_requests(seller_id=seller.pk, paying=wanted, actor=request.actor, at=request.at)
    except NotFound as refusal:
        raise Http404 from refusal
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(reverse("portal:payments"))
    paid = sum(payment.amount_minor for payment in made)
    shown = formats.money(paid, made[0].currency, request.LANGUAGE_CODE)
    words = _("%(amount)s paid.") % {"amount": shown}
    if was_still and not Standstill.objects.filter(seller=seller).exists():
        words = _("%(amount)s paid. Everything goes on again.") % {"amount": shown}
    messages.success(request, words)
    return HttpResponseRedirect(reverse("portal:payments"))


@needs(Permission.TOP_UP)
@for_sellers
@require_POST
def automatic(request: Request) -> HttpResponse:
    """Let what is asked for be taken from the wallet by itself, or no more."""
    is_on = request.POST.get("is_on") == "1"
    set_auto_pay(seller_id=shop_of(request).pk, is_on=is_on, actor=request.actor, at=request.at)
    on, off = _("From now on requests pay themselves from your wallet."), _("From now on you pay by hand.")
    messages.success(request, on if is_on else off)
    return HttpResponseRedirect(reverse("portal:payments"))


@needs(Permission.SEE_WALLET)
@for_sellers
@require_safe
def calendar(request: Request) -> HttpResponse:
    """What will happen on which day if nothing is paid."""
    today = local_day(country_paying_in(shop_of(request).currency), request.at)
    return render(request, "portal/payment_calendar.html", {"days": dues.calendar(request.actor, today)})


def _given(request: Request) -> Any:
    """Entries by which money of ours came to the seller: compensation, credits given back."""
    accounts = Account.objects.visible_to(request.actor).filter(kind="free").values("id")
    postings = Posting.objects.visible_to(request.actor).filter(kind__in=GIVEN).values("id")
    return Entry.objects.visible_to(request.actor).filter(account_id__in=accounts, posting_id__in=postings)


def _free(request: Request) -> int:
    mine = Account.objects.visible_to(request.actor).filter(kind="free", currency=shop_of(request).currency)
    return mine.values_list("balance_minor", flat=True).first() or 0
