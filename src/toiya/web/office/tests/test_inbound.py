"""Deliveries at the office, over HTTP."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.floor_world import a_person
from tests.inbound_world import a_bundle, a_request, rules_of, sent
from tests.world import NOON, a_seller, a_sku, a_warehouse, stock_of
from toiya.domain.inbound import queries
from toiya.domain.inbound.models import CargoBundle, DockSlot
from toiya.domain.inbound.rules import Fees, Limits
from toiya.domain.members.models import Seller
from toiya.domain.stock.models import Balance, BinStock
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


@pytest.fixture
def warehouse() -> Warehouse:
    return a_warehouse()


@pytest.fixture
def seller(warehouse: Warehouse) -> Seller:
    return a_seller()


@pytest.fixture
def desk(warehouse: Warehouse) -> Client:
    client = Client()
    client.force_login(a_person(warehouse, "floor_lead").user)
    return client


@pytest.mark.seed("A127")
def test_a_delivery_is_approved_from_the_list(desk: Client, warehouse: Warehouse, seller: Seller) -> None:
    bundle = a_bundle(seller, warehouse, {a_sku(seller): 80})
    page = desk.get("/office/inbound/").content.decode()
    assert bundle.code in page
    assert "80" in page
    assert desk.get(f"/office/inbound/{bundle.code}/").status_code == 200
    assert desk.post(f"/office/inbound/{bundle.code}/approval/").status_code == 302
    bundle.refresh_from_db()
    assert bundle.status == "confirmed"
    assert desk.post(f"/office/inbound/{bundle.code}/approval/").status_code == 409


def test_a_rejection_needs_a_reason(desk: Client, warehouse: Warehouse, seller: Seller) -> None:
    bundle = a_bundle(seller, warehouse, {a_sku(seller): 80})
    assert desk.post(f"/office/inbound/{bundle.code}/rejection/", {"reason": " "}).status_code == 422
    assert desk.post(f"/office/inbound/{bundle.code}/rejection/", {"reason": "No space."}).status_code == 302
    bundle.refresh_from_db()
    assert (bundle.status, bundle.reason) == ("rejected", "No space.")


@pytest.mark.seed("L15", "A138")
def test_the_dock_is_opened_and_a_large_delivery_waits_for_it(
    desk: Client, warehouse: Warehouse, seller: Seller
) -> None:
    rules_of(warehouse, large_pieces=10)
    bundle = a_bundle(seller, warehouse, {a_sku(seller): 80})
    assert "no time at the dock" in desk.get(f"/office/inbound/{bundle.code}/").content.decode()
    assert desk.post(f"/office/inbound/{bundle.code}/approval/").status_code == 409
    told = {"day": "2026-11-24", "first": "09:00", "minutes": "60", "slots": "2", "dock": "W05", "size": "large"}
    assert desk.post("/office/inbound/slots/", told).status_code == 302
    assert desk.post("/office/inbound/slots/", told | {"slots": "99"}).status_code == 422
    first, second = DockSlot.objects.order_by("starts_at")
    assert "W05" in desk.get("/office/inbound/slots/").content.decode()
    assert desk.post(f"/office/inbound/slots/{second.pk}/removal/").status_code == 302
    assert list(DockSlot.objects.all()) == [first]


@pytest.mark.seed("A136", "A137", "A138", "A139")
def test_rules_and_fees_are_data_of_the_warehouse(desk: Client, warehouse: Warehouse) -> None:
    assert desk.get("/office/inbound/rules/").status_code == 200
    told = {
        "most_pieces_a_request": "500", "most_pieces_a_bundle": "", "most_kinds_a_carton": "1", "large_pieces": "2000",
        "needs_carton_list": "on", "per_piece_minor": "7", "per_carton_minor": "90", "check_per_piece_minor": "20",
        "express_percent": "30", "label_per_piece_minor": "10", "pieces_an_hour": "300",
        "most_unannounced_cartons": "2",
    }  # fmt: skip
    assert desk.post("/office/inbound/rules/", told).status_code == 302
    assert queries.limits_of(warehouse.pk) == Limits(
        most_pieces_a_request=500, most_kinds_a_carton=1, large_pieces=2000, needs_approval=False,
        most_unannounced_cartons=2,
    )  # fmt: skip
    assert queries.fees_of(warehouse.pk) == Fees(7, 90, 20, 30, "JPY", 300)
    assert desk.post("/office/inbound/rules/", told | {"per_piece_minor": "-1"}).status_code == 422
    assert desk.post("/office/inbound/rules/", told | {"most_unannounced_cartons": ""}).status_code == 422


@pytest.mark.seed("L17")
def test_the_line_shows_places_and_times(desk: Client, warehouse: Warehouse, seller: Seller) -> None:
    rules_of(warehouse, needs_approval=False)
    bundle = sent(a_bundle(seller, warehouse, {a_sku(seller): 100}))
    CargoBundle.objects.filter(pk=bundle.pk).update(status="arrived", arrived_at=NOON)
    page = desk.get("/office/inbound/", {"view": "arrived"}).content.decode()
    assert "12:30" in page


def test_pieces_are_booked_out_of_the_bins_named(desk: Client, warehouse: Warehouse, seller: Seller) -> None:
    sku = a_sku(seller)
    stock_of(sku, warehouse, 6)
    request = a_request(sku, warehouse, 4, way="out")
    place = f"/office/inbound/out/{request.code}/"
    assert request.code in desk.get("/office/inbound/out/").content.decode()
    field = f"bin-{BinStock.objects.get().pk}"
    assert field in desk.get(place).content.decode()
    assert desk.post(place, {field: "3"}).status_code == 422
    assert desk.post(place, {field: "4"}).status_code == 302
    assert Balance.objects.get().on_hand == 2
    other = a_request(sku, warehouse, 1, way="out")
    assert desk.post(f"/office/inbound/out/{other.code}/refusal/", {"reason": ""}).status_code == 422
    assert desk.post(f"/office/inbound/out/{other.code}/refusal/", {"reason": "counting"}).status_code == 302


def test_nobodys_codes_are_not_there(desk: Client) -> None:
    assert desk.get("/office/inbound/CB-NONE/").status_code == 404
    assert desk.get("/office/inbound/out/IO-NONE/").status_code == 404
    assert desk.post("/office/inbound/slots/999/removal/").status_code == 404
