"""Manifests and boxes at the office, over HTTP."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.floor_world import a_person
from tests.packing_world import a_box
from tests.world import NOON, WORLD, a_member, a_seller, a_warehouse
from toiya.domain.carriers.models import Service
from toiya.domain.outbound.actions.manifests import open_manifest
from toiya.domain.outbound.models import Manifest, PackagingBox
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db


@pytest.fixture
def warehouse() -> Warehouse:
    return a_warehouse()


@pytest.fixture
def desk(warehouse: Warehouse) -> Client:
    client = Client()
    client.force_login(a_person(warehouse, "floor_lead").user)
    return client


def typed(**changes: str) -> dict[str, str]:
    sides = {"length_mm": "240", "width_mm": "170", "height_mm": "110"}
    return {"code": "s60", "name": "Small", "wall_mm": "3", "empty_g": "90", "price_minor": "40", **sides, **changes}


def test_a_box_is_entered_changed_and_taken_out_of_use(desk: Client, warehouse: Warehouse) -> None:
    assert desk.post("/office/trucks/boxes/", typed(is_active="on")).status_code == 302
    box = PackagingBox.objects.get()
    assert (box.code, box.name, box.warehouse, box.size.outer_cm, box.is_active) == (
        "S60",
        "Small",
        warehouse,
        54,
        True,
    )
    page = desk.get("/office/trucks/boxes/?box=S60").content.decode()
    assert "Change Small" in page
    desk.post("/office/trucks/boxes/", typed(price_minor="50"))
    box = PackagingBox.objects.get()
    assert (box.price_minor, box.is_active) == (50, False)


@pytest.mark.parametrize(("field", "value"), [("length_mm", "0"), ("height_mm", "x"), ("name", ""), ("code", "")])
def test_a_wrong_number_is_shown_at_its_field(desk: Client, field: str, value: str) -> None:
    answer = desk.post("/office/trucks/boxes/", typed(**{field: value}))
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.content.decode() or "Error:" in answer.content.decode()
    assert not PackagingBox.objects.exists()


def test_a_seller_has_no_trucks(warehouse: Warehouse) -> None:
    a_box(warehouse)
    client = Client()
    client.force_login(a_member(a_seller()))
    for address in ("/office/trucks/", "/office/trucks/boxes/"):
        assert client.get(address).status_code in {302, 403, 404}


def test_the_list_of_manifests_costs_the_same_however_long(desk: Client, warehouse: Warehouse) -> None:
    Service.objects.create(code="n", carrier="test_carrier", name="N", max_weight_g=1, price_minor=1)
    counts = []
    for _ in range(2):
        manifest = open_manifest(warehouse_id=warehouse.pk, carrier="test_carrier", actor=WORLD, at=NOON)
        Manifest.objects.update(status="closed")
        with CaptureQueriesContext(connection) as asked:
            page = desk.get("/office/trucks/").content.decode()
        assert manifest.code in page
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert desk.get(f"/office/trucks/{manifest.code}/list.pdf").content.startswith(b"%PDF")
