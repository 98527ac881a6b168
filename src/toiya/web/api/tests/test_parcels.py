"""The API of boxes, parcels and manifests."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.floor_world import a_coded_sku, a_person, a_service, labelled, on_the_floor, packed, walked
from tests.packing_world import a_box, a_manifest
from tests.world import a_key, a_seller, a_warehouse, money_in, stock_of
from toiya.domain.carriers.models import Service
from toiya.domain.members.models import Seller, Staff
from toiya.domain.outbound.models import Parcel
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> Warehouse:
    return a_warehouse()


@pytest.fixture
def picker(house: Warehouse) -> Staff:
    return a_person(house)


@pytest.fixture
def service() -> Service:
    return a_service()


@pytest.fixture
def seller(house: Warehouse) -> Seller:
    seller = a_seller()
    money_in(seller, 100_000)
    stock_of(a_coded_sku(seller, "A"), house, 9)
    return seller


def ask(path: str, seller: Seller) -> Any:
    return Client().get(f"/api/v1/{path}", headers={"authorization": f"Bearer {a_key(seller, ['see_orders'])[1]}"})


def a_ready(seller: Seller, picker: Staff, service: Service) -> Parcel:
    release, _ = on_the_floor(seller, Warehouse.objects.get(), {"A": 1})
    walked(release.pick_lists[0].code, picker)
    return labelled(packed("T-001", picker, service))


def test_a_program_follows_a_parcel_to_its_truck(
    house: Warehouse, seller: Seller, picker: Staff, service: Service
) -> None:
    box = a_box(house, price_minor=40)
    parcel = a_ready(seller, picker, service)
    manifest = a_manifest(picker, parcel)
    assert ask("boxes", seller).json()["boxes"] == [
        {
            "warehouse": house.code, "code": box.code, "name": "Box S", "length_mm": 240, "width_mm": 170,
            "height_mm": 110, "empty_g": 90, "price_minor": 40, "currency": "JPY",
        }
    ]  # fmt: skip
    one = ask(f"parcels/{parcel.code}", seller).json()
    assert (one["order"], one["status"], one["service"], one["carrier"]) == (
        parcel.order.code, "labelled", "nekopos", "test_carrier",
    )  # fmt: skip
    assert (one["weight_g"], one["fee_minor"], one["currency"], one["fee_status"]) == (320, 385, "JPY", "open")
    assert (one["manifest"], one["tracking_number"]) == (manifest.code, parcel.label.tracking_number)  # type: ignore[union-attr]
    sku = seller.sku_set.get().code
    assert one["contents"] == [{"sku": sku, "lot": "", "quantity": 1, "serial_numbers": []}]
    assert ask(f"parcels?order={parcel.order.code}&status=labelled", seller).json()["parcels"] == [one]
    assert ask("parcels?status=shipped", seller).json()["parcels"] == []
    (truck,) = ask("manifests", seller).json()["manifests"]
    assert (truck["code"], truck["status"], truck["parcels"]) == (manifest.code, "open", [parcel.code])


def test_another_seller_sees_none_of_it(house: Warehouse, seller: Seller, picker: Staff, service: Service) -> None:
    parcel = a_ready(seller, picker, service)
    a_manifest(picker, parcel)
    other = a_seller("Kumo")
    assert ask(f"parcels/{parcel.code}", other).status_code == 404
    assert ask("parcels", other).json()["parcels"] == []
    assert ask("manifests", other).json()["manifests"] == []
    assert ask("parcels?colour=red", seller).json()["code"] == "unknown_field"


def test_a_page_asks_the_same_for_few_and_many(seller: Seller, picker: Staff, service: Service) -> None:
    counts = []
    for _ in range(3):
        a_manifest(picker, a_ready(seller, picker, service))
        with CaptureQueriesContext(connection) as asked:
            assert ask("parcels", seller).status_code == 200
            assert ask("manifests", seller).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] == counts[2]
