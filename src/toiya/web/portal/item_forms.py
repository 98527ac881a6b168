"""The forms about inventory items and SKUs."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from toiya.domain.catalog.actions.editing import ItemFacts
from toiya.domain.catalog.actions.registering import NewItem, NewSku
from toiya.domain.catalog.models import InventoryItem
from toiya.web.portal.amounts import shown_amount, typed_minor
from toiya.web.shared.whole_numbers import whole_number

CURRENCIES = ("JPY", "CNY", "KRW", "USD")
MOST_AXES = 5
MOST_ROWS = 150  # in a form; a sheet takes more
MOST_PIECES = 2_000_000_000
TOO_LONG = _("%(show_value)s characters are too many, at most %(limit_value)s fit.")
_BETWEEN = re.compile(r"[,、，\n]+")


def text_field(label: Any, most: int, hint: Any = "", *, required: bool = False, missing: Any = "") -> forms.CharField:
    """A line of text with an end."""
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=most,
        required=required,
        error_messages={"required": missing, "max_length": TOO_LONG},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class ItemForm(forms.Form):
    """What is written about an item (A075-A080)."""

    name = text_field(
        _("Name"),
        200,
        _("Shop and warehouse know the goods by it. Japanese or English reads best on the floor."),
        required=True,
        missing=_("Enter a name, such as Linen tote."),
    )
    seller_code = text_field(_("Seller product code"), 100, _("Your own code of the whole product."))
    price = forms.CharField(
        label=_("Price"), required=False, widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    )
    currency = forms.ChoiceField(label=_("Currency"), choices=[(code, code) for code in CURRENCIES])
    reference_code = text_field(
        _("Reference product code"), 100, _("The number of the product on a sales site that this item goes by.")
    )
    follows_reference = forms.BooleanField(
        label=_("When the reference product's quantity changes, change the own quantity too"), required=False
    )
    is_stocked_here = forms.BooleanField(label=_("Kept in our warehouses"), required=False, initial=True)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        minor = typed_minor(cleaned.get("price", ""), cleaned.get("currency", "JPY"))
        if minor is None:
            self.add_error("price", _("Enter an amount of 0 or more, such as 1200."))
        cleaned["price_minor"] = minor or 0
        if cleaned.get("follows_reference") and not cleaned.get("reference_code"):
            self.add_error("reference_code", _("Enter the number of the product that the quantity follows."))
        return cleaned

    def facts(self) -> ItemFacts:
        """What was typed."""
        return ItemFacts(**{name: self.cleaned_data[name] for name in ItemFacts.__dataclass_fields__})

    def new(self, option_names: tuple[str, ...] = ()) -> NewItem:
        """An item to register."""
        return NewItem(
            **{name: self.cleaned_data[name] for name in ItemFacts.__dataclass_fields__}, option_names=option_names
        )


def item_initial(item: InventoryItem) -> dict[str, Any]:
    """What a form about the item shows first."""
    shown = {name: getattr(item, name) for name in ItemFacts.__dataclass_fields__}
    return shown | {"price": shown_amount(item.price_minor, item.currency)}


@dataclass
class OptionRow:
    """One line of the table of options, as typed."""

    number: int
    values: tuple[str, ...]
    surcharge: str = "0"
    quantity: str = "0"
    seller_code: str = ""
    barcode: str = ""
    problem: Any = ""

    @property
    def packed(self) -> str:
        """The values as the hidden field carries them."""
        return json.dumps(self.values, ensure_ascii=False)

    @property
    def text(self) -> str:
        return " / ".join(value for value in self.values if value)


def axes_typed(typed: Mapping[str, str]) -> list[tuple[str, list[str]]]:
    """The headings with their values, from fields `axis-1` and `values-1` on; values stand between commas."""
    axes = []
    for number in range(1, MOST_AXES + 1):
        name = unicodedata.normalize("NFKC", typed.get(f"axis-{number}", "")).strip()[:50]
        parts = [part.strip()[:100] for part in _BETWEEN.split(typed.get(f"values-{number}", ""))]
        values = list(dict.fromkeys(part for part in parts if part))
        if values:
            axes.append((name or str(number), values))
    return axes


def rows_of(axes: list[tuple[str, list[str]]]) -> list[OptionRow]:
    """Every combination of the values; without options there is one line."""
    return [OptionRow(number, values) for number, values in enumerate(product(*(values for _name, values in axes)), 1)]


def rows_typed(typed: Mapping[str, str], currency: str) -> list[OptionRow]:
    """The lines of the table as sent back, each with what is wrong with it; those not to keep are left out."""
    rows = []
    for number in range(1, MOST_ROWS + 1):
        if f"row-{number}" not in typed:
            break
        if f"keep-{number}" not in typed:
            continue
        row = OptionRow(
            number,
            _unpacked(typed[f"row-{number}"]),
            typed.get(f"surcharge-{number}", "0").strip(),
            typed.get(f"quantity-{number}", "0").strip(),
            unicodedata.normalize("NFKC", typed.get(f"seller_code-{number}", "")).strip()[:100],
            typed.get(f"barcode-{number}", "").strip()[:60],
        )
        row.problem = _problem(row, currency)
        rows.append(row)
    return rows


def new_sku(row: OptionRow, currency: str) -> NewSku:
    """A checked line as an option to register."""
    return NewSku(
        option="",
        seller_code=row.seller_code,
        barcode=row.barcode,
        values=row.values,
        surcharge_minor=typed_minor(row.surcharge, currency) or 0,
        own_quantity=typed_pieces(row.quantity) or 0,
    )


def typed_pieces(text: str) -> int | None:
    """Whole pieces in any width, nothing for 0; None when it is no such number."""
    pieces = whole_number(text.strip() or "0", 10)
    return pieces if pieces is not None and pieces <= MOST_PIECES else None


def _problem(row: OptionRow, currency: str) -> Any:
    if typed_minor(row.surcharge, currency) is None:
        return _("The surcharge must be an amount of 0 or more, such as 200.")
    if typed_pieces(row.quantity) is None:
        return _("The quantity must be a whole number of 0 or more.")
    return ""


def _unpacked(text: str) -> tuple[str, ...]:
    try:
        values = json.loads(text)
    except ValueError:
        return ()
    return tuple(str(value)[:100] for value in values[:MOST_AXES]) if isinstance(values, list) else ()
