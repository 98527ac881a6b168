"""The same entries from several sides at once, with a file of the same numbers beside them, are one order each."""

from __future__ import annotations

import pytest

from tests.books import findings
from tests.orders_in_world import an_entered_order, an_entry, entered
from tests.races.together import together
from tests.world import NOON, WORLD, a_draft, a_seller, a_sku, a_warehouse, acting_for
from toiya.domain.orders.actions.placing import place_orders
from toiya.domain.orders.entered import Entered
from toiya.domain.orders.models import ManagedOrder, Order
from toiya.domain.outbound.actions.reentering import correct_order

pytestmark = pytest.mark.django_db(transaction=True)
NUMBERS = [str(900 + number) for number in range(12)]


def test_entries_of_one_number_become_one_order_whoever_brings_it() -> None:
    seller = a_seller()
    a_warehouse()
    a_sku(seller)
    by_hand = [an_entry(reference=number, key=f"form {number}") for number in NUMBERS]

    def enter() -> list[Entered]:
        return entered(seller, *by_hand)

    def by_file() -> object:
        drafts = [a_draft(number, {"LT-NVM": 1}) for number in reversed(NUMBERS)]
        return place_orders(seller_id=seller.pk, drafts=drafts, actor=WORLD, at=NOON)

    ends = together([enter, enter, by_file, enter])
    assert (ends.refusals, ends.troubles) == ([], [])
    assert sorted(Order.objects.values_list("external_id", flat=True)) == NUMBERS
    assert ManagedOrder.objects.count() == Order.objects.exclude(channel="qoo10").count()
    assert findings() == []


def test_of_two_corrections_to_one_number_one_has_it_and_the_other_is_told() -> None:
    seller = a_seller()
    a_warehouse()
    a_sku(seller)
    orders = [an_entered_order(seller, reference=number) for number in NUMBERS[:4]]

    def correct(order: Order) -> Entered:
        entry = an_entry(reference="1000")
        return correct_order(order_code=order.code, entry=entry, actor=acting_for(seller), at=NOON)

    ends = together([lambda order=order: correct(order) for order in orders])  # type: ignore[misc]
    assert (ends.refusals, ends.troubles) == ([], [])
    told = sorted(answer.became for answer in ends.answers if isinstance(answer, Entered))
    assert told == ["new", "taken", "taken", "taken"]
    assert Order.objects.filter(external_id="1000").count() == 1
    assert findings() == []
