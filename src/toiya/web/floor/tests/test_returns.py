"""The returns station over HTTP: a phone-sized screen, a scanner, a camera."""

from __future__ import annotations

import io

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from tests.books import findings
from tests.floor_world import in_bin
from tests.returns_world import a_shipped_order, announced, at_desk, disposal_of
from tests.world import a_member, a_sku, stock_of
from toiya.core import papers
from toiya.domain.catalog.models import Sku
from toiya.domain.members.models import Seller, Staff
from toiya.domain.orders.models import Order
from toiya.domain.returns.models import Aside, DoorParcel, Grading, Return
from toiya.domain.stock.models import Balance
from toiya.domain.warehouses.models import Warehouse
from toiya.web.floor.tests.handheld import Handheld

pytestmark = pytest.mark.django_db
BARCODE = "4901234567894"


@pytest.fixture
def tote(seller: Seller, warehouse: Warehouse) -> Sku:
    sku = a_sku(seller, barcode=BARCODE)
    stock_of(sku, warehouse, 10)
    return sku


@pytest.fixture
def order(seller: Seller, warehouse: Warehouse, tote: Sku, picker: Staff) -> Order:
    return a_shipped_order(seller, warehouse, {"LT-NVM": 3}, picker=picker)


def a_photo() -> SimpleUploadedFile:
    """A picture as a phone sends it."""
    kept = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(kept, "JPEG")
    return SimpleUploadedFile("photo.jpg", kept.getvalue(), "image/jpeg")


def judge(device: Handheld, grade: str, *, photo: SimpleUploadedFile | None = None, scan_id: str = "") -> str:
    """The form of a piece, sent as a browser sends it."""
    told = {"step": device.step, "scan_id": scan_id or "a-form-of-its-own", "number": "1", "grade": grade}
    answer = device.client.post(device.url, told | ({"photo": photo} if photo else {}))
    return device._read(answer.status_code, answer.content.decode())


@pytest.mark.seed("L27")
def test_a_parcel_is_scanned_in_and_each_piece_is_judged_and_put_away(
    warehouse: Warehouse, tote: Sku, order: Order, picker: Staff
) -> None:
    announced(order, {tote.code: 3}, tracking_number="555-1")
    device = Handheld(picker)
    device.open(reverse("floor:returns"))
    device.scan("5551")
    assert Return.objects.get().status == "arrived"

    device.scan(BARCODE)
    judge(device, "A")
    step = device.step
    for _ in range(2):
        device.scan("BIN-A01-02-1", scan_id="the-same-scan-of-a-bin", step=step)
    device.scan(tote.code)
    judge(device, "C")
    assert device.status == 409
    device.open(device.url)
    device.scan("LT-NVM")
    judge(device, "C", photo=a_photo())
    assert "DAMAGED-1" in device.page

    device.open(device.url)
    device.send(ask="close")
    found = Return.objects.get()
    assert (found.status, [row.grade for row in Grading.objects.order_by("pk")]) == ("done", ["A", "C"])
    assert (in_bin(warehouse, "A01-02-1"), Aside.objects.get().status) == (1, "waiting")
    assert Balance.objects.get().available == 8
    assert findings() == []


def test_a_photo_of_a_piece_that_is_sold_again_stays_with_its_inspection(
    warehouse: Warehouse, tote: Sku, order: Order, picker: Staff
) -> None:
    found = at_desk(announced(order, {tote.code: 3}).code, warehouse)
    device = Handheld(picker)
    device.open(reverse("floor:return", args=[found.code]))
    device.scan(BARCODE)
    judge(device, "A", photo=a_photo())  # put nowhere: somebody else's piece comes first
    left = Session.objects.get().get_decoded()["returned_piece"][3]
    assert papers.cupboard().exists(left)
    device.open(device.url)
    device.scan(BARCODE)
    judge(device, "A", photo=a_photo())
    assert not papers.cupboard().exists(left)
    step = device.step
    device.scan("BIN-NOWHERE")
    assert device.tone == "stop"
    for _ in range(2):
        device.scan("BIN-A01-02-1", scan_id="the-same-scan-of-a-bin", step=step)
    graded = Grading.objects.get()
    assert (graded.is_sellable, papers.cupboard().exists(graded.photo_key)) == (True, True)
    assert "returned_piece" not in Session.objects.get().get_decoded()

    seller_at_home = Client()
    seller_at_home.force_login(a_member(graded.seller))
    shown = reverse("portal:return-photo", args=[found.code, graded.pk])
    assert shown in seller_at_home.get(reverse("portal:return", args=[found.code])).content.decode()
    assert seller_at_home.get(shown)["Content-Type"] == "image/jpeg"


@pytest.mark.seed("A193")
def test_freight_collect_and_unknown_parcels_are_written_down_at_the_door(
    tote: Sku, order: Order, picker: Staff
) -> None:
    device = Handheld(picker)
    device.open(reverse("floor:returns"))
    device.scan("999999999")
    assert "Nobody knows this parcel" in device.page
    for _ in range(2):
        device.send(code="999999999", note="red box", ask="unknown", scan_id="one-parcel-noted")
    device.open(reverse("floor:returns"))
    device.send(code=order.code, ask="refuse")
    assert sorted(DoorParcel.objects.values_list("status", "seller_id")) == [
        ("refused", order.seller_id),
        ("unknown", None),
    ]
    assert findings() == []


@pytest.mark.seed("L26")
def test_what_the_seller_agreed_to_is_thrown_away_scan_by_scan(
    seller: Seller, warehouse: Warehouse, tote: Sku, picker: Staff
) -> None:
    removal = disposal_of(seller, warehouse, {tote.code: 4})
    device = Handheld(picker)
    assert removal.code in device.open(reverse("floor:returns"))
    device.open(reverse("floor:disposal", args=[removal.code]))
    device.scan(BARCODE)
    assert device.tone == "stop"
    device.open(device.url)
    device.scan("BIN-A01-01-1")
    for _ in range(2):
        device.scan(BARCODE, scan_id="the-same-piece")
    line = removal.lines.get()
    assert "1 / 4" in device.page
    device.send(number="3", line=str(line.pk))
    removal.refresh_from_db()
    assert (removal.status, Balance.objects.get().on_hand) == ("done", 6)
    assert findings() == []
