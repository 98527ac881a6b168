"""An order that got its stock is promised for the truck of its warehouse and of its service's carrier."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.allocation_world import a_house
from tests.books import findings
from tests.floor_world import a_service
from tests.world import NOON, WORLD, a_seller, a_sku, a_warehouse, acting_for, an_order, judged, stock_of
from toiya.domain.allocation.actions.reserving import reserve_ship_day
from toiya.domain.members.models import Seller
from toiya.domain.orders.models import Order, PromiseMove, Wish
from toiya.domain.outbound.actions.promises import move_missed
from toiya.domain.warehouses.actions.trucks import CutOffFacts, set_cut_off
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db
USUAL = datetime(2026, 11, 20, 7, tzinfo=UTC)  # 16:00 in Japan, the usual cut-off of Qoo10 orders
EARLY = USUAL - timedelta(hours=2)


@pytest.fixture
def seller() -> Seller:
    return a_seller()


@pytest.fixture
def osaka(seller: Seller) -> Warehouse:
    """The second warehouse, which has all the stock and sends its truck two hours earlier."""
    a_warehouse()
    osaka = a_house("OSK", "530-0001")
    cut_off(osaka, 14)
    stock_of(a_sku(seller), osaka, 20)
    return osaka


def cut_off(warehouse: Warehouse, hour: int, carrier: str = "") -> None:
    facts = CutOffFacts("qoo10", carrier, time(hour))
    set_cut_off(warehouse_id=warehouse.pk, facts=facts, actor=WORLD, at=NOON)


def wished(order: Order, service: str) -> Order:
    Wish.objects.update_or_create(order=order, defaults={"seller_id": order.seller_id, "service_code": service})
    return order


def moves() -> list[tuple[object, ...]]:
    return list(PromiseMove.objects.order_by("pk").values_list("was_for", "now_for", "cause", "owner", "is_late"))


@pytest.mark.seed("A055")
@pytest.mark.usefixtures("osaka")
def test_the_truck_is_that_of_the_warehouse_with_the_stock(seller: Seller) -> None:
    order = an_order(seller)
    assert order.promised_at == USUAL
    (order,) = judged(order)
    assert order.promised_at == EARLY
    assert moves() == [(USUAL, EARLY, "other_truck", "warehouse", False)]
    late = judged(an_order(seller, at=EARLY + timedelta(minutes=1)), at=EARLY + timedelta(minutes=2))[0]
    assert late.promised_at == EARLY + timedelta(days=1)
    assert findings() == []


def test_the_carrier_of_the_wished_service_has_its_own_truck(seller: Seller) -> None:
    house, service = a_warehouse(), a_service()
    stock_of(a_sku(seller), house, 5)
    cut_off(house, 11, service.carrier)
    plain, wishing = an_order(seller), wished(an_order(seller), service.code)
    plain, wishing = judged(plain, wishing)
    assert plain.promised_at == USUAL
    assert wishing.promised_at == datetime(2026, 11, 21, 2, tzinfo=UTC)  # 11:00 had gone when it came in at noon
    assert move_missed(seller_id=seller.pk, order_ids=[wishing.pk], actor=WORLD, at=NOON + timedelta(days=2)) == 1
    wishing.refresh_from_db()
    assert wishing.promised_at == datetime(2026, 11, 23, 2, tzinfo=UTC)


@pytest.mark.usefixtures("osaka")
def test_a_day_that_was_moved_before_stays(seller: Seller) -> None:
    sku = seller.sku_set.get()
    order = judged(an_order(seller, {"LT-NVM": 21}))[0]
    assert move_missed(seller_id=seller.pk, order_ids=[order.pk], actor=WORLD, at=NOON + timedelta(days=1)) == 1
    stock_of(sku, Warehouse.objects.get(code="OSK"), 5)
    (order,) = judged(order, at=NOON + timedelta(days=1))
    assert (order.status, order.promised_at) == ("allocated", EARLY + timedelta(days=1))


@pytest.mark.usefixtures("osaka")
def test_a_reserved_day_is_counted_by_that_warehouse(seller: Seller) -> None:
    (order,) = judged(an_order(seller))
    reserve_ship_day(order_code=order.code, day=date(2026, 12, 1), actor=acting_for(seller), at=NOON)
    order.refresh_from_db()
    assert order.promised_at == EARLY + timedelta(days=11)


@pytest.mark.usefixtures("osaka")
def test_a_set_costs_no_more_statements_than_one_order(seller: Seller) -> None:
    counts = []
    for size in (1, 1, 5):
        orders = [an_order(seller) for _ in range(size)]
        with CaptureQueriesContext(connection) as ran:
            judged(*orders)
        counts.append(len(ran.captured_queries))
    assert counts[1] == counts[2]
    assert PromiseMove.objects.count() == 7
