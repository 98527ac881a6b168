"""Pieces from one warehouse to another: promised, collected, on the way, put away; each one is accounted for."""

from __future__ import annotations

import pytest

from tests.books import findings
from tests.floor_world import in_bin
from tests.transfers_world import arrived, asked, collected, confirmed, on_the_way, put_away
from tests.world import NOON, WORLD, a_seller, a_sku, a_warehouse, acting_for, an_order, judged, stock_of
from toiya.core.errors import NotFound, Refusal
from toiya.core.states import NoSuchStep
from toiya.domain.catalog.models import Sku
from toiya.domain.members.models import Seller
from toiya.domain.stock.actions.goods import Arrival, BinElsewhere, receive_stock
from toiya.domain.stock.models import Balance, BinStock, Movement
from toiya.domain.transfers.actions.arriving import MoreThanSent, choose_target, put_extra_away
from toiya.domain.transfers.actions.asking import (
    SameWarehouse,
    TransferNotFree,
    TransferPiecesOff,
    cancel_transfer,
    decline_transfer,
)
from toiya.domain.transfers.actions.sending import NothingCollected, NotInThatBin, send_transfer
from toiya.domain.transfers.models import Transfer
from toiya.domain.transfers.rules import Lying, taken
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db


@pytest.fixture
def seller() -> Seller:
    return a_seller()


@pytest.fixture
def warehouse() -> Warehouse:
    return a_warehouse()


@pytest.fixture
def osaka() -> Warehouse:
    return a_warehouse("OSK", "Osaka")


@pytest.fixture
def tote(seller: Seller, warehouse: Warehouse) -> Sku:
    sku = a_sku(seller)
    stock_of(sku, warehouse, 10)
    return sku


def trio(sku: Sku, warehouse: Warehouse) -> tuple[int, int, int]:
    balance = Balance.objects.filter(sku=sku, warehouse=warehouse).first() or Balance()
    return balance.on_hand, balance.allocated, balance.available


@pytest.mark.seed("L45")
def test_pieces_are_promised_then_on_the_way_then_sold_at_the_other_warehouse(
    seller: Seller, tote: Sku, warehouse: Warehouse, osaka: Warehouse
) -> None:
    transfer = asked(tote, warehouse, osaka, 6, actor=acting_for(seller))
    assert (transfer.status, trio(tote, warehouse)) == ("requested", (10, 6, 4))
    order = judged(an_order(seller, {"LT-NVM": 5}))[0]
    assert (order.status, order.waiting_reason) == ("waiting", "not_enough_stock")

    collected(transfer, 4)
    assert (trio(tote, warehouse), trio(tote, osaka)) == ((6, 2, 4), (0, 0, 0))
    assert findings() == []
    send_transfer(code=transfer.code, actor=WORLD, at=NOON)
    assert trio(tote, warehouse) == (6, 0, 6)

    for _ in range(2):
        put_away(transfer, 3, scan_id="sent-twice")
    assert (trio(tote, osaka), in_bin(osaka, "A01-02-1")) == ((3, 0, 3), 3)
    put_away(transfer, 1)
    done = arrived(transfer)
    assert (done.status, done.under_way, trio(tote, osaka)) == ("arrived", 0, (4, 0, 4))
    kinds = Movement.objects.filter(source=transfer.code).order_by("pk").values_list("kind", "quantity")
    assert list(kinds) == [(2, 6), (41, 4), (3, 2), (42, 3), (42, 1)]
    assert findings() == []


def test_what_never_came_is_missing_and_what_nobody_sent_is_extra(
    tote: Sku, warehouse: Warehouse, osaka: Warehouse
) -> None:
    short, long = on_the_way(asked(tote, warehouse, osaka, 3), 3), on_the_way(asked(tote, warehouse, osaka, 2), 2)
    put_away(short, 2)
    put_away(long, 1)
    with pytest.raises(MoreThanSent):
        put_extra_away(code=long.code, confirmed=confirmed(1), actor=WORLD, at=NOON)
    with pytest.raises(MoreThanSent):
        put_away(long, 2)
    put_away(long, 1)
    put_extra_away(code=long.code, confirmed=confirmed(1), actor=WORLD, at=NOON)

    assert (arrived(short).under_way, arrived(long).extra) == (1, 1)
    assert trio(tote, osaka) == (5, 0, 5)
    assert arrived(short).status == "arrived"
    assert findings() == []


