"""The forms that change an order, for its seller and for the operator."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from toiya.domain.orders.actions.hand_holds import HandHold
from toiya.domain.orders.hold_rules import BY_HAND, may_place
from toiya.domain.orders.models import Address, Line
from toiya.domain.orders.rules import AddressDraft
from toiya.web.shared.waiting import hold_reason
from toiya.web.shared.whole_numbers import WholeNumber

_FIELDS = ("name", "name_kana", "phone", "country", "postal_code", "first_line", "second_line")


class HoldForm(forms.Form):
    """Why an order must wait, what to tell others, and when it goes on by itself."""

    reason = forms.ChoiceField(
        label=_("Why"), widget=forms.RadioSelect, error_messages={"required": _("Choose why the order waits.")}
    )
    note = forms.CharField(
        label=_("Note"),
        help_text=_("Whoever looks at the order reads it."),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    until = forms.DateField(
        label=_("Goes on by itself on"),
        help_text=_("Empty: it waits until somebody lifts the hold."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Enter a day, such as 2026-11-24.")},
    )

    def __init__(self, *args: Any, is_operator: bool, zone: ZoneInfo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        field: Any = self.fields["reason"]
        field.choices = [
            (code, hold_reason(code).short) for code in BY_HAND if may_place(code, is_operator=is_operator)
        ]

    def hold(self) -> HandHold:
        """What the action takes; a day is its first moment in the warehouse."""
        told = self.cleaned_data
        day: date | None = told["until"]
        until = datetime.combine(day, time(), self.zone) if day else None
        return HandHold(told["reason"], told["note"], until)


class AddressForm(forms.Form):
    """Where the order goes."""

    name = forms.CharField(
        label=_("Receiver"), max_length=100, error_messages={"required": _("Enter the receiver's name.")}
    )
    name_kana = forms.CharField(label=_("Receiver in kana"), max_length=100, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=30, required=False)
    country = forms.CharField(
        label=_("Country"),
        help_text=_("Two letters, such as JP."),
        max_length=2,
        error_messages={"required": _("Enter the country, such as JP.")},
    )
    postal_code = forms.CharField(label=_("Postal code"), max_length=12, required=False)
    first_line = forms.CharField(
        label=_("Address"), max_length=300, error_messages={"required": _("Enter the address.")}
    )
    second_line = forms.CharField(label=_("Building and room"), max_length=300, required=False)

    def __init__(self, *args: Any, present: Address | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs["autocomplete"] = "off"
            field.initial = getattr(present, name, "")

    def address(self) -> AddressDraft:
        """What the action takes."""
        told = {name: self.cleaned_data[name] for name in _FIELDS}
        return AddressDraft(**{**told, "country": told["country"].upper()})


class SplitForm(forms.Form):
    """How many of each line go by themselves."""

    def __init__(self, *args: Any, lines: Sequence[Line], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for line in lines:
            label = f"{line.title} {line.option}".strip()
            counted = _("Of %(quantity)s. Empty: all of them stay.") % {"quantity": line.quantity}
            self.fields[f"take_{line.pk}"] = WholeNumber(label=label, help_text=counted, required=False)

    def takes(self) -> dict[int, int]:
        """The number by line."""
        typed = self.cleaned_data
        return {int(name.removeprefix("take_")): number for name, number in typed.items() if number}
