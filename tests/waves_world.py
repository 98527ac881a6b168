"""Waves of the test world: many orders of one piece, released as a batch."""

from __future__ import annotations

from collections.abc import Mapping

from tests.world import NOON, WORLD, an_order, judged
from toiya.domain.members.models import Seller
from toiya.domain.outbound.actions.waves import Release, release_wave
from toiya.domain.outbound.wave_rules import AUTOMATIC
from toiya.domain.warehouses.models import Warehouse


def a_wave(
    seller: Seller, warehouse: Warehouse, *wants: Mapping[str, int], method: str = AUTOMATIC
) -> Release:
    """Orders that got their stock, released together by that method."""
    orders = judged(*[an_order(seller, want) for want in wants])
    codes = [order.code for order in orders]
    return release_wave(warehouse_id=warehouse.pk, order_codes=codes, method=method, actor=WORLD, at=NOON)
