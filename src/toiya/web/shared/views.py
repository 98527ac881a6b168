"""What every face shares: language, theme and row height, the gallery of parts."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from toiya.web.shared import gallery
from toiya.web.shared.access import open_to_all
from toiya.web.shared.reader import CHOICES, COOKIE, Request

YEAR = 365 * 24 * 3600


def _next(request: HttpRequest, otherwise: str = "/") -> str:
    """Where to go on, only within this site."""
    address = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if is_ours else otherwise


@open_to_all("a name for the door's addresses; the door answers them")
def at_the_door(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Never reached where the door's addresses stand before ours."""
    raise Http404


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
