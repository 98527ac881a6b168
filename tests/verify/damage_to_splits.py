"""Damage to orders that were divided or joined."""

from __future__ import annotations

from tests.verify.damage import breaks, execute
from tests.verify.whole_house import House


@breaks("divided_lines_sum_up")
def a_part_bought_more(house: House) -> str:
    part, whole = house.one.orders["part"], house.one.orders["divided"]
    execute("UPDATE orders_lineorigin SET bought = bought + 1 WHERE line_id IN "
            "(SELECT id FROM orders_line WHERE order_id = %s)", part.pk)  # fmt: skip
    return whole.code


@breaks("parts_are_of_one_shop")
def a_part_of_an_order_that_came_later(house: House) -> str:
    part = house.one.orders["part"]
    execute(
        "UPDATE orders_splitoff SET source_id = %s WHERE order_id = %s", house.one.orders["merged_away"].pk, part.pk
    )
    return part.code


@breaks("merged_orders_ended")
def a_merged_order_that_has_money(house: House) -> str:
    order = house.one.orders["merged_away"]
    execute("UPDATE orders_order SET total_minor = 100 WHERE id = %s", order.pk)
    return order.code
