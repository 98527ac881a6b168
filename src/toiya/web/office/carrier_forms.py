"""The office's forms for carriers: a file to make, a file that came back, what was agreed, a reason."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from toiya.domain.carriers.actions.answers import AnswerDraft
from toiya.domain.carriers.actions.terms import ContractDraft
from toiya.domain.carriers.catalogue import OFFERS
from toiya.domain.carriers.file_queries import FileDesk
from toiya.domain.carriers.models import Answer, Contract, Way
from toiya.web.shared.whole_numbers import WholeField

_CODE = {"autocomplete": "off", "inputmode": "numeric"}


class AnswerForm(forms.Form):
    """A file of a carrier, or rows a person types."""

    carrier = forms.ChoiceField(label=_("Carrier"))
    kind = forms.ChoiceField(label=_("What is in it"), choices=Answer.Kind.choices)
    file = forms.FileField(label=_("File"), required=False)
    typed = forms.CharField(
        label=_("Or type the rows"),
        required=False,
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("A scan on each line: number, state, time. Such as 444413758703,delivered,2026/11/26 14:05"),
    )

    def __init__(self, desks: list[FileDesk], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["carrier"]
        choices.choices = [(desk.name, desk.label) for desk in desks]

    def clean(self) -> dict[str, Any]:
        """One of the two must be there."""
        cleaned = super().clean() or {}
        if not cleaned.get("file") and not cleaned.get("typed", "").strip() and "file" not in self.errors:
            self.add_error("file", _("Choose a file, or type rows below."))
        return cleaned

    def draft(self) -> AnswerDraft:
        """What was handed in."""
        file, typed = self.cleaned_data["file"], self.cleaned_data["typed"]
        content = file.read() if file else typed.encode()
        return AnswerDraft(
            self.cleaned_data["carrier"], self.cleaned_data["kind"], file.name if file else "typed", content
        )


class OfferForm(forms.Form):
    """A service of the catalogue that is not offered yet, and our price."""

    service = forms.ChoiceField(label=_("Service"))
    price_minor = WholeField(
        label=_("Our price for each parcel"),
        min_value=1,  # nothing cannot be set aside, and no parcel leaves without its fee
        max_value=1_000_000,
        widget=forms.TextInput(attrs=_CODE),
        error_messages={"required": _("Enter a whole number."), "invalid": _("Enter a whole number.")},
    )

    def __init__(self, offered: Iterable[str], posted: Any = None) -> None:
        super().__init__(posted)
        taken = set(offered)
        choices: Any = self.fields["service"]
        choices.choices = [(each.code, each.name) for each in OFFERS if each.code not in taken]


class ContractForm(forms.Form):
    """What was agreed with a carrier."""

    way = forms.ChoiceField(
        label=_("How labels get their numbers"), choices=[(way.value, way.label) for way in (Way.ASK, Way.FILE)]
    )
    layout = forms.ChoiceField(label=_("Layout of its files"), required=False)
    customer_code = forms.CharField(label=_("Customer code"), required=False, max_length=12)
    billing_class = forms.CharField(label=_("Billing class"), required=False, max_length=3)
    fare_code = forms.CharField(label=_("Fare code"), required=False, max_length=2)
    lost_after_days = WholeField(
        label=_("Days without a scan until a parcel may be lost"),
        min_value=0,
        max_value=60,
        widget=forms.TextInput(attrs=_CODE),
        help_text=_("0: nobody watches."),
        error_messages={"required": _("Enter a whole number, 0 for nothing."), "invalid": _("Enter a whole number.")},
    )

    def __init__(self, desk: FileDesk, posted: Any = None) -> None:
        super().__init__(posted, initial=_initial(desk.contract))
        layouts: Any = self.fields["layout"]
        layouts.choices = [("", "–"), *desk.layouts]
        self._carrier = desk.name

    def draft(self) -> ContractDraft:
        """What is to hold."""
        return ContractDraft(self._carrier, **self.cleaned_data)


def _initial(contract: Contract) -> dict[str, Any]:
    names = ("way", "layout", "customer_code", "billing_class", "fare_code", "lost_after_days")
    return {name: getattr(contract, name) for name in names}
