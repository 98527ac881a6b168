"""Goods that may not be sold: out of every sum of what is available, with a reason that stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tests.books import findings, fingerprint
from tests.stock_world import put_aside, spot_of
from tests.world import NOON, WORLD, a_seller, a_sku, a_warehouse, an_order, judged, stock_of
from toiya.core.errors import Refusal
from toiya.core.models import EventRow
from toiya.domain.catalog.models import Sku
from toiya.domain.stock.actions.goods import (
    Arrival,
    QuantityNotPositive,
    QuantityPromised,
    adjust_stock,
    move_stock,
    receive_stock,
)
from toiya.domain.stock.actions.ledger import NotEnoughStock
from toiya.domain.stock.actions.reasons import NoSuchReason, Why
from toiya.domain.stock.actions.setting_aside import NoConsent, NotSetAside, free_stock, set_aside, write_off
from toiya.domain.stock.actions.spots import BinOfOrders, BinSetAside, PiecesAwaited, Spot
from toiya.domain.stock.models import Balance, BinStock, Movement, StockNote
from toiya.domain.warehouses.models import Bin, Warehouse

pytestmark = pytest.mark.django_db


@pytest.fixture
def warehouse(db: None) -> Warehouse:
    return a_warehouse()


@pytest.fixture
def sku(warehouse: Warehouse) -> Sku:
    sku = a_sku(a_seller())
    stock_of(sku, warehouse, 10)
    return sku


def refused(kind: type[Refusal], step: Callable[[], object]) -> Refusal:
    before = fingerprint("stock_", "core_event")
    with pytest.raises(kind) as caught:
        step()
    assert fingerprint("stock_", "core_event") == before
    return caught.value


def numbers(sku: Sku) -> tuple[int, int, int, int]:
    balance = Balance.objects.get(sku=sku)
    return balance.on_hand, balance.allocated, balance.blocked, balance.available


def free(spot: Spot, to_bin: Bin, quantity: int) -> None:
    free_stock(spot=spot, to_bin=to_bin, quantity=quantity, why=Why("checked"), actor=WORLD, at=NOON)


def test_damaged_pieces_stay_on_hand_and_cannot_be_promised(sku: Sku, warehouse: Warehouse) -> None:
    put_aside(spot_of(sku, warehouse), 4)
    assert numbers(sku) == (10, 0, 4, 6)
    (order,) = judged(an_order(sku.seller, {"LT-NVM": 7}))
    assert order.waiting_reason == "not_enough_stock"
    judged(an_order(sku.seller, {"LT-NVM": 6}))
    assert numbers(sku) == (10, 6, 4, 0)
    assert findings() == []


def test_the_note_is_the_source_of_the_movement_and_the_event_names_it(sku: Sku, warehouse: Warehouse) -> None:
    put_aside(spot_of(sku, warehouse), 4, "expired", "found by Mika")
    note = StockNote.objects.get()
    assert (note.reason, note.note, note.seller_id) == ("expired", "found by Mika", sku.seller_id)
    moved = Movement.objects.get(kind=Movement.Kind.BLOCK)
    assert (moved.source, moved.quantity) == (note.code, 4)
    told = EventRow.objects.get(name="stock.set_aside")
    assert (told.subject, told.data["note"], told.data["quantity"]) == (sku.code, note.code, 4)


def test_pieces_that_are_good_after_all_are_free_again_with_their_day(sku: Sku, warehouse: Warehouse) -> None:
    place = warehouse.bins.get(code="A01-01-1")
    arrival = Arrival(sku.pk, place.pk, 3, "L1", date(2027, 3, 31))
    receive_stock(
        seller_id=sku.seller_id, warehouse_id=warehouse.pk, arrivals=[arrival], source="CB-1", actor=WORLD, at=NOON
    )
    aside = put_aside(spot_of(sku, warehouse, lot="L1"), 3)
    free(aside, warehouse.bins.get(code="A01-02-1"), 2)
    assert numbers(sku) == (13, 0, 1, 12)
    held = BinStock.objects.get(bin__code="A01-02-1", lot="L1")
    assert (held.quantity, held.expires_on) == (2, date(2027, 3, 31))
    assert findings() == []


def test_pieces_are_written_off_only_from_the_aside_and_with_consent(sku: Sku, warehouse: Warehouse) -> None:
    spot = spot_of(sku, warehouse)
    aside = put_aside(spot, 4)
    agreed = Why("disposed", "Ms Sato by telephone, 20 November")
    refused(NotSetAside, lambda: write_off(spot=spot, quantity=1, why=agreed, actor=WORLD, at=NOON))
    refused(NoConsent, lambda: write_off(spot=aside, quantity=1, why=Why("disposed", " "), actor=WORLD, at=NOON))
    refused(NotEnoughStock, lambda: write_off(spot=aside, quantity=5, why=agreed, actor=WORLD, at=NOON))
    write_off(spot=aside, quantity=3, why=agreed, actor=WORLD, at=NOON)
    assert numbers(sku) == (7, 0, 1, 6)
    assert findings() == []


def test_what_is_promised_or_awaited_or_not_there_is_not_set_aside(sku: Sku, warehouse: Warehouse) -> None:
    spot = spot_of(sku, warehouse)
    refused(QuantityNotPositive, lambda: put_aside(spot, 0))
    refused(NotEnoughStock, lambda: put_aside(spot, 11))
    refused(NoSuchReason, lambda: put_aside(spot, 1, "because"))
    refused(PiecesAwaited, lambda: put_aside(Spot(sku, spot.place, "", kept=9), 2))
    judged(an_order(sku.seller, {"LT-NVM": 8}))
    refusal = refused(QuantityPromised, lambda: put_aside(spot, 3))
    assert refusal.details == {"sku": sku.code, "available": 2}


def test_nothing_slips_into_or_out_of_the_aside_by_another_step(sku: Sku, warehouse: Warehouse) -> None:
    spot = spot_of(sku, warehouse)
    aside = put_aside(spot, 4)

    def move(start: Bin, end: Bin) -> Callable[[], None]:
        return lambda: move_stock(sku=sku, from_bin=start, to_bin=end, quantity=1, lot="", actor=WORLD, at=NOON)

    def adjust(difference: int) -> Callable[[], None]:
        return lambda: adjust_stock(
            sku=sku, place=aside.place, difference=difference, lot="", reason="counted", actor=WORLD, at=NOON
        )

    refused(BinSetAside, move(spot.place, aside.place))
    refused(BinSetAside, move(aside.place, spot.place))
    refused(BinSetAside, adjust(1))
    refused(BinSetAside, adjust(-1))
    refused(BinSetAside, lambda: free(aside, aside.place, 1))
    refused(NotSetAside, lambda: free(spot, spot.place, 1))
    refused(BinOfOrders, move(spot.place, warehouse.bins.get(code="T-001")))
    refused(
        BinSetAside,
        lambda: set_aside(spot=aside, kind=Bin.Kind.QUARANTINE, quantity=1, why=Why("doubtful"), actor=WORLD, at=NOON),
    )
