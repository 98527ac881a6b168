"""Waves of the test world: many orders of one piece, released as a batch."""

from __future__ import annotations

from collections.abc import Mapping

from tests.world import NOON, WORLD, an_order, judged
from toiya.domain.catalog.models import Sku
from toiya.domain.members.models import Seller
from toiya.domain.outbound.actions.refilling import Limits, choose_pick_face
from toiya.domain.outbound.actions.waves import Release, release_wave
from toiya.domain.outbound.models import PickFace
from toiya.domain.outbound.wave_rules import AUTOMATIC
from toiya.domain.warehouses.models import Warehouse


def a_wave(seller: Seller, warehouse: Warehouse, *wants: Mapping[str, int], method: str = AUTOMATIC) -> Release:
    """Orders that got their stock, released together by that method."""
    orders = judged(*[an_order(seller, want) for want in wants])
    codes = [order.code for order in orders]
    return release_wave(warehouse_id=warehouse.pk, order_codes=codes, method=method, actor=WORLD, at=NOON)


def a_pick_face(sku: Sku, warehouse: Warehouse, bin_code: str, *, minimum: int = 1, maximum: int = 10) -> PickFace:
    """The SKU is picked from that bin."""
    return choose_pick_face(
        warehouse_id=warehouse.pk,
        sku_code=sku.code,
        bin_code=bin_code,
        limits=Limits(minimum, maximum),
        actor=WORLD,
        at=NOON,
    )
