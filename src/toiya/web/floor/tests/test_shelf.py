"""The shelf over HTTP: looking up, carrying, setting aside with a photo, counting blind."""

from __future__ import annotations

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from tests.floor_world import a_coded_sku, a_person, in_bin
from tests.stock_world import spot_of, to_count
from tests.world import stock_of
from toiya.domain.catalog.models import Sku
from toiya.domain.members.models import Seller, Staff
from toiya.domain.stock.models import Balance, BinStock, Count, StockNote
from toiya.domain.warehouses.models import Warehouse
from toiya.web.floor.tests.handheld import Handheld

pytestmark = pytest.mark.django_db
BARCODE = "4901234567894"


@pytest.fixture
def sku(seller: Seller, warehouse: Warehouse) -> Sku:
    sku = a_coded_sku(seller, "LT-NVM", barcode=BARCODE)
    stock_of(sku, warehouse, 10)
    return sku


@pytest.fixture
def handheld(picker: Staff, sku: Sku) -> Handheld:
    return Handheld(picker)


def test_goods_are_found_by_barcode_and_a_bin_by_its_label(handheld: Handheld, sku: Sku) -> None:
    handheld.open(reverse("floor:shelf"))
    page = handheld.scan("BIN-A01-01-1")
    assert (handheld.status, handheld.tone) == (200, "ok")
    assert "Thing LT-NVM" in page
    handheld.scan("A01-02-1")
    assert "The bin is empty." in handheld.page
    handheld.scan(BARCODE)
    assert handheld.url == reverse("floor:shelf-row", args=[BinStock.objects.get().pk])
    handheld.open(reverse("floor:shelf"))
    handheld.scan("4900000000000")
    assert (handheld.status, handheld.tone) == (409, "stop")


def test_pieces_are_carried_by_a_number_and_a_scan_and_a_scan_sent_twice_carries_once(
    handheld: Handheld, warehouse: Warehouse
) -> None:
    handheld.open(reverse("floor:shelf-row", args=[BinStock.objects.get().pk]))
    handheld.send(ask="count")
    handheld.send(number="4")
    step = handheld.step
    handheld.scan("A01-02-1")
    assert handheld.tone == "done"
    assert "4 moved to A01-02-1" in handheld.page
    handheld.scan("A01-02-1", step=step)
    assert handheld.tone == "warn"
    assert (in_bin(warehouse, "A01-01-1"), in_bin(warehouse, "A01-02-1")) == (6, 4)


def test_without_a_number_all_pieces_go(handheld: Handheld, warehouse: Warehouse) -> None:
    handheld.open(reverse("floor:shelf-row", args=[BinStock.objects.get().pk]))
    handheld.scan("A01-03-1")
    assert (in_bin(warehouse, "A01-01-1"), in_bin(warehouse, "A01-03-1")) == (0, 10)
    assert "Nothing is left here" in handheld.page


def test_damaged_pieces_are_set_aside_with_a_photo(handheld: Handheld, sku: Sku) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(picture, "JPEG")
    photo = SimpleUploadedFile("crushed.jpg", picture.getvalue(), "image/jpeg")
    told = {"quantity": "3", "seen": "10", "reason": "damaged", "photo": photo}
    url = reverse("floor:shelf-damaged", args=[BinStock.objects.get().pk])
    page = handheld.client.post(url, told).content.decode()
    assert "Put them into DAMAGED-1." in page
    balance = Balance.objects.get(sku=sku)
    assert (balance.on_hand, balance.blocked, balance.available) == (10, 3, 7)
    note = StockNote.objects.get()
    assert (note.reason, note.photo_type, note.photo_key != "") == ("damaged", "image/jpeg", True)


def test_a_count_is_blind_and_a_large_difference_is_for_somebody_else(
    handheld: Handheld, sku: Sku, warehouse: Warehouse
) -> None:
    task = to_count(spot_of(sku, warehouse))
    assert "A01-01-1" in handheld.open(reverse("floor:counts"))
    handheld.open(reverse("floor:count", args=[task.code]))
    handheld.scan("A01-02-1")
    assert (handheld.status, handheld.tone) == (409, "stop")
    handheld.open(reverse("floor:count", args=[task.code]))
    page = handheld.scan("A01-01-1")
    assert re.search(r"\b10\b", re.sub(r"<[^>]*>", " ", page)) is None
    handheld.send(number="6")
    assert handheld.tone == "done"
    assert "Another person counts A01-01-1 once more." in handheld.page
    assert task.code not in handheld.open(reverse("floor:counts"))
    other = Handheld(a_person(warehouse))
    assert task.code in other.open(reverse("floor:counts"))
    other.open(reverse("floor:count", args=[task.code]))
    other.scan("A01-01-1")
    other.send(number="6")
    assert "A01-01-1 is counted." in other.page
    assert Balance.objects.get(sku=sku).on_hand == 6
    assert Count.objects.count() == 2
