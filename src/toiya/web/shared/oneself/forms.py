"""The forms of the pages about oneself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from toiya.domain.members.models import User


class PasswordForm(forms.Form):
    """The old password and a new one, judged by the rules of the house."""

    old = forms.CharField(
        label=_("Password of now"),
        strip=False,
        max_length=256,
        error_messages={"required": _("Enter your password of now.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label=_("New password"),
        strip=False,
        max_length=256,
        error_messages={"required": _("Choose a new password.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        if not user.has_usable_password():
            self.fields["old"].required = False
            self.fields["old"].widget = forms.HiddenInput()

    def clean_new(self) -> str:
        """:raises ValidationError: too easy to guess"""
        new: str = self.cleaned_data["new"]
        try:
            validate_password(new, self.user)
        except ValidationError as problems:
            raise forms.ValidationError(problems.messages) from problems
        return new


class AppForm(forms.Form):
    """The code the app shows proves that it was set up."""

    code = forms.CharField(
        label=_("Code that the app shows now"),
        max_length=10,
        error_messages={"required": _("Enter the 6 digits that the app shows.")},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def clean_code(self) -> str:
        """Apps show a gap in the middle; people type it."""
        return "".join(str(self.cleaned_data["code"]).split())


class ErasureForm(forms.Form):
    """Going is confirmed by typing one's own e-mail."""

    email = forms.CharField(
        label=_("Your e-mail, to confirm"),
        max_length=254,
        error_messages={"required": _("Type your e-mail to confirm.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_email(self) -> str:
        """:raises ValidationError: another e-mail"""
        if str(self.cleaned_data["email"]).strip().lower() != self.user.email:
            raise forms.ValidationError(_("That is not your e-mail. Type it as it stands above."))
        return self.user.email