def test_lots_and_last_days_travel_and_what_expires_first_goes_first(
    seller: Seller, warehouse: Warehouse, osaka: Warehouse
) -> None:
    tea, place = a_sku(seller, "TEA"), warehouse.bins.get(code="A01-01-1")
    days = {"B": "2027-05-01", "A": "2027-03-01"}
    lots = [Arrival(tea.pk, place.pk, 2, lot, NOON.date().fromisoformat(day)) for lot, day in days.items()]
    receive_stock(seller_id=seller.pk, warehouse_id=warehouse.pk, arrivals=lots, source="CB", actor=WORLD, at=NOON)

    transfer = on_the_way(asked(tea, warehouse, osaka, 3), 3)
    put_away(transfer, 2)
    put_away(transfer, 1)

    there = BinStock.objects.filter(sku=tea, warehouse=osaka).order_by("lot").values_list("lot", "quantity")
    last_days = BinStock.objects.filter(sku=tea, warehouse=osaka).order_by("lot").values_list("expires_on", flat=True)
    assert list(there) == [("A", 2), ("B", 1)]
    assert [str(day) for day in last_days] == ["2027-03-01", "2027-05-01"]
    assert findings() == []


@pytest.mark.parametrize("end", ["declined", "cancelled"])
def test_declined_or_cancelled_the_pieces_are_free_again(
    end: str, seller: Seller, tote: Sku, warehouse: Warehouse, osaka: Warehouse
) -> None:
    owner = acting_for(seller)
    transfer = asked(tote, warehouse, osaka, 6, actor=owner)
    if end == "declined":
        decline_transfer(code=transfer.code, reason="The truck is full.", actor=WORLD, at=NOON)
    else:
        cancel_transfer(code=transfer.code, actor=owner, at=NOON)

    transfer.refresh_from_db()
    assert (transfer.status, trio(tote, warehouse)) == (end, (10, 0, 10))
    with pytest.raises(NoSuchStep):
        cancel_transfer(code=transfer.code, actor=owner, at=NOON)
    assert findings() == []


@pytest.mark.parametrize(
    ("quantity", "target", "refusal"),
    [(11, "OSK", TransferNotFree), (0, "OSK", TransferPiecesOff), (1, "FNB", SameWarehouse), (1, "XXX", NotFound)],
)
@pytest.mark.usefixtures("osaka")
def test_a_wish_that_cannot_be_is_refused_and_changes_nothing(
    quantity: int, target: str, refusal: type[Refusal], tote: Sku, warehouse: Warehouse
) -> None:
    with pytest.raises(refusal):
        asked(tote, warehouse, Warehouse(code=target), quantity)
    assert (Transfer.objects.count(), trio(tote, warehouse)) == (0, (10, 0, 10))


def test_the_floor_takes_only_what_lies_there_and_only_in_its_own_building(
    tote: Sku, warehouse: Warehouse, osaka: Warehouse
) -> None:
    transfer = asked(tote, warehouse, osaka, 10)
    with pytest.raises(NotInThatBin):
        collected(transfer, 1, bin_code="A01-02-1")
    with pytest.raises(NothingCollected):
        send_transfer(code=transfer.code, actor=WORLD, at=NOON)
    with pytest.raises(TransferPiecesOff):
        collected(transfer, 11)
    on_the_way(transfer, 10)
    with pytest.raises(BinElsewhere):
        choose_target(code=transfer.code, place=warehouse.bins.get(code="A01-01-1"), actor=WORLD, at=NOON)
    with pytest.raises(NoSuchStep):
        cancel_transfer(code=transfer.code, actor=WORLD, at=NOON)


def test_another_seller_has_no_such_transfer(tote: Sku, warehouse: Warehouse, osaka: Warehouse) -> None:
    transfer, stranger = asked(tote, warehouse, osaka, 1), acting_for(a_seller("Kumo"))
    with pytest.raises(NotFound):
        cancel_transfer(code=transfer.code, actor=stranger, at=NOON)
    with pytest.raises(NotFound):
        asked(tote, warehouse, osaka, 1, actor=stranger)


@pytest.mark.parametrize(
    ("wanted", "lots", "found"),
    [
        (3, [Lying("A", 2), Lying("B", 5)], [("A", 2), ("B", 1)]),
        (3, [Lying("A", 2, kept=2), Lying("B", 5, kept=1)], [("B", 3)]),
        (5, [Lying("A", 2), Lying("B", 5, kept=3)], None),
        (1, [], None),
    ],
)
def test_pieces_are_taken_lot_by_lot(wanted: int, lots: list[Lying], found: list[tuple[str, int]] | None) -> None:
    assert taken(wanted, lots) == found
