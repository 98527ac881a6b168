"""The office's form for bins: reserve or pick bin, pallet or shelf, where they stand, what fits."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from toiya.domain.warehouses.actions.bins import BinFacts
from toiya.web.shared.whole_numbers import WholeNumber

_USES: dict[str, bool | None] = {"": None, "reserve": True, "pick": False}
_HOLDS: dict[str, bool | None] = {"": None, "pallet": True, "shelf": False}


class _Place(WholeNumber):
    """A small number that a column can keep."""

    def clean(self, value: Any) -> Any:
        number = super().clean(value)
        if number is not None and number > 30_000:
            raise forms.ValidationError(_("“%(typed)s”: enter a whole number, such as 3."), params={"typed": value})
        return number


class BinsForm(forms.Form):
    """What to say of which bins; what is left empty stays as it is."""

    bins = forms.CharField(
        label=_("Bins"),
        help_text=_("Codes such as A03-02-1, or a beginning with a star: A03-*."),
        max_length=400,
        error_messages={"required": _("Enter the code of a bin.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    use = forms.ChoiceField(
        label=_("Use"),
        choices=[("", _("As it is")), ("pick", _("Pick bin")), ("reserve", _("Reserve"))],
        required=False,
    )
    holds = forms.ChoiceField(
        label=_("Pallet"),
        help_text=_("Storage is counted by it from today on."),
        choices=[("", _("As it is")), ("pallet", _("Pallet place")), ("shelf", _("No pallet place"))],
        required=False,
    )
    aisle = _Place(label=_("Aisle, counted from the packing tables"), required=False)
    bay = _Place(label=_("Position, from the front of the aisle"), required=False)
    level = _Place(label=_("Level, from the ground"), required=False)
    holds_pieces = WholeNumber(label=_("Pieces that fit"), required=False)

    def facts(self) -> BinFacts:
        """What the action takes."""
        told = self.cleaned_data
        places = {name: told[name] for name in ("aisle", "bay", "level", "holds_pieces")}
        return BinFacts(is_reserve=_USES[told["use"]], is_pallet=_HOLDS[told["holds"]], **places)
