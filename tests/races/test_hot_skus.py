"""Ten SKUs that everybody wants, eight people at once, in sets and by hand: none oversold, nobody locked out."""

from __future__ import annotations

import pytest

from tests.books import findings
from tests.races.together import together
from tests.world import NOON, WORLD, a_seller, a_warehouse, an_order, some_skus, stock_of
from toiya.domain.allocation.actions.branching import send_from, take_back_orders
from toiya.domain.allocation.actions.promising import allocate_orders
from toiya.domain.orders.models import Order
from toiya.domain.stock.models import Balance

pytestmark = pytest.mark.django_db(transaction=True)
THREADS, EACH, PIECES = 8, 4, 12


def test_eight_at_once_on_ten_hot_skus_oversell_nothing_and_never_lock_each_other_out() -> None:
    seller, house = a_seller(), a_warehouse()
    for sku in some_skus(seller, 10):
        stock_of(sku, house, PIECES)
    names = [f"T-{number:03d}" for number in range(1, 11)]
    turns = [[(number * 7 + place * 3) % 10 for place in range(EACH)] for number in range(THREADS)]
    sets = [
        [an_order(seller, {names[(start + step * (1 + start % 3)) % 10]: 2 for step in range(4)}) for start in starts]
        for starts in turns
    ]

    def work(number: int, orders: list[Order]) -> None:
        codes = [order.code for order in orders]
        if number % 2:
            allocate_orders(seller_id=seller.pk, order_ids=[order.pk for order in orders], actor=WORLD, at=NOON)
        else:
            send_from(order_codes=codes, warehouse_code=house.code, actor=WORLD, at=NOON)
        take_back_orders(order_codes=codes[: number % 3], actor=WORLD, at=NOON)

    ends = together([lambda number=number, orders=orders: work(number, orders) for number, orders in enumerate(sets)])  # type: ignore[misc]
    assert (ends.refusals, ends.troubles, len(ends.answers)) == ([], [], THREADS)
    assert all(0 <= balance.allocated <= PIECES for balance in Balance.objects.all())
    assert Order.objects.filter(status="allocated").count() > 0
    assert findings() == []
