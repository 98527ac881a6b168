"""The interrupt on the floor: an order was stopped, its pieces go back by scan (D-08)."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.floor_world import a_person, in_bin
from tests.orders_change_world import Road, a_road
from tests.world import NOON, a_warehouse, acting_for
from toiya.domain.orders.models import Order
from toiya.domain.outbound.actions.stopping import stop_order
from toiya.domain.outbound.models import CarryBack, Parcel, PickList, Stop
from toiya.web.floor.tests.handheld import Handheld

pytestmark = pytest.mark.django_db


@pytest.fixture
def road(db: None) -> Road:
    return a_road()


def stop(order: Order) -> None:
    stop_order(order_code=order.code, reason="by_seller", actor=acting_for(order.seller), at=NOON)


def after(road: Road, steps: int) -> Order:
    order = road.begin()
    for _ in range(steps):
        road.step(order)
    return order


@pytest.mark.seed("L04")
def test_the_pickers_next_screen_is_the_stop_and_the_bin_answers_it(road: Road) -> None:
    order = after(road, 4)
    handheld = Handheld(road.staff)
    handheld.open(reverse("floor:pick", args=[PickList.objects.get().code]))
    stop(order)
    handheld.scan("A")
    assert f"{order.code} is cancelled" in handheld.page
    assert handheld.tone == "call"
    assert "A01-01-1" in handheld.page
    handheld.scan("T-002")
    assert handheld.status == 409
    handheld.open(reverse("floor:stop", args=[Stop.objects.get().pk]))
    handheld.scan("A01-02-1")
    assert handheld.url == reverse("floor:jobs")
    assert (in_bin(road.warehouse, "A01-02-1"), in_bin(road.warehouse, "T-001")) == (1, 0)
    assert len(handheld.statements) <= 13


@pytest.mark.parametrize("steps", [6, 8])
def test_the_packers_next_scan_shows_the_stop(road: Road, steps: int) -> None:
    order = after(road, steps)
    handheld = Handheld(road.staff)
    handheld.open(reverse("floor:parcel", args=[Parcel.objects.get().code]))
    stop(order)
    handheld.scan("A" if steps == 6 else "620 g")
    assert f"{order.code} is cancelled" in handheld.page
    handheld.open(reverse("floor:parcel", args=[Parcel.objects.get().code]))
    assert f"{order.code} is cancelled" in handheld.page
    handheld.scan("A01-01-1")
    assert in_bin(road.warehouse, "A01-01-1") == 100
    handheld.open(reverse("floor:parcel", args=[Parcel.objects.get().code]))
    assert handheld.url == reverse("floor:jobs")


def test_the_tote_of_a_stopped_order_leads_to_the_stop_and_the_next_job_names_it(road: Road) -> None:
    order = after(road, 5)
    stop(order)
    handheld = Handheld(road.staff)
    assert "1 order was stopped" in handheld.open(reverse("floor:jobs"))
    for place in ("floor:jobs", "floor:station"):
        handheld.open(reverse(place))
        assert f"{order.code} is cancelled" in handheld.scan("T-001")


def test_people_of_another_warehouse_do_not_find_it(road: Road) -> None:
    stop(after(road, 5))
    elsewhere = Handheld(a_person(a_warehouse("KWG", "Kawagoe")))
    elsewhere.open(reverse("floor:stop", args=[Stop.objects.get().pk]))
    assert elsewhere.status == 404
    assert CarryBack.objects.filter(put_at=None).count() == 1
