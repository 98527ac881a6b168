"""The office's form for the price of a piece put together."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from toiya.web.shared.whole_numbers import WholeField


class PriceForm(forms.Form):
    """An amount and the day it holds from."""

    price_minor = WholeField(
        label=_("Price of a piece (JPY)"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": _("Enter a whole number, 0 for nothing."),
            "invalid": _("Enter a whole number."),
        },
    )
    from_on = forms.DateField(
        label=_("From the day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Enter the day."), "invalid": _("Enter a day, such as 2026-11-24.")},
    )
