"""Every order is promised for a truck; a missed one has one cause, and is promised for the next."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.floor_world import a_coded_sku, a_person, a_service, labelled, packed, released, walked
from tests.world import (
    NOON,
    WORLD,
    a_seller,
    a_warehouse,
    acting_for,
    an_allocated_order,
    an_order,
    judged,
    money_in,
    stock_of,
)
from toiya.core.models import EventRow
from toiya.domain.allocation.actions.reserving import reserve_ship_day
from toiya.domain.members.models import Seller
from toiya.domain.orders.models import Order, PromiseMove
from toiya.domain.outbound.actions.promises import move_missed
from toiya.domain.outbound.actions.shipping import ship_parcels
from toiya.domain.outbound.promises import missed_orders, on_time
from toiya.domain.warehouses.models import PeakDay, Warehouse

pytestmark = pytest.mark.django_db
CUT_OFF = datetime(2026, 11, 20, 4, tzinfo=UTC)  # 13:00 in Japan: the orders of the world are no Qoo10 ones
TOMORROW = NOON + timedelta(days=1)
TOKYO = ZoneInfo("Asia/Tokyo")


@pytest.fixture
def warehouse() -> Warehouse:
    return a_warehouse()


@pytest.fixture
def seller() -> Seller:
    return a_seller()


def missed(*orders: Order, at: datetime = TOMORROW) -> int:
    return move_missed(seller_id=orders[0].seller_id, order_ids=[each.pk for each in orders], actor=WORLD, at=at)


def moves(order: Order) -> list[tuple[object, ...]]:
    rows = PromiseMove.objects.filter(order=order).order_by("pk")
    return list(rows.values_list("was_for", "now_for", "cause", "owner", "is_late"))


@pytest.mark.seed("A055", "A197", "L46")
def test_an_order_is_promised_for_its_truck_when_it_comes_in(warehouse: Warehouse, seller: Seller) -> None:
    order = an_order(seller)
    cut_off = {"qoo10": CUT_OFF + timedelta(hours=3)}.get(order.channel, CUT_OFF)
    assert order.promised_at == cut_off
    assert an_order(seller, at=cut_off).promised_at == cut_off
    assert an_order(seller, at=cut_off + timedelta(seconds=1)).promised_at == cut_off + timedelta(days=1)


@pytest.mark.seed("A058")
def test_on_a_peak_day_the_delay_is_promised_from_the_start(warehouse: Warehouse, seller: Seller) -> None:
    PeakDay.objects.create(warehouse=warehouse, day=date(2026, 11, 20), extra_days=2, words_en="Many orders.")
    order = an_order(seller)
    assert order.promised_at is not None
    assert order.promised_at.astimezone(TOKYO).date() == date(2026, 11, 22)


def test_without_a_warehouse_nothing_is_promised(seller: Seller) -> None:
    assert an_order(seller).promised_at is None


@pytest.mark.seed("A180", "L31", "L47")
def test_a_missed_day_has_one_cause_and_the_next_truck(warehouse: Warehouse, seller: Seller) -> None:
    a_coded_sku(seller, "LT-NVM")
    waiting = judged(an_order(seller))[0]
    first = waiting.promised_at
    assert first is not None
    assert missed(waiting, at=first + timedelta(hours=7)) == 0  # the day is not over
    assert missed(waiting) == 1
    assert missed(waiting) == 0
    waiting.refresh_from_db()
    assert waiting.promised_at == first + timedelta(days=1)
    assert moves(waiting) == [(first, first + timedelta(days=1), "not_enough_stock", "seller", True)]
    told = EventRow.objects.get(subject=waiting.code, name="order.promise_moved")
    assert told.data == {
        "was_for": first.isoformat(),
        "day": "2026-11-21",
        "cause": "not_enough_stock",
        "owner": "seller",
        "missed": 1,
    }


def test_the_evidence_cannot_be_changed_and_comes_once(warehouse: Warehouse, seller: Seller) -> None:
    order = an_allocated_order(seller, warehouse)
    missed(order)
    move = PromiseMove.objects.get()
    assert (move.cause, move.owner) == ("not_released", "warehouse")
    for change in (
        lambda: PromiseMove.objects.update(owner="seller"),
        lambda: PromiseMove.objects.all().delete(),
        lambda: PromiseMove.objects.create(
            seller=seller, order=order, was_for=move.was_for, now_for=move.now_for, cause="x", owner="seller",
            is_late=True, at=NOON,
        ),
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    assert PromiseMove.objects.get().owner == "warehouse"


@pytest.mark.seed("A056")
def test_a_reserved_day_is_the_promise_and_no_fault(warehouse: Warehouse, seller: Seller) -> None:
    order = an_allocated_order(seller, warehouse)
    actor = acting_for(seller)
    first = order.promised_at
    assert first is not None
    reserve_ship_day(order_code=order.code, day=date(2026, 12, 1), actor=actor, at=NOON)
    order.refresh_from_db()
    assert order.promised_at == first + timedelta(days=11)
    assert missed(order, at=NOON + timedelta(days=10)) == 0
    reserve_ship_day(order_code=order.code, day=None, actor=actor, at=NOON)
    order.refresh_from_db()
    assert order.promised_at == first
    assert [(row[2], row[4]) for row in moves(order)] == [("day_reserved", False), ("day_dropped", False)]


def test_a_set_is_moved_with_as_many_statements_as_one_order(warehouse: Warehouse, seller: Seller) -> None:
    counts = []
    for size in (1, 5):
        orders = [an_order(seller) for _ in range(size)]
        with CaptureQueriesContext(connection) as ran:
            assert missed(*orders) == size
        counts.append(len(ran.captured_queries))
    assert counts[0] == counts[1]


@pytest.mark.seed("A055", "A057", "L46")
def test_an_order_before_the_cut_off_ships_the_same_day_without_a_manual_step(
    warehouse: Warehouse, seller: Seller
) -> None:
    sku = a_coded_sku(seller, "LT-NVM")
    stock_of(sku, warehouse, 5)
    money_in(seller, 10_000)
    picker, service = a_person(warehouse), a_service()
    order = judged(an_order(seller))[0]  # what the allocator's job does by itself
    walked(released(warehouse, order).pick_lists[0].code, picker)
    parcel = labelled(packed("T-001", picker, service))
    ship_parcels(seller_id=seller.pk, parcel_codes=[parcel.code], actor=WORLD, at=NOON + timedelta(hours=1))
    order.refresh_from_db()
    assert order.promised_at is not None
    assert order.shipped_at is not None
    assert order.shipped_at.astimezone(TOKYO).date() == order.promised_at.astimezone(TOKYO).date()
    late = an_order(seller)
    assert missed(late) == 1
    assert missed_orders(TOMORROW) == []
    told = on_time(seller.pk, NOON, TOKYO)
    assert (told.left, told.late, told.percent) == (1, {}, 100)
