"""Programs enter orders: one or many, never twice, and what is wrong is named field by field."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from tests.centres_world import applied
from tests.world import a_key, a_seller, a_sku, a_warehouse
from toiya.domain.members.models import Seller
from toiya.domain.orders.models import ManagedOrder, Order

pytestmark = pytest.mark.django_db
GOOD: dict[str, Any] = {
    "lines": [{"seller_sku": "LT-NVM", "quantity": 2, "price": "1200"}],
    "branch": "FNB",
    "receiver": "田中 みなみ",
    "phone": "090-1234-5678",
    "postal_code": "273-0017",
    "address": "千葉県船橋市西浦1-2-3",
}


@pytest.fixture
def seller(db: None) -> Seller:
    seller = a_seller()
    applied(seller, a_warehouse())
    a_sku(seller)
    return seller


def call(secret: str, body: Any, path: str = "", key: str = "one") -> Any:
    headers = {"authorization": f"Bearer {secret}"} | ({"idempotency-key": key} if key else {})
    return Client().post(f"/api/v1/orders{path}", json.dumps(body), content_type="application/json", headers=headers)


def test_an_order_is_entered_once_however_often_it_is_sent(seller: Seller) -> None:
    secret = a_key(seller, ("see_orders", "edit_orders"))[1]
    wish = {"site": "Shopify", "reference": "#1001", "service": "TAKKYUBIN", "slot": "18-20", "buyer": "Sato"}
    first, again = (call(secret, GOOD | wish).json() for _ in range(2))
    managed = ManagedOrder.objects.get()
    assert (first["result"], again["result"]) == ("new", "repeated")
    assert first["code"] == again["code"] == managed.order.code
    assert first["management_number"] == managed.number
    assert (managed.order.channel, managed.order.external_id, managed.buyer) == ("api", "Shopify: #1001", "Sato")
    assert (managed.order.wish.service_code, managed.order.wish.slot) == ("TAKKYUBIN", "18-20")


def test_what_is_declined_says_what_and_changes_nothing(seller: Seller) -> None:
    secret = a_key(seller, ("see_orders", "edit_orders"))[1]
    reader = a_key(seller, ("see_orders",))[1]
    assert call(reader, GOOD).status_code == 403
    assert call(secret, GOOD, key="").json()["code"] == "idempotency_key_missing"
    assert call(secret, GOOD | {"colour": "red"}).status_code == 422
    no = call(secret, GOOD | {"phone": "12", "service": "NEKOPOS", "lines": [{"seller_sku": "X", "quantity": 1}]})
    assert (no.status_code, no.json()["code"]) == (409, "order_to_mend")
    assert no.json()["details"]["of_phone"].startswith("“12” is no phone number")
    assert no.json()["details"]["of_seller_sku"].startswith("You have no SKU with the code X")
    assert not Order.objects.exists()


def test_in_a_bulk_one_that_is_wrong_stops_nobody(seller: Seller) -> None:
    secret = a_key(seller, ("see_orders", "edit_orders"))[1]
    orders = [GOOD | {"reference": "1"}, GOOD | {"address": "西浦1"}, GOOD | {"reference": "1"}, GOOD]
    first = call(secret, {"orders": orders}, "/bulk").json()["orders"]
    assert [each["result"] for each in first] == ["new", "to_mend", "taken", "new"]
    (flaw,) = first[1]["flaws"]
    assert (flaw["field"], flaw["code"], flaw["mend"]) == ("address", "address_elsewhere", "千葉県船橋市西浦1")
    again = call(secret, {"orders": orders}, "/bulk").json()["orders"]
    assert [each["result"] for each in again] == ["repeated", "to_mend", "taken", "repeated"]
    assert Order.objects.count() == 2
    assert call(secret, {"orders": [GOOD] * 1001}, "/bulk").status_code == 422
