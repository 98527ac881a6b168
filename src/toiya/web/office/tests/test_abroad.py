"""The office's page about parcels abroad: services by country, and a number typed from the form."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.floor_world import a_person, packed
from tests.orders_in_world import an_entered_order
from tests.wishes_world import KOREA, a_service_abroad, complete_for_customs, in_a_tote
from tests.world import NOON, WORLD, a_seller, a_sku, a_warehouse, money_in, stock_of
from toiya.domain.carriers.models import Label, Reach
from toiya.domain.outbound.actions.labelling import want_parcel_label
from toiya.domain.outbound.jobs import free_abroad
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db
EMS = {"code": "ems", "name": "EMS", "carrier": "by_form", "max_weight_g": "30000", "price_minor": "2000"}


@pytest.fixture
def warehouse() -> Warehouse:
    return a_warehouse()


@pytest.fixture
def desk(warehouse: Warehouse) -> Client:
    client = Client()
    client.force_login(a_person(warehouse, "administrator").user)
    return client


def test_a_service_is_offered_and_sent_to_other_countries(desk: Client) -> None:
    address = reverse("office:abroad")
    page = desk.post(address, EMS | {"countries": "kr, us"}, follow=True)
    assert "KR, US" in page.content.decode()
    desk.post(address, EMS | {"countries": "KR"})
    assert list(Reach.objects.values_list("service__code", "country")) == [("EMS", "KR")]
    refused = desk.post(address, EMS | {"countries": "Japan"})
    assert (refused.status_code, "names no country abroad" in refused.content.decode()) == (422, True)
    with CaptureQueriesContext(connection) as one:
        desk.get(address)
    for code in ("AIR", "SEA"):
        a_service_abroad("US", "TW", code=code)
    with CaptureQueriesContext(connection) as three:
        desk.get(address)
    assert len(one) == len(three)


def test_a_number_is_typed_from_the_form(desk: Client, warehouse: Warehouse) -> None:
    seller, picker, ems = a_seller(), a_person(warehouse), a_service_abroad()
    money_in(seller, 10_000)
    stock_of(a_sku(seller), warehouse, 1)
    order = an_entered_order(seller, **KOREA)
    complete_for_customs(order)
    free_abroad(0)
    in_a_tote(order, picker)
    parcel = packed("T-001", picker, ems)
    want_parcel_label(parcel_id=parcel.pk, actor=WORLD, at=NOON)
    assert f"Number on the form of {parcel.code}, EMS" in desk.get(reverse("office:abroad")).content.decode()
    address = reverse("office:carrier-number", args=[parcel.code])
    page = desk.post(address, {"number": "EJ473124820JP"}, follow=True).content.decode()
    assert "EJ473124820JP is no number of" in page
    page = desk.post(address, {"number": "EJ473124829JP"}, follow=True).content.decode()
    assert f"The number is on {parcel.code}" in page
    assert Label.objects.get().tracking_number == "EJ473124829JP"
    assert desk.post(reverse("office:carrier-number", args=["PCL-NONE"]), {"number": "x"}).status_code == 404
