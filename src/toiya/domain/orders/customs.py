"""What the papers of an order that leaves the country still lack."""

from __future__ import annotations

from collections.abc import Sequence

from toiya.domain.catalog.models import Sku
from toiya.domain.orders.models import Line


def lacking(country: str, lines: Sequence[Line], skus: Sequence[Sku | None]) -> dict[str, str | int]:
    """How many of these SKUs, each told once, lack what customs want, and how many lines a value."""
    return {
        "country": country,
        "hs_codes": sum(1 for sku in skus if sku is None or not sku.hs_code),
        "customs_texts": sum(1 for sku in skus if sku is None or not sku.customs_text),
        "origins": sum(1 for sku in skus if sku is None or not sku.origin_country),
        "values": sum(1 for line in lines if not line.unit_price_minor),
    }
