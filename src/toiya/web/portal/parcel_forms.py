"""Forms about what lies in a seller's parcels."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

LANGUAGE_NAMES = (("ja", "日本語"), ("zh-hans", "简体中文"), ("ko", "한국어"), ("en", "English"))


class InsertForm(forms.Form):
    """A SKU of which one piece goes into every order."""

    sku = forms.CharField(
        label=_("SKU"),
        max_length=18,
        help_text=_("Its code, such as 300000000001-00001."),
        error_messages={"required": _("Enter the code of one of your SKUs.")},
    )


class SlipForm(forms.Form):
    """Words on the packing slip."""

    language = forms.ChoiceField(
        label=_("Language"), choices=LANGUAGE_NAMES, error_messages={"invalid_choice": _("Choose a language.")}
    )
    words = forms.CharField(
        label=_("Words to the buyer"),
        required=False,
        max_length=500,
        help_text=_("Up to 500 characters; empty: nothing is said."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
