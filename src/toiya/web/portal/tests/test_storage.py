"""Storage of a month on the seller's page: each SKU's sum, and what a few pieces more would have changed."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.pricing_world import in_force
from tests.world import NOON, a_member, a_seller, a_warehouse, some_skus
from toiya.domain.catalog.models import Sku
from toiya.domain.members.models import Seller
from toiya.domain.pricing.actions.charging import price, write_charges
from toiya.domain.pricing.rules import Period
from toiya.domain.pricing.storage_rules import SkuMonth, manual_rates, storage_entries
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db
NOVEMBER = Period.month(2026, 11)


@pytest.fixture
def warehouse() -> Warehouse:
    return a_warehouse()


@pytest.fixture
def seller() -> Seller:
    return a_seller()


@pytest.fixture
def client(seller: Seller) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(a_member(seller))
    return client


def stored(sku: Sku, warehouse: Warehouse, *, shipped: int, left: int, is_first: bool = False) -> None:
    month = SkuMonth(sku.code, warehouse.code, NOVEMBER, shipped, left, (left,) * 30, is_first)
    quote = price(seller=sku.seller, warehouse=warehouse, entries=storage_entries(month), on=date(2026, 11, 30))
    write_charges(seller_id=sku.seller_id, source=f"STG-{sku.pk}", quote=quote, at=NOON)


@pytest.mark.seed("L23")
def test_the_page_shows_each_sum_and_what_the_step_cost(seller: Seller, warehouse: Warehouse, client: Client) -> None:
    in_force(*manual_rates())
    slow, fast, new = some_skus(seller, 3)
    stored(slow, warehouse, shipped=9, left=20)
    stored(fast, warehouse, shipped=10, left=20)
    stored(new, warehouse, shipped=0, left=7, is_first=True)
    page = " ".join(client.get("/wallet/prices/storage/").content.decode().replace("\N{NO-BREAK SPACE}", " ").split())
    assert "20 × 30" in page
    assert page.count("With 1 piece more shipped it would have cost") == 1
    assert "Free in the month it first came." in page
    assert "JPY 600</data> in this month" in page
    assert client.get("/wallet/prices/storage/?month=2026-11").status_code == 200
    assert client.get("/wallet/prices/storage/?month=2026-10").status_code == 404


def test_it_costs_the_same_for_one_sku_and_for_many_and_shows_only_ones_own(
    seller: Seller, warehouse: Warehouse, client: Client
) -> None:
    in_force(*manual_rates())
    first, *others = some_skus(seller, 9)
    theirs = some_skus(a_seller("Kaede"), 1)[0]
    stored(first, warehouse, shipped=1, left=5)
    stored(theirs, warehouse, shipped=1, left=5)
    client.get("/wallet/prices/storage/")

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get("/wallet/prices/storage/")
        return len(asked)

    few = cost()
    for sku in others:
        stored(sku, warehouse, shipped=1, left=5)
    assert cost() == few
    assert client.get("/wallet/prices/storage/").content.decode().count("5 × 30") == 9


def test_before_the_first_month_is_over_the_page_says_so(seller: Seller, warehouse: Warehouse, client: Client) -> None:
    assert "No storage was charged yet" in client.get("/wallet/prices/storage/").content.decode()
