"""Bundles as the catalogue shows them, and the form that says what one is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django import forms
from django.db.models import Q
from django.forms import BoundField
from django.utils.translation import gettext as _

from toiya.core.actor import Actor
from toiya.core.codes import folded
from toiya.domain.catalog.actions.bundles import MOST_PARTS, MOST_PIECES, Part
from toiya.domain.catalog.models import BundlePart, Sku
from toiya.domain.stock.bundles import available_bundles
from toiya.domain.warehouses.models import Warehouse
from toiya.web.shared.whole_numbers import whole_number

EMPTY_ROWS = 4


@dataclass(frozen=True, slots=True)
class MadeOf:
    """What a bundle is made of, and how many of it may still be sold from each warehouse."""

    parts: Sequence[BundlePart]
    available: Sequence[tuple[Warehouse, int]]


def bundles_available(actor: Actor, skus: Sequence[Sku]) -> dict[int, int]:
    """Available pieces of the virtual bundles among these SKUs of one seller, over all warehouses; one query."""
    bundles = [sku.pk for sku in skus if sku.bundle_kind == Sku.BundleKind.VIRTUAL]
    if actor.seller_id is None or not bundles:
        return {}
    found = available_bundles(actor.seller_id, bundles)
    return {sku_id: sum(places.values()) for sku_id, places in found.items()}


def made_of(sku: Sku, warehouses: Mapping[int, Warehouse]) -> MadeOf:
    """A SKU's parts and availability; nothing of either for a plain one."""
    if sku.bundle_kind != Sku.BundleKind.VIRTUAL:
        return MadeOf((), ())
    parts = list(sku.parts.select_related("part").order_by("pk"))
    places = available_bundles(sku.seller_id, [sku.pk]).get(sku.pk, {})
    return MadeOf(parts, [(warehouses[place], number) for place, number in places.items() if place in warehouses])


class BundleForm(forms.Form):
    """Rows of a SKU, by any of its codes, and a number of pieces; empty rows are passed over."""

    def __init__(self, posted: Mapping[str, str] | None, parts: Sequence[BundlePart], actor: Actor) -> None:
        asked = [name for name in posted or {} if name.startswith("sku_") and name[4:].isdecimal()]
        self.count = min(MOST_PARTS, max(len(parts) + EMPTY_ROWS, len(asked)))
        self.actor = actor
        is_assembled = any(part.bundle.bundle_kind == Sku.BundleKind.ASSEMBLED for part in parts)
        super().__init__(posted, initial=_initial(parts) | {"is_assembled": is_assembled})
        self.fields["is_assembled"] = forms.BooleanField(label=_("Assembled before it is sold"), required=False)
        for place in range(1, self.count + 1):
            self.fields[f"sku_{place}"] = forms.CharField(
                label=_("SKU %(place)s") % {"place": place},
                required=False,
                max_length=100,
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )
            self.fields[f"pieces_{place}"] = forms.CharField(
                label=_("Pieces of it"),
                required=False,
                max_length=20,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            )

    def rows(self) -> list[tuple[BoundField, BoundField]]:
        """The two fields of each row."""
        return [(self[f"sku_{place}"], self[f"pieces_{place}"]) for place in range(1, self.count + 1)]

    def parts(self) -> list[Part]:
        """What was entered; a row that cannot be understood gets its message and is left out."""
        found = []
        for place in range(1, self.count + 1):
            words = self.cleaned_data.get(f"sku_{place}", "")
            number = whole_number(self.cleaned_data.get(f"pieces_{place}", ""))
            if not words:
                continue
            code = self._code(words)
            if not code:
                unknown = _("%(words)s is no SKU of yours. Enter its code, your own code or its barcode.")
                self.add_error(f"sku_{place}", unknown % {"words": words})
            if number is None or not 1 <= number <= MOST_PIECES:
                self.add_error(f"pieces_{place}", _("Enter a whole number from 1 to %(most)s.") % {"most": MOST_PIECES})
            elif code:
                found.append(Part(code, number))
        return found

    def _code(self, words: str) -> str:
        text = folded(words)
        match = Q(code__iexact=text) | Q(seller_code__iexact=text) | Q(barcodes__barcode__iexact=text)
        skus = Sku.objects.visible_to(self.actor).filter(match)
        return skus.order_by("pk").values_list("code", flat=True).first() or ""


def _initial(parts: Sequence[BundlePart]) -> dict[str, str | bool]:
    found: dict[str, str | bool] = {}
    for place, part in enumerate(parts, start=1):
        found |= {f"sku_{place}": part.part.code, f"pieces_{place}": str(part.quantity)}
    return found
