"""Builders of listings and their links, by the app's own actions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tests.world import NOON, WORLD
from toiya.domain.catalog.models import Sku
from toiya.domain.channels.actions.linking import LinkWish, link_listings
from toiya.domain.channels.actions.listing import store_listings
from toiya.domain.channels.models import Connection, LinkAct, Listing
from toiya.domain.channels.port import SiteListing


def an_offer(number: str, title: str = "リネントート", option: str = "", **more: Any) -> SiteListing:
    """What a site has on sale; `option` as orders write it."""
    code, item = more.get("option_code", ""), more.get("item_code", "")
    fingerprint = f'["{option}","{code}"]' if option or code else ""
    kind = "combination" if fingerprint else "plain"
    return SiteListing(number, fingerprint, title, item, code, more.get("quantity", 0), {"kind": kind}, option, kind)


def offered(shop: Connection, *offers: SiteListing, at: datetime = NOON) -> list[Listing]:
    """The shop's whole list as read from the site; returns its listings in the order of the offers."""
    store_listings(connection_id=shop.pk, site_listings=offers, actor=WORLD, at=at)
    found = {(each.external_id, each.fingerprint): each for each in Listing.objects.filter(connection=shop)}
    return [found[offer.external_id, offer.fingerprint] for offer in offers]


def linked(listing: Listing, sku: Sku | None, pieces: int = 1, at: datetime = NOON) -> LinkAct:
    """The listing linked to the SKU by hand, or to none."""
    wish = LinkWish(listing.pk, sku.code if sku else "", pieces)
    return link_listings(wishes=[wish], actor=WORLD, at=at)
