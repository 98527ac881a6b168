"""The form of a rule for stock numbers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from toiya.domain.channels.number_rules import NumberRule
from toiya.web.shared.whole_numbers import WholeNumber


class NumberForm(forms.Form):
    """What of the stock is shown (L05)."""

    buffer_pieces = WholeNumber(
        label=_("Pieces kept off the site"),
        help_text=_("So many pieces of the SKU are never offered there. 0: none."),
        required=False,
    )
    share_percent = WholeNumber(
        label=_("Share of the rest in percent"),
        help_text=_("From 1 to 100. Below 100, other shops sell the rest."),
        required=False,
    )
    most_shown = WholeNumber(label=_("Never show more than"), help_text=_("Empty: no limit."), required=False)
    closed_below = WholeNumber(label=_("Show 0 when fewer than"), help_text=_("0: never."), required=False)

    def rule(self) -> NumberRule:
        """What was entered; an empty field is what counts without a rule."""
        told: dict[str, Any] = self.cleaned_data
        return NumberRule(
            buffer_pieces=told["buffer_pieces"] or 0,
            share_percent=100 if told["share_percent"] is None else told["share_percent"],
            most_shown=told["most_shown"],
            closed_below=told["closed_below"] or 0,
        )
