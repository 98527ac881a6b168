"""Which permission a view needs: declared on the view, checked before it runs, listed by a test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import URLPattern, URLResolver, reverse
from django.utils.http import urlencode

from toiya.core.actor import Permission
from toiya.web.shared.errors import back_address
from toiya.web.shared.signing_in import is_fresh

BY_BADGE = "by_badge"  # set by the floor's sign-in
View = Callable[..., HttpResponseBase]
MARK = "declared_access"


@dataclass(frozen=True, slots=True)
class Access:
    """What a view says of itself: the permissions of which one is enough, or why everybody may."""

    permissions: frozenset[Permission] = frozenset()
    open_because: str = ""


def needs(*permissions: Permission, sign_in: str = "") -> Callable[[View], View]:
    """
    Only for actors who may do one of these; strangers are sent to sign in and come back, others get 403.

    :param sign_in: address or name of another sign-in page, such as the floor's
    """

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            actor = getattr(request, "actor", None)
            if actor is None:
                return _to_sign_in(request, sign_in)
            if not any(actor.may(permission) for permission in permissions):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        setattr(guarded, MARK, Access(permissions=frozenset(permissions)))
        return guarded

    return declare


def open_to_all(reason: str) -> Callable[[View], View]:
    """For views a stranger may see, with the reason: `@open_to_all("sign-in")`."""

    def declare(view: View) -> View:
        setattr(view, MARK, Access(open_because=reason))
        return view

    return declare


def signed_in(reason: str) -> Callable[[View], View]:
    """For pages about oneself: whoever is signed in may; a badge's session opens the floor only."""

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if getattr(request, "actor", None) is None or request.session.get(BY_BADGE):
                return _to_sign_in(request, "")
            return view(request, *args, **kwargs)

        setattr(guarded, MARK, Access(open_because=reason))
        return guarded

    return declare


def freshly_proved(view: View) -> View:
    """Only within ten minutes of a password or factor; else the person proves it again and comes back to this page."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return to_prove_again(request) or view(request, *args, **kwargs)

    return guarded


def to_prove_again(request: HttpRequest) -> HttpResponse | None:
    """The way to prove oneself again, or None when that was done within ten minutes."""
    if is_fresh(request):
        return None
    address = f"{reverse('door:again')}?{urlencode({'next': back_to(request)})}"
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def back_to(request: HttpRequest) -> str:
    """Where somebody who proved themselves goes on: the page asked for, or the one whose form they sent."""
    return request.get_full_path() if request.method == "GET" else back_address(request)


def declared(view: Any) -> Access | None:
    """What the view declared, or None when it declared nothing (which a test finds)."""
    found: Access | None = getattr(view, MARK, None)
    return found


def views_of(resolver: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    """Every (address pattern, view) below a resolver, for tests that walk them all."""
    for pattern in resolver.url_patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from views_of(pattern, path)
        elif isinstance(pattern, URLPattern):
            yield path, pattern.callback


def _to_sign_in(request: HttpRequest, sign_in: str) -> HttpResponseBase:
    address = resolve_url(sign_in or settings.LOGIN_URL)
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect_to_login(request.get_full_path() if request.method == "GET" else "/", address)
