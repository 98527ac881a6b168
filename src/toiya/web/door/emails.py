"""Whether an e-mail is free, behind one brake for every place that tells it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from toiya.core import limits
from toiya.domain.members.actions.signing_up import is_taken
from toiya.web.shared.mailbox_words import words_on
from toiya.web.shared.reader import Request

BY_HOST = limits.Limit("email-check-host", 20, timedelta(minutes=10))
BY_EMAIL = limits.Limit("email-check", 10, timedelta(hours=1))


def brake(request: Request, email: str) -> None:
    """:raises TooManyTries: from this host, or about this address"""
    limits.take(BY_HOST, request.META.get("REMOTE_ADDR", ""), at=request.at)
    limits.take(BY_EMAIL, email, at=request.at)


def is_free(request: Request, email: str) -> bool:
    """:raises TooManyTries: nothing was looked at then"""
    brake(request, email)
    return not is_taken(email)


def answer(request: Request, email: str) -> dict[str, Any]:
    """What [Check] says of a well-formed address: free or registered, and advice on the mailbox (A007, A045)."""
    if not is_free(request, email):
        return {"kind": "stop", "icon": "octagon-x", "text": _("This e-mail has an account already."), "sign_in": True}
    return {"kind": "done", "icon": "circle-check", "text": _("This e-mail is free."), "advice": words_on(email)}
