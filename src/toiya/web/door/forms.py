"""The forms of signing up. Messages say what to enter, with an example or the limit."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms
from django.contrib.auth.hashers import make_password
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from toiya.domain.members import passwords
from toiya.domain.members.rules import documents, industries
from toiya.domain.members.rules.passwords import PARTS
from toiya.web.shared import firm_words
from toiya.web.shared.firm import FirmForm, TradeForm, clean_phone, live, text_field
from toiya.web.shared.mailbox_words import MAILBOX_HELP
from toiya.web.shared.paper_files import PapersField
from toiya.web.shared.whole_numbers import WholeField

SECRET = ("password", "password_again")


class KindForm(forms.Form):
    """Basic or business (A001)."""

    kind = forms.ChoiceField(
        label=_("Membership"),
        choices=[
            ("business", _("Business member")),
            ("basic", _("Basic member")),
        ],
        error_messages={"required": _("Choose a membership.")},
        widget=forms.RadioSelect,
    )


class AccountForm(forms.Form):
    """Step 1, for everybody (A003-A008). `has_password`: a good one was typed before, and is kept as a hash."""

    is_marked = True

    email = forms.EmailField(
        label=_("E-mail"),
        help_text=MAILBOX_HELP,
        max_length=254,
        error_messages={
            "required": _("Enter the e-mail."),
            "invalid": _("Write the e-mail like name@example.com."),
            "max_length": _("An e-mail has at most 254 characters."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "data-check": "email", "data-good": "email"}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=1000,
        error_messages={"required": _("Enter a password.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "data-good": "password"}),
    )
    password_again = forms.CharField(
        label=_("Password, once more"),
        strip=False,
        max_length=1000,
        error_messages={"required": _("Enter the same password once more.")},
        widget=forms.PasswordInput(
            attrs={
                "autocomplete": "new-password",
                "data-good": "same",
                "data-complaint": _("The two passwords differ. Type the second one again."),
            }
        ),
    )
    name = text_field(_("Your name"), _("Enter your name."), autocomplete="name")
    phone = forms.CharField(
        label=_("Mobile phone"),
        help_text=_("With country code, like +81 90 1234 5678. It must be real: codes are sent to it."),
        max_length=40,
        error_messages={"required": _("Enter the mobile phone number.")},
        widget=forms.TextInput(
            attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel", "data-good": "phone"}
            | live("phone", include="[name=country]")
        ),
    )
    country = forms.ChoiceField(
        label=_("Country that ships the goods"),
        help_text=_("It decides the currency of all charges, and cannot be changed later."),
        choices=lazy(firm_words.country_choices, list),
        error_messages={"required": _("Choose the country.")},
        widget=forms.Select(attrs={"data-good": "text", "autocomplete": "country"} | live("country")),
    )
    proof = forms.ChoiceField(
        label=_("How to verify the e-mail"),
        choices=[("link", _("By a link in the mail")), ("code", _("By a code to type in"))],
        initial="link",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, kind: str, has_password: bool = False, words: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.has_password = has_password
        self.words = words
        if kind != "basic":
            del self.fields["country"]  # a business chooses it with its firm
        if has_password:
            for name in SECRET:
                self.fields[name].required = False
            self.fields["password"].help_text = _("Your password is kept. Type one only to change it.")

    def clean_email(self) -> str:
        return unicodedata.normalize("NFKC", self.cleaned_data["email"]).strip().lower()

    def clean_phone(self) -> str:
        return clean_phone(self.cleaned_data["phone"], str(self.data.get("country", "")))

    def clean(self) -> dict[str, Any]:
        """The rule A004, then the same twice."""
        cleaned = super().clean() or {}
        password, again = cleaned.get("password") or "", cleaned.get("password_again") or ""
        if password:
            told = (cleaned.get("email", ""), cleaned.get("name", ""))
            for error in _problems(passwords.faults(password, told)):
                self.add_error("password", error)
            if again and again != password:
                self.add_error("password_again", _("The two passwords differ. Type the second one again."))
        if password and not again and "password_again" not in self.errors:
            self.add_error("password_again", _("Enter the same password once more."))
        return cleaned

    def password_hash(self) -> str:
        """The hash of a good password that was typed twice alike; nothing otherwise."""
        password = self.cleaned_data.get("password")
        is_good = bool(password) and not {"password", "password_again"} & set(self.errors)
        return make_password(password) if is_good else ""


def _problems(found: list[str]) -> list[str]:
    unmet = [passwords.words_of(code) for code in found if code in PARTS]
    others = [passwords.words_of(code) for code in found if code not in PARTS]
    return [_("The password still lacks: %(parts)s.") % {"parts": ", ".join(unmet)}, *others] if unmet else others


class BusinessForm(FirmForm):
    """Step 2 of a business: its firm and its certificate (A015)."""

    certificates = PapersField(
        label=_("Business registration certificate"),
        help_text=_("JPG, PNG or PDF, up to 4 MB each; several if needed. Larger pictures are made smaller here."),
    )

    def __init__(self, *args: Any, has_papers: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.has_papers = has_papers
        field: Any = self.fields["certificates"]
        field.is_marked = True
        field.widget.attrs["data-good"] = "papers"
        field.widget.attrs["data-has"] = "yes" if has_papers else ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.has_papers and "certificates" not in self.errors:
            self.add_error("certificates", _("Add the certificate: a picture or PDF of it."))
        return cleaned


class QuestionsForm(TradeForm):
    """The questionnaire of A025, and how the firm trades."""

    is_marked = True
    field_order = ("sites", "goods", "deliveries_a_month", "service")

    sites = forms.MultipleChoiceField(
        label=_("Where you sell"),
        choices=firm_words.choices(firm_words.SALES_SITES, industries.SALES_SITES),
        error_messages={"required": _("Tick where you sell; without a sales site, the line about files.")},
        widget=forms.CheckboxSelectMultiple(attrs={"data-good": "tick"}),
    )
    goods = text_field(
        _("What you sell"), _("Enter your main goods, such as bags and shoes."), longest=300, autocomplete="off"
    )
    deliveries_a_month = WholeField(
        label=_("Parcels a month, on average"),
        help_text=_("An estimate is enough; 0 when you begin."),
        min_value=0,
        max_value=10_000_000,
        error_messages={
            "required": _("Enter how many parcels a month, such as 300."),
            "invalid": _("Write a whole number, such as 300."),
            "min_value": _("Write a whole number, such as 300."),
            "max_value": _("At most 10,000,000 parcels a month."),
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "data-good": "whole", "autocomplete": "off"}),
    )
    service = forms.ChoiceField(
        label=pgettext_lazy("of the warehouse", "Service"),
        choices=list(firm_words.SERVICES.items()),
        error_messages={"required": _("Choose a service.")},
        widget=forms.RadioSelect(attrs={"data-good": "tick"}),
    )


class AgreeForm(forms.Form):
    """Terms, privacy, and the automatic payment of charges (A018): each by itself."""

    is_marked = True

    terms = forms.BooleanField(
        label=_("I agree to the terms of service"),
        error_messages={"required": _("Read the terms of service and agree to them, or leave without signing up.")},
        widget=forms.CheckboxInput(attrs={"data-good": "tick"}),
    )
    privacy = forms.BooleanField(
        label=_("I have read how personal data is kept"),
        error_messages={"required": _("Read how personal data is kept, then tick it.")},
        widget=forms.CheckboxInput(attrs={"data-good": "tick"}),
    )
    fees = forms.BooleanField(
        label=_("I agree that charges are taken from the wallet automatically"),
        error_messages={"required": _("Read about automatic payment, then agree: parcels are paid from the wallet.")},
        widget=forms.CheckboxInput(attrs={"data-good": "tick"}),
    )
    seen = forms.CharField(widget=forms.HiddenInput)  # the versions that stood on the page

    @staticmethod
    def current() -> str:
        """The versions now in force, as the page carries them."""
        return " ".join(f"{name}:{version}" for name, version in sorted(documents.VERSIONS.items()))

    def clean_seen(self) -> str:
        if self.cleaned_data["seen"] != self.current():
            raise forms.ValidationError(_("The documents have a new version. Read them once more, then agree."))
        return str(self.cleaned_data["seen"])
