"""The form about one SKU with all that is written about it."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from toiya.domain.carriers.queries import services
from toiya.domain.catalog.actions.editing import SkuFacts
from toiya.domain.catalog.models import Sku
from toiya.web.portal.amounts import shown_amount, typed_minor
from toiya.web.portal.item_forms import text_field, typed_pieces

LARGEST = {"weight_g": 2_000_000, "length_mm": 20_000, "width_mm": 20_000, "height_mm": 20_000}


def number_field(label: Any, hint: Any = "") -> forms.CharField:
    """A whole number, typed in any width."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class SkuForm(forms.Form):
    """What a seller writes about a SKU; lots, barcodes and photos have their own forms."""

    name = text_field(_("Name"), 200, required=True, missing=_("Enter a name, such as Linen tote."))
    option = text_field(_("Option"), 100, _("Such as navy / M."))
    seller_code = text_field(
        _("Seller code"),
        100,
        _("Orders find this SKU by it: the option code at the sales site, else the product's seller code."),
    )
    surcharge = forms.CharField(
        label=_("Surcharge"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    own_quantity = number_field(
        _("Own quantity"), _("What you have for sale, wherever it is. Our stock is counted apart.")
    )
    weight_g = number_field(_("Weight"))
    length_mm = number_field(_("Length"))
    width_mm = number_field(_("Width"))
    height_mm = number_field(_("Height"))
    hs_code = text_field(_("HS code"), 20, _("6 to 10 digits. Parcels that cross a border need it."))
    customs_text = text_field(_("Customs text"), 100, _("What it is, in English, such as cotton T-shirt."))
    origin_country = text_field(_("Country of origin"), 2, _("Two letters, such as JP."))
    preferred_service = forms.ChoiceField(
        label=_("Preferred service"), help_text=_("Proposed for parcels with this SKU when it fits."), required=False
    )
    packing_note = text_field(_("Packing note"), 300, _("Shown to whoever packs it."))
    is_packaging = forms.BooleanField(label=_("This SKU is packaging: boxes or bags of your own"), required=False)
    packaging = forms.ChoiceField(
        label=_("Packed in"), help_text=_("One of your packaging SKUs; empty: our own boxes."), required=False
    )

    def __init__(self, typed: Any = None, *, sku: Sku) -> None:
        super().__init__(typed, initial=sku_initial(sku))
        self.sku = sku
        service, packaging = self.fields["preferred_service"], self.fields["packaging"]
        assert isinstance(service, forms.ChoiceField)
        assert isinstance(packaging, forms.ChoiceField)
        known = [(each.code, each.name) for each in services()]
        if sku.preferred_service and sku.preferred_service not in dict(known):
            known.append((sku.preferred_service, sku.preferred_service))
        service.choices = [("", _("None")), *known]
        boxes = Sku.objects.filter(seller_id=sku.seller_id, is_packaging=True).exclude(pk=sku.pk).order_by("pk")[:200]
        packaging.choices = [("", _("None")), *((box.code, f"{box.name} {box.option}".strip()) for box in boxes)]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        minor = typed_minor(cleaned.get("surcharge", ""), self.sku.item.currency)
        if minor is None:
            self.add_error("surcharge", _("Enter an amount of 0 or more, such as 1200."))
        cleaned["surcharge_minor"] = minor or 0
        for name in ("own_quantity", *LARGEST):
            pieces = typed_pieces(cleaned.get(name, ""))
            if pieces is None or pieces > LARGEST.get(name, pieces):
                self.add_error(name, _("Enter a whole number of 0 or more."))
            cleaned[name] = pieces or 0
        return cleaned

    def clean_seller_code(self) -> str:
        """Half-width, as sites give it."""
        return unicodedata.normalize("NFKC", self.cleaned_data["seller_code"]).strip()

    def facts(self) -> SkuFacts:
        """What was typed."""
        return SkuFacts(**{name: self.cleaned_data[name] for name in SkuFacts.__dataclass_fields__})


def sku_initial(sku: Sku) -> dict[str, Any]:
    """What the form shows first."""
    shown = {name: getattr(sku, name) for name in SkuFacts.__dataclass_fields__}
    return shown | {
        "surcharge": shown_amount(sku.surcharge_minor, sku.item.currency),
        "packaging": sku.packaging.code if sku.packaging else "",
    }


class BarcodeForm(forms.Form):
    """One more barcode."""

    barcode = text_field(
        _("Barcode"),
        60,
        _("Scan or type it. The check digit of JAN, EAN and UPC codes is checked."),
        required=True,
        missing=_("Scan or type the barcode."),
    )


class TrackingForm(forms.Form):
    """Whether lots, use-by dates and serial numbers are asked for."""

    tracks_lots = forms.BooleanField(label=_("Ask for the lot when goods arrive"), required=False)
    tracks_expiry = forms.BooleanField(label=_("Ask for the use-by date when goods arrive"), required=False)
    tracks_serials = forms.BooleanField(
        label=_("Ask for the serial number of each piece when it is packed"),
        help_text=_("You find each number on its order, and by searching for it."),
        required=False,
    )


class PhotoForm(forms.Form):
    """A picture to add."""

    photo = forms.FileField(
        label=_("Add a photo"),
        help_text=_("JPG or PNG, up to 4 MB."),
        error_messages={"required": _("Choose a picture first."), "empty": _("The file is empty. Choose another.")},
        widget=forms.FileInput(attrs={"accept": ".jpg,.jpeg,.png"}),
    )


class PartnerForm(forms.Form):
    """A seller to share an item with."""

    partner = text_field(
        _("Partner's seller code"),
        20,
        _("The code they find under Company, such as SLR-7K2M4Q-9."),
        required=True,
        missing=_("Enter the partner's seller code."),
    )
