"""Who calls: a key in the Authorization header, never a cookie; what it may do; how often."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy
from ninja.security import HttpBearer

from toiya.core import limits
from toiya.core.actor import Actor, Permission
from toiya.core.errors import Refusal
from toiya.core.limits import Limit
from toiya.domain.members.actions.keys import note_used
from toiya.domain.members.models import ApiKey
from toiya.domain.members.queries import actor_of_key

PER_KEY = Limit("calls of a key", 120, timedelta(minutes=1))
NOTED_EVERY = timedelta(minutes=1)


class ScopeMissing(Refusal):
    """The key is good, but not for this."""

    code = "scope_missing"
    message = gettext_lazy("This key lacks the scope %(scope)s. Make a key that has it.")


class KeyAuth(HttpBearer):
    """A key of a member: its actor and what is left of its calls go with the request."""

    def authenticate(self, request: Any, token: str) -> Actor | None:
        """:raises TooManyTries: the key called too often"""
        found = actor_of_key(token, request.at) if token.isascii() else None
        if found is None:
            return None
        key, actor = found
        request.calls_left = limits.take(PER_KEY, key.code, at=request.at)
        _note(key, request.at)
        request.actor = actor
        return actor


def _note(key: ApiKey, at: datetime) -> None:
    if key.last_used_at is None or at - key.last_used_at >= NOTED_EVERY:
        note_used(key_id=key.pk, at=at)


Operation = Callable[..., Any]


def needs_scope(scope: Permission) -> Callable[[Operation], Operation]:
    """Only for keys with this scope, whose maker may still do it. Also tells how many calls are left."""

    def declare(operation: Operation) -> Operation:
        @wraps(operation)
        def guarded(request: Any, response: HttpResponse, *args: Any, **kwargs: Any) -> Any:
            response["RateLimit-Limit"] = str(PER_KEY.most)
            response["RateLimit-Remaining"] = str(request.calls_left)
            if not request.auth.may(scope):
                raise ScopeMissing(scope=str(scope))
            return operation(request, response, *args, **kwargs)

        return guarded

    return declare


def caller(request: HttpRequest) -> Actor:
    """The actor of the key."""
    actor: Actor = request.auth  # type: ignore[attr-defined]
    return actor
