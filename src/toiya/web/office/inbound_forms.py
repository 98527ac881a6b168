"""The office's forms for deliveries: what a warehouse takes, for what fee, and when its dock is free."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from toiya.domain.inbound.models import DockSlot
from toiya.domain.inbound.rules import Fees, Limits
from toiya.web.shared.whole_numbers import WholeField

_NUMBER = {"inputmode": "numeric", "autocomplete": "off"}


def _limit(label: Any) -> WholeField:
    return WholeField(
        label=label,
        required=False,
        min_value=0,
        max_value=100_000_000,
        widget=forms.TextInput(attrs=_NUMBER),
        error_messages={"invalid": _("Enter a whole number, or leave it empty for no limit.")},
    )


def _price(label: Any) -> WholeField:
    return WholeField(
        label=label, min_value=0, max_value=1_000_000, widget=forms.TextInput(attrs=_NUMBER),
        error_messages={"required": _("Enter a whole number, 0 for nothing."), "invalid": _("Enter a whole number.")},
    )  # fmt: skip


class RulesForm(forms.Form):
    """Receiving rules and fees of one warehouse; an empty limit is none."""

    most_pieces_a_request = _limit(_("Pieces in one request, at most"))
    most_pieces_a_bundle = _limit(_("Pieces in one delivery, at most"))
    most_open_pieces = _limit(_("Pieces of one seller not received yet, at most"))
    most_kinds_a_carton = _limit(_("Kinds of goods in one box, at most"))
    large_pieces = _limit(_("A delivery is large with more pieces than"))
    oversize_mm = _limit(_("Oversize with a side longer than (mm)"))
    oversize_g = _limit(_("Oversize when heavier than (g)"))
    most_unannounced_cartons = _price(_("Boxes taken in that nobody announced, at most"))
    takes_freight_collect = forms.BooleanField(label=_("Take deliveries with freight to pay"), required=False)
    needs_carton_list = forms.BooleanField(label=_("Several kinds need a list of boxes"), required=False)
    needs_approval = forms.BooleanField(label=_("A person confirms each delivery"), required=False)
    per_piece_minor = _price(_("Fee for each piece"))
    per_carton_minor = _price(_("Fee for each box"))
    check_per_piece_minor = _price(_("Quality check, each piece"))
    label_per_piece_minor = _price(_("Label printed and put on, each piece"))
    express_percent = _price(_("Express lane, percent on top"))
    pieces_an_hour = _price(_("Pieces counted in an hour, until measured"))

    @classmethod
    def of(cls, limits: Limits, fees: Fees) -> RulesForm:
        """The form with what is in force."""
        return cls(initial={**asdict(limits), **asdict(fees)})

    def limits(self) -> Limits:
        """The rules as they were typed."""
        return Limits(**{field.name: self.cleaned_data[field.name] for field in fields(Limits)})

    def fees(self, currency: str) -> Fees:
        """The fees as they were typed."""
        names = [field.name for field in fields(Fees) if field.name != "currency"]
        return Fees(currency=currency, **{name: self.cleaned_data[name] for name in names})


class SlotsForm(forms.Form):
    """Times at a dock, one after the other."""

    day = forms.DateField(
        label=_("Day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Enter the day."), "invalid": _("Enter a day, such as 2026-11-24.")},
    )
    first = forms.TimeField(
        label=_("First time"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": _("Enter a time, such as 09:00."), "invalid": _("Enter a time, such as 09:00.")},
    )
    minutes = WholeField(label=_("Minutes each"), initial=60, widget=forms.TextInput(attrs=_NUMBER))
    slots = WholeField(label=_("How many"), initial=4, widget=forms.TextInput(attrs=_NUMBER))
    dock = forms.CharField(
        label=_("Dock"), max_length=20, error_messages={"required": _("Name the dock, such as W05.")}
    )
    size = forms.ChoiceField(label=_("For"), choices=DockSlot.Size.choices, initial=DockSlot.Size.LARGE)
