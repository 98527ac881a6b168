"""Damage to totes on carts and to pick bins."""

from __future__ import annotations

from tests.verify.damage import breaks, execute
from tests.verify.whole_house import House


@breaks("totes_are_on_one_walk")
def a_tote_on_two_carts(house: House) -> str:
    warehouse = house.one.warehouse.pk
    other = "(SELECT min(id) FROM outbound_picklist WHERE warehouse_id = %s)"
    execute(
        f"UPDATE outbound_slot SET pick_list_id = {other}, number = 99 WHERE id = ("
        "SELECT max(s.id) FROM outbound_slot s JOIN warehouses_bin b ON b.id = s.tote_id "
        "WHERE b.code = 'T-005' AND b.warehouse_id = %s AND s.shares_tote AND NOT s.is_closed)",
        warehouse,
        warehouse,
    )
    return "T-005"


@breaks("pick_bins_are_of_the_house")
def a_pick_bin_of_another_house(house: House) -> str:
    warehouse = house.one.warehouse.pk
    change = "UPDATE outbound_pickface SET bin_id = (SELECT min(id) FROM warehouses_bin WHERE warehouse_id <> %s) "
    execute(change + "WHERE warehouse_id = %s", warehouse, warehouse)
    return str(house.one.seller.sku_set.get(seller_code="PIN").code)
