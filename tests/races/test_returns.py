"""Two doors at one parcel, two desks at a piece, a removal beside orders at the last pieces: nothing goes twice."""

from __future__ import annotations

import pytest

from tests.books import findings
from tests.races.together import together
from tests.returns_world import a_shipped_order, announced, at_desk, disposal_of, graded, removal_of, thrown_away
from tests.world import a_seller, a_sku, a_warehouse, an_order, judged, money_in, stock_of
from toiya.domain.returns.models import Removal, Return
from toiya.domain.stock.models import Balance

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.seed("L27")
@pytest.mark.usefixtures("transactional_db")
def test_one_parcel_is_one_return_and_no_more_comes_back_than_left() -> None:
    seller, house = a_seller(), a_warehouse()
    money_in(seller, 10_000)
    tote = a_sku(seller)
    stock_of(tote, house, 5)
    order = a_shipped_order(seller, house, {"LT-NVM": 3})

    ends = together([lambda: at_desk(order.code, house) for _ in range(4)])
    assert (ends.troubles, ends.refusals, Return.objects.count()) == ([], [], 1)
    found = Return.objects.get()
    ends = together([lambda: graded(found, tote, "A", 2) for _ in range(3)])
    assert (ends.troubles, len(ends.refusals), Balance.objects.get().on_hand) == ([], 2, 4)
    ends = together([lambda: announced(order, {tote.code: 1}) for _ in range(3)])
    assert (ends.troubles, len(ends.refusals)) == ([], 2)
    assert findings() == []


@pytest.mark.seed("L26")
@pytest.mark.usefixtures("transactional_db")
def test_pieces_go_to_removals_or_to_orders_and_are_thrown_away_once() -> None:
    seller, house = a_seller(), a_warehouse()
    tote = a_sku(seller)
    stock_of(tote, house, 7)
    orders = [an_order(seller, {"LT-NVM": 2}) for _ in range(2)]
    ends = together(
        [
            *[lambda: removal_of(seller, house, {tote.code: 3}) for _ in range(2)],
            *[lambda: disposal_of(seller, house, {tote.code: 3}) for _ in range(2)],
            *[lambda each=each: judged(each) for each in orders],
        ]
    )
    assert ends.troubles == []
    served = sum(order.status == "allocated" for order in judged(*orders))
    assert Balance.objects.get().allocated == 3 * Removal.objects.count() + 2 * served <= 7
    assert findings() == []

    away = Removal.objects.filter(kind="dispose").first()
    if away is not None:
        ends = together([lambda: thrown_away(away, 2) for _ in range(3)])
        assert (ends.troubles, len(ends.refusals), away.lines.get().gone) == ([], 2, 2)
        assert findings() == []
