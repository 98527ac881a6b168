"""Rate cards at the office: all of them, one as a table with its versions, and whom they are for."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from toiya.core.actor import Permission
from toiya.core.errors import Refusal
from toiya.domain.members.models import Seller
from toiya.domain.pricing import card_rules, queries, zone_sheet
from toiya.domain.pricing.actions.cards import (
    For,
    approve_version,
    assign_card,
    change_rates,
    copy_card,
    draft_card,
)
from toiya.domain.pricing.models import CardVersion, RateCard
from toiya.domain.pricing.rules import Card
from toiya.domain.warehouses.models import Warehouse
from toiya.domain.warehouses.queries import calendar_of
from toiya.web.office.access import building, desk
from toiya.web.office.price_forms import AssignForm, CardForm, RatesForm
from toiya.web.shared import price_words
from toiya.web.shared.fields import put_refusal
from toiya.web.shared.reader import Request

MOST_CHANGES = 60  # of a version; a table of zones has hundreds
_FIELDS = {
    "card_name_taken": "name",
    "card_day_over": "from_on",
    "card_version_order": "from_on",
    "card_not_approved": "card",
}


def _today(request: Request) -> date:
    return request.at.astimezone(calendar_of(building(request)).zone).date()


@desk(Permission.EDIT_PRICES)
@require_http_methods(["GET", "HEAD", "POST"])
def prices(request: Request) -> HttpResponse:
    """All cards and whom they are for; a POST begins a card."""
    states = queries.card_states(_today(request))
    names = [(each.card.code, each.card.name) for each in states]
    form = CardForm(request.POST if request.method == "POST" else None, cards=names)
    if form.is_bound and form.is_valid():
        try:
            card = _begin(request, form.cleaned_data)
        except Refusal as refusal:
            put_refusal(form, refusal, _FIELDS)
        else:
            messages.success(request, _("Begun. Another person has to approve its first version."))
            return redirect("office:price-card", card.code)
    return _page(request, states, form, _assign_form(request, names))


def _begin(request: Request, told: dict[str, Any]) -> RateCard:
    name, from_on, actor, at = told["name"], told["from_on"], request.actor, request.at
    if told["copy_of"]:
        return copy_card(card_code=told["copy_of"], name=name, from_on=from_on, actor=actor, at=at)
    currency = told["currency"]
    return draft_card(name=name, rates=[], from_on=from_on, currency=currency, actor=actor, at=at)


def _assign_form(request: Request, cards: list[tuple[str, str]], *, is_sent: bool = False) -> AssignForm:
    choices = {
        "card": cards,
        "seller": [(str(pk), name) for pk, name in Seller.objects.order_by("name").values_list("pk", "name")],
        "warehouse": [(str(pk), name) for pk, name in Warehouse.objects.order_by("name").values_list("pk", "name")],
    }
    return AssignForm(request.POST if is_sent else None, choices=choices)


def _page(request: Request, states: list[queries.CardState], form: CardForm, to: AssignForm) -> HttpResponse:
    context = {
        "states": states,
        "assignments": queries.assignments_on(_today(request)),
        "form": form,
        "assign_form": to,
        "has_errors": bool(form.errors or to.errors),
    }
    return render(request, "office/prices.html", context, status=422 if context["has_errors"] else 200)


@desk(Permission.EDIT_PRICES)
@require_POST
def assigning(request: Request) -> HttpResponse:
    """Let a card hold for somebody from a day on."""
    states = queries.card_states(_today(request))
    names = [(each.card.code, each.card.name) for each in states]
    form = _assign_form(request, names, is_sent=True)
    if form.is_valid():
        told = form.cleaned_data
        to = For(int(told["seller"]) if told["seller"] else None, int(told["warehouse"]) if told["warehouse"] else None)
        try:
            assign_card(card_code=told["card"], to=to, from_on=told["from_on"], actor=request.actor, at=request.at)
        except Refusal as refusal:
            put_refusal(form, refusal, _FIELDS)
        else:
            messages.success(request, _("In force from that day on."))
            return redirect("office:prices")
    return _page(request, states, CardForm(cards=names), form)


def _card(code: str) -> RateCard:
    card: RateCard | None = RateCard.objects.filter(code=code).first()
    if card is None:
        raise Http404
    return card


@desk(Permission.EDIT_PRICES)
@require_http_methods(["GET", "HEAD", "POST"])
def card(request: Request, code: str) -> HttpResponse:
    """One card: its newest prices to change, its versions, each with what it changed. A POST writes a version."""
    found = _card(code)
    versions = queries.versions_of_card(found)
    newest = queries.built_upon(versions)
    single = [rule for rule in newest.as_card.rates if not zone_sheet.is_zoned(rule)]
    form = RatesForm(request.POST if request.method == "POST" else None, rates=single)
    if form.is_bound and form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("changes", "from_on", "note")}
        try:
            change_rates(card_code=code, actor=request.actor, at=request.at, **told)
        except Refusal as refusal:
            if refusal.code == "rate_off":
                refusal.details["flaw"] = price_words.FLAW_WORDS[refusal.details["flaw"]]
            put_refusal(form, refusal, _FIELDS)
        else:
            messages.success(request, _("Written. Another person has to approve this version."))
            return redirect("office:price-card", code)
    language, currency = request.LANGUAGE_CODE, found.currency
    context = {
        "card": found,
        "newest": newest,
        "zoned": len(newest.as_card.rates) - len(single),
        "form": form,
        "rows": [(price_words.row_of(rule, currency, language), bound) for rule, bound in form.rows],
        "versions": [_version(each, versions, language) for each in versions],
        "may_approve": {each.number for each in versions if each.drafted_by != request.actor.id},
    }
    return render(request, "office/price_card.html", context, status=422 if form.errors else 200)


def _version(version: CardVersion, versions: list[CardVersion], language: str) -> dict[str, Any]:
    """A version with what it changed against the approved one before it."""
    earlier = [each for each in versions if each.number < version.number and hasattr(each, "approval")]
    before = queries.built_upon(earlier).as_card if earlier else Card("", 0, version.card.currency)
    currency = version.card.currency
    changes, differences = [], card_rules.difference(before.rates, version.as_card.rates)
    for each in differences[:MOST_CHANGES]:
        was, now = (
            price_words.row_of(rule, currency, language) if rule else None for rule in (each.before, each.after)
        )
        changes.append({"row": now or was, "before": was, "after": now})
    approval = version.approval if hasattr(version, "approval") else None
    zones = card_rules.changed_zones(before.zones, version.zones)
    more = len(differences) - len(changes)
    return {"row": version, "changes": changes, "more": more, "zones": zones, "approval": approval}


@desk(Permission.EDIT_PRICES)
@require_POST
def approval(request: Request, code: str, number: int) -> HttpResponse:
    """Put a version in force as the second person."""
    _card(code)
    try:
        approve_version(card_code=code, number=number, actor=request.actor, at=request.at)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Version %(version)s is approved.") % {"version": number})
    return HttpResponseRedirect(request.path.rsplit("/versions/", 1)[0] + "/")
