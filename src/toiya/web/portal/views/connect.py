"""Connecting a shop step by step: which shop, Get Auth at the site, switches; and renewing a key the same way."""

from __future__ import annotations

import secrets as random
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from toiya.core import secrets
from toiya.core.actor import Permission
from toiya.domain.channels.actions.connecting import ShopAlreadyConnected, Switches, connect_shop, renew_key
from toiya.domain.channels.plugs import all_channels, channel_of
from toiya.domain.channels.port import IssuedKey
from toiya.domain.members.models import Seller
from toiya.web.portal.access import for_sellers
from toiya.web.portal.access import shop_of as seller_of_request
from toiya.web.portal.forms import GrantForm, ShopForm, SwitchesForm
from toiya.web.portal.site_calls import SiteSaysNo, new_key
from toiya.web.portal.views.connections import shop_of
from toiya.web.shared.access import needs
from toiya.web.shared.fields import put_refusal
from toiya.web.shared.reader import Request

KEPT = "connecting"
PASSWORD_GRANT = "password:"  # noqa: S105  the prefix that tells a password from a one-time code


@needs(Permission.EDIT_CONNECTIONS)
@for_sellers
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: Request) -> HttpResponse:
    """Step 1: which site, which shop. A basic member reads how to become a business first."""
    if seller_of_request(request).kind == Seller.Kind.BASIC:
        return render(request, "portal/only_for_business.html", status=409)
    channels = [(name, plug.abilities.label) for name, plug in all_channels().items()]
    kept = request.session.get(KEPT, {})
    form = ShopForm(request.POST if request.method == "POST" else None, channels=channels, initial=kept)
    if request.method == "POST" and form.is_valid():
        request.session[KEPT] = {**form.cleaned_data, "state": random.token_urlsafe(24)}
        return HttpResponseRedirect(reverse("portal:connect-access"))
    context = {"form": form, "steps": _steps(0)}
    return render(request, "portal/connect_shop.html", context, status=422 if form.errors else 200)


@needs(Permission.EDIT_CONNECTIONS)
@for_sellers
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def access(request: Request) -> HttpResponse:
    """Step 2: Get Auth at the site; for a site without such a page, its password once."""
    kept = request.session.get(KEPT)
    if not kept:
        return HttpResponseRedirect(reverse("portal:connect"))
    form = GrantForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            return _take(request, kept, PASSWORD_GRANT + form.cleaned_data["password"])
        except SiteSaysNo as refusal:
            put_refusal(form, refusal, {refusal.code: "password"})
    return _access_page(request, kept, form)


def _access_page(request: Request, kept: dict[str, Any], form: GrantForm, words: str = "") -> HttpResponse:
    back = request.build_absolute_uri(reverse("portal:connect-return"))
    plug = channel_of(kept["channel"])
    context = {
        "form": form,
        "kept": kept,
        "site": plug.abilities.label,
        "console": plug.console_url(f"{back}?{urlencode({'state': kept['state']})}"),
        "words": words,
        "steps": [] if kept.get("renew") else _steps(1),
        "back": reverse("portal:connection", args=[kept["renew"]]) if kept.get("renew") else reverse("portal:connect"),
    }
    return render(request, "portal/connect_access.html", context, status=422 if words or form.errors else 200)


@needs(Permission.EDIT_CONNECTIONS)
@for_sellers
@require_safe
def returned(request: Request) -> HttpResponse:
    """The way back from the site, with a one-time code; only for the session that began, and only once."""
    kept = request.session.get(KEPT) or {}
    state = request.GET.get("state", "")
    if not kept or not random.compare_digest(state.encode(), str(kept.get("state", "")).encode()):
        messages.warning(request, _("That return belongs to another try. Begin once more here."))
        return HttpResponseRedirect(reverse("portal:connect"))
    kept["state"] = random.token_urlsafe(24)
    request.session[KEPT] = kept
    try:
        return _take(request, kept, request.GET.get("code", ""))
    except SiteSaysNo as refusal:
        return _access_page(request, kept, GrantForm(), str(refusal))


def _take(request: Request, kept: dict[str, Any], grant: str) -> HttpResponse:
    """A grant becomes a proven key: the renewed one of a shop, or kept sealed until the last step."""
    issued = new_key(channel=kept["channel"], shop_id=kept["shop_id"], grant=grant, at=request.at)
    if code := kept.get("renew"):
        shop = renew_key(connection_code=code, issued=issued, actor=request.actor, at=request.at)
        del request.session[KEPT]
        words = _("The key of %(shop)s is renewed; what waited is told now.")
        messages.success(request, words % {"shop": shop.name})
        return HttpResponseRedirect(reverse("portal:connection", args=[code]))
    kept["sealed_key"] = secrets.seal(issued.key, bound_to=_bound_to(request))
    kept["expires_at"] = issued.expires_at.isoformat()
    request.session[KEPT] = kept
    return HttpResponseRedirect(reverse("portal:connect-switches"))


def _bound_to(request: Request) -> str:
    return f"connecting:{request.actor.id}"


@needs(Permission.EDIT_CONNECTIONS)
@for_sellers
@require_http_methods(["GET", "HEAD", "POST"])
def switches(request: Request) -> HttpResponse:
    """Step 3: what we do for the shop by ourselves; then it is connected."""
    kept = request.session.get(KEPT) or {}
    if "sealed_key" not in kept:
        return HttpResponseRedirect(reverse("portal:connect"))
    form = SwitchesForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        key = secrets.unseal(kept["sealed_key"], bound_to=_bound_to(request))
        try:
            shop = connect_shop(
                seller_id=seller_of_request(request).pk,
                channel=kept["channel"],
                shop_id=kept["shop_id"],
                name=kept["name"],
                issued=IssuedKey(key, datetime.fromisoformat(kept["expires_at"])),
                switches=Switches(**form.cleaned_data),
                actor=request.actor,
                at=request.at,
            )
        except ShopAlreadyConnected as refusal:
            put_refusal(form, refusal)
        else:
            del request.session[KEPT]
            messages.success(request, _("%(shop)s is connected. Its orders are on their way.") % {"shop": shop.name})
            return HttpResponseRedirect(reverse("portal:connection", args=[shop.code]))
    context = {"form": form, "kept": kept, "steps": _steps(2)}
    return render(request, "portal/connect_switches.html", context, status=422 if form.errors else 200)


@needs(Permission.EDIT_CONNECTIONS)
@for_sellers
@require_safe
def renew(request: Request, code: str) -> HttpResponse:
    """Begin to renew a shop's key: the same way to the site and back."""
    shop = shop_of(request.actor, code)
    kept = {
        "channel": shop.channel,
        "shop_id": shop.shop_id,
        "name": shop.name,
        "state": random.token_urlsafe(24),
        "renew": shop.code,
    }
    request.session[KEPT] = kept
    return _access_page(request, kept, GrantForm())


def _steps(here: int) -> list[dict[str, Any]]:
    words = [_("Shop"), _("Get Auth"), _("Switches")]
    states = ["done" if place < here else "here" if place == here else "ahead" for place in range(len(words))]
    urls = [reverse("portal:connect") if here > 0 else "", "", ""]
    return [{"label": word, "state": state, "url": url} for word, state, url in zip(words, states, urls, strict=True)]
