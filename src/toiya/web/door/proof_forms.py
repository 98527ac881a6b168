"""The forms of the doors where something is proven: a code, another mailbox, a phone, a new password."""

from __future__ import annotations

import unicodedata
from typing import Any

import phonenumbers
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from toiya.domain.members.models import User
from toiya.web.shared.mailbox_words import MAILBOX_HELP

_PAYING = (
    phonenumbers.PhoneNumberType.PREMIUM_RATE,
    phonenumbers.PhoneNumberType.SHARED_COST,
    phonenumbers.PhoneNumberType.UAN,
)


class CodeForm(forms.Form):
    """Six digits, however they were typed."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        error_messages={"required": _("Enter the six digits."), "max_length": _("Enter the six digits only.")},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "size": 8}),
    )

    def clean_code(self) -> str:
        """Half-width, without spaces and hyphens."""
        typed = unicodedata.normalize("NFKC", self.cleaned_data["code"])
        return "".join(letter for letter in typed if letter.isalnum())


class OwnPassword(forms.Form):
    """Asks the person's password before something grave, where they have one and `is_asked`."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        error_messages={"required": _("Enter your password.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, is_asked: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if not is_asked:
            del self.fields["password"]


class MailboxForm(OwnPassword):
    """Another mailbox."""

    email = forms.EmailField(
        label=_("New e-mail"),
        max_length=254,
        help_text=MAILBOX_HELP,
        error_messages={
            "required": _("Enter the e-mail."),
            "invalid": _("Write the e-mail like name@example.com."),
            "max_length": _("An e-mail has at most 254 letters. Shorten it."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "data-check": "email"}),
    )
    field_order = ("email", "password")

    def clean_email(self) -> str:
        """In small letters."""
        return str(self.cleaned_data["email"]).lower()


class PhoneForm(OwnPassword):
    """A phone that takes SMS, kept as E.164."""

    phone = forms.CharField(
        label=_("Mobile phone"),
        max_length=40,
        help_text=_("With the country, such as +81 90-1234-5678. We send one SMS with a code."),
        error_messages={"required": _("Enter the phone number.")},
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "data-check": "phone"}),
    )
    field_order = ("phone", "password")

    def __init__(self, *args: Any, country: str = "", **more: Any) -> None:
        """:param country: of a number written without one"""
        super().__init__(*args, **more)
        self.country = country
        self.country_code = 0

    def clean_phone(self) -> str:
        """E.164; numbers that cost the caller more are refused, because somebody earns by them."""
        typed = unicodedata.normalize("NFKC", self.cleaned_data["phone"])
        wrong = ValidationError(_("That is no phone number of its country. Write it like +81 90-1234-5678."))
        try:
            number = phonenumbers.parse(typed, self.country or None)
        except phonenumbers.NumberParseException as flaw:
            raise wrong from flaw
        if not phonenumbers.is_valid_number(number):
            raise wrong
        if phonenumbers.number_type(number) in _PAYING:
            raise ValidationError(_("We send no SMS to numbers that cost extra. Enter a mobile phone."))
        self.country_code = number.country_code or 0
        return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


class AskForm(forms.Form):
    """Whose password: an e-mail or a log-in id of old."""

    name = forms.CharField(
        label=_("E-mail or log-in id"),
        max_length=254,
        error_messages={
            "required": _("Enter the e-mail, or the log-in id of an account of old."),
            "max_length": _("An e-mail has at most 254 letters. Shorten it."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )


class NewPasswordForm(forms.Form):
    """A new password, typed twice and judged by the house's rules."""

    password = forms.CharField(
        label=_("New password"),
        strip=False,
        error_messages={"required": _("Enter the new password.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("New password once more"),
        strip=False,
        error_messages={"required": _("Enter the new password once more.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User, **more: Any) -> None:
        super().__init__(*args, **more)
        self.user = user

    def clean_password(self) -> str:
        """By AUTH_PASSWORD_VALIDATORS."""
        password: str = self.cleaned_data["password"]
        validate_password(password, self.user)
        return password

    def clean(self) -> dict[str, Any]:
        """Both are the same."""
        cleaned = super().clean() or {}
        if "password" in cleaned and "again" in cleaned and cleaned["password"] != cleaned["again"]:
            self.add_error("again", _("The two passwords differ. Type the same one twice."))
        return cleaned
