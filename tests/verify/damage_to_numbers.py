"""Damage to what is kept of nightly comparisons."""

from __future__ import annotations

from tests.verify.damage import breaks, execute
from tests.verify.whole_house import House


@breaks("differences_are_counted")
def a_difference_that_no_night_tells_of(house: House) -> str:
    execute("UPDATE channels_reconciliation SET differences = 0 WHERE connection_id = %s", house.one.shop.pk)
    return house.one.shop.code


@breaks("differences_of_their_own_shop")
def a_difference_of_another_shops_listing(house: House) -> str:
    change = "UPDATE channels_listing SET connection_id = %s WHERE connection_id = %s AND external_id = '1002'"
    execute("DELETE FROM channels_listing WHERE connection_id = %s AND external_id = '1002'", house.other.shop.pk)
    execute(change, house.other.shop.pk, house.one.shop.pk)
    return house.one.shop.code
