"""Damage to what is kept of nightly comparisons."""

from __future__ import annotations

from tests.verify.damage import breaks, execute
from tests.verify.whole_house import House
from tests.world import a_shop


@breaks("differences_are_counted")
def a_difference_that_no_night_tells_of(house: House) -> str:
    execute("UPDATE channels_reconciliation SET differences = 0 WHERE connection_id = %s", house.one.shop.pk)
    return house.one.shop.code


@breaks("differences_of_their_own_shop")
def a_night_of_another_shop(house: House) -> str:
    second = a_shop(house.one.seller, shop_id="second")
    change = "UPDATE channels_reconciliation SET connection_id = %s WHERE connection_id = %s"
    execute(change, second.pk, house.one.shop.pk)
    return second.code
