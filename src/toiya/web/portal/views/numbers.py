"""Stock numbers at the sites: rules per shop and listing, what differed at night, what still waits to be told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from toiya.core.actor import Permission
from toiya.core.errors import Refusal
from toiya.domain.channels import telling_queries
from toiya.domain.channels.actions.comparing import tell_now
from toiya.domain.channels.actions.numbers import set_listing_rules, set_shop_rules
from toiya.domain.channels.models import Listing, NumberDifference, Reconciliation
from toiya.web.portal import link_rows
from toiya.web.portal.access import for_sellers
from toiya.web.portal.link_rows import MOST_CHOSEN
from toiya.web.portal.number_forms import NumberForm
from toiya.web.portal.order_rows import clockwork
from toiya.web.portal.views.connections import shop_of
from toiya.web.shared.access import needs
from toiya.web.shared.fields import put_refusal
from toiya.web.shared.paging import page_of
from toiya.web.shared.reader import Request

MOST_NIGHTS = 30


def _put(form: NumberForm, refusal: Refusal) -> None:
    put_refusal(form, refusal, {"number_rule_out_of_range": str(refusal.details.get("field", "buffer_pieces"))})


@needs(Permission.SEE_CONNECTIONS)
@for_sellers
@require_http_methods(["GET", "HEAD", "POST"])
def shop_numbers(request: Request, code: str) -> HttpResponse:
    """How many of its stock the shop shows by default. A POST changes it."""
    shop = shop_of(request.actor, code)
    may_edit = request.actor.may(Permission.EDIT_CONNECTIONS)
    form = NumberForm(request.POST or None, initial=asdict(telling_queries.rule_of_shop(shop.pk)))
    if request.method == "POST" and not may_edit:
        raise PermissionDenied
    if request.method == "POST" and form.is_valid():
        try:
            set_shop_rules(connection_code=code, rule=form.rule(), actor=request.actor, at=request.at)
        except Refusal as refusal:
            _put(form, refusal)
        else:
            messages.success(request, _("Saved. The site is told within a minute where a number changes."))
            return HttpResponseRedirect(reverse("portal:connection", args=[code]))
    own = telling_queries.own_rules(request.actor, shop.pk)
    context = {"shop": shop, "form": form, "may_edit": may_edit, "own": own}
    return render(request, "portal/shop_numbers.html", context, status=422 if form.errors else 200)


def _chosen(request: Request, query: QueryDict) -> list[Listing]:
    ids = [int(text) for text in query.getlist("selected")[:MOST_CHOSEN] if text.isascii() and text.isdigit()]
    found = Listing.objects.visible_to(request.actor).filter(pk__in=[each for each in ids if each < 2**62])
    return list(found.select_related("connection", "sku__item").order_by("pk"))


@needs(Permission.EDIT_CATALOG)
@for_sellers
@require_http_methods(["GET", "HEAD", "POST"])
def listing_numbers(request: Request) -> HttpResponse:
    """The rule of the chosen listings. A POST with a button's word changes it; without one it only shows the form."""
    query = request.POST if request.method == "POST" else request.GET
    listings = _chosen(request, query)
    if not listings and query.getlist("selected") and request.method != "POST":
        raise Http404
    if not listings:
        messages.error(request, _("No listing is chosen. Tick at least one, then choose Stock numbers."))
        return HttpResponseRedirect(reverse("portal:listing-links"))
    word = query.get("rule", "") if request.method == "POST" else ""
    rule = telling_queries.rules_of(listings)[listings[0].pk]
    form = NumberForm(request.POST if word == "own" else None, initial=asdict(rule))
    if word == "shop" or (word == "own" and form.is_valid()):
        try:
            return _save(request, listings, form if word == "own" else None)
        except Refusal as refusal:
            _put(form, refusal)
    rows = link_rows.rows_of(request.actor, listings, request.at)
    context: dict[str, Any] = {"form": form, "rows": rows}
    return render(request, "portal/listing_numbers.html", context, status=422 if form.errors else 200)


def _save(request: Request, listings: Sequence[Listing], form: NumberForm | None) -> HttpResponse:
    ids = [listing.pk for listing in listings]
    rule = form.rule() if form else None
    count = set_listing_rules(listing_ids=ids, rule=rule, actor=request.actor, at=request.at)
    words = ngettext("Saved for %(count)s listing.", "Saved for %(count)s listings.", count)
    messages.success(request, words % {"count": count})
    return HttpResponseRedirect(f"{reverse('portal:listing-links')}?view=linked")


@needs(Permission.SEE_CONNECTIONS)
@for_sellers
@require_safe
def differences(request: Request, code: str) -> HttpResponse:
    """What the shop showed at night that it should not (L06): one night, the last unless another is chosen."""
    shop = shop_of(request.actor, code)
    nights = list(Reconciliation.objects.filter(connection=shop).order_by("-night")[:MOST_NIGHTS])
    wanted = request.GET.get("night", "")
    night = next((each for each in nights if each.night.isoformat() == wanted), nights[0] if nights else None)
    found = NumberDifference.objects.filter(reconciliation=night).select_related("listing__sku")
    page = page_of(found, request.GET, ("id",))
    context = {"shop": shop, "nights": nights, "night": night, "page": page, "warehouse": clockwork().warehouse}
    return render(request, "portal/differences.html", context)


@needs(Permission.SEE_CONNECTIONS)
@for_sellers
@require_http_methods(["GET", "HEAD", "POST"])
def calls(request: Request, code: str) -> HttpResponse:
    """What still has to be told to the shop, the oldest first (L08). A POST has all of it told now."""
    shop = shop_of(request.actor, code)
    may_tell = request.actor.may(Permission.EDIT_ORDERS)
    if request.method == "POST":
        if not may_tell:
            raise PermissionDenied
        try:
            tell_now(connection_code=code, actor=request.actor, at=request.at)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The site is told everything that waits within a minute."))
        return HttpResponseRedirect(reverse("portal:connection-calls", args=[code]))
    context = {
        "shop": shop,
        "waiting": telling_queries.waiting(shop.pk),
        "may_tell": may_tell,
        "warehouse": clockwork().warehouse,
    }
    return render(request, "portal/site_calls.html", context)
