"""What lies on the shelves of the whole house, and what is written about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.assembly_world import a_work_order, an_assembled, apart, in_work, made
from tests.bundles_world import own_sku
from tests.catalog_world import a_photo, a_share
from tests.stock_world import counted, put_aside, spot_of, to_count
from tests.world import (
    NOON,
    WORLD,
    acting_for,
    stock_of,
)
from toiya.domain.assembly.actions.asking import stop_assembly
from toiya.domain.assembly.actions.prices import set_assembly_price
from toiya.domain.catalog.actions.editing import SkuFacts, edit_sku
from toiya.domain.catalog.actions.program_calls import add_options_once
from toiya.domain.catalog.actions.registering import NewSku
from toiya.domain.catalog.models import Sku
from toiya.domain.members.models import Seller
from toiya.domain.stock.actions.reasons import Why
from toiya.domain.stock.actions.setting_aside import free_stock, write_off
from toiya.domain.stock.models import CountRules
from toiya.domain.warehouses.models import Bin

if TYPE_CHECKING:
    from tests.verify.whole_house import Side


def on_the_shelf(side: Side, mug: Sku) -> None:
    """A piece set aside, another one free again, and counts in every state."""
    CountRules.objects.create(warehouse=side.warehouse)
    aside = put_aside(spot_of(mug, side.warehouse, "A01-02-1"), 3)
    free_stock(spot=aside, to_bin=aside_back(side), quantity=1, why=Why("checked"), actor=WORLD, at=NOON)
    write_off(spot=aside, quantity=1, why=Why("disposed", "agreed"), actor=WORLD, at=NOON)
    counted(to_count(spot_of(mug, side.warehouse, "A01-02-1")), 18)


def at_the_bench(side: Side) -> None:
    """A work order stopped half-way, one piece taken apart again, and one just asked for."""
    seller, house = side.seller, side.warehouse
    kit = an_assembled(seller, "KIT", {"STRAP": 2})
    stock_of(own_sku(seller, "STRAP"), house, 10, bin_code="A01-05-1")
    order = in_work(kit, house, 4)
    made(order, 3, f"made-{seller.pk:08d}")
    apart(order, 1, f"apart-{seller.pk:08d}")
    stop_assembly(code=order.code, actor=WORLD, at=NOON)
    set_assembly_price(warehouse_id=house.pk, price_minor=60, from_on=NOON.date(), actor=WORLD, at=NOON)
    a_work_order(kit, house, 1)


def aside_back(side: Side) -> Bin:
    """Where freed pieces go."""
    place: Bin = side.warehouse.bins.get(code="A01-02-1")
    return place


def catalogue(side: Side, partner: Seller) -> None:
    """A photo, a box of the seller's own, an item shared with the other seller."""
    tote, box = side.seller.sku_set.get(seller_code="LT-NVM"), side.seller.sku_set.get(seller_code="PEN")
    actor = acting_for(side.seller)
    a_photo(tote, side.seller.name.encode())
    edit_sku(
        sku_code=box.code,
        facts=SkuFacts(box.name, seller_code="PEN", weight_g=300, is_packaging=True),
        actor=actor,
        at=NOON,
    )
    edit_sku(
        sku_code=tote.code,
        facts=SkuFacts(tote.name, seller_code="LT-NVM", weight_g=300, packaging=box.code),
        actor=actor,
        at=NOON,
    )
    a_share(tote.item, partner)
    add_options_once(key="api|1", item_code=tote.item.code, options=[NewSku("spare", "")], actor=actor, at=NOON)
