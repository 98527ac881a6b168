"""The shops of a seller: how each is, its switches, testing, pulling, and what the site declined."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from toiya.core.actor import Actor, Permission
from toiya.core.jobs import wake
from toiya.domain.channels import queries, telling_queries
from toiya.domain.channels.actions.connecting import Switches, record_test, set_switches
from toiya.domain.channels.actions.telling import QUEUE, try_again
from toiya.domain.channels.models import Connection
from toiya.domain.orders.actions.placing import FIELDS
from toiya.domain.orders.actions.ways import services_of
from toiya.domain.orders.models import ShopWay
from toiya.domain.orders.ways import Way
from toiya.web.portal import shop_health, site_calls
from toiya.web.portal.access import for_sellers
from toiya.web.portal.forms import SwitchesForm
from toiya.web.portal.order_rows import clockwork
from toiya.web.shared.access import needs
from toiya.web.shared.reader import Request
from toiya.web.shared.timeline import channel_word

MOST_PULLS = 10
STRANGER_PROBLEMS: Mapping[str, Any] = {
    "missing": gettext_lazy("nothing is there"),
    "out_of_range": gettext_lazy("not a whole number from 1 to 1,000,000"),
    "control_character": gettext_lazy("there is a control character in it"),
    "not_a_code": gettext_lazy("not a code of capital letters"),
    "too_long": gettext_lazy("longer than any site allows"),
}


def shop_of(actor: Actor, code: str) -> Connection:
    """:raises Http404: no such connection for this reader"""
    found: Connection | None = Connection.objects.visible_to(actor).select_related("seller").filter(code=code).first()
    if found is None:
        raise Http404
    return found


@needs(Permission.SEE_CONNECTIONS)
@for_sellers
@require_safe
def connections(request: Request) -> HttpResponse:
    """Every shop with its health."""
    found = queries.connections(request.actor, request.at)
    nights = telling_queries.last_reconciliations(health.connection.pk for health in found)
    shops = [
        {
            "health": health,
            "night": nights.get(health.connection.pk),
            "shop": health.connection,
            "status": shop_health.status_of(health.connection, request.at),
            "site": channel_word(health.connection.channel),
        }
        for health in found
    ]
    context = {
        "shops": shops,
        "may_edit": request.actor.may(Permission.EDIT_CONNECTIONS),
        "warehouse": clockwork().warehouse,
    }
    return render(request, "portal/connections.html", context)


@needs(Permission.SEE_CONNECTIONS)
@for_sellers
@require_http_methods(["GET", "HEAD", "POST"])
def connection(request: Request, code: str) -> HttpResponse:
    """One shop. A POST sets its switches."""
    shop = shop_of(request.actor, code)
    if request.method == "POST":
        if not request.actor.may(Permission.EDIT_CONNECTIONS):
            raise PermissionDenied
        form = SwitchesForm(request.POST)
        form.is_valid()
        switches = Switches(**form.cleaned_data)
        set_switches(connection_code=code, switches=switches, actor=request.actor, at=request.at)
        messages.success(request, _("Switches saved."))
        return HttpResponseRedirect(reverse("portal:connection", args=[code]))
    return render(request, "portal/connection.html", _context(request, shop))


def _context(request: Request, shop: Connection) -> dict[str, Any]:
    switches = {name: getattr(shop, name) for name in asdict(Switches())}
    strangers = [row for row in queries.strangers(request.actor) if row.connection_id == shop.pk]
    way = ShopWay.objects.filter(seller_id=shop.seller_id, shop_code=shop.code).first()
    return {
        "shop": shop,
        "site": channel_word(shop.channel),
        "status": shop_health.status_of(shop, request.at),
        "why": _why(request, shop),
        "form": SwitchesForm(initial=switches),
        "may_edit": request.actor.may(Permission.EDIT_CONNECTIONS),
        "night": telling_queries.last_reconciliations([shop.pk]).get(shop.pk),
        "pulls": queries.recent_pulls(shop.pk, MOST_PULLS),
        "ended": [wish for wish in queries.ended_wishes(request.actor) if wish.connection_code == shop.code],
        "strangers": [
            {"row": row, "field": FIELDS.get(row.field, row.field), "problem": STRANGER_PROBLEMS.get(row.problem, "")}
            for row in strangers
        ],
        "warehouse": clockwork().warehouse,
        "services": services_of(shop.seller),
        "way": way.way if way else Way.FULFILMENT,
    }


def _why(request: Request, shop: Connection) -> dict[str, Any] | None:
    """The why-not card of a shop that does not work, or whose key ends soon."""
    status = shop_health.status_of(shop, request.at)
    cures = []
    if request.actor.may(Permission.EDIT_CONNECTIONS):
        renew = {"label": _("Renew key"), "url": reverse("portal:connection-key", args=[shop.code])}
        test = {"label": _("Test again"), "url": reverse("portal:connection-test", args=[shop.code]), "method": "post"}
        cures = [test] if shop.status == Connection.Status.DEGRADED else [renew]
    card = {"id": "shop", "status": status, "cures": cures, "until": None}
    if shop.status == Connection.Status.BROKEN:
        fact = _("The site no longer takes our key")
        more = _("Orders, tracking numbers and stock queue; nothing is lost, and all is told after the renewal.")
        return card | _told(shop, "key", fact, "you", _("You"), more)
    if shop.status == Connection.Status.DEGRADED:
        fact = _("The site does not answer")
        more = _("We try again by ourselves; nothing is lost.")
        return card | _told(shop, "silent", fact, "site", _("Sales site"), more)
    if trouble := shop_health.trouble(shop, request.at):
        return card | _told(
            shop, "key_ends", trouble.text, "you", _("You"), _("The shop is cut off when the key ends.")
        )
    return None


def _told(shop: Connection, code: str, fact: str, owner: str, word: str, more: str) -> dict[str, Any]:
    return {
        "reason_code": code,
        "fact": fact,
        "owner": owner,
        "owner_word": word,
        "since": None,
        "otherwise": more,
        "until": shop.retry_at if code == "silent" else None,
        "until_word": _("next try") if code == "silent" else "",
        "trace": [_("The site said: %(words)s") % {"words": shop.site_message}] if shop.site_message else [],
    }


@needs(Permission.EDIT_CONNECTIONS)
@for_sellers
@require_POST
def test(request: Request, code: str) -> HttpResponse:
    """Test Connection: one call to the site now, and its outcome kept (A211)."""
    shop = shop_of(request.actor, code)
    trouble = site_calls.tested(shop, request.at)
    record_test(connection_id=shop.pk, trouble=trouble, actor=request.actor, at=request.at)
    if trouble is None:
        messages.success(request, _("%(shop)s answers, and the key lets us read orders.") % {"shop": shop.name})
    else:
        words = site_calls.words_on(trouble, channel=shop.channel, shop_id=shop.shop_id)
        messages.warning(request, words)
    return HttpResponseRedirect(reverse("portal:connection", args=[code]))


@needs(Permission.EDIT_CONNECTIONS)
@for_sellers
@require_POST
def pull(request: Request, code: str) -> HttpResponse:
    """Look for new orders now instead of at the next quarter."""
    shop = shop_of(request.actor, code)
    with transaction.atomic():
        wake("channels.pull", "connection_id", shop.pk, QUEUE)
    messages.success(request, _("Pulling orders of %(shop)s. New ones appear within a minute.") % {"shop": shop.name})
    return HttpResponseRedirect(reverse("portal:connection", args=[code]))


@needs(Permission.EDIT_ORDERS)
@for_sellers
@require_POST
def tell_again(request: Request, code: str, kind: str, wish_id: int) -> HttpResponse:
    """Tell the site once more what it had declined or we had given up."""
    shop_of(request.actor, code)
    try_again(kind=kind, wish_id=wish_id, actor=request.actor, at=request.at)
    messages.success(request, _("The site is told once more within a minute."))
    order = request.POST.get("order", "")
    address = reverse("portal:order", args=[order]) if order else reverse("portal:connection", args=[code])
    return HttpResponseRedirect(address)
