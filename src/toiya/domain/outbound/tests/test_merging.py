"""Orders to one receiver that are sent together."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.split_world import merged, split, things, verify_finds
from tests.world import NOON, a_seller, a_sku, a_warehouse, acting_for, an_order, held, judged, stock_of
from toiya.core.errors import NotFound
from toiya.core.models import EventRow
from toiya.domain.orders.models import LineOrigin, OpenOrder, Order
from toiya.domain.outbound.actions.merging import NotAlike, NothingToMerge, merge_orders
from toiya.domain.outbound.actions.splitting import StaysTogether
from toiya.domain.outbound.togethers import orders_together_with
from toiya.domain.stock.models import Balance

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(minutes=5)


def test_all_lines_go_with_the_oldest_and_keep_their_pieces() -> None:
    seller, house = a_seller(), a_warehouse()
    sku = a_sku(seller)
    stock_of(sku, house, 3)
    young = an_order(seller, {"LT-NVM": 2}, external_id="Y", at=LATER)
    old = an_order(seller, external_id="O")
    judged(young, old)
    assert orders_together_with(young) == [old]

    into = merged(young, old)

    assert (into.pk, into.status, into.total_minor) == (old.pk, "allocated", 3600)
    assert things(into) == [("Y-1", 2), ("O-1", 1)]
    ended = Order.objects.get(pk=young.pk)
    assert (ended.status, ended.total_minor, ended.merged_away.into_id) == ("cancelled", 0, old.pk)
    assert not OpenOrder.objects.filter(order=ended).exists()
    assert Balance.objects.get(sku=sku).allocated == 3
    told = EventRow.objects.filter(name__in=["order.merged", "order.merged_away", "order.cancelled"]).order_by("id")
    assert [(row.subject, row.name, row.data) for row in told] == [
        (old.code, "order.merged", {"orders": young.code, "lines": 1}),
        (young.code, "order.merged_away", {"into": old.code}),
    ]
    assert verify_finds() == []


def test_parts_that_were_divided_go_together_again() -> None:
    seller, _ = a_seller(), a_warehouse()
    a_sku(seller)
    order = judged(an_order(seller, {"LT-NVM": 3}, external_id="C"))[0]
    into = merged(*split(order, 1))
    assert (into.pk, things(into), into.total_minor) == (order.pk, [("C-1", 2), ("C-1", 1)], 3600)
    assert LineOrigin.objects.filter(order=order, bought=3).count() == 2
    assert verify_finds() == []


def test_other_receivers_shops_and_held_orders_go_alone() -> None:
    seller, _ = a_seller(), a_warehouse()
    a_sku(seller)
    mine = an_order(seller)
    others = [
        an_order(seller, receiver="佐藤 花"),
        an_order(seller, shop_code="SHP-2"),
        an_order(seller),
    ]
    held(others[2], "seller_waits")
    assert orders_together_with(mine) == []
    for other in others:
        with pytest.raises(NotAlike):
            merged(mine, other)
    assert Order.objects.filter(status="cancelled").count() == 0


def test_an_order_alone_one_that_is_over_or_of_another_seller_is_refused() -> None:
    seller, other, _ = a_seller(), a_seller("Kumo"), a_warehouse()
    a_sku(seller)
    first, second, third = (an_order(seller) for _ in range(3))
    with pytest.raises(NothingToMerge):
        merged(first, first)
    merged(first, second)
    with pytest.raises(StaysTogether):
        merged(second, third)
    with pytest.raises(NotFound):
        merge_orders(order_codes=[first.code, third.code], actor=acting_for(other), at=NOON)
