"""A shop's listings as read from the site."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from toiya.core import events
from toiya.core.actor import Actor
from toiya.domain.channels.actions.following_products import follow_changes, shown_by_followed
from toiya.domain.channels.events import ListingsRead
from toiya.domain.channels.models import Connection
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
