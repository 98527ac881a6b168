"""The nightly comparison of stock numbers: read what the shop shows, then keep what differs."""

from __future__ import annotations

from datetime import datetime

from toiya.core.errors import Rejected, Unreachable
from toiya.domain.channels import telling_queries
from toiya.domain.channels.actions.comparing import compare_numbers
from toiya.domain.channels.jobs.calling import ACTOR, blame, door_of, is_resting, outside, praise
from toiya.domain.channels.models import Connection


def compare_stock(connection_id: int, at: datetime) -> None:
    """Compare a shop's numbers with ours, once a night. Trouble is kept on the connection, not raised."""
    shop = Connection.objects.select_related("seller").get(pk=connection_id)
    if is_resting(shop, at) or not telling_queries.shops_showing_stock([shop]):
        return
    plug, access = door_of(shop)
    try:
        listings = outside(lambda: plug.listings(access))
    except (Unreachable, Rejected) as trouble:
        blame(shop, trouble, at)
    else:
        night = telling_queries.last_night(at)
        compare_numbers(connection_id=shop.pk, site_listings=listings, night=night, actor=ACTOR, at=at)
        praise(shop, at)
