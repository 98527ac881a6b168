"""The forms of signing in and of accepting an invitation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from toiya.domain.members.models import User

# Whether an account exists, or two of old share the mailbox: a refused try costs the same number of hashes.
LEAST_HASHES = 2
MOST_ACCOUNTS = 6


def person_with(account: str, password: str) -> User | None:
    """
    The active person with this e-mail or log-in id, and this password.

    Accounts of old share a mailbox: the password says which of them is meant, the one with that id first (A039).
    """
    named = User.objects.filter(Q(login=account) | Q(email=account), is_active=True).order_by("pk")[:MOST_ACCOUNTS]
    found = sorted(named, key=lambda user: (user.login != account, user.pk))
    for user in found:
        if user.check_password(password):
            return user
    for _hash in range(LEAST_HASHES - len(found)):
        make_password(password)
    return None


class SignInForm(forms.Form):
    """E-mail or log-in id, and password; what they mean is decided by the view."""

    email = forms.CharField(
        label=_("E-mail or log-in ID"),
        max_length=254,
        error_messages={"required": _("Enter the e-mail or log-in ID.")},
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=256,
        error_messages={"required": _("Enter the password.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def clean_email(self) -> str:
        """As accounts are named: without spaces around, in small letters."""
        return str(self.cleaned_data["email"]).strip().lower()


class CodeForm(forms.Form):
    """The code of the authenticator app, or a recovery code."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("6 digits from your authenticator app, or one of your recovery codes."),
        error_messages={"required": _("Enter the code.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


class AgainForm(forms.Form):
    """The password of now, or a code."""

    proof = forms.CharField(
        label=_("Password, or a code of your authenticator app"),
        strip=False,
        max_length=256,
        error_messages={"required": _("Enter your password or a code.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class NewPersonForm(forms.Form):
    """Who is new tells their name and chooses a password."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=100,
        error_messages={"required": _("Enter your name.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=256,
        error_messages={"required": _("Choose a password.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> dict[str, Any]:
        """The password is judged by the rules of the house, knowing whose it is."""
        cleaned = super().clean() or {}
        if password := cleaned.get("password"):
            person = User(login=self.email, email=self.email, name=cleaned.get("name", ""))
            try:
                validate_password(password, person)
            except ValidationError as problems:
                self.add_error("password", problems)
        return cleaned
