"""Branch shipping at the office: all sellers' orders, buildings that take no new ones, days that are reserved."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from tests.allocation_world import a_due_order
from tests.floor_world import a_person
from tests.world import WORLD, a_seller, a_sku, a_warehouse, judged, stock_of
from toiya.core import clock
from toiya.domain.allocation.actions.reserving import reserve_ship_day
from toiya.domain.allocation.models import ClosedWarehouse
from toiya.domain.orders.models import Order
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db
PATH = "/office/orders/branches/"


@pytest.fixture
def house(db: None) -> Warehouse:
    return a_warehouse()


@pytest.fixture
def desk(house: Warehouse) -> Client:
    client = Client()
    client.force_login(a_person(house, "administrator").user)
    return client


@pytest.fixture
def orders(house: Warehouse) -> list[Order]:
    """One order each of two sellers that have its piece."""
    found = []
    for name in ("Hanataba", "Kaede"):
        seller = a_seller(name)
        stock_of(a_sku(seller), house, 1)
        found.append(a_due_order(seller, {"LT-NVM": 1}))
    return found


def test_the_office_allocates_and_takes_back_for_all_sellers(desk: Client, orders: list[Order]) -> None:
    codes = [order.code for order in orders]
    page = desk.get(PATH).content.decode()
    assert all(word in page for word in ("Hanataba", "Kaede"))
    desk.post(f"{PATH}sending/", {"selected": codes, "warehouse": "FNB"})
    assert set(Order.objects.values_list("status", flat=True)) == {"allocated"}
    desk.post(f"{PATH}return/", {"selected": codes})
    assert set(Order.objects.values_list("status", "waiting_reason")) == {("waiting", "taken_back")}


def test_a_building_that_takes_no_new_orders_is_not_offered(desk: Client, orders: list[Order]) -> None:
    desk.post(f"{PATH}FNB/switching/", {"shut": "yes"})
    assert ClosedWarehouse.objects.count() == 1
    assert desk.get(PATH).context["open_houses"] == []
    assert desk.post(f"{PATH}sending/", {"selected": [orders[0].code], "warehouse": "FNB"}).status_code == 409
    desk.post(f"{PATH}FNB/switching/", {"shut": "no"})
    assert ClosedWarehouse.objects.count() == 0


def test_an_order_with_a_later_day_is_not_offered_to_the_floor(desk: Client, orders: list[Order]) -> None:
    for order in orders:
        judged(order)
    tomorrow = clock.now() + timedelta(days=1)
    reserve_ship_day(order_code=orders[0].code, day=tomorrow.date(), actor=WORLD, at=clock.now())
    assert [row.order.code for row in desk.get("/office/waves/").context["rows"]] == [orders[1].code]
