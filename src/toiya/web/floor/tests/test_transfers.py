"""From the seller's wish over the office's yes to the other building's shelf, over HTTP."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.books import findings
from tests.centres_world import applied
from tests.floor_world import a_person, in_bin
from tests.transfers_world import asked
from tests.world import a_member, a_seller, a_sku, a_warehouse, acting_for, stock_of
from toiya.domain.members.models import Seller, Staff
from toiya.domain.transfers.models import Transfer
from toiya.domain.warehouses.models import Warehouse
from toiya.web.floor.tests.handheld import Handheld

pytestmark = pytest.mark.django_db


def an_osaka_of(seller: Seller) -> Warehouse:
    """A second warehouse, which the seller applied for."""
    osaka = a_warehouse("OSK", "Osaka")
    applied(seller, osaka)
    return osaka


@pytest.mark.seed("L45")
def test_pieces_asked_for_in_the_portal_are_carried_from_shelf_to_shelf(
    seller: Seller, warehouse: Warehouse, picker: Staff
) -> None:
    osaka, tote = an_osaka_of(seller), a_sku(seller, barcode="4901234567894")
    stock_of(tote, warehouse, 10)
    portal, place = Client(), reverse("portal:sku-transfers", args=[tote.code])
    portal.force_login(a_member(seller))
    wish = {"from": warehouse.code, "to": "OSK", "quantity": "3"}
    assert portal.post(place, wish | {"quantity": "11"}).status_code == 422
    assert portal.post(place, wish, follow=True).status_code == 200
    transfer = accepted(warehouse)

    source = Handheld(picker)
    assert transfer.code in source.open(reverse("floor:transfers"))
    source.open(reverse("floor:transfer", args=[transfer.code]))
    source.scan("BIN-A01-01-1")
    for _ in range(2):
        source.scan("4901234567894", scan_id="the-same-scan")
    source.scan("4900000000000")
    assert source.tone == "stop"
    source.open(reverse("floor:transfer", args=[transfer.code]))
    source.send(number="2")
    assert "3 / 3" in source.page
    source.send(ask="close")

    target = Handheld(a_person(osaka))
    assert transfer.code in target.open(reverse("floor:transfers"))
    target.open(reverse("floor:transfer", args=[transfer.code]))
    target.scan("BIN-A01-02-1")
    target.scan(tote.code)
    target.send(number="2")
    target.send(ask="extra")
    target.send(ask="close")

    transfer.refresh_from_db()
    assert (transfer.status, transfer.picked, transfer.received, transfer.extra) == ("arrived", 3, 3, 1)
    assert (in_bin(warehouse, "A01-01-1"), in_bin(osaka, "A01-02-1")) == (7, 4)
    told = portal.get(place).content.decode()
    assert [word in told for word in ("asked for in Osaka", "on the way to Osaka", "arrived in Osaka")] == [True] * 3
    assert findings() == []


def accepted(warehouse: Warehouse) -> Transfer:
    """The one transfer there is, seen and accepted in the office."""
    office, transfer = Client(), Transfer.objects.get()
    office.force_login(a_person(warehouse, "floor_lead").user)
    assert transfer.code in office.get(reverse("office:transfers")).content.decode()
    office.post(reverse("office:transfers"), {"code": transfer.code, "decision": "accept"})
    return transfer


def test_the_office_asks_declines_and_sees_as_many_transfers_with_as_many_statements(
    seller: Seller, warehouse: Warehouse
) -> None:
    a_warehouse("OSK", "Osaka")
    tote = a_sku(seller)
    stock_of(tote, warehouse, 10)
    office, place, statements = Client(), reverse("office:transfers"), []
    office.force_login(a_person(warehouse, "floor_lead").user)
    assert office.post(place, {"sku": tote.code, "quantity": "99", "to": "OSK"}).status_code == 422
    for _ in range(3):
        office.post(place, {"sku": tote.code, "quantity": "2", "to": "OSK"})
        with CaptureQueriesContext(connection) as seen:
            office.get(place)
        statements.append(len(seen))
    assert statements[1] == statements[2]
    assert list(Transfer.objects.values_list("status", "quantity")) == [("accepted", 2)] * 3


def test_a_seller_neither_sees_nor_cancels_anothers_transfer(seller: Seller, warehouse: Warehouse) -> None:
    osaka, tote, stranger = a_warehouse("OSK", "Osaka"), a_sku(seller), a_seller("Kumo")
    own = a_sku(stranger)
    stock_of(tote, warehouse, 2)
    transfer = asked(tote, warehouse, osaka, 2, actor=acting_for(seller))
    client = Client()
    client.force_login(a_member(stranger))
    assert client.get(reverse("portal:sku-transfers", args=[tote.code])).status_code == 404
    client.post(reverse("portal:sku-transfers", args=[own.code]), {"cancel": transfer.code})
    transfer.refresh_from_db()
    assert transfer.status == "requested"
