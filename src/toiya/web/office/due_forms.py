"""The office's forms about debts and terms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from toiya.core.money import Money, minor_digits
from toiya.domain.billing.rules.lines import shown_price
from toiya.domain.contracts import rules
from toiya.domain.dues.actions.disputing import MOST_LETTERS
from toiya.domain.members.models import Seller
from toiya.web.shared.amounts import typed_minor
from toiya.web.shared.whole_numbers import WholeField

_NUMBER = {"inputmode": "decimal", "autocomplete": "off"}
_DAY = {"required": _("Enter the day."), "invalid": _("Enter a day, such as 2026-12-20.")}
FIGURE_WORDS = {
    "booking_days": _("Days to booked stock"),
    "storage_below_pieces": _("Storage below so many pieces shipped"),
    "storage_price_minor": _("Storage of a piece"),
    "storage_free_months": _("Free months"),
    "notice_day": _("Notice, day of the month"),
    "due_day": _("Due, day of the month"),
    "grace_days": _("Days of grace"),
    "warn_days": _("Days of warning before the suspension"),
    "stop_months": _("Months until the service stops"),
    "stop_warn_days": _("Days of warning before the stop"),
}


def amount_field(label: Any, help_text: Any = "") -> forms.CharField:
    """An amount as people type it; read with `minor_of`."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=20,
        error_messages={"required": _("Enter an amount, such as 1000.")},
        widget=forms.TextInput(attrs=_NUMBER),
    )


def minor_of(typed: str, currency: str) -> int:
    """Minor units. :raises ValidationError: no amount of this currency"""
    minor = typed_minor(typed, currency)
    if minor is None:
        raise forms.ValidationError(_("Amount “%(typed)s”: enter a number, such as 1000."), params={"typed": typed})
    return minor


class AskForm(forms.Form):
    """One thing a seller is to pay, outside the month's statement."""

    seller = forms.CharField(
        label=_("Seller's code"), max_length=20, error_messages={"required": _("Enter the seller's code.")}
    )
    subject = forms.CharField(
        label=_("For"),
        help_text=_("Once per seller: the same words again are the same request, unless it was withdrawn."),
        max_length=40,
        error_messages={"required": _("Write what it is for.")},
    )
    amount = amount_field(_("Amount"))
    due_on = forms.DateField(
        label=_("Due on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), error_messages=_DAY
    )
    remark = forms.CharField(label=_("Remark"), required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        """Find the seller, and read the amount in its currency."""
        cleaned: dict[str, Any] = super().clean() or {}
        seller = Seller.objects.filter(code=cleaned.get("seller", "")).first()
        if seller is None:
            self.add_error("seller", _("No seller has this code. Copy it from the list of sellers."))
        elif "amount" in cleaned:
            try:
                cleaned["minor"] = minor_of(cleaned["amount"], seller.currency)
            except forms.ValidationError as error:
                self.add_error("amount", error)
        cleaned["found"] = seller
        return cleaned


class PostponeForm(forms.Form):
    """A later day to pay, and why."""

    due_on = forms.DateField(
        label=_("New day to pay"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages=_DAY,
    )
    reason = forms.CharField(label=_("Why"), max_length=200, error_messages={"required": _("Write why.")})


class DecisionForm(forms.Form):
    """What is credited of a disputed line, and the answer the seller reads."""

    credit = amount_field(_("Credit"))
    answer = forms.CharField(
        label=_("Answer"),
        max_length=MOST_LETTERS,
        error_messages={"required": _("Write the answer.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, currency: str, most_minor: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency
        most = shown_price(max(0, most_minor), minor_digits(currency))
        self.fields["credit"].help_text = _("0 for nothing, at most %(most)s.") % {"most": most}

    def clean_credit(self) -> int:
        """Minor units."""
        return minor_of(self.cleaned_data["credit"], self.currency)


def _shown(name: str, terms: rules.Terms) -> Any:
    """A figure as people read it."""
    figure = getattr(terms, name)
    return Money(figure, terms.currency) if name.endswith("_minor") else figure


class FiguresForm(forms.Form):
    """The numbers of an agreement; those that stay as they are may be left empty."""

    def __init__(self, *args: Any, terms: rules.Terms, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.terms = terms
        for name, (least, most) in rules.LIMITS.items():
            self.fields[name] = WholeField(
                label=FIGURE_WORDS[name],
                help_text=_("Now %(now)s.") % {"now": _shown(name, terms)},
                required=False,
                min_value=least,
                max_value=most,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            )

    def changes(self) -> dict[str, int]:
        """The numbers that differ from those of now."""
        typed = {name: self.cleaned_data.get(name) for name in rules.LIMITS}
        return {name: value for name, value in typed.items() if value not in (None, getattr(self.terms, name))}


class VersionForm(FiguresForm):
    """A new version, and the day it holds from."""

    holds_from = forms.DateField(
        label=_("Holds from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), error_messages=_DAY
    )


class VariationForm(FiguresForm):
    """Numbers of a seller's own."""

    seller = forms.CharField(
        label=_("Seller's code"), max_length=20, error_messages={"required": _("Enter the seller's code.")}
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=200)
