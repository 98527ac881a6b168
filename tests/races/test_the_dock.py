"""Two people at one delivery: nothing is counted twice, nothing is lost, and the books agree."""

from __future__ import annotations

import pytest

from tests.books import findings
from tests.floor_world import a_coded_sku
from tests.races.together import together
from tests.receiving_world import a_delivery, arrived, carried, counted, lying
from tests.world import NOON, WORLD, a_seller, a_warehouse
from toiya.domain.inbound.actions.completing import complete_delivery
from toiya.domain.inbound.actions.taking_back import take_back_count
from toiya.domain.inbound.models import BundleLine, Receipt, TakenBack
from toiya.domain.warehouses.actions.places import place_of_kind
from toiya.domain.warehouses.models import Bin

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.usefixtures("transactional_db")
def test_counts_of_two_people_add_up_and_a_scan_sent_twice_at_once_is_one() -> None:
    seller, house = a_seller(), a_warehouse()
    sku = a_coded_sku(seller, "TOTE")
    bundle = arrived(a_delivery(seller, house, {sku: 10}))
    works = [lambda: counted(bundle, sku, 1) for _ in range(4)]
    works += [lambda: counted(bundle, sku, 2, scan_id="sent-twice-at-once") for _ in range(2)]

    ends = together(works)

    assert (ends.troubles, ends.refusals) == ([], [])
    assert BundleLine.objects.get(sku=sku).received == 6
    assert Receipt.objects.count() == 5
    assert lying(sku) == {"DOCK-1": 6}
    assert findings() == []


@pytest.mark.usefixtures("transactional_db")
def test_a_count_beside_the_end_is_in_or_refused_and_pieces_are_carried_away_once() -> None:
    seller, house = a_seller(), a_warehouse()
    sku = a_coded_sku(seller, "TOTE")
    bundle = arrived(a_delivery(seller, house, {sku: 3}))
    counted(bundle, sku, 2)

    ends = together(
        [
            lambda: counted(bundle, sku, 1),
            lambda: complete_delivery(bundle_id=bundle.pk, actor=WORLD, at=NOON),
        ]
    )
    assert ends.troubles == []
    pieces = 2 if ends.refusals else 3
    assert bundle.differences.count() == (1 if ends.refusals else 0)

    ends = together([lambda: carried(sku, house, pieces, "A01-01-1") for _ in range(2)])
    assert (ends.troubles, len(ends.refusals)) == ([], 1)
    assert lying(sku) == {"A01-01-1": pieces}
    assert findings() == []


@pytest.mark.usefixtures("transactional_db")
def test_a_place_is_made_once() -> None:
    house = a_warehouse()
    ends = together([lambda: place_of_kind(warehouse_id=house.pk, kind=Bin.Kind.DOCK) for _ in range(4)])
    assert ends.troubles == []
    assert Bin.objects.filter(kind=Bin.Kind.DOCK).count() == 1


@pytest.mark.usefixtures("transactional_db")
def test_a_count_is_taken_back_once_and_never_under_pieces_that_are_carried_away() -> None:
    seller, house = a_seller(), a_warehouse()
    sku = a_coded_sku(seller, "TOTE")
    bundle = arrived(a_delivery(seller, house, {sku: 10}))
    counted(bundle, sku, 3)
    counted(bundle, sku, 2)

    def take_back() -> object:
        return take_back_count(bundle_id=bundle.pk, scan_id="sent-twice-at-once", actor=WORLD, at=NOON)

    works = [take_back, take_back, lambda: carried(sku, house, 4, "A01-01-1")]
    ends = together(works)

    assert ends.troubles == []
    is_taken_back = TakenBack.objects.count()
    assert sum(lying(sku).values()) == (3 if is_taken_back else 5)
    assert lying(sku).get("A01-01-1", 0) == (0 if is_taken_back else 4)
    assert len(ends.refusals) == (1 if is_taken_back else 2)
    assert findings() == []
