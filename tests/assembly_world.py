"""Work orders of the test world."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count

from tests.bundles_world import own_sku
from tests.world import NOON, WORLD, money_in
from toiya.domain.allocation.actions.bundling import make_bundle
from toiya.domain.assembly.actions.asking import Wish, accept_assembly, ask_assembly, start_assembly
from toiya.domain.assembly.actions.making import Confirmed, choose_bin, confirm_part
from toiya.domain.assembly.models import WorkOrder
from toiya.domain.catalog.actions.bundles import Part
from toiya.domain.catalog.models import Sku
from toiya.domain.members.models import Seller
from toiya.domain.outbound.actions.on_the_shelf import make_bundles, take_bundles_apart
from toiya.domain.stock.models import BinStock
from toiya.domain.warehouses.models import Warehouse

_scans = count(1)


def an_assembled(seller: Seller, code: str, parts: Mapping[str, int]) -> Sku:
    """A bundle that the warehouse puts together."""
    bundle = own_sku(seller, code)
    made = [Part(own_sku(seller, part).code, quantity) for part, quantity in parts.items()]
    return make_bundle(sku_code=bundle.code, parts=made, is_assembled=True, actor=WORLD, at=NOON)


def a_work_order(bundle: Sku, warehouse: Warehouse, quantity: int) -> WorkOrder:
    """Asked for."""
    return ask_assembly(wish=Wish(bundle.code, warehouse.code, quantity), actor=WORLD, at=NOON)


def accepted(order: WorkOrder) -> WorkOrder:
    """The warehouse says yes; the seller has just the money for it."""
    money_in(order.seller, order.price_minor * order.quantity)
    return accept_assembly(code=order.code, actor=WORLD, at=NOON)


def in_work(bundle: Sku, warehouse: Warehouse, quantity: int, to_bin: str = "A01-06-1") -> WorkOrder:
    """Begun, each part scanned at the first bin where it lies."""
    order = a_work_order(bundle, warehouse, quantity)
    accepted(order)
    start_assembly(code=order.code, actor=WORLD, at=NOON)
    for part in order.parts.all():
        lies = BinStock.objects.filter(sku=part.sku, warehouse=warehouse, quantity__gt=0).order_by("pk")[0]
        choose_bin(code=order.code, place=lies.bin, part_id=part.pk, actor=WORLD, at=NOON)
        confirm_part(code=order.code, part_id=part.pk, scan=part.sku.code, actor=WORLD, at=NOON)
    place = warehouse.bins.get(code=to_bin)
    return choose_bin(code=order.code, place=place, actor=WORLD, at=NOON)


def made(order: WorkOrder, quantity: int, scan_id: str = "") -> WorkOrder:
    """The floor confirms so many."""
    confirmed = Confirmed(quantity, scan_id or f"made-{next(_scans):08d}")
    return make_bundles(code=order.code, confirmed=confirmed, actor=WORLD, at=NOON)


def apart(order: WorkOrder, quantity: int, scan_id: str = "") -> WorkOrder:
    """The floor took so many apart."""
    confirmed = Confirmed(quantity, scan_id or f"apart-{next(_scans):08d}")
    return take_bundles_apart(code=order.code, confirmed=confirmed, actor=WORLD, at=NOON)
