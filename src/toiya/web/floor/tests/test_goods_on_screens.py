"""What the screens show of goods beside their names: a photo, and a warning where a hand may take another thing."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.catalog_world import a_photo
from tests.floor_world import a_coded_sku, on_the_floor
from tests.receiving_world import a_delivery, arrived
from tests.world import a_member, stock_of
from toiya.domain.members.models import Seller, Staff
from toiya.domain.stock.models import BinStock
from toiya.domain.warehouses.models import Warehouse
from toiya.web.floor.tests.handheld import Handheld

pytestmark = pytest.mark.django_db


def test_receiving_and_putting_away_show_the_photo_which_only_the_floor_may_fetch(
    seller: Seller, warehouse: Warehouse, picker: Staff
) -> None:
    tote = a_coded_sku(seller, "TOTE", barcode="4901234567894")
    place = reverse("floor:photo", args=[a_photo(tote).code])
    bundle = arrived(a_delivery(seller, warehouse, {tote: 3}))
    handheld = Handheld(picker)
    assert place in handheld.open(reverse("floor:receive-delivery", args=[bundle.code]))
    handheld.scan("4901234567894")
    row = BinStock.objects.get(sku=tote)
    for page in (reverse("floor:put-away"), reverse("floor:put-away-goods", args=[row.pk])):
        assert place in handheld.open(page)

    answer = handheld.client.get(place)
    assert (answer.status_code, answer["Content-Type"], answer["X-Content-Type-Options"]) == (
        200, "image/png", "nosniff",
    )  # fmt: skip
    assert handheld.client.get(reverse("floor:photo", args=["PIC-222222-2"])).status_code == 404
    stranger = Client()
    assert stranger.get(place).status_code == 302
    stranger.force_login(a_member(seller))
    assert stranger.get(place).status_code in (302, 403, 404)


@pytest.mark.seed("L18")
def test_picking_shows_the_photo_and_warns_of_what_looks_alike_in_the_bin(
    seller: Seller, warehouse: Warehouse, picker: Staff
) -> None:
    tote, other = a_coded_sku(seller, "TOTE", barcode="4901234567894"), a_coded_sku(seller, "TOTF")
    photo = a_photo(tote)
    stock_of(tote, warehouse, 5, bin_code="A01-02-1")
    stock_of(other, warehouse, 1, bin_code="A01-02-1")
    release, _ = on_the_floor(seller, warehouse, {"TOTE": 1})
    handheld = Handheld(picker)
    handheld.open(reverse("floor:jobs"))
    handheld.scan(release.pick_lists[0].code)
    page = handheld.scan("T-001")
    assert photo.code in page
    assert "Look-alike" not in page
    page = handheld.scan("BIN-A01-02-1")
    assert "Look-alike in this bin: Thing TOTF option TOTF." in page
    assert len(handheld.statements) <= 8, "\n\n".join(handheld.statements)
    handheld.scan("4901234567894")
    handheld.open(reverse("floor:station"))
    assert photo.code in handheld.scan("T-001")
