"""Pieces of the whole house that change place or hands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bundles_world import own_sku
from tests.lending_world import shared
from tests.transfers_world import arrived, asked, collected, on_the_way, put_away
from tests.world import NOON, WORLD, a_warehouse, acting_for, stock_of
from toiya.domain.lending.actions.handing import Wanted, hand_over, take_over
from toiya.domain.lending.actions.mirroring import set_lend_limit
from toiya.domain.members.models import Seller
from toiya.domain.transfers.actions.arriving import put_extra_away
from toiya.domain.transfers.actions.sending import Confirmed

if TYPE_CHECKING:
    from tests.verify.whole_house import Side


def on_the_road(side: Side) -> None:
    """Transfers to a second building: just asked for, being collected, half there, and arrived with one too many."""
    cup, house = own_sku(side.seller, "CUP"), side.warehouse
    other = a_warehouse(f"{house.code}2", f"{house.name} 2", bins=2)
    stock_of(cup, house, 20)
    asked(cup, house, other, 1, actor=acting_for(side.seller))
    collected(asked(cup, house, other, 3), 2)
    put_away(on_the_way(asked(cup, house, other, 4), 3), 2)
    done = on_the_way(asked(cup, house, other, 2), 2)
    put_away(done, 2)
    extra = Confirmed(1, f"extra-{side.seller.pk:08d}")
    put_extra_away(code=done.code, confirmed=extra, actor=WORLD, at=NOON)
    arrived(done)


def changed_hands(side: Side, partner: Seller) -> None:
    """Tea that the partner may take up to five pieces of: two are taken, one is on its way from book to book."""
    tea, house = own_sku(side.seller, "TEA"), side.warehouse
    stock_of(tea, house, 6)
    mirror = shared(tea, partner, code="")
    set_lend_limit(share_code=mirror.share.code, most_pieces=5, actor=acting_for(side.seller), at=NOON)
    first = hand_over(wanted=Wanted(mirror, house.pk, 2, 0), actor=WORLD, at=NOON)
    take_over(handing_id=first.pk, actor=WORLD, at=NOON)
    hand_over(wanted=Wanted(mirror, house.pk, 1, first.pk), actor=WORLD, at=NOON)
