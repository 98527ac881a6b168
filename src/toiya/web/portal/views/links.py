"""Which shops at their sites open the door for which person, and shutting it; making one account of two."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.contrib.auth import authenticate
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from toiya.core import limits
from toiya.core.actor import Permission
from toiya.core.errors import Refusal
from toiya.core.limits import Limit
from toiya.domain.channels import queries
from toiya.domain.channels.actions.joining import unlink_shop
from toiya.domain.channels.models import ConsoleLink
from toiya.domain.channels.plugs import all_channels
from toiya.domain.members.actions.merging import merge_accounts
from toiya.domain.members.models import User
from toiya.web.portal.access import for_sellers
from toiya.web.portal.settings_tabs import tabs
from toiya.web.shared.access import needs
from toiya.web.shared.fields import put_refusal
from toiya.web.shared.reader import Request
from toiya.web.shared.signing_in import second_factor

BY_ACCOUNT = Limit("merge_password", 8, timedelta(minutes=15))
BY_PERSON = Limit("merge_tries", 12, timedelta(minutes=15))
WRONG = gettext_lazy("Account and password do not belong together. Check both.")


class MergeForm(forms.Form):
    """The other account of the same person, proven by its own password."""

    login = forms.CharField(
        label=gettext_lazy("Log-in ID of the other account"),
        max_length=254,
        error_messages={"required": gettext_lazy("Enter the log-in ID of the other account.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    password = forms.CharField(
        label=gettext_lazy("Password of the other account"),
        strip=False,
        error_messages={"required": gettext_lazy("Enter the password of the other account.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )


@needs(Permission.SEE_CONNECTIONS)
@for_sellers
@require_safe
def links(request: Request) -> HttpResponse:
    """The linked shops of this seller, in one statement beside the frame's."""
    me: User = request.user  # type: ignore[assignment]
    labels = {name: plug.abilities.label for name, plug in all_channels().items()}
    rows = [{"link": link, "site": labels.get(link.channel, link.channel)} for link in queries.links(request.actor)]
    context = {
        "rows": rows,
        "tabs": tabs(request.actor, "portal:links"),
        "may_edit": request.actor.may(Permission.EDIT_CONNECTIONS),
        "has_password": me.has_usable_password(),
    }
    return render(request, "portal/links.html", context)


@needs(Permission.EDIT_CONNECTIONS)
@for_sellers
@require_http_methods(["GET", "HEAD", "POST"])
def unlink(request: Request, link_id: int) -> HttpResponse:
    """Ask once, then shut the door from the site's console; the shop stays connected."""
    link: ConsoleLink | None = (
        ConsoleLink.objects.visible_to(request.actor).select_related("connection", "user").filter(pk=link_id).first()
    )
    if link is None:
        raise Http404
    if request.method == "POST":
        unlink_shop(link_id=link.pk, actor=request.actor, at=request.at)
        words = _("%(shop)s is unlinked. It stays connected; its seller console no longer opens Toiya.")
        messages.success(request, words % {"shop": link.connection.name})
        return HttpResponseRedirect(reverse("portal:links"))
    return render(request, "portal/unlink.html", {"link": link})


@needs(*Permission)
@for_sellers
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: Request) -> HttpResponse:
    """Another account of mine becomes part of this one (L39)."""
    form = MergeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            answer = _merge(request, form)
        except Refusal as refusal:
            put_refusal(form, refusal, {"not_mergeable": "login"})
        else:
            if answer is not None:
                return answer
            form.add_error("password", str(WRONG))
    me: User = request.user  # type: ignore[assignment]
    others = [each for each in queries.accounts_with_email(me.email) if each.pk != me.pk]
    context = {"form": form, "others": others, "tabs": tabs(request.actor, "portal:merge")}
    return render(request, "portal/merge.html", context, status=422 if form.errors else 200)


def _merge(request: Request, form: MergeForm) -> HttpResponse | None:
    """None when the password is wrong or there is no such account: the same to whoever asks."""
    login = form.cleaned_data["login"].strip().lower()
    limits.take(BY_PERSON, request.actor.id, at=request.at)
    limits.take(BY_ACCOUNT, login, at=request.at)
    other = authenticate(request, username=login, password=form.cleaned_data["password"])
    if not isinstance(other, User):
        return None
    limits.forget(BY_ACCOUNT, login)
    asked = second_factor(request, other, reverse("portal:merge"))
    if asked is not None:
        return asked
    merge_accounts(user_id=int(request.actor.id), other_id=other.pk, actor=request.actor, at=request.at)
    words = _("%(login)s is part of this account now, with all its shops. Its log-in no longer works.")
    messages.success(request, words % {"login": other.login})
    return HttpResponseRedirect(reverse("portal:merge"))
