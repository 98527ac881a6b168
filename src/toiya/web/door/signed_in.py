"""Who stands at a door that needs a person, whatever their role: also one who is kept out everywhere else."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponseBase
from django.urls import reverse

from toiya.core.actor import Actor, system_actor
from toiya.domain.members.models import User

View = Callable[..., HttpResponseBase]


def signed_in(view: View) -> View:
    """Strangers are sent to sign in and come back to the page of this door; `open_to_all` stands above."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.path if request.method == "GET" else reverse("door:verify"))
        return view(request, *args, **kwargs)

    return guarded


def person_of(request: Any) -> User:
    """The person of this session."""
    user = request.user
    assert isinstance(user, User), "signed_in lets only people in"
    return user


def acting(request: Any) -> Actor:
    """Who acts: the person, or the door for somebody who only holds a link."""
    actor: Actor | None = getattr(request, "actor", None)
    return actor or system_actor("door")
