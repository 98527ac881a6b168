"""Forms about payments: a part of what is owed, and a line that is wrong."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from toiya.domain.dues.actions.disputing import MOST_LETTERS
from toiya.web.shared.amounts import typed_minor
from toiya.web.shared.paper_files import PapersField


class PartForm(forms.Form):
    """How much to pay now; empty is all that is owed."""

    amount = forms.CharField(
        label=_("Amount to pay now"),
        help_text=_("Leave it empty to pay all that is owed."),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    token = forms.CharField(max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency

    def clean_amount(self) -> int | None:
        """Minor units, or None for all."""
        typed = self.cleaned_data["amount"].strip()
        if not typed:
            return None
        minor = typed_minor(typed, self.currency)
        if minor is None:
            raise forms.ValidationError(_("Amount “%(typed)s”: enter a number, such as 1000."), params={"typed": typed})
        return minor


class DisputeForm(forms.Form):
    """Why a line is wrong, and a paper that shows it."""

    reason = forms.CharField(
        label=_("What is wrong with this line"),
        max_length=MOST_LETTERS,
        error_messages={"required": _("Write what is wrong, such as: these pieces were taken out in September.")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    evidence = PapersField(
        label=_("A paper or picture that shows it (optional)"), help_text=_("JPG, PNG or PDF, up to 4 MB.")
    )
