"""The browser somebody uses: how we call it, where it is, and whether we have met it with this account before."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

COOKIE = "toiya_device"
YEAR = 365 * 24 * 3600
MOST_ACCOUNTS = 12
_SALT = "toiya.device"
_BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


def name_of(request: HttpRequest) -> str:
    """The browser and its system, such as "Firefox, Windows"; names, so not translated."""
    told = request.headers.get("User-Agent", "")
    found = [next((word for sign, word in table if sign in told), "") for table in (_BROWSERS, _SYSTEMS)]
    return ", ".join(word for word in found if word) or "?"


def address_of(request: HttpRequest) -> str:
    """The network address the request came from."""
    return str(request.META.get("REMOTE_ADDR", ""))[:45]


def account_mark(account: str) -> str:
    """A keyed hash of an account's name, for cookies and events: says nothing to whoever reads it."""
    told = account.strip().lower().encode()
    return hmac.new(settings.SECRET_KEY.encode(), b"account " + told, hashlib.sha256).hexdigest()[:16]


def known_as(request: HttpRequest, account: str) -> str:
    """The number of this device when somebody signed in to that account on it before, else empty."""
    kept = _kept(request)
    return str(kept["id"]) if account_mark(account) in kept["for"] else ""


def remember(request: HttpRequest, response: HttpResponse, *accounts: str) -> None:
    """The device is known to these accounts from now on."""
    kept = _kept(request)
    marks = [account_mark(account) for account in accounts if account]
    others = [mark for mark in kept["for"] if mark not in marks]
    value = signing.dumps({"id": kept["id"], "for": [*marks, *others][:MOST_ACCOUNTS]}, salt=_SALT)
    response.set_cookie(
        COOKIE, value, max_age=YEAR, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )


def _kept(request: HttpRequest) -> dict[str, Any]:
    try:
        kept = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=YEAR)
        return {"id": str(kept["id"]), "for": [str(mark) for mark in kept["for"]]}
    except (signing.BadSignature, KeyError, TypeError):
        return {"id": secrets.token_hex(8), "for": []}
