"""What people do with goods outside an order; what is refused changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tests.books import findings, fingerprint
from tests.world import NOON, WORLD, a_seller, a_sku, a_warehouse, an_order, judged, stock_of
from toiya.core.errors import NotFound, Refusal
from toiya.core.models import EventRow
from toiya.domain.catalog.models import Sku
from toiya.domain.stock.actions.goods import (
    Arrival,
    BinElsewhere,
    QuantityNotPositive,
    QuantityPromised,
    adjust_stock,
    move_stock,
    receive_stock,
)
from toiya.domain.stock.actions.ledger import NotEnoughStock
from toiya.domain.stock.models import Balance, BinStock
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db


@pytest.fixture
def warehouse(db: None) -> Warehouse:
    return a_warehouse()


@pytest.fixture
def sku(warehouse: Warehouse) -> Sku:
    """A SKU with ten pieces in A01-01-1."""
    sku = a_sku(a_seller())
    stock_of(sku, warehouse, 10)
    return sku


def receive(sku: Sku, warehouse: Warehouse, *arrivals: Arrival) -> None:
    receive_stock(
        seller_id=sku.seller_id, warehouse_id=warehouse.pk, arrivals=arrivals, source="CB-2", actor=WORLD, at=NOON
    )


def move(sku: Sku, warehouse: Warehouse, quantity: int, lot: str = "", end: Warehouse | None = None) -> None:
    move_stock(
        sku=sku,
        from_bin=warehouse.bins.get(code="A01-01-1"),
        to_bin=(end or warehouse).bins.get(code="A01-02-1"),
        quantity=quantity,
        lot=lot,
        actor=WORLD,
        at=NOON,
    )


def adjust(sku: Sku, warehouse: Warehouse, difference: int, bin_code: str = "A01-01-1") -> None:
    place = warehouse.bins.get(code=bin_code)
    adjust_stock(sku=sku, place=place, difference=difference, lot="", reason="counted", actor=WORLD, at=NOON)


def refused(kind: type[Refusal], step: Callable[[], None]) -> Refusal:
    before = fingerprint()
    with pytest.raises(kind) as refusal:
        step()
    assert fingerprint() == before
    return refusal.value


def test_received_pieces_are_on_hand_in_their_bin_and_told(sku: Sku, warehouse: Warehouse) -> None:
    place = warehouse.bins.get(code="A01-03-1")
    receive(sku, warehouse, Arrival(sku.pk, place.pk, 5, "L1", date(2027, 3, 31)), Arrival(sku.pk, place.pk, 2, "L1"))
    assert Balance.objects.get(sku=sku).on_hand == 17
    assert list(BinStock.objects.filter(bin=place).values_list("lot", "expires_on", "quantity")) == [
        ("L1", date(2027, 3, 31), 7)
    ]
    told = EventRow.objects.filter(name="stock.received", subject=sku.code).order_by("pk")
    assert [row.data["quantity"] for row in told] == [10, 5, 2]
    assert findings() == []


@pytest.mark.parametrize("quantity", [0, -1, 1_000_001])
def test_a_quantity_out_of_range_is_not_received(sku: Sku, warehouse: Warehouse, quantity: int) -> None:
    place = warehouse.bins.get(code="A01-03-1")
    arrivals = [Arrival(sku.pk, place.pk, 1), Arrival(sku.pk, place.pk, quantity)]
    refused(QuantityNotPositive, lambda: receive(sku, warehouse, *arrivals))


def test_another_sellers_sku_is_not_received(sku: Sku, warehouse: Warehouse) -> None:
    foreign = a_sku(a_seller("Kaede"))
    place = warehouse.bins.get(code="A01-03-1")
    refused(NotFound, lambda: receive(sku, warehouse, Arrival(sku.pk, place.pk, 1), Arrival(foreign.pk, place.pk, 1)))


def test_pieces_are_not_received_into_a_bin_of_another_warehouse(sku: Sku, warehouse: Warehouse) -> None:
    place = a_warehouse("KWG", "Kawaguchi").bins.get(code="A01-03-1")
    refusal = refused(BinElsewhere, lambda: receive(sku, warehouse, Arrival(sku.pk, place.pk, 1)))
    assert refusal.details == {"bin": "A01-03-1"}


def test_moved_pieces_stay_on_hand_and_promised(sku: Sku, warehouse: Warehouse) -> None:
    judged(an_order(sku.seller, {"LT-NVM": 8}))
    move(sku, warehouse, 6)
    balance = Balance.objects.get(sku=sku)
    assert (balance.on_hand, balance.allocated) == (10, 8)
    assert list(BinStock.objects.order_by("bin__code").values_list("bin__code", "quantity")) == [
        ("A01-01-1", 4),
        ("A01-02-1", 6),
    ]
    assert findings() == []


def test_the_last_usable_day_goes_with_the_pieces(sku: Sku, warehouse: Warehouse) -> None:
    start = warehouse.bins.get(code="A01-01-1")
    receive(sku, warehouse, Arrival(sku.pk, start.pk, 4, "L1", date(2027, 3, 31)))
    move(sku, warehouse, 3, lot="L1")
    assert BinStock.objects.get(bin__code="A01-02-1", lot="L1").expires_on == date(2027, 3, 31)


@pytest.mark.parametrize(
    ("quantity", "kind"), [(0, QuantityNotPositive), (-1, QuantityNotPositive), (11, NotEnoughStock)]
)
def test_what_the_bin_does_not_hold_is_not_moved(
    sku: Sku, warehouse: Warehouse, quantity: int, kind: type[Refusal]
) -> None:
    refused(kind, lambda: move(sku, warehouse, quantity))


def test_pieces_of_a_lot_the_bin_does_not_hold_are_not_moved(sku: Sku, warehouse: Warehouse) -> None:
    refused(NotEnoughStock, lambda: move(sku, warehouse, 1, lot="L9"))


def test_pieces_are_not_moved_to_a_bin_of_another_warehouse(sku: Sku, warehouse: Warehouse) -> None:
    other = a_warehouse("KWG", "Kawaguchi")
    refused(BinElsewhere, lambda: move(sku, warehouse, 1, end=other))


def test_a_count_corrects_bin_and_balance_and_says_why(sku: Sku, warehouse: Warehouse) -> None:
    adjust(sku, warehouse, -3)
    adjust(sku, warehouse, 2, bin_code="A01-05-1")
    assert Balance.objects.get(sku=sku).on_hand == 9
    told = EventRow.objects.filter(name="stock.adjusted").order_by("pk")
    assert [(row.data["difference"], row.data["reason"]) for row in told] == [(-3, "counted"), (2, "counted")]
    assert findings() == []


def test_promised_pieces_are_not_written_off(sku: Sku, warehouse: Warehouse) -> None:
    judged(an_order(sku.seller, {"LT-NVM": 8}))
    refusal = refused(QuantityPromised, lambda: adjust(sku, warehouse, -3))
    assert refusal.details == {"sku": sku.code, "available": 2}
    adjust(sku, warehouse, -2)
    assert Balance.objects.get(sku=sku).available == 0


def test_more_than_the_bin_holds_is_not_written_off(sku: Sku, warehouse: Warehouse) -> None:
    refused(NotEnoughStock, lambda: adjust(sku, warehouse, -1, bin_code="A01-02-1"))


def test_a_difference_of_nothing_is_no_correction(sku: Sku, warehouse: Warehouse) -> None:
    refused(QuantityNotPositive, lambda: adjust(sku, warehouse, 0))


def test_a_sku_that_never_was_here_can_be_found_by_a_count(sku: Sku, warehouse: Warehouse) -> None:
    new = a_sku(sku.seller, seller_code="NEW")
    adjust(new, warehouse, 2)
    assert Balance.objects.get(sku=new).on_hand == 2
