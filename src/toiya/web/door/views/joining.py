"""Joining from a sales site's console: arriving with its assertion, choosing an account; entering by one press."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from toiya.core import limits
from toiya.core.errors import Refusal
from toiya.core.limits import Limit
from toiya.domain.channels import queries
from toiya.domain.channels.actions.joining import JoinNotTrusted, JoinOver, begin_join, enter, renew_join
from toiya.domain.channels.models import ConsoleLink, PendingJoin
from toiya.domain.channels.plugs import all_channels
from toiya.domain.members.actions.asking import ask_for_reset
from toiya.domain.members.rules.documents import VERSIONS
from toiya.web.door import joining
from toiya.web.door.console_calls import console_of, label_of, verified
from toiya.web.door.join_form import NEW, JoinForm
from toiya.web.shared.access import open_to_all
from toiya.web.shared.fields import put_refusal
from toiya.web.shared.reader import Request
from toiya.web.shared.signing_in import second_factor

ARRIVALS = Limit("join_arrivals", 30, timedelta(minutes=10))
RESETS = Limit("join_resets", 3, timedelta(minutes=30))
ENTERING_FOR = timedelta(minutes=10)
TITLES = {
    "terms": gettext_lazy("Terms of service"),
    "privacy": gettext_lazy("Handling of personal data"),
    "fees": gettext_lazy("Automatic payment of fees"),
}
WRONG = gettext_lazy("Account and password do not belong together. Check both.")


@csrf_exempt  # the form stands on the site's page; its signature, its single use and its Origin take the token's place
@open_to_all("the site's signed assertion says who comes")
@sensitive_post_parameters("assertion")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def arrive(request: Request, channel: str) -> HttpResponse:
    """A seller comes over: straight in when the shop is linked (A036), else on to the page that asks."""
    console = console_of(channel)
    if request.method != "POST" or console is None:
        return HttpResponseRedirect(reverse("door:join"))
    limits.take(ARRIVALS, request.META.get("REMOTE_ADDR", ""), at=request.at)
    # An assertion of somebody else's shop, posted by a stranger's page, must not sign anybody in.
    if request.headers.get("Origin") not in console.origins:
        raise JoinNotTrusted()
    raw = request.POST.get("assertion", "")
    assertion = verified(channel, raw, request.build_absolute_uri(request.path), request.at)
    if queries.living_link(channel, assertion.shop_id) is not None:
        return _enter(request, enter(channel=channel, assertion=assertion, actor=joining.ACTOR, at=request.at))
    secret = begin_join(channel=channel, assertion=assertion, raw=raw, actor=joining.ACTOR, at=request.at)
    joining.forget(request)
    request.session.cycle_key()
    request.session[joining.SECRET] = secret
    return HttpResponseRedirect(reverse("door:join"), status=303)


def _enter(request: Request, link: ConsoleLink) -> HttpResponse:
    joining.forget(request)
    asked = second_factor(request, link.user, reverse("door:join-finish"))
    if asked is None:
        return joining.go_in(request, link)
    until = (request.at + ENTERING_FOR).isoformat()
    request.session[joining.ENTERING] = {"channel": link.channel, "shop_id": link.shop_id, "until": until}
    return asked


@open_to_all("joining is before one is a member")
@sensitive_post_parameters("password", "new_password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: Request) -> HttpResponse:
    """The page that asks for account, proof and agreement; without an assertion, how to come by one (L38)."""
    pending = joining.pending_of(request)
    if pending is None:
        return _how_to_join(request)
    pending = renew_join(secret=request.session[joining.SECRET], at=request.at)
    form = JoinForm(pending, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            return _take(request, pending, form)
        except Refusal as refusal:
            put_refusal(form, refusal)
    return _page(request, pending, form)


def _take(request: Request, pending: PendingJoin, form: JoinForm) -> HttpResponse:
    chosen = form.cleaned_data
    if chosen["choice"] == NEW:
        return joining.finish_new(request, pending, chosen["new_password"])
    user = joining.prove(request, pending, form.account, chosen["password"])
    if user is None:
        form.add_error("password", str(WRONG))
        return _page(request, pending, form)
    proven = joining.Proven(user.pk, chosen["apart"], chosen["agree"])
    asked = second_factor(request, user, reverse("door:join-finish"))
    if asked is not None:
        joining.keep_proven(request, proven)
        return asked
    return joining.finish_existing(request, pending, proven)


def _page(request: Request, pending: PendingJoin, form: JoinForm) -> HttpResponse:
    has_errors = bool(form.errors)
    form.show_again()
    context = {
        "form": form,
        "pending": pending,
        "site": label_of(pending.channel),
        "new_login": queries.free_login(pending),
        "documents": [{"code": name, "title": TITLES[name]} for name in VERSIONS],
    }
    return render(request, "door/join.html", context, status=422 if has_errors else 200)


def _how_to_join(request: Request) -> HttpResponse:
    channels = []
    for name, plug in all_channels().items():
        console = console_of(name)
        channels.append({"label": plug.abilities.label, "console": console.begin_url() if console else ""})
    return render(request, "door/how_to_join.html", {"channels": channels, "is_over": request.method == "POST"})


@open_to_all("the password is what is missing")
@require_POST
def reset_password(request: Request) -> HttpResponse:
    """Have a reset link mailed for the chosen account (A040); says the same whether there is one. The join waits."""
    pending = joining.pending_of(request)
    if pending is None:
        raise JoinOver()
    renew_join(secret=request.session[joining.SECRET], at=request.at)
    form = JoinForm(pending, request.POST)
    login = form.account
    if login:
        limits.take(RESETS, login, at=request.at)
        limits.take(RESETS, pending.secret_hash, at=request.at)
        ask_for_reset(asked=login, language=get_language() or "en", actor=joining.ACTOR, at=request.at)
    words = _(
        "If there is such an account, a link to set a new password is on its way to its e-mail address. "
        "Open it in this browser, then come back here. Your password at %(site)s does not change."
    )
    messages.success(request, words % {"site": label_of(pending.channel)})
    return HttpResponseRedirect(reverse("door:join"))


@open_to_all("for whoever has proven a password in this session, and gives the second factor")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def finish(request: Request) -> HttpResponse:
    """After the second factor: one press, and the shop is linked or entered."""
    link = _entering(request)
    pending = joining.pending_of(request)
    if link is None and pending is None:
        raise JoinOver()
    user = joining.proven_user(request) if link is None else link.user
    asked = second_factor(request, user, reverse("door:join-finish"))
    if asked is not None:
        return asked
    if request.method != "POST":
        return render(request, "door/join_finish.html", {"name": user.name, "is_entering": link is not None})
    if link is not None:
        return joining.go_in(request, link)
    assert pending is not None
    return joining.finish_existing(request, pending, joining.proven_of(request))


def _entering(request: Request) -> ConsoleLink | None:
    kept = request.session.get(joining.ENTERING)
    if not kept or datetime.fromisoformat(kept["until"]) <= request.at:
        return None
    return queries.living_link(kept["channel"], kept["shop_id"])
