"""Returns and removals in the portal and the office: announce, follow, decide, take home."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.books import findings
from tests.floor_world import a_person
from tests.returns_world import TYPED, a_scan, a_shipped_order, announced, at_desk, graded, removal_of
from tests.world import NOON, WORLD, a_member, a_seller, a_sku, a_warehouse, money_in, stock_of
from toiya.domain.catalog.models import Sku
from toiya.domain.members.models import Seller
from toiya.domain.orders.models import Order, Wish
from toiya.domain.returns.actions.arriving import AtTheDoor, note_unknown
from toiya.domain.returns.actions.preparing import prepare_return
from toiya.domain.returns.models import Aside, DoorParcel, Removal, Return, ReturnsAddress
from toiya.domain.stock.models import Balance
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db


@pytest.fixture
def warehouse() -> Warehouse:
    return a_warehouse()


@pytest.fixture
def seller() -> Seller:
    seller = a_seller()
    money_in(seller, 10_000)
    return seller


@pytest.fixture
def tote(seller: Seller, warehouse: Warehouse) -> Sku:
    sku = a_sku(seller)
    stock_of(sku, warehouse, 10)
    return sku


@pytest.fixture
def order(seller: Seller, warehouse: Warehouse, tote: Sku) -> Order:
    return a_shipped_order(seller, warehouse, {"LT-NVM": 3})


@pytest.fixture
def portal(seller: Seller) -> Client:
    client = Client()
    client.force_login(a_member(seller))
    return client


@pytest.fixture
def office(warehouse: Warehouse) -> Client:
    client = Client()
    client.force_login(a_person(warehouse, "floor_lead").user)
    return client


def read(client: Client, name: str, *args: object) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.mark.seed("L27", "A193")
def test_a_return_is_announced_followed_and_decided(
    portal: Client, office: Client, warehouse: Warehouse, tote: Sku, order: Order
) -> None:
    place = reverse("portal:return-new")
    assert reverse("portal:return-new") in read(portal, "portal:order", order.code)
    assert portal.get(place, {"order": "no such order"}).status_code == 422
    assert "Can come back" in portal.get(place, {"order": order.code}).content.decode()
    told = {"order": order.code, "reason": "damaged", "wish": "ask", f"pieces-{tote.code}": "9"}
    assert portal.post(place, told).status_code == 422
    assert portal.post(place, told | {f"pieces-{tote.code}": "２"}).status_code == 302
    found = Return.objects.get()
    assert found.code in read(portal, "portal:returns") + read(portal, "portal:order", order.code)

    at_desk(found.code, warehouse)
    graded(found, tote, "C")
    aside = Aside.objects.get()
    page = read(portal, "portal:return", found.code)
    assert [word in page for word in ("At the returns desk", "Damaged", "What becomes of them?")] == [True] * 3
    decide = reverse("portal:return-decision", args=[found.code, aside.pk])
    assert portal.post(decide, {"decision": "dispose"}).status_code == 422
    assert portal.post(decide, {"decision": "send_back"}).status_code == 302

    doing = reverse("office:return-doing", args=[aside.pk])
    assert found.code in office.get(reverse("office:returns"), {"view": "decided"}).content.decode()
    assert office.post(doing, {"tracking": ""}).status_code == 422
    assert office.post(doing, {"tracking": "4444"}).status_code == 302
    assert "4444" in read(portal, "portal:return", found.code)
    assert Balance.objects.get().on_hand == 7
    assert portal.get(reverse("portal:return-photo", args=[found.code, aside.grading_id])).status_code == 200
    assert findings() == []


@pytest.mark.seed("A193", "A195")
def test_returns_have_an_address_of_their_own_printed_on_the_return_label(
    portal: Client, office: Client, tote: Sku, order: Order
) -> None:
    found = announced(order, {tote.code: 1})
    label = reverse("portal:return-label", args=[found.code])
    assert portal.get(label).status_code == 422
    where = TYPED | {"address": "千葉県船橋市浜町2-1-1", "entrance": "北口 2F", "name": "Returns desk"}
    assert office.post(reverse("office:returns-address"), where | {"phone": ""}).status_code == 422
    assert office.post(reverse("office:returns-address"), where).status_code == 302
    assert ReturnsAddress.objects.get().entrance == "北口 2F"
    assert "北口 2F" in read(portal, "portal:return", found.code)
    paper = portal.get(label)
    assert (paper["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")


def test_a_parcel_that_nobody_knew_is_placed_in_the_office(office: Client, warehouse: Warehouse, order: Order) -> None:
    noted = note_unknown(warehouse_id=warehouse.pk, came=AtTheDoor("?", a_scan()), actor=WORLD, at=NOON)
    assert noted.code in office.get(reverse("office:returns"), {"view": "unknown"}).content.decode()
    placing = reverse("office:door-placing", args=[noted.code])
    assert office.post(placing, {"order": "nothing"}).status_code == 422
    assert office.post(placing, {"order": order.code}).status_code == 302
    assert (DoorParcel.objects.get().status, Return.objects.get().order) == ("placed", order)


@pytest.mark.seed("L26", "A192")
def test_goods_are_taken_home_from_the_portal_with_payer_and_service_by_choice(
    portal: Client, office: Client, warehouse: Warehouse, tote: Sku, order: Order
) -> None:
    place = reverse("portal:removal-new")
    token = "the-same-form"
    told = TYPED | {"warehouse": warehouse.code, "payer": "receiver", "service": "road", "token": token}
    assert portal.post(place, told | {f"pieces-{tote.code}": "99"}).status_code == 422
    for _ in range(2):
        assert portal.post(place, told | {f"pieces-{tote.code}": "4"}).status_code == 302
    removal = Removal.objects.get()
    assert removal.order is not None
    wish = Wish.objects.get(order=removal.order)
    assert (wish.service_code, wish.is_freight_collect, Balance.objects.get().allocated) == ("road", True, 4)
    assert removal.code in read(portal, "portal:removals") + read(office, "office:removals")
    assert removal.order.code in read(portal, "portal:removal", removal.code)
    assert "a removal" in read(portal, "portal:order", removal.order.code)
    assert removal.order.code in office.get(reverse("office:waves")).content.decode()

    assert portal.post(reverse("portal:removal-cancellation", args=[removal.code])).status_code == 302
    assert (Removal.objects.get().status, Balance.objects.get().allocated) == ("cancelled", 0)
    assert findings() == []


@pytest.mark.seed("A192")
def test_what_was_drawn_up_is_confirmed_by_a_person_of_the_office(
    office: Client, seller: Seller, warehouse: Warehouse, tote: Sku
) -> None:
    (made,) = prepare_return(seller_id=seller.pk, reason="Service stopped", actor=WORLD, at=NOON)
    place = reverse("office:removal-confirmation", args=[made.code])
    assert "Confirm it" in read(office, "office:removal", made.code)
    assert office.post(place, {"name": "Hanataba"}).status_code == 422
    assert office.post(place, TYPED).status_code == 302
    assert (Removal.objects.get().status, Balance.objects.get().allocated) == ("ordered", 10)


@pytest.mark.parametrize("page", ["portal:returns", "portal:removals", "office:returns", "office:removals"])
def test_a_list_costs_as_many_statements_for_ten_as_for_one(
    page: str, portal: Client, office: Client, seller: Seller, warehouse: Warehouse, tote: Sku, order: Order
) -> None:
    client = portal if page.startswith("portal") else office
    announced(order, {tote.code: 1})
    removal_of(seller, warehouse, {tote.code: 1})
    client.get(reverse(page))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse(page))
    for _ in range(2):
        announced(order, {tote.code: 1})
        removal_of(seller, warehouse, {tote.code: 1})
    with CaptureQueriesContext(connection) as more:
        assert client.get(reverse(page)).status_code == 200
    assert len(more) == len(few)
