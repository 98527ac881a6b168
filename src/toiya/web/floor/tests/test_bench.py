"""From the seller's wish over the office's yes to the bench, over HTTP."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.assembly_world import an_assembled
from tests.books import findings
from tests.bundles_world import own_sku
from tests.floor_world import a_person, in_bin
from tests.world import a_member, stock_of
from toiya.domain.assembly.models import WorkOrder
from toiya.domain.members.models import Seller, Staff
from toiya.domain.warehouses.models import Warehouse
from toiya.web.floor.tests.handheld import Handheld

pytestmark = pytest.mark.django_db


@pytest.mark.seed("L11")
def test_a_wish_of_the_portal_is_accepted_and_made_and_one_is_taken_apart(
    seller: Seller, warehouse: Warehouse, picker: Staff
) -> None:
    gift = an_assembled(seller, "GIFT", {"CUP": 2})
    stock_of(own_sku(seller, "CUP"), warehouse, 10)
    portal, office = Client(), Client()
    portal.force_login(a_member(seller))
    place = reverse("portal:sku-assembly", args=[gift.code])
    assert portal.post(place, {"warehouse": warehouse.code, "quantity": "none"}).status_code == 422
    assert portal.post(place, {"warehouse": warehouse.code, "quantity": "3"}, follow=True).status_code == 200
    order = WorkOrder.objects.get()
    office.force_login(a_person(warehouse, "floor_lead").user)
    assert order.code in office.get(reverse("office:assembly")).content.decode()
    office.post(reverse("office:assembly"), {"code": order.code, "decision": "accept"})

    handheld = Handheld(picker)
    assert order.code in handheld.open(reverse("floor:bench"))
    handheld.open(reverse("floor:work-order", args=[order.code]))
    handheld.send(ask="start")
    handheld.scan("BIN-A01-01-1")
    handheld.scan("GIFT")
    assert (handheld.status, handheld.tone) == (409, "stop")
    handheld.open(handheld.url)
    assert "Scan a piece of the part" in handheld.page
    handheld.scan("CUP")
    handheld.scan("BIN-A01-06-1")
    for _ in range(2):
        handheld.send("the-same-scan", number="2")
    assert "How many are taken apart?" in handheld.send(ask="apart")
    handheld.send(apart="2")

    order.refresh_from_db()
    assert (order.status, order.made, order.taken_apart) == ("in_work", 2, 2)
    assert (in_bin(warehouse, "A01-01-1"), in_bin(warehouse, "A01-06-1")) == (10, 0)
    portal.post(place, {"stop": order.code})
    order.refresh_from_db()
    assert order.status == "cancelled"
    assert findings() == []
