"""The shapes of items and SKUs in version 1."""

from __future__ import annotations

from ninja import Field

from toiya.web.api.shapes import PageOf, Strict


class SkuShort(Strict):
    """A SKU with what is written about it; `own_quantity` is the seller's own count, not our stock."""

    code: str
    item: str
    name: str
    option: str
    option_values: list[str]
    seller_code: str
    barcodes: list[str]
    price_minor: int
    currency: str
    own_quantity: int
    weight_g: int
    length_mm: int
    width_mm: int
    height_mm: int
    hs_code: str
    customs_text: str
    origin_country: str
    tracks_lots: bool
    tracks_expiry: bool
    tracks_serials: bool
    is_active: bool


class Skus(Strict):
    """A page of SKUs, newest first. `next_cursor` is empty on the last one."""

    skus: list[SkuShort]
    next_cursor: str


class SkusAsked(PageOf):
    """Which SKUs: any code, barcode or words."""

    q: str = Field("", max_length=100)


class ItemShort(Strict):
    """An inventory item."""

    code: str
    name: str
    seller_code: str
    reference_code: str
    option_names: list[str]
    price_minor: int
    currency: str
    is_stocked_here: bool
    is_active: bool


class Items(Strict):
    """A page of items, newest first. `next_cursor` is empty on the last one."""

    items: list[ItemShort]
    next_cursor: str


class ItemWhole(ItemShort):
    """An item with its SKUs."""

    skus: list[SkuShort]


class SkuWanted(Strict):
    """A SKU to register. Its seller code is needed: orders are matched by it."""

    seller_code: str = Field(min_length=1, max_length=100)
    option: str = Field("", max_length=100)
    values: list[str] = Field(default_factory=list, max_length=10)
    barcode: str = Field("", max_length=40)
    surcharge_minor: int = Field(0, ge=0, le=10**12)
    own_quantity: int = Field(0, ge=0, le=2_000_000_000)
    weight_g: int = Field(0, ge=0, le=2_000_000)


class ItemWanted(Strict):
    """An item to register with its SKUs; `option_names` are free, and each SKU has as many `values`."""

    name: str = Field(min_length=1, max_length=200)
    seller_code: str = Field("", max_length=100)
    reference_code: str = Field("", max_length=100)
    option_names: list[str] = Field(default_factory=list, max_length=10)
    price_minor: int = Field(0, ge=0, le=10**12)
    currency: str = Field("JPY", pattern="^(JPY|CNY|KRW|USD)$")
    is_stocked_here: bool = True
    skus: list[SkuWanted] = Field(min_length=1, max_length=500)


class SkusWanted(Strict):
    """SKUs to add to an item."""

    skus: list[SkuWanted] = Field(min_length=1, max_length=500)
