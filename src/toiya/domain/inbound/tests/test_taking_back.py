"""CMD-UNDO at the dock: a counter-entry, only of one's own count, only while the pieces lie there unpromised."""

from __future__ import annotations

from datetime import date

import pytest

from tests.books import findings
from tests.floor_world import a_coded_sku, a_person, acting_as
from tests.receiving_world import a_delivery, arrived, carried, counted, lying
from tests.world import NOON, WORLD, a_seller, a_warehouse, an_order, judged
from toiya.core.models import EventRow
from toiya.domain.catalog.models import Sku
from toiya.domain.inbound import counting
from toiya.domain.inbound.actions.completing import complete_delivery
from toiya.domain.inbound.actions.counting import DeliveryNotHere
from toiya.domain.inbound.actions.taking_back import (
    CountCarriedOff,
    NothingToTakeBack,
    Undone,
    take_back_count,
)
from toiya.domain.inbound.models import CargoBundle, Receipt, TakenBack
from toiya.domain.members.models import Seller
from toiya.domain.stock.actions.goods import QuantityPromised
from toiya.domain.stock.models import Movement
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db
DAMAGED = Receipt.Condition.DAMAGED


@pytest.fixture
def seller(db: None) -> Seller:
    return a_seller()


@pytest.fixture
def house(db: None) -> Warehouse:
    return a_warehouse()


@pytest.fixture
def tote(seller: Seller) -> Sku:
    return a_coded_sku(seller, "TOTE")


@pytest.fixture
def here(seller: Seller, house: Warehouse, tote: Sku) -> CargoBundle:
    return arrived(a_delivery(seller, house, {tote: 10}))


def undone(bundle: CargoBundle, scan_id: str = "undo-0001") -> Undone:
    return take_back_count(bundle_id=bundle.pk, scan_id=scan_id, actor=WORLD, at=NOON)


def numbers(bundle: CargoBundle) -> tuple[int, int]:
    line = bundle.lines.get()
    return line.received, line.damaged


def test_the_last_count_goes_by_a_counter_entry_and_the_one_before_by_the_next(here: CargoBundle, tote: Sku) -> None:
    counted(here, tote, 4)
    counted(here, tote, 2, condition=DAMAGED)
    undone(here)
    undone(here)
    assert (numbers(here), lying(tote), TakenBack.objects.count()) == ((4, 0), {"DOCK-1": 4}, 1)
    undone(here, "undo-0002")
    assert (numbers(here), lying(tote)) == ((0, 0), {})
    kinds = list(Movement.objects.order_by("pk").values_list("kind", "quantity"))
    received, block, unblock, lost = (
        Movement.Kind.RECEIVE, Movement.Kind.BLOCK, Movement.Kind.UNBLOCK, Movement.Kind.LOST,
    )  # fmt: skip
    assert kinds == [(received, 4), (received, 2), (block, 2), (unblock, 2), (lost, 2), (lost, 4)]
    assert Receipt.objects.count() == 2
    assert EventRow.objects.filter(name="bundle.count_taken_back", subject=here.code).count() == 2
    with pytest.raises(NothingToTakeBack):
        undone(here, "undo-0003")
    assert findings() == []


def test_pieces_with_a_lot_and_unknown_things_are_taken_back_too(here: CargoBundle, tote: Sku) -> None:
    counted(here, None, 1, scanned="XYZ")
    counted(here, tote, 3, lot="L1", expires_on=date(2027, 1, 31))
    undone(here)
    assert lying(tote) == {}
    assert undone(here, "undo-0002").line is None
    assert counting.whole_progress(here).unknown == 0
    (difference,) = complete_delivery(bundle_id=here.pk, actor=WORLD, at=NOON)
    assert (difference.kind, difference.pieces) == ("fewer", 10)
    assert findings() == []


def test_nobody_takes_back_what_another_person_counted(here: CargoBundle, tote: Sku, house: Warehouse) -> None:
    counted(here, tote, 4, actor=acting_as(a_person(house)))
    with pytest.raises(NothingToTakeBack):
        undone(here)
    assert numbers(here) == (4, 0)


def test_what_was_put_away_promised_or_completed_stays(
    here: CargoBundle, tote: Sku, seller: Seller, house: Warehouse
) -> None:
    counted(here, tote, 4)
    carried(tote, house, 1, "A01-06-1")
    with pytest.raises(CountCarriedOff):
        undone(here)
    counted(here, tote, 2)
    judged(an_order(seller, {"TOTE": 5}))
    with pytest.raises(QuantityPromised):
        undone(here)
    complete_delivery(bundle_id=here.pk, actor=WORLD, at=NOON)
    with pytest.raises(DeliveryNotHere):
        undone(here)
    assert (numbers(here), TakenBack.objects.exists()) == ((6, 0), False)
