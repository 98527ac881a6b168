"""The office's forms about bills: who writes the invoices, which ones to list, what a credit note gives back."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from toiya.domain.billing.actions.issuing import Firm
from toiya.domain.billing.queries import Wanted
from toiya.domain.billing.rules.forms import FORMS
from toiya.web.shared.amounts import major_typed, read_amount

_DAY = {"type": "date"}


class IssuerForm(forms.Form):
    """The operator as it stands on invoices."""

    name = forms.CharField(label=_("Name"), max_length=100, error_messages={"required": _("Enter the firm's name.")})
    address = forms.CharField(
        label=_("Address"), max_length=300, error_messages={"required": _("Enter the firm's address.")}
    )
    country = forms.ChoiceField(label=_("Country"), choices=[(each, each) for each in FORMS], initial="JP")
    registration_number = forms.CharField(
        label=_("Registration number"),
        help_text=_("In Japan T and 13 digits, as in the tax office's letter."),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    is_sole_trader = forms.BooleanField(label=_("We are a sole trader"), required=False)

    @property
    def firm(self) -> Firm:
        """What a valid form says."""
        return Firm(**self.cleaned_data)


def bound_typed(typed: str) -> Decimal | None:
    """A bound for amounts of any currency; None for none. :raises ValidationError: it is no amount"""
    amount = major_typed(typed, "")
    if amount is None and typed.strip():
        raise forms.ValidationError(_("Amount “%(typed)s”: enter a number, such as 1000."), params={"typed": typed})
    return amount


class InvoiceFilter(forms.Form):
    """By date, amount and partner; every field may be left empty."""

    since = forms.DateField(label=_("From the day"), required=False, widget=forms.DateInput(attrs=_DAY))
    until = forms.DateField(label=_("To the day"), required=False, widget=forms.DateInput(attrs=_DAY))
    least = forms.CharField(label=_("Amount from"), max_length=30, required=False)
    most = forms.CharField(label=_("Amount to"), max_length=30, required=False)
    partner = forms.CharField(label=_("Partner: name or code"), max_length=100, required=False)

    def clean_least(self) -> Decimal | None:
        """The amount, of any currency."""
        return bound_typed(self.cleaned_data["least"])

    def clean_most(self) -> Decimal | None:
        """The amount, of any currency."""
        return bound_typed(self.cleaned_data["most"])

    @property
    def wanted(self) -> Wanted:
        """What a valid form asks for; of another, what can be read."""
        told: dict[str, Any] = getattr(self, "cleaned_data", {})
        return Wanted(
            told.get("since"), told.get("until"), told.get("least"), told.get("most"), told.get("partner", "")
        )


class CreditForm(forms.Form):
    """A part of an invoice that goes back."""

    percent = forms.TypedChoiceField(label=_("Tax rate"), coerce=int)
    amount = forms.CharField(
        label=_("Amount with tax"),
        error_messages={"required": _("Enter the amount, such as 5000.")},
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    reason = forms.CharField(
        label=_("Reason, which stands on the paper"),
        max_length=200,
        error_messages={"required": _("Enter the reason, such as: storage charged twice.")},
    )
    line = forms.IntegerField(
        label=_("Line of the bill"),
        help_text=_("Its number. Empty: the lines of that tax rate in their order."),
        min_value=1,
        max_value=9_999_999,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    token = forms.CharField(max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, currency: str, percents: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency
        self.fields["percent"].choices = [(each, f"{each} %") for each in percents]  # type: ignore[attr-defined]

    def clean_amount(self) -> int:
        """Minor units of what was typed."""
        return read_amount(self.cleaned_data["amount"], self.currency).minor
