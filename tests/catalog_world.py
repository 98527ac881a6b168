"""Goods as sellers register them: items with options, photos, shares, listings of a product."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from tests.world import NOON, WORLD, acting_for
from toiya.core import papers
from toiya.domain.catalog.actions.photos import add_photo
from toiya.domain.catalog.actions.registering import NewItem, NewSku, register_new_item
from toiya.domain.catalog.actions.sharing import offer_share
from toiya.domain.catalog.models import InventoryItem, ItemShare, Photo, Sku
from toiya.domain.channels.actions.listing import store_listings
from toiya.domain.channels.models import Connection
from toiya.domain.channels.port import SiteListing
from toiya.domain.members.models import Seller


def an_item(seller: Seller, name: str = "T-shirt", colours: Sequence[str] = ("blue", "white")) -> InventoryItem:
    """An item with one SKU per colour, JPY 1,000 each, seller codes TS-BLUE on."""
    options = [NewSku("", f"TS-{colour.upper()}", values=(colour,)) for colour in colours]
    new = NewItem(name, option_names=("Colour",), price_minor=1000, seller_code="TS")
    return register_new_item(seller_id=seller.pk, new=new, options=options, actor=WORLD, at=NOON)


def a_picture(content: bytes = b"picture") -> papers.StoredPaper:
    """A stored picture, as the edge hands it on."""
    return papers.keep(papers.Paper("tote.png", papers.PNG, content), at=NOON)


def a_photo(sku: Sku, content: bytes = b"picture") -> Photo:
    """A photo of the SKU."""
    return add_photo(sku_code=sku.code, paper=a_picture(content), actor=acting_for(sku.seller), at=NOON)


def a_share(item: InventoryItem, partner: Seller) -> ItemShare:
    """The item, offered to the partner."""
    return offer_share(item_code=item.code, partner_code=partner.code, actor=acting_for(item.seller), at=NOON)


def combinations(number: str = "9001", shown: int = 9) -> list[SiteListing]:
    """A product with two axes of options, as the site's plug reads it."""
    pairs = [("青", "M"), ("青", "L"), ("白", "M")]
    return [
        _option(number, place, ("カラー||*サイズ", f"{colour}||*{size}", f"TS-{colour}-{size}"), shown)
        for place, (colour, size) in enumerate(pairs)
    ]


def singles(number: str = "9002") -> list[SiteListing]:
    """A product with single options of two kinds."""
    rows = [("色", "赤", "CAP-R"), ("色", "黒", "CAP-K"), ("包装", "箱", "")]
    return [_option(number, place, row, 5) for place, row in enumerate(rows)]


def read(shop: Connection, *listings: SiteListing, at: datetime = NOON) -> None:
    """The shop offers these now."""
    store_listings(connection_id=shop.pk, site_listings=listings, actor=WORLD, at=at)


def _option(number: str, place: int, option: tuple[str, str, str], shown: int) -> SiteListing:
    fields = dict(zip(("option_name", "option_value", "option_code"), option, strict=True))
    return SiteListing(number, f"option {place}", "Ｔシャツ", "TEE-01", option[2], shown, fields)
