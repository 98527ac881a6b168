"""What comes in today leaves today where an order waits for it: from the dock, without a way over the shelf."""

from __future__ import annotations

import pytest

from tests.books import findings
from tests.floor_world import a_person
from tests.receiving_world import a_delivery, arrived, counted, lying
from tests.returns_world import sent_out
from tests.world import NOON, a_seller, a_sku, a_warehouse, an_order, judged, money_in
from toiya.domain.inbound import queries

pytestmark = pytest.mark.django_db


@pytest.mark.seed("A199")
def test_an_order_that_waits_for_a_delivery_leaves_on_the_day_it_comes() -> None:
    seller, house = a_seller(), a_warehouse()
    money_in(seller, 10_000)
    tote = a_sku(seller)
    late = judged(an_order(seller, {"LT-NVM": 2}))[0]
    assert (late.status, late.waiting_reason) == ("waiting", "not_enough_stock")

    bundle = a_delivery(seller, house, {tote: 10})
    place = queries.place_of(bundle, NOON)
    assert place is not None
    assert (place.position, place.booked_at is not None) == (1, True)  # what is promised is shown before it comes
    arrived(bundle)
    counted(bundle, tote, 10)
    assert lying(tote) == {"DOCK-1": 10}

    (order,) = judged(late)
    order = sent_out(order, a_person(house), house)
    assert (order.status, order.shipped_at, lying(tote)) == ("shipped", NOON, {"DOCK-1": 8})
    assert findings() == []
