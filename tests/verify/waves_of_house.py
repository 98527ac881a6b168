"""A batch on the floor with one order stopped, and a pick bin, in the whole house."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.floor_world import a_coded_sku, walked
from tests.waves_world import a_pick_face, a_wave
from tests.world import NOON, acting_for, stock_of
from toiya.domain.outbound.actions.stopping import stop_order
from toiya.domain.warehouses.models import Bin

if TYPE_CHECKING:
    from tests.verify.whole_house import Side


def picked_in_batches(side: Side) -> None:
    """Four orders of one piece share a tote; one of them is stopped while its piece lies there."""
    sku = a_coded_sku(side.seller, "PIN")
    stock_of(sku, side.warehouse, 6, bin_code="A01-06-1")
    a_pick_face(sku, side.warehouse, "A01-05-1")
    Bin.objects.create(warehouse=side.warehouse, code="T-005", kind=Bin.Kind.TOTE)
    [walk] = a_wave(side.seller, side.warehouse, *[{"PIN": 1}] * 4).pick_lists
    walked(walk.code, side.picker, totes=["T-005"])
    order = walk.slots.get(number=2).order
    stop_order(order_code=order.code, reason="by_seller", actor=acting_for(side.seller), at=NOON)
