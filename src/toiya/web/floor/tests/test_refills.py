"""Refilling a pick bin over HTTP: three scans, each refused when it is another thing."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.floor_world import a_coded_sku, in_bin
from tests.waves_world import a_pick_face
from tests.world import stock_of
from toiya.domain.members.models import Seller, Staff
from toiya.domain.stock.models import BinStock
from toiya.domain.warehouses.models import Warehouse
from toiya.web.floor.tests.handheld import Handheld

pytestmark = pytest.mark.django_db


def test_a_pick_bin_is_refilled_by_three_scans(seller: Seller, warehouse: Warehouse, picker: Staff) -> None:
    sku = a_coded_sku(seller, "A", barcode="4901234567894")
    stock_of(sku, warehouse, 9, bin_code="A01-01-1")
    face = a_pick_face(sku, warehouse, "A01-05-1", maximum=6)
    handheld = Handheld(picker)
    assert "1 pick bin wants pieces" in handheld.open(reverse("floor:jobs"))
    refill = reverse("floor:refill", args=[face.pk, BinStock.objects.get().pk])
    assert refill in handheld.open(reverse("floor:refills"))

    handheld.open(refill)
    for step, wrong, right in (("source", "A01-02-1", "A01-01-1"), ("goods", "B", "4901234567894")):
        assert handheld.step.startswith(step)
        kept = handheld.step
        handheld.scan(wrong)
        assert (handheld.status, handheld.tone) == (409, "stop")
        handheld.scan(right, step=kept)
        assert handheld.tone == "ok"
    assert "× 6" in handheld.page
    handheld.send(ask="count")
    handheld.send(number="5")
    page = handheld.scan("BIN-A01-05-1")
    assert "5 moved to A01-05-1" in page
    assert "Every pick bin is full enough" in page
    assert (in_bin(warehouse, "A01-01-1"), in_bin(warehouse, "A01-05-1")) == (4, 5)


def test_a_pick_bin_of_another_building_is_not_there(seller: Seller, warehouse: Warehouse, picker: Staff) -> None:
    sku = a_coded_sku(seller, "A")
    stock_of(sku, warehouse, 9)
    handheld = Handheld(picker)
    handheld.open(reverse("floor:refill", args=[1, BinStock.objects.get().pk]))
    assert handheld.status == 404
