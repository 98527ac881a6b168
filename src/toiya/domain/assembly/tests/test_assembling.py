"""Work orders from asking to the last piece, and back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.assembly_world import a_work_order, accepted, an_assembled, apart, in_work, made
from tests.books import findings
from tests.bundles_world import own_sku
from tests.world import NOON, WORLD, a_seller, a_warehouse, acting_for, an_order, judged, stock_of
from toiya.core.errors import NotFound, Refusal
from toiya.core.models import EventRow
from toiya.core.states import NoSuchStep
from toiya.domain.assembly.actions.asking import (
    NotAssembled,
    PartsMissing,
    PiecesOff,
    decline_assembly,
    start_assembly,
    stop_assembly,
)
from toiya.domain.assembly.actions.making import BinNotChosen, NotInWork, PartNotInBin, choose_bin
from toiya.domain.assembly.models import Making, WorkOrder
from toiya.domain.catalog.models import Sku
from toiya.domain.members.models import Seller
from toiya.domain.stock.actions.goods import Arrival, receive_stock
from toiya.domain.stock.models import Balance, BinStock, Movement
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db


@pytest.fixture
def seller() -> Seller:
    return a_seller()


@pytest.fixture
def house() -> Warehouse:
    return a_warehouse()


@pytest.fixture
def gift(seller: Seller, house: Warehouse) -> Sku:
    """GIFT: two cups and a tin, parts for five."""
    gift = an_assembled(seller, "GIFT", {"CUP": 2, "TIN": 1})
    stock_of(own_sku(seller, "CUP"), house, 10)
    stock_of(own_sku(seller, "TIN"), house, 9, bin_code="A01-02-1")
    return gift


def on_hand(seller: Seller) -> dict[str, int]:
    rows = Balance.objects.filter(seller=seller).values_list("sku__seller_code", "on_hand")
    return dict(rows)


def in_bins(seller: Seller, code: str) -> dict[str, int]:
    rows = BinStock.objects.filter(seller=seller, sku__seller_code=code, quantity__gt=0)
    return dict(rows.values_list("bin__code", "quantity"))


@pytest.mark.seed("L11", "A191")
def test_a_work_order_is_made_in_two_goes_and_its_pieces_are_sold_like_any_other(gift: Sku, house: Warehouse) -> None:
    order = in_work(gift, house, 5)
    made(order, 2)
    assert on_hand(gift.seller) == {"GIFT": 2, "CUP": 6, "TIN": 7}
    order = made(order, 3)
    assert (order.status, order.made, order.price_minor) == ("completed", 5, 50)
    assert on_hand(gift.seller) == {"GIFT": 5, "CUP": 0, "TIN": 4}
    assert in_bins(gift.seller, "GIFT") == {"A01-06-1": 5}
    (sold,) = judged(an_order(gift.seller, {"GIFT": 5}))
    assert sold.status == "allocated"
    assert findings() == []


@pytest.mark.seed("L11")
def test_the_same_scan_twice_is_one(gift: Sku, house: Warehouse) -> None:
    order = in_work(gift, house, 5)
    for _ in range(2):
        made(order, 2, "sent-twice")
    for _ in range(2):
        apart(order, 1, "apart-twice")
    order.refresh_from_db()
    assert (order.made, order.taken_apart, Making.objects.count()) == (2, 1, 2)
    assert on_hand(gift.seller) == {"GIFT": 1, "CUP": 8, "TIN": 8}
    assert findings() == []


@pytest.mark.seed("L11")
def test_stopped_half_way_what_is_made_stays(gift: Sku, house: Warehouse) -> None:
    order = in_work(gift, house, 5)
    made(order, 2)
    order = stop_assembly(code=order.code, actor=WORLD, at=NOON)
    assert (order.status, order.made) == ("cancelled", 2)
    refused(NotInWork, lambda: made(order, 1))
    assert on_hand(gift.seller) == {"GIFT": 2, "CUP": 6, "TIN": 7}
    assert findings() == []


@pytest.mark.seed("L11")
def test_taking_apart_brings_the_parts_back_to_their_bins_and_lots(seller: Seller, house: Warehouse) -> None:
    gift = an_assembled(seller, "GIFT", {"CUP": 2})
    cup = own_sku(seller, "CUP")
    for lot, pieces in (("L1", 3), ("L2", 5)):
        arrival = Arrival(cup.pk, house.bins.get(code="A01-01-1").pk, pieces, lot)
        receive_stock(
            seller_id=seller.pk, warehouse_id=house.pk, arrivals=[arrival], source="CB-TEST", actor=WORLD, at=NOON
        )
    order = in_work(gift, house, 4)
    made(order, 4)
    apart(order, 3)
    lots = BinStock.objects.filter(sku=cup, quantity__gt=0).values_list("lot", "quantity")
    assert sum(pieces for _, pieces in lots) == 6
    assert on_hand(seller) == {"GIFT": 1, "CUP": 6}
    apart(order, 1)
    assert dict(BinStock.objects.filter(sku=cup).values_list("lot", "quantity")) == {"L1": 3, "L2": 5}
    refused(PiecesOff, lambda: apart(order, 1))
    kinds = Movement.objects.filter(source=order.code).values_list("kind", flat=True)
    assert set(kinds) == {31, 32}
    assert findings() == []


def test_promised_pieces_are_never_taken(gift: Sku, house: Warehouse) -> None:
    order = in_work(gift, house, 5)
    judged(an_order(gift.seller, {"CUP": 7}))
    made(order, 1)
    refused(PartsMissing, lambda: made(order, 1))
    judged(an_order(gift.seller, {"GIFT": 1}, external_id="second"))
    refused(PartsMissing, lambda: apart(order, 1))
    assert findings() == []


def test_it_starts_only_with_all_parts_free(gift: Sku, house: Warehouse) -> None:
    order = a_work_order(gift, house, 6)
    refused(NoSuchStep, lambda: start_assembly(code=order.code, actor=WORLD, at=NOON))
    accepted(order)
    refused(PartsMissing, lambda: start_assembly(code=order.code, actor=WORLD, at=NOON))
    refused(NotInWork, lambda: choose_bin(code=order.code, place=house.bins.all()[0], actor=WORLD, at=NOON))


def test_bins_are_scanned_before_anything_is_made(gift: Sku, house: Warehouse) -> None:
    order = in_work(gift, house, 5)
    cup = order.parts.get(sku__seller_code="CUP")
    empty = house.bins.get(code="A01-06-1")
    refused(PartNotInBin, lambda: choose_bin(code=order.code, place=empty, part_id=cup.pk, actor=WORLD, at=NOON))
    WorkOrder.objects.update(to_bin=None)
    refused(BinNotChosen, lambda: made(order, 1))
    refused(PiecesOff, lambda: made(order, 6))


def test_a_declined_order_says_why_and_only_assembled_bundles_are_asked_for(gift: Sku, house: Warehouse) -> None:
    order = a_work_order(gift, house, 1)
    stranger = acting_for(a_seller("Kumo"))
    refused(NotFound, lambda: stop_assembly(code=order.code, actor=stranger, at=NOON))
    declined = decline_assembly(code=order.code, reason="no bench", actor=WORLD, at=NOON)
    assert (declined.status, declined.reason) == ("declined", "no bench")
    refused(NotAssembled, lambda: a_work_order(own_sku(gift.seller, "CUP"), house, 1))
    refused(PiecesOff, lambda: a_work_order(gift, house, 0))


def refused(kind: type[Refusal], work: Callable[[], object]) -> None:
    """Refused, and nothing changed."""
    before = (Movement.objects.count(), Making.objects.count(), EventRow.objects.count())
    with pytest.raises(kind):
        work()
    assert (Movement.objects.count(), Making.objects.count(), EventRow.objects.count()) == before
