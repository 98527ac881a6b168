"""Sessions end when they lie idle or grow old; who owes a second factor gets to the page where it is added."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib.auth import logout
from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone

from toiya.core import clock
from toiya.domain.members.actions.sessions import note_seen
from toiya.domain.members.models import SignedIn
from toiya.domain.members.rules.people import NOTED_EVERY, has_ended, lifetime_of
from toiya.web.shared.signing_in import BEGAN, FACE, FACTOR_DUE, SEEN

SECURITY_PAGES = {"portal": "/settings/security/", "office": "/office/me/"}
ALWAYS_OPEN = ("/sign-in/", "/sign-out/", "/language/", "/appearance/", "/static/", *SECURITY_PAGES.values())


class SessionLimitsMiddleware:
    """Needs no query but once a minute: the session itself says when it began and was last used."""

    def __init__(self, get_response: Callable[[Any], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        if request.session.get(BEGAN):
            at = clock.shown_at(timezone.now())
            keep_or_end(request, at)
            if owes_factor(request, at):
                return _to_security(request)
        return self.get_response(request)


def keep_or_end(request: Any, at: datetime) -> None:
    """End the session when its time is over, else note that it is used."""
    session = request.session
    began_at, seen_at = datetime.fromisoformat(session[BEGAN]), datetime.fromisoformat(session[SEEN])
    face = session.get(FACE)
    life = lifetime_of(is_operator=face == "office", is_by_badge=face == "floor")
    if has_ended(life, began_at=began_at, seen_at=seen_at, at=at):
        SignedIn.objects.filter(key=session.session_key).delete()
        logout(request)
    elif at - seen_at >= NOTED_EVERY:
        session[SEEN] = at.isoformat()
        note_seen(key=session.session_key, at=at)


def owes_factor(request: Any, at: datetime) -> bool:
    """Whether the time to add a second factor is over, and this is not the page to add it."""
    due = request.session.get(FACTOR_DUE)
    return bool(due) and at >= datetime.fromisoformat(due) and not request.path.startswith(ALWAYS_OPEN)


def _to_security(request: Any) -> HttpResponse:
    address = SECURITY_PAGES.get(request.session.get(FACE), SECURITY_PAGES["portal"])
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)
