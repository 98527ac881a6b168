"""Goods come in: one short, one damaged; put away, straight to a waiting order, told to the site, talked over."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from tests.books import findings
from tests.floor_world import a_coded_sku, a_person
from tests.receiving_world import a_delivery, lying
from tests.world import NOON, a_member, a_seller, a_shop, a_warehouse, an_order, judged
from toiya.domain.allocation.jobs import allocate_waiting
from toiya.domain.catalog.models import Sku
from toiya.domain.channels import plugs
from toiya.domain.channels.jobs import reading, telling, want_all
from toiya.domain.channels.port import SiteListing
from toiya.domain.channels.tests.pretend_site import PretendSite
from toiya.domain.conversations.jobs import differences
from toiya.domain.conversations.models import Conversation
from toiya.domain.inbound.models import CargoBundle, Difference, Receipt
from toiya.domain.orders.models import Order
from toiya.domain.stock.models import Balance
from toiya.domain.warehouses.models import Warehouse
from toiya.web.floor.tests.handheld import Handheld

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(minutes=5)


def a_photo() -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(out, "JPEG")
    return SimpleUploadedFile("photo.jpg", out.getvalue(), "image/jpeg")


@pytest.mark.seed("A126", "L16", "L17")
def test_from_the_truck_to_the_bin_and_to_the_site() -> None:
    site = PretendSite(NOON)
    site.offers = [SiteListing("1001", "", "Tote", "TOTE", "", 0, {})]
    before = dict(plugs.all_channels())
    plugs.install({"qoo10": site})
    try:
        _journey(site)
    finally:
        plugs.install(before)


def _journey(site: PretendSite) -> None:
    seller, house = a_seller(), a_warehouse()
    sku = a_coded_sku(seller, "TOTE", barcode="4901234567894")
    shop = a_shop(seller, at=NOON - timedelta(hours=1))
    reading.refresh_listings(shop.pk, NOON)
    (waiting,) = judged(an_order(seller, {"TOTE": 2}))
    assert waiting.status == Order.Status.WAITING
    bundle = a_delivery(seller, house, {sku: 10})
    owner, floor = Client(), Handheld(a_person(house, name="Sato"))
    owner.force_login(a_member(seller))

    _count(floor, bundle, owner)
    _put_away(floor, waiting, sku)

    # The site shows what may be sold: nine on hand, one damaged, two promised.
    want_all(seller.pk, LATER)
    telling.run(telling.STOCK, shop.pk, lambda: LATER)
    balance = Balance.objects.get(sku=sku)
    assert (balance.on_hand, balance.blocked, balance.allocated, balance.available) == (9, 1, 2, 6)
    assert set(site.shown) == {"1001"}

    _talk(bundle, owner, house)
    assert Balance.objects.get(sku=sku).on_hand == 10
    assert findings() == []


def _count(floor: Handheld, bundle: CargoBundle, owner: Client) -> None:
    """Eight good pieces by scan and number, one damaged with a photo, done; the seller looks on."""
    sku = bundle.lines.get().sku
    floor.open(reverse("floor:receive"))
    floor.scan(bundle.cartons.get().code)
    floor.scan("4901234567894")
    floor.send(ask="many", sku=str(sku.pk))
    floor.send(number="7")
    page = owner.get(reverse("portal:inbound-counts", args=[bundle.code]), headers={"HX-Request": "true"})
    assert "8 of 10 pieces" in page.content.decode()
    told = {"step": f"hurt-{sku.pk}", "scan_id": "photo-0001", "number": "1", "note": "torn", "photo": a_photo()}
    assert floor.client.post(floor.url.split("?")[0], told).status_code == 200
    floor.open(reverse("floor:receive-delivery", args=[bundle.code]))
    floor.scan("CMD-DONE")
    floor.send(ask="complete")
    assert CargoBundle.objects.get().status == "completed"
    assert set(Difference.objects.values_list("kind", "pieces")) == {("fewer", 1), ("damaged", 1)}


def _put_away(floor: Handheld, waiting: Order, sku: Sku) -> None:
    """The waiting order gets its pieces, and they stay at the dock when the rest is put away."""
    allocate_waiting(waiting.seller_id)
    waiting.refresh_from_db()
    assert waiting.status == Order.Status.ALLOCATED
    floor.open(reverse("floor:put-away"))
    floor.scan("TOTE")
    floor.scan("BIN-A01-01-1")
    assert lying(sku) == {"A01-01-1": 6, "DAMAGED-1": 1, "DOCK-1": 2}


def _talk(bundle: CargoBundle, owner: Client, house: Warehouse) -> None:
    """The seller hears of it and sees the photo; the office settles what is missing."""
    differences(bundle.pk)
    conversation = Conversation.objects.get()
    assert (conversation.about_code, conversation.status) == (bundle.code, "waiting_for_seller")
    receipt = Receipt.objects.get(condition="damaged")
    photo = owner.get(reverse("portal:inbound-photo", args=[bundle.code, receipt.pk]))
    assert (photo.status_code, photo["Content-Type"]) == (200, "image/jpeg")
    desk = Client()
    desk.force_login(a_person(house, "floor_lead").user)
    fewer = Difference.objects.get(kind="fewer")
    note = {"outcome": "found_later", "note": "under the pallet"}
    assert desk.post(reverse("office:settling", args=[fewer.pk]), note).status_code == 302
    page = desk.get(reverse("office:receiving-delivery", args=[bundle.code])).content.decode()
    assert "under the pallet" in page
