"""Pieces of the whole house that change place or hands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bundles_world import own_sku
from tests.transfers_world import arrived, asked, collected, on_the_way, put_away
from tests.world import NOON, WORLD, a_warehouse, acting_for, stock_of
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
