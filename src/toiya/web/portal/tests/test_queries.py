"""Every page asks the database the same number of questions for three rows and for thirty."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.world import a_seller, a_shop, a_sku, a_warehouse, an_order, held, judged, money_in, some_skus, stock_of
from toiya.domain.members.models import Seller
from toiya.domain.orders.models import Order
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]
MOST = 30
PAGES = [
    "/",
    "/orders/?view=all",
    "/orders/?view=needs-you",
    "/orders/?view=today",
    "/orders/?view=waiting",
    "/orders/?view=all&q=LT",
    "/skus/",
    "/wallet/",
    "/connections/",
    "/imports/",
]


def grow(seller: Seller, house: Warehouse, to: int) -> None:
    """So many orders of each kind, SKUs, top-ups and shops."""
    first = Order.objects.count()
    stock_of(seller.sku_set.get(seller_code="LT-NVM"), house, to)
    for number in range(to):
        money_in(seller, 100, f"transfer {first}-{number}")
        (good, _short, _unknown) = judged(
            an_order(seller),
            an_order(seller, {"LT-NVM": 9000, "SO-1": 1}),
            an_order(seller, {f"X-{first}-{number}": 1}),
        )
        if number % 3 == 0:
            held(good, "wallet_too_low", needed=1, free=0, missing=1, currency="JPY")
        a_shop(seller, f"shop {first}-{number}")


def asked(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_the_number_of_questions_does_not_grow(sign_in: SignIn) -> None:
    seller, house = a_seller(), a_warehouse()
    a_sku(seller)
    a_sku(seller, "SO-1", "Soap")
    some_skus(seller, 3)
    grow(seller, house, 3)
    client = sign_in(seller)
    few = {address: asked(client, address) for address in PAGES}
    grow(seller, house, 27)
    many = {address: asked(client, address) for address in PAGES}
    assert {address: count for address, count in many.items() if address != "/"} == {
        address: count for address, count in few.items() if address != "/"
    }
    assert abs(many["/"] - few["/"]) <= 5, "eight rows one by one, or groups"
    assert max(many.values()) <= MOST, many


def test_an_orders_page_asks_the_same_for_one_line_and_for_thirty(sign_in: SignIn) -> None:
    seller = a_seller()
    a_warehouse()
    some_skus(seller, 30)
    (small,) = judged(an_order(seller, {"T-001": 1}))
    (large,) = judged(an_order(seller, {f"T-{number:03d}": 1 for number in range(1, 31)}))
    client = sign_in(seller)
    few, many = asked(client, f"/orders/{small.code}/"), asked(client, f"/orders/{large.code}/")
    assert few == many
    assert many <= MOST


def test_a_skus_page_asks_the_same_for_one_movement_and_for_thirty(sign_in: SignIn) -> None:
    seller, house, sku = a_seller(), a_warehouse(), None
    sku = a_sku(seller)
    stock_of(sku, house, 1)
    client = sign_in(seller)
    few = asked(client, f"/skus/{sku.code}/")
    for _ in range(29):
        stock_of(sku, house, 1)
    assert asked(client, f"/skus/{sku.code}/") == few <= MOST
