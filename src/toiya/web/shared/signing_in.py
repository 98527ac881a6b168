"""The one place where a proven person gets a session, and the hook for what they must prove beyond the password."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string

from toiya.domain.members.models import User
from toiya.web.shared.middleware import SELLER_KEY


def sign_in_as(request: HttpRequest, user: User, seller_code: str = "") -> None:
    """A session for this person, with a new id, at this seller if one is named. Everything was proven before."""
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    if seller_code:
        request.session[SELLER_KEY] = seller_code


def second_factor(request: HttpRequest, user: User, back: str) -> HttpResponse | None:
    """
    What the person must still do to prove the account, or None when nothing is missing.

    `settings.SECOND_FACTOR` names the function that decides: it answers with the page that asks, which leads back to
    `back` when the factor was given, and with None from then on for this session and this person.
    """
    if not settings.SECOND_FACTOR:
        return None
    ask: Any = import_string(settings.SECOND_FACTOR)
    answer: HttpResponse | None = ask(request, user, back)
    return answer
