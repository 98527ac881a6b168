"""The office's form for a service that leaves the country."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from toiya.domain.carriers.actions.abroad import Abroad
from toiya.domain.carriers.actions.contracts import NewService
from toiya.domain.carriers.plugs import carriers
from toiya.web.shared.whole_numbers import WholeField

_CODE = {"autocomplete": "off", "inputmode": "numeric"}
_WHOLE: dict[str, Any] = {"required": _("Enter a whole number."), "invalid": _("Enter a whole number.")}


class AbroadForm(forms.Form):
    """A service, what it takes and where it goes; the code of one that is there changes only where it goes."""

    code = forms.RegexField(
        label=_("Code"),
        regex=r"^[A-Za-z0-9-]{2,30}$",
        help_text=_("Such as EMS. The code of a service below changes the countries it goes to."),
        error_messages={"required": _("Enter a code."), "invalid": _("Use letters, digits and hyphens, such as EMS.")},
    )
    name = forms.CharField(label=_("Name"), max_length=60, error_messages={"required": _("Enter a name.")})
    carrier = forms.ChoiceField(label=_("Carrier"))
    countries = forms.CharField(
        label=_("Countries"),
        max_length=1000,
        help_text=_("Codes of two letters, such as KR, US"),
        error_messages={"required": _("Enter at least one country.")},
    )
    max_weight_g = WholeField(
        label=_("Heaviest parcel in g"),
        min_value=1,
        max_value=100_000,
        widget=forms.TextInput(attrs=_CODE),
        error_messages=_WHOLE,
    )
    price_minor = WholeField(
        label=_("Our price for each parcel"),
        min_value=1,
        max_value=1_000_000,
        widget=forms.TextInput(attrs=_CODE),
        error_messages=_WHOLE,
    )

    def __init__(self, posted: Any = None) -> None:
        super().__init__(posted)
        choices: Any = self.fields["carrier"]
        choices.choices = [(name, plug.label) for name, plug in sorted(carriers().items())]

    def offer(self) -> Abroad:
        """What was entered."""
        told = self.cleaned_data
        service = NewService(
            told["code"].upper(),
            told["carrier"],
            told["name"],
            told["name"],
            max_weight_g=told["max_weight_g"],
            price_minor=told["price_minor"],
        )
        return Abroad(service, told["countries"].replace("、", ",").replace(" ", ",").split(","))
