"""A shop's listings as read from the site, and their ties to SKUs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import NotFound
from toiya.domain.catalog.models import Sku
from toiya.domain.channels.actions.following_products import follow_changes, shown_by_followed
from toiya.domain.channels.events import ListingsRead, ListingTied
from toiya.domain.channels.models import Connection, Listing, StockPush
from toiya.domain.channels.port import SiteListing
from toiya.domain.channels.rules import is_storable
from toiya.domain.channels.sql import shops


@transaction.atomic
def store_listings(*, connection_id: int, site_listings: Sequence[SiteListing], actor: Actor, at: datetime) -> int:
    """
    Keep what the shop offers now; a full list, so what is missing from it is gone.

    Each listing is tied to the SKU whose code equals the option's code, else the product's (A215); ties made by a
    person stay. Where the site shows another number than we told, it is told once more. Returns how many are tied.
    """
    shop: Connection = Connection.objects.filter(pk=connection_id).lock().get()

    before = shown_by_followed(shop)
    tied = shops.store_listings(shop.seller_id, shop.pk, _usable(site_listings), at)
    is_first = shop.listings_read_at is None
    shop.listings_read_at = at
    shop.save(update_fields=["listings_read_at"])
    follow_changes(shop=shop, before=before, actor=actor, at=at)

    if is_first or site_listings:
        read = ListingsRead(
            seller_id=shop.seller_id,
            subject=shop.code,
            connection_id=shop.pk,
            listings=len(site_listings),
            tied=tied,
        )
        events.record(read, actor=actor, at=at)
    return tied


def _usable(site_listings: Iterable[SiteListing]) -> list[SiteListing]:
    """One row per identity, and none that cannot be addressed at the site again because we would have to cut it."""
    rows = {(listing.external_id, listing.fingerprint): listing for listing in site_listings}
    return [listing for listing in rows.values() if is_storable(listing)]


@transaction.atomic
def tie_listing(*, listing_id: int, sku_code: str, actor: Actor, at: datetime) -> None:
    """
    Tie a listing to a SKU by hand, or take the tie away with an empty code; no code changes it afterwards.

    :raises NotFound: no such listing or SKU of this seller
    """
    listing: Listing | None = Listing.objects.visible_to(actor).filter(pk=listing_id).lock().first()
    if listing is None:
        raise NotFound(kind="listing", code=str(listing_id))
    sku = Sku.objects.filter(seller_id=listing.seller_id, code=sku_code).first() if sku_code else None
    if sku_code and sku is None:
        raise NotFound(kind="SKU", code=sku_code)

    listing.sku = sku
    listing.is_tied_by_hand = True
    listing.save(update_fields=["sku", "is_tied_by_hand"])
    if sku is None:
        waiting = StockPush.objects.filter(listing=listing, status=StockPush.Status.WAITING)
        waiting.update(status=StockPush.Status.DROPPED, settled_at=at)

    shop = Connection.objects.get(pk=listing.connection_id)
    tied = ListingTied(seller_id=listing.seller_id, subject=shop.code, title=listing.title, sku=sku.code if sku else "")
    events.record(tied, actor=actor, at=at)
