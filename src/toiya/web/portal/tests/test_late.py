"""Missed days, the promise on the order's page, the on-time rate and announced delays, as a seller sees them."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from tests.floor_world import a_person
from tests.world import WORLD, a_seller, a_warehouse, an_allocated_order, an_order, judged
from toiya.domain.members.models import Seller
from toiya.domain.orders.models import Order
from toiya.domain.outbound.actions.promises import move_missed
from toiya.domain.warehouses.models import PeakDay, Warehouse
from toiya.domain.warehouses.queries import local_day

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


@pytest.fixture
def seller() -> Seller:
    return a_seller()


@pytest.fixture
def warehouse() -> Warehouse:
    return a_warehouse()


def a_late_order(seller: Seller, warehouse: Warehouse) -> Order:
    """Of two days ago, moved now."""
    order = an_allocated_order(seller, warehouse, at=timezone.now() - timedelta(days=4))
    assert move_missed(seller_id=seller.pk, order_ids=[order.pk], actor=WORLD, at=timezone.now()) == 1
    return order


@pytest.mark.seed("A180", "L31", "L47", "A197")
def test_cause_and_owner_of_a_missed_day_are_on_the_orders_page(
    seller: Seller, warehouse: Warehouse, sign_in: SignIn
) -> None:
    order = a_late_order(seller, warehouse)
    page = sign_in(seller).get(f"/orders/{order.code}/").content.decode()
    assert 'id="promised"' in page
    assert "It was not released to the floor · Warehouse" in page
    office = Client()
    office.force_login(a_person(warehouse, "floor_lead").user)
    desk = office.get(f"/office/orders/{order.code}/").content.decode()
    assert "It was not released to the floor · Warehouse" in desk


@pytest.mark.seed("A180", "L47")
def test_the_list_is_filtered_by_owner_and_taken_along(seller: Seller, warehouse: Warehouse, sign_in: SignIn) -> None:
    order, theirs = a_late_order(seller, warehouse), a_late_order(a_seller("Kumo"), warehouse)
    client = sign_in(seller)
    page = client.get("/orders/late/?owner=warehouse").content.decode()
    assert (order.code in page, theirs.code in page) == (True, False)
    assert order.code not in client.get("/orders/late/?owner=seller").content.decode()
    sheet = load_workbook(io.BytesIO(client.get("/orders/late/evidence.xlsx").content)).active
    assert sheet is not None
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == [order.code]
    office = Client()
    office.force_login(a_person(warehouse, "floor_lead").user)
    every = office.get("/office/orders/late/").content.decode()
    assert (order.code in every, theirs.code in every) == (True, True)


def test_the_list_asks_the_same_for_one_and_for_many(seller: Seller, warehouse: Warehouse, sign_in: SignIn) -> None:
    client, counts = sign_in(seller), []
    for _more in range(2):
        a_late_order(seller, warehouse)
        with CaptureQueriesContext(connection) as ran:
            client.get("/orders/late/")
        counts.append(len(ran))
    assert counts[0] == counts[1]


@pytest.mark.seed("A197")
def test_an_order_that_waits_says_when_it_can_ship(seller: Seller, warehouse: Warehouse, sign_in: SignIn) -> None:
    (order,) = judged(an_order(seller, {"X-1": 1}, at=timezone.now()))
    page = sign_in(seller).get(f"/orders/{order.code}/").content.decode()
    assert "Can ship on" in page


@pytest.mark.seed("A058")
def test_an_announced_delay_is_a_banner_in_the_readers_words(
    seller: Seller, warehouse: Warehouse, sign_in: SignIn
) -> None:
    client = sign_in(seller)
    assert "Many orders" not in client.get("/").content.decode()
    day = local_day(warehouse, timezone.now()) + timedelta(days=3)
    PeakDay.objects.create(warehouse=warehouse, day=day, extra_days=2, words_en="Many orders: two days later.")
    assert "Many orders: two days later." in client.get("/").content.decode()
    PeakDay.objects.update(day=day - timedelta(days=4))
    assert "Many orders" not in client.get("/").content.decode()


def test_home_tells_the_share_that_left_on_its_day(seller: Seller, warehouse: Warehouse, sign_in: SignIn) -> None:
    order = a_late_order(seller, warehouse)
    Order.objects.filter(pk=order.pk).update(status="shipped", shipped_at=timezone.now())
    tiles = {str(tile["label"]): tile for tile in sign_in(seller).get("/").context["tiles"]}
    tile = tiles["Left on the promised day"]
    assert (tile["figure"], tile["note"]) == ("0 %", "1 of 1 late, 0 of them waited for you")
