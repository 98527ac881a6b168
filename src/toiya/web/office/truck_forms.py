"""The office's forms for when trucks leave."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from toiya.domain.carriers.plugs import carriers
from toiya.domain.channels.plugs import all_channels
from toiya.domain.warehouses.actions.trucks import MOST_EXTRA_DAYS, CutOffFacts, PeakFacts
from toiya.web.shared.timeline import channel_word
from toiya.web.shared.whole_numbers import WholeField

WEEKDAYS = (
    ("0", _("Monday")),
    ("1", _("Tuesday")),
    ("2", _("Wednesday")),
    ("3", _("Thursday")),
    ("4", _("Friday")),
    ("5", _("Saturday")),
    ("6", _("Sunday")),
)
_OWN_ENTRIES = ("file", "hand", "api")


def channel_choices() -> list[tuple[str, Any]]:
    """Every way orders come in; '' is all that have no cut-off of their own."""
    names = [*all_channels(), *(name for name in _OWN_ENTRIES if name not in all_channels())]
    return [("", _("All others")), *((name, channel_word(name)) for name in names)]


def carrier_choices() -> list[tuple[str, Any]]:
    """Every carrier; '' is all of them."""
    return [("", _("Every carrier")), *((name, carrier.label) for name, carrier in carriers().items())]


def _day(label: Any, *, required: bool) -> forms.DateField:
    words = {"required": _("Choose a day."), "invalid": _("Enter a day, such as 2026-12-31.")}
    return forms.DateField(
        label=label, required=required, widget=forms.DateInput(attrs={"type": "date"}), error_messages=words
    )


class CutOffForm(forms.Form):
    """One cut-off. The same channel, carrier and first day again changes it."""

    channel = forms.ChoiceField(label=_("Orders from"), required=False, choices=channel_choices)
    carrier = forms.ChoiceField(label=_("Carrier"), required=False, choices=carrier_choices)
    local_time = forms.TimeField(
        label=_("Latest time"),
        widget=forms.TimeInput(attrs={"type": "time"}),
        error_messages={"required": _("Enter a time, such as 16:00."), "invalid": _("Enter a time, such as 16:00.")},
    )
    weekdays = forms.MultipleChoiceField(
        label=_("On"),
        choices=WEEKDAYS,
        widget=forms.CheckboxSelectMultiple,
        initial=[day for day, _word in WEEKDAYS],
        error_messages={"required": _("Tick at least one weekday.")},
    )
    starts_on = _day(_("From (empty: at once)"), required=False)
    ends_on = _day(_("Until (empty: for good)"), required=False)

    def facts(self) -> CutOffFacts:
        """The cut-off as it was typed."""
        typed = self.cleaned_data
        days = frozenset(int(day) for day in typed["weekdays"])
        return CutOffFacts(
            typed["channel"], typed["carrier"], typed["local_time"], days, typed["starts_on"], typed["ends_on"]
        )


class ClosedDayForm(forms.Form):
    """A day on which nothing ships."""

    day = _day(_("Day"), required=True)
    name = forms.CharField(label=_("Reason (if you like)"), max_length=60, required=False)


class PeakDayForm(forms.Form):
    """A day whose orders are promised later, and what sellers read about it."""

    peak_day = _day(_("Peak day"), required=True)
    extra_days = WholeField(
        label=_("Days later"),
        min_value=1,
        max_value=MOST_EXTRA_DAYS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": _("Enter a whole number."), "invalid": _("Enter a whole number.")},
    )
    en = forms.CharField(
        label=_("Words in English"), max_length=200, error_messages={"required": _("Enter what sellers read.")}
    )
    ja = forms.CharField(label=_("Words in Japanese"), max_length=200, required=False)
    zh = forms.CharField(label=_("Words in Chinese"), max_length=200, required=False)
    ko = forms.CharField(label=_("Words in Korean"), max_length=200, required=False)

    def facts(self) -> PeakFacts:
        """The peak day as it was typed."""
        typed = self.cleaned_data
        words = {tongue: typed[tongue] for tongue in ("en", "ja", "zh", "ko")}
        return PeakFacts(typed["peak_day"], typed["extra_days"], words)
