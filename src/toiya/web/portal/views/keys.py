"""Keys for the seller's own programs: made, shown once, revoked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from toiya.core.actor import Permission
from toiya.core.errors import Refusal
from toiya.domain.members.actions.keys import WantedKey, make_key, revoke_key
from toiya.domain.members.models import ApiKey, User
from toiya.domain.members.rules.scopes import SCOPES
from toiya.web.portal.access import for_sellers, shop_of
from toiya.web.portal.settings_tabs import tabs
from toiya.web.portal.team_forms import KeyForm
from toiya.web.shared.access import needs, to_prove_again
from toiya.web.shared.fields import put_refusal
from toiya.web.shared.reader import Request
from toiya.web.shared.role_words import PERMISSIONS


@needs(Permission.EDIT_KEYS)
@for_sellers
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def keys(request: Request) -> HttpResponse:
    """The keys there are. A POST makes one, and its secret is on the answer and nowhere else."""
    seller = shop_of(request)
    choices = [(str(each), PERMISSIONS[each]) for each in SCOPES if request.actor.may(each)]
    form = KeyForm(request.POST if request.method == "POST" else None, scopes=choices)
    if form.is_bound and (away := to_prove_again(request)):
        return away
    secret = ""
    if form.is_bound and form.is_valid():
        days = int(form.cleaned_data["days"])
        wanted = WantedKey(
            form.cleaned_data["name"],
            form.cleaned_data["scopes"],
            request.at + timedelta(days=days) if days else None,
        )
        try:
            _row, secret = make_key(seller_id=seller.pk, key=wanted, actor=request.actor, at=request.at)
        except Refusal as refusal:
            put_refusal(form, refusal, {"scope_beyond_role": "scopes"})
        else:
            form = KeyForm(scopes=choices)
    return render(request, "portal/keys.html", _context(request, form, secret), status=422 if form.errors else 200)


def _context(request: Request, form: KeyForm, secret: str) -> dict[str, Any]:
    rows = list(ApiKey.objects.visible_to(request.actor).order_by("revoked_at", "-pk")[:200])
    names = dict(User.objects.filter(pk__in={row.made_by_id for row in rows}).values_list("pk", "name"))
    words = {str(permission): word for permission, word in PERMISSIONS.items()}
    return {
        "keys": [
            {
                "row": row,
                "maker": names.get(row.made_by_id, ""),
                "scopes": [words.get(scope, scope) for scope in row.scopes],
                "is_over": row.expires_at is not None and row.expires_at <= request.at,
            }
            for row in rows
        ],
        "form": form,
        "secret": secret,
        "tabs": tabs(request.actor, "portal:keys"),
    }


@needs(Permission.EDIT_KEYS)
@for_sellers
@require_POST
def revocation(request: Request, code: str) -> HttpResponse:
    """The key works no more."""
    seller = shop_of(request)
    if not ApiKey.objects.visible_to(request.actor).filter(code=code).exists():
        raise Http404
    revoke_key(seller_id=seller.pk, code=code, actor=request.actor, at=request.at)
    messages.success(request, _("The key works no longer."))
    return HttpResponseRedirect(reverse("portal:keys"))
