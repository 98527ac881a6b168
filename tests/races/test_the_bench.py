"""Two workers at one work order: no part is used twice, nothing more is made than was wanted."""

from __future__ import annotations

import pytest

from tests.assembly_world import an_assembled, in_work, made
from tests.books import findings
from tests.bundles_world import own_sku
from tests.races.together import together
from tests.world import a_seller, a_warehouse, stock_of
from toiya.domain.stock.models import Balance

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.seed("L11")
@pytest.mark.usefixtures("transactional_db")
def test_two_workers_make_what_was_wanted_and_no_more() -> None:
    seller, house = a_seller(), a_warehouse()
    gift = an_assembled(seller, "GIFT", {"CUP": 2})
    stock_of(own_sku(seller, "CUP"), house, 20)
    order = in_work(gift, house, 5)

    ends = together([lambda: made(order, 2) for _ in range(4)])

    order.refresh_from_db()
    assert (ends.troubles, len(ends.refusals), order.made) == ([], 2, 4)
    ends = together([lambda: made(order, 1, "sent-twice") for _ in range(3)])
    order.refresh_from_db()
    assert (ends.troubles, ends.refusals, order.made, order.status) == ([], [], 5, "completed")
    assert Balance.objects.get(sku=gift).on_hand == 5
    assert Balance.objects.get(sku__seller_code="CUP").on_hand == 10
    assert findings() == []
