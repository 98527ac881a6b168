"""The office prints labels for any seller's goods and boxes."""

from __future__ import annotations

import pypdfium2
import pytest
import zxingcpp
from django.test import Client

from tests.floor_world import a_person
from tests.labels_world import a_delivery
from tests.world import PASSWORD, a_member, a_seller, a_sku, a_warehouse

pytestmark = pytest.mark.django_db


def test_a_desk_prints_labels_for_the_goods_and_boxes_of_any_seller() -> None:
    house, seller = a_warehouse(), a_seller()
    tote = a_sku(seller)
    bundle = a_delivery(house, [{tote: 30}])
    desk = Client()
    staff = a_person(house, "floor_lead")
    desk.force_login(staff.user)
    assert desk.get(f"/office/labels/?bundle={bundle.code}").context["rows"][0].copies == "30"
    answer = desk.post("/office/labels/", {"code": [tote.code], "copies": ["1"], "paper": "roll-60x40"})
    picture = pypdfium2.PdfDocument(answer.content)[0].render(scale=203.2 / 72).to_pil()
    assert [found.text for found in zxingcpp.read_barcodes(picture)] == [tote.code]
    assert desk.get(f"/office/inbound/{bundle.code}/labels/").status_code == 200
    assert desk.post(f"/office/inbound/{bundle.code}/labels/", {"what": "list"})["Content-Type"] == "application/pdf"
    assert desk.get("/office/inbound/CB-NONE/labels/").status_code == 404


def test_sellers_are_led_home_from_the_desks_labels() -> None:
    seller = a_seller()
    client = Client()
    assert client.login(username=a_member(seller).email, password=PASSWORD)
    assert client.get("/office/labels/").url == "/"
