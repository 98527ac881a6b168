"""The office's form for the rules of counting."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from toiya.domain.stock.rules import Limits
from toiya.web.shared.whole_numbers import WholeField

_NUMBER = {"inputmode": "numeric", "autocomplete": "off"}
_WORDS = {"required": _("Enter a whole number, 1 or more."), "invalid": _("Enter a whole number, 1 or more.")}


class CountRulesForm(forms.Form):
    """From when on a second person counts, and from when on the lead decides."""

    recount_pieces = WholeField(
        label=_("A second person counts from a difference of (pieces)"),
        widget=forms.TextInput(attrs=_NUMBER),
        error_messages=_WORDS,
    )
    recount_minor = WholeField(
        label=_("or from a difference worth (smallest unit of the price; empty: no limit)"),
        required=False,
        widget=forms.TextInput(attrs=_NUMBER),
        error_messages={"invalid": _("Enter a whole number, or leave it empty for no limit.")},
    )
    lead_pieces = WholeField(
        label=_("The lead decides from a difference of (pieces)"),
        widget=forms.TextInput(attrs=_NUMBER),
        error_messages=_WORDS,
    )

    @classmethod
    def of(cls, limits: Limits) -> CountRulesForm:
        """The form with what is in force."""
        told = {
            "recount_pieces": limits.recount_pieces,
            "recount_minor": limits.recount_minor,
            "lead_pieces": limits.lead_pieces,
        }
        return cls(initial=told)

    def limits(self) -> Limits:
        """The rules as they were typed."""
        return Limits(**self.cleaned_data)
