"""The office's form for a box that the warehouse packs in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from toiya.domain.outbound.actions.boxes import LONGEST_SIDE_MM, BoxFacts
from toiya.domain.outbound.models import PackagingBox
from toiya.web.shared.whole_numbers import WholeField

_NUMBER = {"inputmode": "numeric", "autocomplete": "off"}


def _number(label: Any, *, most: int, least: int = 0, initial: int | None = None) -> WholeField:
    return WholeField(
        label=label,
        min_value=least,
        max_value=most,
        initial=initial,
        widget=forms.TextInput(attrs=_NUMBER),
        error_messages={"required": _("Enter a whole number."), "invalid": _("Enter a whole number.")},
    )


class BoxForm(forms.Form):
    """One kind of box. Its code tells it apart: the same code again changes it."""

    code = forms.CharField(
        label=_("Code"), max_length=20, error_messages={"required": _("Enter a short code, such as S60.")}
    )
    name = forms.CharField(label=_("Name"), max_length=60, error_messages={"required": _("Enter a name.")})
    length_mm = _number(_("Length inside (mm)"), least=1, most=LONGEST_SIDE_MM)
    width_mm = _number(_("Width inside (mm)"), least=1, most=LONGEST_SIDE_MM)
    height_mm = _number(_("Height inside (mm)"), least=1, most=LONGEST_SIDE_MM)
    wall_mm = _number(_("Wall (mm)"), most=100, initial=3)
    empty_g = _number(_("Weight when empty (g)"), most=20_000, initial=0)
    price_minor = _number(_("Price (JPY)"), most=1_000_000, initial=0)
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)

    @classmethod
    def of(cls, box: PackagingBox | None) -> BoxForm:
        """The form with what is known of a box; an empty one without."""
        if box is None:
            return cls()
        return cls(initial={name: getattr(box, name) for name in cls.base_fields})

    def facts(self) -> BoxFacts:
        """The box as it was typed."""
        typed = self.cleaned_data
        return BoxFacts(
            code=typed["code"],
            name=typed["name"],
            sides=(typed["length_mm"], typed["width_mm"], typed["height_mm"]),
            wall_mm=typed["wall_mm"],
            empty_g=typed["empty_g"],
            price_minor=typed["price_minor"],
            is_active=typed["is_active"],
        )
