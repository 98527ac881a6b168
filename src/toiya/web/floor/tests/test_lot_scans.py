"""The lot of a SKU that is kept by lot is scanned on the walk, alone or in the code of a piece."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.floor_world import on_the_floor
from tests.packing_world import a_lotted_sku
from toiya.domain.members.models import Seller, Staff
from toiya.domain.outbound.models import PickTask
from toiya.domain.warehouses.models import Warehouse
from toiya.web.floor.tests.handheld import Handheld

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_the_bin(seller: Seller, warehouse: Warehouse, picker: Staff) -> Handheld:
    sku = a_lotted_sku(seller, warehouse, "TEA", {"L7": 5})
    sku.barcodes.create(seller=seller, barcode="4901234567894")
    release, _ = on_the_floor(seller, warehouse, {"TEA": 2})
    handheld = Handheld(picker)
    handheld.open(reverse("floor:jobs"))
    handheld.scan(release.pick_lists[0].code)
    handheld.scan("T-001")
    handheld.scan("A01-01-1")
    return handheld


def test_the_lot_then_the_pieces(at_the_bin: Handheld) -> None:
    assert "Scan lot L7" in at_the_bin.page
    at_the_bin.scan("L8")
    assert at_the_bin.status == 409
    at_the_bin.open(at_the_bin.url)
    at_the_bin.scan("l7")
    assert "Scan each piece" in at_the_bin.page
    at_the_bin.scan("TEA")
    at_the_bin.scan("TEA")
    assert PickTask.objects.get().status == "picked"


def test_a_gs1_code_of_the_piece_at_the_lot_screen_is_its_lot(at_the_bin: Handheld) -> None:
    at_the_bin.scan("]C1010490123456789410L7")
    assert "Scan each piece" in at_the_bin.page
    at_the_bin.scan("010490123456789410L8")
    assert at_the_bin.status == 409
    at_the_bin.open(at_the_bin.url)
    at_the_bin.scan("010490123456789410L7")
    assert PickTask.objects.get().picked == 1
