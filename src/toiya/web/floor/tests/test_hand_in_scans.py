"""The counter over HTTP: each scan answers with a screen, its sound, and what to do."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse

from tests.smart_world import a_packing_seller, to_hand_in, with_label
from tests.world import NOON, WORLD, acting_for, money_in
from toiya.domain.carriers.models import Service
from toiya.domain.members.models import Seller, Staff
from toiya.domain.outbound.actions.announcing import make_hand_in_list
from toiya.domain.outbound.actions.cancelling import cancel_order
from toiya.domain.outbound.models import HandIn, Parcel
from toiya.domain.warehouses.models import Warehouse
from toiya.web.floor.tests.handheld import Handheld

pytestmark = pytest.mark.django_db


@pytest.fixture
def packing(db: None) -> Seller:
    seller = a_packing_seller()
    money_in(seller, 5_000)
    return seller


@pytest.fixture
def parcels(packing: Seller, warehouse: Warehouse, service: Service) -> list[Parcel]:
    return [with_label(to_hand_in(packing), warehouse, service) for _ in range(2)]


@pytest.fixture
def counter(picker: Staff, parcels: list[Parcel]) -> Handheld:
    handheld = Handheld(picker)
    handheld.open(reverse("floor:hand-in"))
    return handheld


def _number(parcel: Parcel) -> str:
    assert parcel.label is not None
    return str(parcel.label.tracking_number)


def test_the_job_is_offered_with_what_is_to_come(picker: Staff, parcels: list[Parcel]) -> None:
    page = Handheld(picker).open(reverse("floor:jobs"))
    assert reverse("floor:hand-in") in page
    assert "2 parcels to come from sellers" in page


def test_each_label_sounds_and_counts_down_until_all_are_in(counter: Handheld, parcels: list[Parcel]) -> None:
    assert "0 of 2" in counter.page
    page = counter.scan(_number(parcels[0]))
    assert (counter.status, counter.tone) == (200, "ok")
    assert f"{_number(parcels[0])} · Hibari" in page
    assert "1 of 2" in page
    counter.scan(_number(parcels[1]))
    assert counter.tone == "done"


def test_a_scan_sent_twice_is_one_and_another_of_the_same_label_stops(counter: Handheld, parcels: list[Parcel]) -> None:
    scan_id = str(uuid4())
    for _ in range(2):
        counter.scan(_number(parcels[0]), scan_id)
        assert counter.tone == "ok"
    counter.scan(_number(parcels[0]))
    assert (counter.status, counter.tone) == (409, "stop")
    assert "If this is a second box" in counter.page


def test_a_cancelled_order_and_an_unknown_label_stop_with_what_to_do(
    counter: Handheld, parcels: list[Parcel], packing: Seller
) -> None:
    cancel_order(order_code=parcels[0].order.code, reason="by_buyer", actor=acting_for(packing), at=NOON)
    counter.scan(_number(parcels[0]))
    assert (counter.status, counter.tone) == (409, "stop")
    assert "Give it back to Hibari" in counter.page
    counter.scan("490012345678")
    assert (counter.status, counter.tone) == (409, "stop")
    assert "or give the parcel back" in counter.page
    assert HandIn.objects.exclude(handed_in_at=None).count() == 0


def test_a_list_opens_from_the_jobs_and_names_what_is_missing(
    picker: Staff, parcels: list[Parcel], packing: Seller, warehouse: Warehouse
) -> None:
    bundle = make_hand_in_list(seller_id=packing.pk, warehouse_id=warehouse.pk, actor=WORLD, at=NOON)
    handheld = Handheld(picker)
    handheld.open(reverse("floor:jobs"))
    page = handheld.scan(bundle.code)
    assert handheld.url == reverse("floor:hand-in-list", args=[bundle.code])
    assert all(_number(parcel) in page for parcel in parcels)

    page = handheld.scan(_number(parcels[0]))
    assert "1 of 2" in page
    handheld.scan(_number(parcels[1]))
    assert handheld.tone == "done"
    assert "The list is complete" in handheld.page


def test_a_weight_before_the_label_is_compared(counter: Handheld, parcels: list[Parcel]) -> None:
    counter.scan("700 g")
    assert counter.step == "weighed-700"
    counter.scan(_number(parcels[0]))
    assert counter.tone == "warn"
    assert "The weight does not fit the label" in counter.page
    assert HandIn.objects.exclude(handed_in_at=None).count() == 0

    counter.send(step="weighed-700", scan=_number(parcels[0]), checked="yes")
    assert counter.tone == "ok"
    assert HandIn.objects.exclude(handed_in_at=None).get().measured_g == 700


def test_then_the_truck_takes_it_and_the_screen_counts_it(counter: Handheld, parcels: list[Parcel]) -> None:
    counter.open(reverse("floor:ship"))
    counter.scan(_number(parcels[0]))
    assert "was not handed in yet" in counter.page
    counter.open(reverse("floor:hand-in"))
    counter.scan(_number(parcels[0]))
    counter.open(reverse("floor:ship"))
    counter.scan(_number(parcels[0]))
    assert counter.tone == "done"
    assert Parcel.objects.get(pk=parcels[0].pk).status == "shipped"
