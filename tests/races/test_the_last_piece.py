"""An owner's and a partner's order at the last shared piece: one gets it, whoever comes first."""

from __future__ import annotations

import pytest

from tests.books import findings
from tests.lending_world import holds, shared
from tests.races.together import together
from tests.world import a_seller, a_sku, a_warehouse, an_order, judged, stock_of
from toiya.domain.lending.jobs import settle
from toiya.domain.orders.models import Order

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.seed("A079")
@pytest.mark.usefixtures("transactional_db")
def test_the_last_piece_is_the_owners_or_the_partners_and_never_both() -> None:
    owner, partner, house = a_seller(), a_seller("Kaede"), a_warehouse()
    tote = a_sku(owner)
    stock_of(tote, house, 1)
    mine = shared(tote, partner).sku
    theirs = judged(an_order(partner, {"MINE": 1}))[0]

    ends = together([lambda: judged(an_order(owner)), *[lambda: settle(partner.pk) for _ in range(3)]])
    settle(partner.pk)
    judged(theirs)

    assert (ends.troubles, ends.refusals) == ([], [])
    statuses = sorted(Order.objects.values_list("status", flat=True))
    assert statuses == ["allocated", "waiting"]
    assert (holds(tote)[0] + holds(mine)[0], holds(tote)[1] + holds(mine)[1]) == (1, 1)
    assert findings() == []


@pytest.mark.usefixtures("transactional_db")
def test_four_jobs_at_once_take_what_the_orders_lack_and_no_more() -> None:
    owner, partner, house = a_seller(), a_seller("Kaede"), a_warehouse()
    tote = a_sku(owner)
    stock_of(tote, house, 9)
    mine = shared(tote, partner).sku
    judged(an_order(partner, {"MINE": 2}), an_order(partner, {"MINE": 1}))

    ends = together([lambda: settle(partner.pk) for _ in range(4)])
    settle(partner.pk)

    assert (ends.troubles, ends.refusals) == ([], [])
    assert (holds(tote), holds(mine)) == ((6, 0), (3, 0))
    assert findings() == []
