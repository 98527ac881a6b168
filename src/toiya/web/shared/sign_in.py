"""Signing in by e-mail and password: the form and its brake against guessing."""

from __future__ import annotations

import hashlib
from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from toiya.domain.members.models import User
from toiya.domain.members.queries import actor_of
from toiya.web.shared.reader import Request

TRIES, WINDOW_SECONDS = 8, 300


class SignInForm(forms.Form):
    """Says the same for an unknown e-mail and a wrong password; `user` is set when it is valid."""

    email = forms.EmailField(
        label=_("E-mail"),
        error_messages={
            "required": _("Enter the e-mail."),
            "invalid": _("Write the e-mail like name@example.com."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "username", "data-check": "email"}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        error_messages={"required": _("Enter the password.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.user: User | None = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        email, password = cleaned.get("email"), cleaned.get("password")
        if not email or not password:
            return cleaned
        key = _brake_key(self.request, email)
        if cache.get(key, 0) >= TRIES:
            raise forms.ValidationError(
                _("Too many tries for this e-mail. Wait 5 minutes, then sign in."), code="too_many_tries"
            )
        user = authenticate(self.request, username=email.lower(), password=password)
        if not isinstance(user, User):
            _count_try(key)
            raise forms.ValidationError(
                _("E-mail and password do not belong together. Check both."), code="wrong_password"
            )
        if actor_of(user, at=self.request.at) is None:
            raise forms.ValidationError(
                _("This account has no role yet. Ask the owner of your shop, or your lead, for one."),
                code="no_role",
            )
        cache.delete(key)
        self.user = user
        return cleaned


def _brake_key(request: HttpRequest, email: str) -> str:
    told = f"{email.lower()} {request.META.get('REMOTE_ADDR', '')}"
    return "sign-in-" + hashlib.sha256(told.encode()).hexdigest()


def _count_try(key: str) -> None:
    cache.add(key, 0, WINDOW_SECONDS)
    try:
        cache.incr(key)
    except ValueError:  # the window ended between the two calls
        cache.set(key, 1, WINDOW_SECONDS)
