"""How the sellers of the whole house want their stock given away, and what people chose by hand."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.allocation_world import ruled
from tests.world import NOON, WORLD, acting_for
from toiya.domain.allocation.actions.branching import send_from, take_back_orders
from toiya.domain.allocation.actions.policies import Policy, set_sku_buffer, shut_warehouse
from toiya.domain.allocation.actions.reserving import reserve_ship_day

if TYPE_CHECKING:
    from tests.verify.whole_house import Side


def given_away(side: Side) -> None:
    """Rules, one SKU with its own reserve, an order sent from a chosen warehouse on a chosen day; then it is shut."""
    seller, actor = side.seller, acting_for(side.seller)
    ruled(seller, Policy(expiry_days=5, unpaid_hours=72, warehouses=(side.warehouse.code,)))
    set_sku_buffer(sku_code=seller.sku_set.get(seller_code="PEN").code, pieces=1, actor=actor, at=NOON)
    chosen = side.orders["allocated"]
    take_back_orders(order_codes=[chosen.code], actor=actor, at=NOON)
    send_from(order_codes=[chosen.code], warehouse_code=side.warehouse.code, actor=actor, at=NOON)
    day = (NOON + timedelta(days=2)).date()
    reserve_ship_day(order_code=chosen.code, day=day, actor=actor, at=NOON)
    shut_warehouse(warehouse_code=side.warehouse.code, is_shut=True, actor=WORLD, at=NOON)
