"""Orders sent from a warehouse that a person chose, taken back, and kept for a day; unpaid ones that lose theirs."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.allocation_world import a_due_order, a_house, ruled
from tests.books import findings, fingerprint
from tests.floor_world import released
from tests.world import NOON, WORLD, a_seller, a_sku, a_warehouse, acting_for, judged, stock_of
from toiya.core.errors import NotFound
from toiya.core.models import EventRow
from toiya.domain.allocation import jobs, sql
from toiya.domain.allocation.actions.branching import Sent, WarehouseClosed, send_from, take_back_orders
from toiya.domain.allocation.actions.policies import Policy, shut_warehouse
from toiya.domain.allocation.actions.promising import AllocationPassed
from toiya.domain.allocation.actions.reserving import DayOutOfReach, expire_promises, reserve_ship_day
from toiya.domain.allocation.models import Allocation, ChosenWarehouse, ShipDay
from toiya.domain.members.models import Seller
from toiya.domain.orders.models import Order
from toiya.domain.outbound.actions.waves import NothingToRelease, release_wave
from toiya.domain.stock.models import Balance
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def east(db: None) -> Warehouse:
    return a_warehouse()


@pytest.fixture
def west(east: Warehouse) -> Warehouse:
    return a_house("OSK", "530-0001")


@pytest.fixture
def seller(east: Warehouse, west: Warehouse) -> Seller:
    """LT-NVM: three pieces in the east, one in the west."""
    seller = a_seller()
    sku = a_sku(seller)
    stock_of(sku, east, 3)
    stock_of(sku, west, 1)
    return seller


def status(order: Order) -> tuple[str, str]:
    order.refresh_from_db()
    return order.status, order.waiting_reason


def send(*orders: Order, house: str = "OSK") -> Sent:
    codes = [order.code for order in orders]
    return send_from(order_codes=codes, warehouse_code=house, actor=acting_for(orders[0].seller), at=NOON)


def back(*orders: Order) -> Sent:
    codes = [order.code for order in orders]
    return take_back_orders(order_codes=codes, actor=acting_for(orders[0].seller), at=NOON)


def house_of(order: Order) -> int:
    return Allocation.objects.get(order_id=order.pk).warehouse_id


def told(order: Order) -> list[str]:
    return list(EventRow.objects.filter(subject=order.code).order_by("pk").values_list("name", flat=True))


@pytest.mark.seed("A143")
def test_ticked_orders_go_out_from_the_chosen_warehouse_and_each_refused_one_says_why(
    seller: Seller, west: Warehouse
) -> None:
    one, two = a_due_order(seller, {"LT-NVM": 1}), a_due_order(seller, {"LT-NVM": 1})
    done = judged(a_due_order(seller, {"LT-NVM": 1}))[0]
    assert send(one, two, done) == Sent([one.code], {two.code: "elsewhere", done.code: "not_waiting"})
    assert (status(one), status(two), house_of(one)) == (("allocated", ""), ("waiting", "elsewhere"), west.pk)
    assert told(one) == ["order.placed", "order.warehouse_chosen", "order.allocated"]
    judged(two)
    assert status(two) == ("waiting", "elsewhere"), "it waits for the chosen one, also when judged again"
    assert send(two, house="").done == [two.code]
    assert ChosenWarehouse.objects.filter(order=two).count() == 0
    assert told(two)[-2:] == ["order.warehouse_left_open", "order.allocated"]
    assert findings() == []


@pytest.mark.seed("A149", "A150")
def test_ticked_orders_give_their_pieces_back_until_the_floor_has_them(seller: Seller, east: Warehouse) -> None:
    one, two, three = (a_due_order(seller, {"LT-NVM": 1}) for _ in range(3))
    send(one, house="OSK")
    judged(two, three)
    released(east, three)
    assert back(one, two, three) == Sent([one.code, two.code], {three.code: "not_promised"})
    assert [status(order) for order in (one, two)] == [("waiting", "taken_back")] * 2
    assert ChosenWarehouse.objects.count() == 0
    assert sum(Balance.objects.values_list("allocated", flat=True)) == 1
    jobs.allocate_waiting(seller.pk)
    assert status(one) == ("waiting", "taken_back"), "it stays back until somebody asks"
    assert send(one, house="FNB").done == [one.code]
    assert findings() == []


def test_another_sellers_orders_and_unknown_or_shut_warehouses_change_nothing(seller: Seller) -> None:
    order = a_due_order(seller, {"LT-NVM": 1})
    stranger = acting_for(a_seller("Kumo"))
    shut_warehouse(warehouse_code="OSK", is_shut=True, actor=WORLD, at=NOON)
    before = fingerprint()
    for refusal, code, actor in (
        (NotFound, "FNB", stranger),
        (NotFound, "XXX", acting_for(seller)),
        (WarehouseClosed, "OSK", acting_for(seller)),
    ):
        with pytest.raises(refusal):
            send_from(order_codes=[order.code], warehouse_code=code, actor=actor, at=NOON)
    with pytest.raises(NotFound):
        take_back_orders(order_codes=[order.code], actor=stranger, at=NOON)
    with pytest.raises(NotFound):
        reserve_ship_day(order_code=order.code, day=None, actor=stranger, at=NOON)
    assert fingerprint() == before


def test_the_office_sends_orders_of_several_sellers_at_once(seller: Seller, east: Warehouse) -> None:
    other = a_seller("Kaede")
    stock_of(a_sku(other), east, 1)
    orders = [a_due_order(each, {"LT-NVM": 1}) for each in (seller, other)]
    sent = send_from(order_codes=[order.code for order in orders], warehouse_code="FNB", actor=WORLD, at=NOON)
    assert sent == Sent([order.code for order in orders], {})
    assert findings() == []


@pytest.mark.seed("A056")
def test_an_order_with_a_reserved_day_keeps_its_pieces_and_goes_to_the_floor_on_that_day(
    seller: Seller, east: Warehouse
) -> None:
    order = a_due_order(seller, {"LT-NVM": 1})
    reserve_ship_day(order_code=order.code, day=date(2026, 11, 22), actor=acting_for(seller), at=NOON)
    judged(order)
    with pytest.raises(NothingToRelease):
        release_wave(warehouse_id=east.pk, order_codes=[order.code], actor=WORLD, at=NOON)
    assert status(order)[0] == "allocated"
    release_wave(warehouse_id=east.pk, order_codes=[order.code], actor=WORLD, at=NOON + 2 * DAY)
    assert status(order)[0] == "picking"
    with pytest.raises(AllocationPassed):
        reserve_ship_day(order_code=order.code, day=None, actor=acting_for(seller), at=NOON)


@pytest.mark.parametrize("days", [-1, 181])
def test_a_day_that_is_over_or_too_far_away_is_refused(seller: Seller, days: int) -> None:
    order = a_due_order(seller, {"LT-NVM": 1})
    with pytest.raises(DayOutOfReach):
        reserve_ship_day(order_code=order.code, day=(NOON + days * DAY).date(), actor=acting_for(seller), at=NOON)
    assert ShipDay.objects.count() == 0


def test_an_unpaid_order_loses_its_pieces_in_time_and_waits_until_it_is_paid(seller: Seller) -> None:
    ruled(seller, Policy(unpaid_hours=48))
    unpaid, paid = a_due_order(seller, {"LT-NVM": 1}, paid_at=None), a_due_order(seller, {"LT-NVM": 1})
    judged(unpaid, paid)
    assert expire_promises(seller_id=seller.pk, actor=WORLD, at=NOON + timedelta(hours=47)) == []
    assert expire_promises(seller_id=seller.pk, actor=WORLD, at=NOON + timedelta(hours=48)) == [unpaid.code]
    assert (status(unpaid), status(paid)[0]) == (("waiting", "promise_expired"), "allocated")
    assert told(unpaid)[-1] == "order.promise_expired"
    assert sql.waiting_in_turn(seller.pk) == []
    assert expire_promises(seller_id=seller.pk, actor=WORLD, at=NOON + timedelta(hours=49)) == []
    later = NOON + timedelta(hours=50)
    judged(unpaid, at=later)
    assert expire_promises(seller_id=seller.pk, actor=WORLD, at=later + timedelta(hours=47)) == []
    assert status(unpaid)[0] == "allocated", "allocated once more it has the same time again"
    assert findings() == []
