"""Damage to orders that sellers entered."""

from __future__ import annotations

from tests.verify.damage import breaks, execute, one
from tests.verify.whole_house import House


@breaks("management_numbers")
def a_management_number_of_another_row(house: House) -> str:
    row = one("SELECT min(id) FROM orders_managedorder WHERE seller_id = %s", house.one.seller.pk)
    execute("UPDATE orders_managedorder SET number = '9999999' WHERE id = %s", row)
    return "9999999"


@breaks("orders_abroad_were_held")
def an_order_that_leaves_the_country_unasked(house: House) -> str:
    order = house.one.orders["waiting"]
    execute("UPDATE orders_address SET country = 'KR' WHERE order_id = %s", order.pk)
    return order.code
