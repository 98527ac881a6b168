"""Items that follow the numbers of their product at the site (A080)."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F

from toiya.core.actor import Actor
from toiya.domain.catalog.actions.following import follow_quantities
from toiya.domain.channels.models import Connection, Listing

Shown = dict[int, tuple[int, int]]


def shown_by_followed(shop: Connection) -> Shown:
    """By listing, the SKU and the number the site shows, of products whose items follow them."""
    followed = Listing.objects.filter(
        seller_id=shop.seller_id,
        connection=shop,
        sku__item__follows_reference=True,
        sku__item__reference_code=F("external_id"),
    )
    return {row: (sku, shown) for row, sku, shown in followed.values_list("pk", "sku_id", "site_quantity")}


def follow_changes(*, shop: Connection, before: Shown, actor: Actor, at: datetime) -> None:
    """Let own quantities follow the listings whose number is another than `before`; part of storing listings."""
    after = shown_by_followed(shop)
    changed = {sku: shown for row, (sku, shown) in after.items() if row in before and before[row][1] != shown}
    if changed:
        follow_quantities(seller_id=shop.seller_id, quantities=changed, actor=actor, at=at)
