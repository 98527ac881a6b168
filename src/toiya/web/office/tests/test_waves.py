"""The page of waves: what may be chosen, what a release would mean, and how it is picked."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.floor_world import a_coded_sku, a_person, a_service
from tests.waves_world import a_pick_face
from tests.world import NOON, a_seller, a_warehouse, an_order, judged, money_in, stock_of
from toiya.domain.members.models import Seller
from toiya.domain.orders.models import Order, Wish
from toiya.domain.outbound.models import PickFace, PickList
from toiya.domain.outbound.previews import Crew, crew_of, plan_of
from toiya.domain.outbound.wave_rules import is_due, minutes_of_work
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db
WAVES = "office:waves"


@pytest.fixture
def warehouse() -> Warehouse:
    return a_warehouse()


@pytest.fixture
def seller() -> Seller:
    seller = a_seller()
    money_in(seller, 10_000)
    return seller


@pytest.fixture
def desk(warehouse: Warehouse) -> Client:
    client = Client()
    client.force_login(a_person(warehouse, "administrator").user)
    return client


@pytest.fixture
def orders(seller: Seller, warehouse: Warehouse) -> list[Order]:
    """Four of one piece in bay 1, one of six pieces in bay 3."""
    stock_of(a_coded_sku(seller, "A"), warehouse, 4, bin_code="A01-01-1")
    stock_of(a_coded_sku(seller, "B"), warehouse, 6, bin_code="A01-03-1")
    return judged(*[an_order(seller, {"A": 1}) for _ in range(4)], an_order(seller, {"B": 6}))


def shown(desk: Client, **choices: str) -> str:
    page = desk.get(reverse(WAVES), choices).content.decode()
    found = re.search(r'id="preview">([^<]*)<', page)
    return found.group(1) if found else ""


def test_the_page_says_what_a_release_would_be(desk: Client, orders: list[Order]) -> None:
    # The batch: 3 m + 1 bay and back; the cart: 3 m + 3 bays and back. Each 30 s a stop.
    assert shown(desk) == "5 orders · 10 pieces · 5 stops · 2 walks · 23 m · about 3 min for 1 person"
    assert shown(desk, method="discrete").startswith("5 orders · 10 pieces · 5 stops · 5 walks")
    assert shown(desk, size="one") == "4 orders · 4 pieces · 4 stops · 1 walk · 9 m · about 2 min for 1 person"
    assert shown(desk, size="many").startswith("1 order · 6 pieces · 1 stop")
    assert shown(desk, zone="A").startswith("5 orders")
    assert shown(desk, zone="B") == ""


def test_orders_that_wish_for_a_carrier_are_chosen_by_it(desk: Client, orders: list[Order]) -> None:
    service = a_service()
    Wish.objects.create(order=orders[0], seller_id=orders[0].seller_id, service_code=service.code)
    assert shown(desk, carrier=service.carrier).startswith("1 order · 1 piece")


def test_what_is_released_is_picked_as_chosen(desk: Client, orders: list[Order]) -> None:
    chosen = f"{reverse(WAVES)}?size=one"
    desk.post(chosen, {"release": "all", "expected": "4", "method": ""})
    walk = PickList.objects.get()
    assert (walk.method, walk.metres, walk.slots.count()) == ("batch", 9, 4)
    page = desk.post(reverse(WAVES), {"release": "all", "expected": "1", "method": "discrete"}, follow=True)
    assert PickList.objects.filter(method="discrete").count() == 1
    assert "One order at a time" in page.content.decode()


def test_a_wave_is_proposed_when_the_work_fills_the_time_to_the_truck() -> None:
    assert minutes_of_work(stops=41, seconds_per_stop=30, people=2) == 11
    truck = NOON + timedelta(minutes=75)
    assert not is_due(29, NOON, truck)
    assert is_due(30, NOON, truck)


def test_the_page_proposes_the_wave_before_the_truck(
    desk: Client, orders: list[Order], warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = "2026-11-16T06:40:00+00:00"  # 15:40 in Tokyo; the truck of the site leaves at 16:00
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON.fromisoformat(before))
    page = desk.get(reverse(WAVES)).content.decode()
    assert "Release now for 16:00: 5 orders of" in page


def test_pace_and_people_are_measured(orders: list[Order], warehouse: Warehouse, seller: Seller) -> None:
    assert crew_of(warehouse.pk, NOON) == Crew(people=1, seconds_per_stop=30)
    plan = plan_of(warehouse.pk, [order.pk for order in orders])
    assert plan.stops_of([orders[0].pk, orders[4].pk]) == 2


def test_a_pick_bin_is_entered_shown_with_its_refill_and_removed(
    desk: Client, warehouse: Warehouse, seller: Seller
) -> None:
    sku = a_coded_sku(seller, "A")
    stock_of(sku, warehouse, 9, bin_code="A01-01-1")
    page = reverse("office:pick-bins")
    told = {"sku": sku.code, "bin": "A01-05-1", "minimum": "2", "maximum": "6"}
    for wrong in ({"sku": "300000000001-99999"}, {"bin": "T-001"}, {"maximum": "1"}, {"minimum": "x"}):
        assert desk.post(page, told | wrong).status_code == 422
    answer = desk.post(page, told, follow=True).content.decode()
    assert "6 pieces from A01-01-1" in answer
    face = PickFace.objects.get()
    desk.post(reverse("office:pick-bin-removal", args=[face.pk]))
    assert not PickFace.objects.exists()


def test_the_page_of_pick_bins_costs_the_same_for_one_and_many(
    desk: Client, warehouse: Warehouse, seller: Seller
) -> None:
    counts = []
    for number in range(1, 6):
        sku = a_coded_sku(seller, f"S{number}")
        stock_of(sku, warehouse, 9, bin_code="A01-06-1")
        a_pick_face(sku, warehouse, f"A01-0{number}-1")
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(reverse("office:pick-bins")).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[-1]
    assert counts[0] <= 20
