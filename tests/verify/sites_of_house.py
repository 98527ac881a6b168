"""Rules for numbers, and a night's comparison of them with the site, in the whole house."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.world import NOON, WORLD
from toiya.domain.channels.actions.comparing import compare_numbers
from toiya.domain.channels.actions.numbers import set_listing_rules, set_shop_rules
from toiya.domain.channels.models import Listing
from toiya.domain.channels.number_rules import NumberRule

if TYPE_CHECKING:
    from tests.verify.whole_house import Side


def numbers_told(side: Side) -> None:
    """The shop keeps a piece off each listing, but not off one; the site shows other numbers on purpose."""
    set_shop_rules(connection_code=side.shop.code, rule=NumberRule(buffer_pieces=1), actor=WORLD, at=NOON)
    own = Listing.objects.get(connection=side.shop, external_id="1001")
    set_listing_rules(listing_ids=[own.pk], rule=NumberRule(most_shown=3), actor=WORLD, at=NOON)
    night = NOON.date()
    compare_numbers(connection_id=side.shop.pk, site_listings=side.site.offers, night=night, actor=WORLD, at=NOON)
