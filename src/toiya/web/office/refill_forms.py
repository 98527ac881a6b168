"""The office's form for a pick bin."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from toiya.domain.outbound.actions.refilling import Limits
from toiya.web.shared.whole_numbers import WholeField

_NUMBER = {"inputmode": "numeric", "autocomplete": "off"}
_WORDS = {"required": _("Enter a whole number, 1 or more."), "invalid": _("Enter a whole number, 1 or more.")}


class PickBinForm(forms.Form):
    """Which SKU is picked from which bin, and how full that is kept."""

    sku = forms.CharField(label=_("SKU code"), max_length=40, error_messages={"required": _("Enter the SKU's code.")})
    bin = forms.CharField(label=_("Bin"), max_length=40, error_messages={"required": _("Enter the bin's code.")})
    minimum = WholeField(
        label=_("Refill when fewer lie there than (pieces)"),
        min_value=1,
        widget=forms.TextInput(attrs=_NUMBER),
        error_messages=_WORDS | {"min_value": _WORDS["invalid"]},
    )
    maximum = WholeField(
        label=_("Fill up to (pieces)"),
        min_value=1,
        widget=forms.TextInput(attrs=_NUMBER),
        error_messages=_WORDS | {"min_value": _WORDS["invalid"]},
    )

    def limits(self) -> Limits:
        """The numbers as they were typed."""
        return Limits(self.cleaned_data["minimum"], self.cleaned_data["maximum"])
