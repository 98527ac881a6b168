"""Work orders at the office: a list of constant cost, and the price of a piece as data."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.assembly_world import a_work_order, an_assembled
from tests.floor_world import a_person
from tests.world import NOON, a_member, a_seller, a_warehouse, money_in
from toiya.domain.assembly.models import AssemblyPrice
from toiya.domain.catalog.models import Sku
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


@pytest.fixture
def warehouse() -> Warehouse:
    return a_warehouse()


@pytest.fixture
def gift(warehouse: Warehouse) -> Sku:
    return an_assembled(a_seller(), "GIFT", {"CUP": 2})


@pytest.fixture
def desk(warehouse: Warehouse) -> Client:
    client = Client()
    client.force_login(a_person(warehouse, "floor_lead").user)
    return client


@pytest.mark.seed("L11")
def test_the_list_costs_the_same_for_one_order_and_for_many(desk: Client, gift: Sku, warehouse: Warehouse) -> None:
    a_work_order(gift, warehouse, 1)
    desk.get(reverse("office:assembly"))

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(reverse("office:assembly")).status_code == 200
        return len(asked)

    few = cost()
    for _ in range(9):
        a_work_order(gift, warehouse, 1)
    kumo = an_assembled(a_seller("Kumo"), "SET", {"TIN": 1})
    a_work_order(kumo, warehouse, 1)
    assert cost() == few


@pytest.mark.seed("L11")
def test_a_price_is_written_at_the_office_and_read_by_the_seller(desk: Client, gift: Sku, warehouse: Warehouse) -> None:
    place, told = reverse("office:assembly-prices"), {"price_minor": "75", "from_on": "2026-11-20"}
    assert "50" in desk.get(place).content.decode()
    for wrong in ({"price_minor": ""}, {"price_minor": "-1"}, {"from_on": "2026-11-19"}, {"from_on": "soon"}):
        assert desk.post(place, told | wrong).status_code == 422
    assert not AssemblyPrice.objects.exists()
    assert desk.post(place, told).status_code == 302
    assert place in desk.get(reverse("office:assembly")).content.decode()
    portal = Client()
    portal.force_login(a_member(gift.seller))
    assert "75" in portal.get(reverse("portal:sku-assembly", args=[gift.code])).content.decode()
    assert portal.get(place).status_code in (302, 403)


def test_accepting_without_the_sellers_money_says_so(desk: Client, gift: Sku, warehouse: Warehouse) -> None:
    order = a_work_order(gift, warehouse, 2)
    accept = {"code": order.code, "decision": "accept"}
    answer = desk.post(reverse("office:assembly"), accept)
    assert answer.status_code == 422
    assert "Top up at least" in answer.content.decode()
    money_in(gift.seller, 100)
    assert desk.post(reverse("office:assembly"), accept).status_code == 302
