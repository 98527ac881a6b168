"""The forms about a firm: when it signs up, when a basic member becomes a business, and on the company page."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from toiya.domain.members.rules import industries, phones, registration
from toiya.domain.members.rules.signing_up import Firm
from toiya.web.shared import firm_words

LIVE_URL = "/sign-up/looks/"  # answers for one field while the form is filled
PROBLEMS: Mapping[str, Any] = {
    "missing": _("Enter the business registration number."),
    "shape": _("A registration number of that country looks different. Compare it with the certificate."),
    "check_digit": _("A digit of the registration number is wrong: the check digit does not fit. Compare it."),
    "my_number": _("Do not give us your My Number. A sole trader may leave this field empty, or enter the T number."),
}
REMARKS: Mapping[str, Any] = {
    "not_a_company": _("This is no company's number. For a sole trader that is right; look at it once more."),
}
_FITS = _("%(limit_value)s characters fit; there are %(show_value)s. Shorten it.")


def live(look: str, *, trigger: str = "change", include: str = "") -> dict[str, str]:
    """Attributes of a control whose value the server judges while the form is filled."""
    attributes = {
        "hx-post": LIVE_URL,
        "hx-trigger": trigger,
        "hx-target": f"#live-{look}",
        "hx-vals": f'{{"look": "{look}"}}',
    }
    return attributes | ({"hx-include": include} if include else {})


def text_field(label: Any, missing: Any, *, longest: int = 100, required: bool = True, **attrs: str) -> forms.CharField:
    """One line of text with our own words."""
    return forms.CharField(
        label=label,
        max_length=longest,
        required=required,
        error_messages={"required": missing, "max_length": _FITS},
        widget=forms.TextInput(attrs={"data-good": "text", **attrs}),
    )


def clean_phone(text: str, country: str) -> str:
    """E.164, or what is wrong in our words."""
    found = phones.international(text, country or phones.REGION_OF_LANGUAGE.get(get_language() or "", ""))
    if not found:
        raise forms.ValidationError(_("No phone has this number. Write it with country code, like +81 90 1234 5678."))
    return found


def is_latin(text: str) -> bool:
    """Whether every letter of it is a Latin one, and there is one at all."""
    letters = [letter for letter in unicodedata.normalize("NFKC", text) if letter.isalpha()]
    return bool(letters) and all(unicodedata.name(letter, "").startswith("LATIN") for letter in letters)


class LatinField(forms.CharField):
    """English: Latin letters only. Full-width ones are turned into narrow ones."""

    default_error_messages = {"letters": _("Write it in Latin letters, as on an international parcel.")}

    def clean(self, value: Any) -> str:
        cleaned = unicodedata.normalize("NFKC", str(super().clean(value)))
        if cleaned and not is_latin(cleaned):
            raise forms.ValidationError(self.error_messages["letters"], code="letters")
        return cleaned


def latin_field(label: Any, missing: Any, longest: int, **attrs: str) -> LatinField:
    return LatinField(
        label=label,
        max_length=longest,
        error_messages={"required": missing, "max_length": _FITS},
        widget=forms.TextInput(attrs={"data-good": "latin", "lang": "en", **attrs}),
    )


def choice_field(label: Any, table: str, codes: tuple[str, ...], missing: Any, *, required: bool = True) -> Any:
    words = getattr(firm_words, table)
    return forms.ChoiceField(
        label=label,
        choices=firm_words.choices(words, codes, _("Choose one")),
        required=required,
        error_messages={"required": missing, "invalid_choice": missing},
        widget=forms.Select(attrs={"data-good": "text"}),
    )


class FirmForm(forms.Form):
    """Country, company, industry and registration number (A009-A014). A fixed `country` is not asked for again."""

    is_marked = True

    country = forms.ChoiceField(
        label=_("Country that ships the goods"),
        help_text=_("It decides the currency of all charges, and cannot be changed later."),
        choices=lazy(firm_words.country_choices, list),
        error_messages={"required": _("Choose the country.")},
        widget=forms.Select(attrs={"data-good": "text", "autocomplete": "country"} | live("country")),
    )
    company_name = text_field(
        _("Company name in your language"), _("Enter the company name as on the certificate."),
        autocomplete="organization",
    )  # fmt: skip
    company_name_en = latin_field(_("Company name in English"), _("Enter the company name in Latin letters."), 100)
    address = text_field(
        _("Company address in your language"), _("Enter the address, with postcode and building."), longest=300,
        autocomplete="street-address",
    )  # fmt: skip
    address_en = latin_field(_("Company address in English"), _("Enter the address in Latin letters."), 300)
    phone = forms.CharField(
        label=_("Company phone"),
        help_text=_("With country code, or as it is dialled in the country chosen."),
        max_length=40,
        error_messages={"required": _("Enter the company's phone number.")},
        widget=forms.TextInput(
            attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel", "data-good": "phone"}
            | live("phone", include="[name=country]")
        ),
    )
    industry = choice_field(_("Industry"), "INDUSTRIES", industries.INDUSTRIES, _("Choose what you mainly sell."))
    business_type = choice_field(
        _("Type of business"), "BUSINESS_TYPES", industries.BUSINESS_TYPES, _("Choose the type of business.")
    )
    is_sole_trader = forms.BooleanField(
        label=_("We are a sole trader (個人事業主, 개인사업자, 个体工商户)"), required=False
    )
    registration_number = forms.CharField(
        label=_("Business registration number"),
        help_text=_("Japan: 法人番号 or T number. Korea: 사업자등록번호. China: 统一社会信用代码. Singapore: UEN."),
        max_length=40,
        required=False,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "data-good": "number"}
            | live("registration_number", include="[name=country], [name=is_sole_trader]")
        ),
    )

    def __init__(self, *args: Any, country: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fixed_country = country
        self.remark = ""
        self.fields["registration_number"].is_marked = True  # type: ignore[attr-defined]
        if country:
            del self.fields["country"]

    @property
    def land(self) -> str:
        """The country chosen, or fixed."""
        return self.fixed_country or str(self.cleaned_data.get("country", ""))

    def clean_phone(self) -> str:
        return clean_phone(self.cleaned_data["phone"], self.land)

    def clean_registration_number(self) -> str:
        """By the rule of the country; a sole trader may have none."""
        is_sole_trader = bool(self.cleaned_data.get("is_sole_trader"))
        verdict = registration.judge(self.land, self.cleaned_data["registration_number"], is_sole_trader=is_sole_trader)
        if verdict.problem:
            raise forms.ValidationError(PROBLEMS[verdict.problem], code=verdict.problem)
        self.remark = str(REMARKS[verdict.remark]) if verdict.remark else ""
        return verdict.clean


class TradeForm(forms.Form):
    """How the firm trades and is paid out (A016, A017, A047, A048). All but the payment may be left out."""

    business_model = choice_field(_("How you sell"), "BUSINESS_MODELS", industries.BUSINESS_MODELS, "", required=False)
    online_experience = choice_field(
        _("How long you have sold online"), "ONLINE_EXPERIENCE", industries.ONLINE_EXPERIENCE, "", required=False
    )
    real_name = forms.CharField(
        label=_("Real name of whoever is paid out"),
        help_text=_("As at the bank. Money from the wallet is paid out to this name only."),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    payment = forms.ChoiceField(
        label=_("How charges are paid"),
        choices=list(firm_words.PAYMENTS.items()),
        initial="wallet",
        widget=forms.RadioSelect,
    )


def firm_of(firm: FirmForm, trade: TradeForm) -> Firm:
    """What two valid forms say."""
    told = {name: value for name, value in firm.cleaned_data.items() if name != "country"}
    more = ("business_model", "online_experience", "real_name", "payment")
    return Firm(**told, **{name: trade.cleaned_data[name] for name in more})
