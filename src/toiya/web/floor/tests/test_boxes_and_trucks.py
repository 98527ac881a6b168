"""The packing station with boxes, packaging and several parcels; pictures, slips; a truck's manifest."""

from __future__ import annotations

from io import BytesIO
from uuid import uuid4

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from tests.floor_world import a_coded_sku, labelled, on_the_floor, packed, walked
from tests.packing_world import a_box, own_packaging
from tests.world import a_member, stock_of
from toiya.domain.carriers.models import Service
from toiya.domain.catalog.models import Sku
from toiya.domain.members.models import Seller, Staff
from toiya.domain.orders.models import Order
from toiya.domain.outbound.jobs import ship_manifest
from toiya.domain.outbound.models import Enclosure, Manifest, PackingSlip, Parcel, ParcelBox, ParcelPhoto
from toiya.domain.warehouses.models import Warehouse
from toiya.web.floor.tests.handheld import Handheld

pytestmark = pytest.mark.django_db


@pytest.fixture
def cup(seller: Seller, warehouse: Warehouse, service: Service) -> Sku:
    """A SKU of 10 x 9 x 9 cm with three pieces in stock."""
    sku = a_coded_sku(seller, "CUP")
    Sku.objects.filter(pk=sku.pk).update(length_mm=100, width_mm=90, height_mm=90)
    stock_of(sku, warehouse, 3)
    return sku


def at_the_table(seller: Seller, warehouse: Warehouse, picker: Staff, pieces: int) -> Handheld:
    """So many cups in a tote that was scanned at the station."""
    release, _ = on_the_floor(seller, warehouse, {"CUP": pieces})
    walked(release.pick_lists[0].code, picker)
    handheld = Handheld(picker)
    handheld.open(reverse("floor:station"))
    handheld.scan("T-001")
    return handheld


@pytest.fixture
def ready(seller: Seller, warehouse: Warehouse, picker: Staff, service: Service, cup: Sku) -> Parcel:
    """A parcel with its label."""
    release, _ = on_the_floor(seller, warehouse, {"CUP": 1})
    walked(release.pick_lists[0].code, picker)
    return labelled(packed("T-001", picker, service))


@pytest.mark.seed("A166")
def test_the_cheapest_box_and_service_are_proposed_and_another_box_is_taken(
    seller: Seller, warehouse: Warehouse, picker: Staff, cup: Sku
) -> None:
    Service.objects.update(max_size_cm=60)
    a_box(warehouse)
    a_box(warehouse, "XL", (390, 290, 220), price_minor=90)
    table = at_the_table(seller, warehouse, picker, 1)
    table.scan("CUP")
    assert "Box S ·" in table.page
    assert "425" in table.page
    table.send(service="nekopos|XL")
    assert table.status == 409  # 93 cm: the service does not take it
    table.scan("400 g")
    assert ParcelBox.objects.get().box.code == "S"
    assert Parcel.objects.get().status == "sealed"


def test_the_next_service_is_said_when_the_wish_does_not_take_the_goods(
    seller: Seller, warehouse: Warehouse, picker: Staff, cup: Sku
) -> None:
    Service.objects.update(max_size_cm=20)
    Service.objects.create(
        code="takkyubin", carrier="test_carrier", name="Takkyubin", max_weight_g=2000, max_size_cm=60, price_minor=760
    )
    Sku.objects.filter(pk=cup.pk).update(preferred_service="nekopos")
    a_box(warehouse)
    table = at_the_table(seller, warehouse, picker, 1)
    table.scan("CUP")
    assert "The seller wishes for Nekopos; it goes by Takkyubin." in table.page
    assert "does not fit" in table.page


@pytest.mark.seed("A186", "L28")
def test_own_packaging_is_scanned_at_the_station_or_said_to_be_missing(
    seller: Seller, warehouse: Warehouse, picker: Staff, cup: Sku
) -> None:
    own_packaging(seller, warehouse, cup)
    table = at_the_table(seller, warehouse, picker, 1)
    table.scan("CUP")
    assert "Scan and pack in: Thing GIFTBOX option GIFTBOX" in table.page
    table.scan("320 g")
    assert table.status == 409
    assert "belongs to this parcel" in table.page
    table.open(table.url)
    table.scan("GIFTBOX")
    assert "1 × Thing GIFTBOX option GIFTBOX is in" in table.page
    assert len(table.statements) <= 18
    table.scan("320 g")
    assert Enclosure.objects.get().bin is not None

    table = at_the_table(seller, warehouse, picker, 1)
    table.scan("CUP")
    table.send(missing=Sku.objects.get(seller_code="GIFTBOX").code)
    assert "is not there" in table.page
    table.scan("320 g")
    assert Parcel.objects.filter(status="sealed").count() == 2


