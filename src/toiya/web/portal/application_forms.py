"""The forms about a seller's application. What may be said in them is decided in the domain."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from toiya.domain.members.actions.applying import Answers
from toiya.domain.members.actions.reapplying import MOST_DELIVERIES, MOST_GOODS_LETTERS
from toiya.domain.members.models import Application
from toiya.domain.members.rules.approval import MOST_LETTERS
from toiya.domain.warehouses.models import Warehouse
from toiya.web.shared.whole_numbers import WholeField


class AnswerForm(forms.Form):
    """The answer to what the operator asked."""

    answer = forms.CharField(
        label=_("Your answer"),
        max_length=MOST_LETTERS,
        error_messages={"required": _("Write your answer first.")},
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class ApplicationForm(forms.Form):
    """The questionnaire of A025, and the warehouse wished for."""

    service = forms.ChoiceField(
        label=pgettext_lazy("of the warehouse", "Service"),
        choices=[
            ("smart_delivery", _("Smart Delivery: you pack, we label, forward and track")),
            ("fulfilment", _("Fulfilment: we store, pick and pack")),
            ("both", _("Both")),
        ],
        error_messages={"required": _("Choose the service you want."), "invalid_choice": _("Choose one of the three.")},
        widget=forms.RadioSelect,
    )
    warehouse = forms.ChoiceField(
        label=_("Warehouse"), help_text=_("Where your goods should be, for Fulfilment."), required=False
    )
    sites = forms.CharField(
        label=_("Sales sites"),
        help_text=_("One a line, the largest ones only."),
        max_length=700,
        error_messages={"required": _("Enter at least one sales site, such as Qoo10.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    goods = forms.CharField(
        label=_("What you sell"),
        max_length=MOST_GOODS_LETTERS,
        error_messages={"required": _("Enter what you sell, such as green tea.")},
    )
    deliveries_a_month = WholeField(
        label=_("Deliveries a month"),
        help_text=_("On average."),
        min_value=1,
        max_value=MOST_DELIVERIES,
        error_messages={
            "required": _("Enter the average number of deliveries a month, such as 300."),
            "invalid": _("Enter a whole number, such as 300."),
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "data-check": "whole"}),
    )

    def __init__(self, *args: Any, warehouses: list[Warehouse], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["warehouse"]
        field.choices = [("", _("No wish")), *((str(each.pk), each.name) for each in warehouses)]

    def answers(self) -> Answers:
        """What was filled in, for the action."""
        told = self.cleaned_data
        sites = [site.strip() for site in re.split(r"[\n,、，]", told["sites"]) if site.strip()]
        return Answers(sites, told["goods"], told["deliveries_a_month"], told["service"])

    def warehouse_id(self) -> int | None:
        """The warehouse wished for; none for goods that stay with the seller."""
        is_stored = self.cleaned_data["service"] != Application.Service.SMART_DELIVERY
        chosen = self.cleaned_data["warehouse"]
        return int(chosen) if chosen and is_stored else None
