"""Damage to what people chose by hand."""

from __future__ import annotations

from tests.verify.damage import breaks, execute
from tests.verify.whole_house import House


@breaks("promised_where_chosen")
def an_order_promised_in_another_warehouse_than_the_chosen_one(house: House) -> str:
    order = house.one.orders["allocated"]
    statement = "UPDATE allocation_chosenwarehouse SET warehouse_id = %s WHERE order_id = %s"
    execute(statement, house.other.warehouse.pk, order.pk)
    return order.code
