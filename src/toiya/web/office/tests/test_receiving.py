"""The receiving desk: what stands at the dock, what differs, and who may settle it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.floor_world import a_coded_sku, a_person
from tests.receiving_world import a_delivery, arrived, counted
from tests.world import NOON, WORLD, a_member, a_seller, a_warehouse
from toiya.domain.inbound.actions.completing import complete_delivery
from toiya.domain.inbound.models import CheckPoint, Difference
from toiya.domain.members.models import Seller
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(db: None) -> Warehouse:
    return a_warehouse()


@pytest.fixture
def seller(db: None) -> Seller:
    return a_seller()


def signed_in(house: Warehouse, role: str = "floor_lead") -> Client:
    client = Client()
    client.force_login(a_person(house, role).user)
    return client


def test_deliveries_at_the_dock_and_open_differences_are_listed_by_age(seller: Seller, house: Warehouse) -> None:
    sku = a_coded_sku(seller, "TOTE")
    begun, over, fresh = (arrived(a_delivery(seller, house, {sku: 2})) for _ in range(3))
    on_its_way = a_delivery(seller, house, {sku: 2})
    counted(begun, sku, 1)
    counted(over, sku, 1)
    complete_delivery(bundle_id=over.pk, actor=WORLD, at=NOON)
    page = signed_in(house).get(reverse("office:receiving")).content.decode()
    assert [bundle.code in page for bundle in (begun, over, fresh, on_its_way)] == [True, True, True, False]
    assert "1 difference is open" in page
    assert ["Being counted" in page, "Differences open" in page, "At the dock" in page] == [True] * 3


def test_the_list_costs_the_same_number_of_statements_however_long_it_is(seller: Seller, house: Warehouse) -> None:
    sku = a_coded_sku(seller, "TOTE")
    client, asked = signed_in(house), []
    for _ in range(2):
        for _ in range(2):
            arrived(a_delivery(seller, house, {sku: 2}))
        client.get(reverse("office:receiving"))
        with CaptureQueriesContext(connection) as statements:
            client.get(reverse("office:receiving"))
        asked.append(len(statements))
    assert asked[0] == asked[1]


def test_only_who_may_edit_stock_settles_a_difference(seller: Seller, house: Warehouse) -> None:
    sku = a_coded_sku(seller, "TOTE")
    bundle = arrived(a_delivery(seller, house, {sku: 2}))
    complete_delivery(bundle_id=bundle.pk, actor=WORLD, at=NOON)
    difference = Difference.objects.get()
    address = reverse("office:settling", args=[difference.pk])
    assert signed_in(house, "picker").post(address, {"outcome": "count_stands"}).status_code == 403
    lead = signed_in(house)
    lead.post(address, {"outcome": "written_off"})
    difference.refresh_from_db()
    assert difference.status == "open"
    lead.post(address, {"outcome": "count_stands", "note": "agreed by phone"})
    difference.refresh_from_db()
    assert (difference.status, difference.settlement_note) == ("settled", "agreed by phone")


@pytest.mark.seed("L16")
def test_a_seller_writes_the_check_list_of_a_sku(seller: Seller) -> None:
    sku = a_coded_sku(seller, "TOTE")
    client = Client()
    client.force_login(a_member(seller))
    address = reverse("portal:check-list", args=[sku.code])
    assert client.post(address, {"points": "Is the zip whole?\n\nTwo handles"}).status_code == 302
    assert list(CheckPoint.objects.values_list("question", flat=True)) == ["Is the zip whole?", "Two handles"]
    assert "Two handles" in client.get(address).content.decode()
    assert client.post(address, {"points": "\n".join("abcdefghi")}).status_code == 422
    assert CheckPoint.objects.count() == 2
