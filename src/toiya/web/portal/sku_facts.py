"""What is written about a SKU, as words to read on its page."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from toiya.domain.carriers.models import Service
from toiya.domain.catalog.models import Sku
from toiya.domain.channels.models import Listing
from toiya.web.portal.amounts import shown_amount
from toiya.web.shared import formats


def written_about(sku: Sku) -> dict[str, Any]:
    """The facts that were filled in, the photos, and how many listings are linked (A103)."""
    listings = Listing.objects.filter(seller_id=sku.seller_id, sku=sku, is_gone=False)
    return {"facts": _facts(sku), "photos": list(sku.photos.order_by("pk")), "links": listings.count()}


def _facts(sku: Sku) -> list[tuple[str, str]]:
    language = get_language() or "en"
    currency = sku.item.currency
    price = shown_amount(sku.item.price_minor + sku.surcharge_minor, currency)
    size = [f"{each / 10:g}" for each in (sku.length_mm, sku.width_mm, sku.height_mm)]
    service = Service.objects.filter(code=sku.preferred_service).first() if sku.preferred_service else None
    facts = [
        (_("Price"), f"{currency} {price}"),
        (_("Own quantity"), formats.number(sku.own_quantity, language)),
        (_("Size"), " × ".join(size) + " cm" if any((sku.length_mm, sku.width_mm, sku.height_mm)) else ""),
        (_("HS code"), sku.hs_code),
        (_("Customs text"), sku.customs_text),
        (_("Country of origin"), sku.origin_country),
        (_("Lots and dates"), _tracking(sku)),
        (_("Preferred service"), service.name if service else sku.preferred_service),
        (_("Packing note"), sku.packing_note),
        (_("Packed in"), f"{sku.packaging.name} {sku.packaging.option}".strip() if sku.packaging else ""),
        (_("Packaging"), _("Yes") if sku.is_packaging else ""),
        (_("On sale"), "" if sku.is_active else _("Off")),
    ]
    return [(word, value) for word, value in facts if value]


def _tracking(sku: Sku) -> str:
    asked = [
        (sku.tracks_lots, _("lot")),
        (sku.tracks_expiry, _("use-by date")),
        (sku.tracks_serials, _("serial number")),
    ]
    return ", ".join(word for is_asked, word in asked if is_asked)
