"""Doors every face shares: signing in and out, language, theme and row height."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from toiya.core.actor import Permission
from toiya.domain.members.queries import actor_of
from toiya.web.shared import gallery
from toiya.web.shared.access import open_to_all
from toiya.web.shared.reader import CHOICES, COOKIE, Request
from toiya.web.shared.sign_in import SignInForm

YEAR = 365 * 24 * 3600


def _next(request: HttpRequest, otherwise: str = "/") -> str:
    """Where to go on, only within this site."""
    address = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if is_ours else otherwise


def _demo_logins() -> list[dict[str, str]]:
    return list(getattr(settings, "DEMO_LOGINS", [])) if getattr(settings, "DEMO", False) else []


def _landing(user: Any, at: datetime) -> str:
    actor = actor_of(user, at=at)
    if actor is None or not actor.is_operator:
        return "/"
    return "/office/" if actor.may(Permission.SEE_OFFICE) else "/floor/"


@open_to_all("the door")
@never_cache
@sensitive_post_parameters("password")
def sign_in(request: Request) -> HttpResponse:
    """The sign-in page; in the demo one press signs in as one of the people shown."""
    logins = _demo_logins()
    form = SignInForm(request, request.POST if request.method == "POST" and "as" not in request.POST else None)
    user: Any = None
    if request.method == "POST" and "as" in request.POST:
        chosen = next((each for each in logins if each["email"] == request.POST["as"]), None)
        user = chosen and authenticate(request, username=chosen["email"], password=chosen["password"])
    elif form.is_bound and form.is_valid():
        user = form.user
    if user is None:
        context = {"form": form, "logins": logins, "next": _next(request, "")}
        return render(request, "toiya/sign_in.html", context, status=422 if form.is_bound else 200)
    login(request, user)
    response = HttpResponseRedirect(_next(request, _landing(user, request.at)))
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and check_for_language(user.language):
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, user.language, max_age=YEAR, samesite="Lax")
    return response


@open_to_all("leaving is never refused")
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session here."""
    logout(request)
    return HttpResponseRedirect(settings.LOGIN_URL)


@open_to_all("also before signing in")
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remembers the language in a cookie and shows the same page in it."""
    response = HttpResponseRedirect(_next(request))
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, chosen, max_age=YEAR, samesite="Lax")
    return response


@open_to_all("also before signing in")
@require_POST
def appearance(request: HttpRequest) -> HttpResponse:
    """Remembers theme, row height or a setting of the floor device in a cookie: the first paint is right."""
    response = HttpResponseRedirect(_next(request))
    for name, allowed in CHOICES.items():
        chosen = request.POST.get(name, "")
        if chosen and chosen in allowed:
            response.set_cookie(COOKIE + name, chosen, max_age=YEAR, samesite="Lax", httponly=True)
    return response


@open_to_all("pictures of our parts, only while developing and in the demo")
@require_safe
def design(request: Request) -> HttpResponse:
    """Every part in all its states on one page; nobody's data."""
    gallery.refuse_in_earnest()
    return render(request, "toiya/pages/design.html", gallery.everything(request))


@open_to_all("pictures of our parts, only while developing and in the demo")
@require_safe
def design_floor(request: Request, screen: str) -> HttpResponse:
    """One floor screen, as it fills a handheld or a station."""
    gallery.refuse_in_earnest()
    return render(request, "toiya/pages/design_floor.html", gallery.floor_screen(request, screen))
