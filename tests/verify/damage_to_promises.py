"""Damage to what was promised."""

from __future__ import annotations

from tests.verify.damage import breaks, execute
from tests.verify.whole_house import House


@breaks("promises_are_moved_with_a_cause")
def a_promise_moved_without_a_word(house: House) -> str:
    order = house.one.orders["waiting"]
    execute("UPDATE orders_order SET promised_at = promised_at + interval '1 day' WHERE id = %s", order.pk)
    return order.code