def test_a_full_box_is_closed_and_the_next_one_begun(
    seller: Seller, warehouse: Warehouse, picker: Staff, cup: Sku
) -> None:
    table = at_the_table(seller, warehouse, picker, 3)
    table.scan("CUP")
    table.scan("CUP")
    table.send(ask="full")
    assert "What is left in the tote goes into the next box." in table.page
    table.scan("620 g")
    assert "Next box of this order" in table.page
    table.open(reverse("floor:station"))
    table.scan("T-001")
    table.scan("CUP")
    table.scan("310 g")
    assert "Next box of this order" not in table.page
    weights = Parcel.objects.order_by("pk").values_list("weight_g", "status")
    assert list(weights) == [(620, "sealed"), (310, "sealed")]


def test_a_picture_is_kept_and_shown_to_its_seller(ready: Parcel, picker: Staff, seller: Seller) -> None:
    picture = BytesIO()
    Image.new("RGB", (8, 8), "red").save(picture, "JPEG")
    handheld = Handheld(picker)
    for _ in range(2):
        told = {"moment": "sealed", "photo": SimpleUploadedFile("box.jpg", picture.getvalue())}
        answer = handheld.client.post(reverse("floor:parcel-photo", args=[ready.code]), told)
        assert answer.status_code == 302
    photo = ParcelPhoto.objects.get()
    assert (photo.moment, photo.taken_by, photo.media_type) == ("sealed", picker.user.name, "image/jpeg")

    handheld.client.force_login(a_member(seller))
    page = handheld.client.get(f"/orders/{ready.order.code}/").content.decode()
    address = f"/orders/{ready.order.code}/photos/{photo.pk}/"
    assert address in page
    assert handheld.client.get(address)["Content-Type"] == "image/jpeg"


@pytest.mark.parametrize(("country", "language"), [("JP", "ja"), ("KR", "ko"), ("TW", "zh-hans"), ("US", "en")])
def test_the_slip_is_in_the_buyers_language_and_the_same_at_every_print(
    ready: Parcel, picker: Staff, country: str, language: str
) -> None:
    ready.order.address.country = country
    ready.order.address.save()
    handheld = Handheld(picker)
    address = reverse("floor:parcel-slip", args=[ready.code])
    first, second = (handheld.client.get(address).content for _ in range(2))
    assert first == second
    assert len(pikepdf.open(BytesIO(first)).pages) == 1
    assert PackingSlip.objects.get().language == language


def test_a_truck_is_loaded_closed_and_handed_over_by_scans(ready: Parcel, picker: Staff) -> None:
    assert ready.label is not None
    handheld = Handheld(picker)
    assert "Manifest for" in handheld.open(reverse("floor:ship"))
    nobody = handheld.client.post(reverse("floor:manifest-begin"), {"carrier": "nobody"})
    assert nobody.status_code == 404
    handheld.client.post(reverse("floor:manifest-begin"), {"carrier": "test_carrier"})
    manifest = Manifest.objects.get()
    handheld.scan(manifest.code)
    assert handheld.url == reverse("floor:manifest", args=[manifest.code])
    scan_id, step = str(uuid4()), handheld.step
    for _ in range(2):
        handheld.scan(ready.label.tracking_number, scan_id, step)
        assert (handheld.tone, len(handheld.statements) <= 16) == ("ok", True)
    handheld.send(ask="close")
    paper = handheld.client.get(reverse("floor:manifest-list", args=[manifest.code]))
    assert paper["Content-Type"] == "application/pdf"
    handheld.scan(manifest.code)
    assert "Handed over" in handheld.page
    ship_manifest(manifest.pk)
    assert Parcel.objects.get().status == "shipped"


@pytest.mark.seed("A059")
def test_the_scan_onto_the_truck_puts_the_order_in_delivery_with_its_carrier_at_once(
    ready: Parcel, picker: Staff, seller: Seller
) -> None:
    assert ready.label is not None
    assert Order.objects.get().status == "ready"
    handheld = Handheld(picker)
    handheld.open(reverse("floor:ship"))
    handheld.scan(ready.label.tracking_number)
    assert Order.objects.get().status == "shipped"
    handheld.client.force_login(a_member(seller))
    page = handheld.client.get(f"/orders/{ready.order.code}/").content.decode()
    assert "In delivery" in page
    assert "Nekopos" in page
    assert ready.label.tracking_number in page
