"""A warehouse with a seller that has money, a service, and a picker."""

from __future__ import annotations

import pytest

from tests.floor_world import a_person, a_service
from tests.world import a_seller, a_warehouse, money_in
from toiya.domain.carriers.models import Service
from toiya.domain.members.models import Seller, Staff
from toiya.domain.warehouses.models import Warehouse


@pytest.fixture
def warehouse(db: None) -> Warehouse:
    return a_warehouse()


@pytest.fixture
def seller(db: None) -> Seller:
    seller = a_seller()
    money_in(seller, 10_000)
    return seller


@pytest.fixture
def service(db: None) -> Service:
    return a_service()


@pytest.fixture
def picker(warehouse: Warehouse) -> Staff:
    return a_person(warehouse)
