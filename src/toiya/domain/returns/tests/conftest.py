"""A seller with ten totes in a warehouse, and an order of four that left."""

from __future__ import annotations

import pytest

from tests.returns_world import a_shipped_order
from tests.world import a_seller, a_sku, a_warehouse, money_in, stock_of
from toiya.domain.catalog.models import Sku
from toiya.domain.members.models import Seller
from toiya.domain.orders.models import Order
from toiya.domain.warehouses.models import Warehouse


@pytest.fixture
def seller() -> Seller:
    seller = a_seller()
    money_in(seller, 10_000)
    return seller


@pytest.fixture
def warehouse() -> Warehouse:
    return a_warehouse()


@pytest.fixture
def tote(seller: Seller, warehouse: Warehouse) -> Sku:
    sku = a_sku(seller)
    stock_of(sku, warehouse, 10)
    return sku


@pytest.fixture
def order(seller: Seller, warehouse: Warehouse, tote: Sku) -> Order:
    return a_shipped_order(seller, warehouse, {"LT-NVM": 4})
