"""The forms of goods on their way in."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from toiya.domain.inbound.models import BundleLine, InboundRequest
from toiya.domain.warehouses.models import Warehouse

_DAY = {"required": _("Enter the day."), "invalid": _("Enter a day, such as 2026-11-24.")}


def whole_number(typed: str) -> int | None:
    """Digits of any width, with commas; None for anything else (A112)."""
    text = unicodedata.normalize("NFKC", typed).replace(",", "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else None


class WholeNumber(forms.CharField):
    """A whole number from 0, typed in any width."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}), **kwargs)

    def clean(self, value: Any) -> Any:
        """The number; None when nothing is typed and nothing must be."""
        typed = super().clean(value)
        if not typed:
            return None
        number = whole_number(typed)
        if number is None:
            raise forms.ValidationError(_("“%(typed)s”: enter a whole number, such as 80."), params={"typed": typed})
        return number


class RequestForm(forms.Form):
    """One in/out request (A111)."""

    sku = forms.CharField(
        label=_("SKU"),
        help_text=_("Any code of it: SKU code, your own code or a barcode."),
        max_length=100,
        error_messages={"required": _("Enter a code, or search and choose a SKU.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    way = forms.ChoiceField(
        label=_("What to do"),
        choices=InboundRequest.Kind.choices,
        initial=InboundRequest.Kind.IN,
        widget=forms.RadioSelect,
    )
    quantity = WholeNumber(label=_("Pieces"), error_messages={"required": _("Enter the pieces, such as 80.")})
    warehouse = forms.ChoiceField(label=_("Warehouse"))
    description = forms.CharField(
        label=_("Description"),
        help_text=_("Such as the JAN code or the barcode on the goods."),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, warehouses: Iterable[Warehouse], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["warehouse"]
        field.choices = [(house.code, house.name) for house in warehouses]


class BundleForm(forms.Form):
    """How a delivery comes (A124, A125)."""

    estimated_on = forms.DateField(
        label=_("Estimated arrival"),
        help_text=_("The day in the warehouse's calendar."),
        error_messages=_DAY,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    cartons = WholeNumber(
        label=_("Number of boxes"), help_text=_("As far as you know; the fee is estimated with it."), required=False
    )
    is_express = forms.BooleanField(label=_("Express lane: counted before others"), required=False)
    wants_quality_check = forms.BooleanField(
        label=_("Check the quality of each SKU"),
        help_text=_("Without it, pieces are counted and looked at from outside only."),
        required=False,
    )
    wants_sku_labels = forms.BooleanField(
        label=_("Print a label and put it on each piece"),
        help_text=_("For goods without a barcode."),
        required=False,
    )
    is_freight_collect = forms.BooleanField(label=_("Freight or customs duty is paid on arrival"), required=False)
    remark = forms.CharField(
        label=_("Remark"), max_length=300, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


class SendForm(forms.Form):
    """The goods are on their way (A130)."""

    carrier = forms.CharField(
        label=_("Carrier"),
        max_length=60,
        error_messages={"required": _("Enter the carrier, such as Sagawa or your own truck.")},
    )
    tracking_number = forms.CharField(label=_("Tracking number"), max_length=60, required=False)
    cartons = WholeNumber(label=_("Number of boxes"), error_messages={"required": _("Enter the number of boxes.")})
    estimated_on = forms.DateField(
        label=_("Estimated arrival"),
        error_messages=_DAY,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class NoteForm(forms.Form):
    """Remark and day of a delivery."""

    estimated_on = forms.DateField(
        label=_("Estimated arrival"),
        error_messages=_DAY,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    remark = forms.CharField(label=_("Remark"), max_length=300, required=False)


class CartonForm(forms.Form):
    """What is in a carton, SKU by SKU, and its size in centimetres and grams."""

    alike = WholeNumber(label=_("Boxes with these contents"), initial="1", required=False)
    length_cm = WholeNumber(label=_("Length"), required=False)
    width_cm = WholeNumber(label=_("Width"), required=False)
    height_cm = WholeNumber(label=_("Height"), required=False)
    weight_g = WholeNumber(label=_("Weight"), required=False)

    def __init__(self, *args: Any, lines: Iterable[BundleLine], is_new: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sku_fields = {}
        if not is_new:
            del self.fields["alike"]
        for line in lines:
            name = f"sku-{line.sku.code}"
            label = f"{line.sku.name} {line.sku.option}".strip()
            self.fields[name] = WholeNumber(label=label, help_text=line.sku.code, required=False)
            self.sku_fields[name] = line.sku.code

    def contents(self) -> dict[str, int]:
        """Pieces by SKU code, of the fields that were filled."""
        return {code: self.cleaned_data[name] for name, code in self.sku_fields.items() if self.cleaned_data[name]}

    def goods(self) -> list[Any]:
        """The fields of the SKUs, for the template."""
        return [self[name] for name in self.sku_fields]

    def sizes(self) -> dict[str, int]:
        """Sides in millimetres and the weight in grams; zero where nothing was typed."""
        cleaned = self.cleaned_data
        sides = {f"{name}_mm": (cleaned[f"{name}_cm"] or 0) * 10 for name in ("length", "width", "height")}
        return {**sides, "weight_g": cleaned["weight_g"] or 0}
