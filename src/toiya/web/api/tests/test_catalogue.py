"""Items and SKUs over the API: read, registered once, never another seller's."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tests.world import a_key, a_seller, a_sku
from toiya.domain.catalog.models import InventoryItem, Sku
from toiya.domain.members.models import Seller

pytestmark = pytest.mark.django_db
SHIRT = {
    "name": "Shirt",
    "option_names": ["Colour"],
    "price_minor": 1000,
    "skus": [
        {"seller_code": "S-B", "values": ["blue"], "barcode": "4901234567894", "weight_g": 200},
        {"seller_code": "S-W", "values": ["white"], "surcharge_minor": 50},
    ],
}


@pytest.fixture
def seller() -> Seller:
    return a_seller()


@pytest.fixture
def secret(seller: Seller) -> str:
    return a_key(seller, scopes=("see_stock", "edit_catalog"))[1]


def call(path: str, secret: str, body: Any = None, key: str = "", **query: Any) -> Any:
    headers = {"authorization": f"Bearer {secret}", "idempotency-key": key or str(uuid4())}
    if body is None:
        return Client().get(f"/api/v1/{path}", query, headers=headers)
    return Client().post(f"/api/v1/{path}", body, content_type="application/json", headers=headers)


def test_a_program_registers_reads_and_adds_and_the_same_call_twice_registers_once(secret: str) -> None:
    made = call("items", secret, SHIRT)
    assert made.status_code == 201
    item = made.json()
    assert [(sku["option"], sku["price_minor"], sku["barcodes"]) for sku in item["skus"]] == [
        ("blue", 1000, ["4901234567894"]),
        ("white", 1050, []),
    ]
    again = call("items", secret, SHIRT)
    assert (again.status_code, again.json()["code"], InventoryItem.objects.count()) == (409, "seller_code_taken", 1)
    more = call(f"items/{item['code']}/skus", secret, {"skus": [{"seller_code": "S-R", "values": ["red"]}]})
    assert [sku["code"][-5:] for sku in more.json()["skus"]] == ["00001", "00002", "00003"]
    assert [row["code"] for row in call("items", secret).json()["items"]] == [item["code"]]
    assert [row["seller_code"] for row in call("skus", secret, q="ＲＥＤ").json()["skus"]] == ["S-R"]
    assert call(f"skus/{item['code']}-00001", secret).json()["weight_g"] == 200
    assert call(f"items/{item['code']}", secret).json()["option_names"] == ["Colour"]


def test_what_cannot_be_registered_is_declined_whole(secret: str) -> None:
    for body, status in (
        (SHIRT | {"skus": []}, 422),
        (SHIRT | {"colour": "blue"}, 422),
        (SHIRT | {"skus": [{"seller_code": "S", "values": []}, {"seller_code": "S", "values": ["x"]}]}, 409),
        (SHIRT | {"skus": [{"seller_code": "S", "values": ["x"], "barcode": "4901234567895"}]}, 409),
    ):
        assert call("items", secret, body).status_code == status
    assert Sku.objects.count() == 0


def test_another_sellers_goods_are_not_there_and_reading_alone_cannot_write(seller: Seller, secret: str) -> None:
    theirs = a_sku(a_seller("Kumo"))
    for path in (f"items/{theirs.item.code}", f"skus/{theirs.code}"):
        assert call(path, secret).status_code == 404
    assert call(f"items/{theirs.item.code}/skus", secret, {"skus": [{"seller_code": "X"}]}).status_code == 404
    assert call("skus", secret).json()["skus"] == []
    reader = a_key(seller, scopes=("see_stock",))[1]
    assert (call("items", reader, SHIRT).status_code, InventoryItem.objects.filter(seller=seller).count()) == (403, 0)


def test_a_call_sent_again_under_its_key_makes_nothing_twice(seller: Seller, secret: str) -> None:
    bare = {"name": "Shirt", "skus": [{"seller_code": "S-1", "option": "one"}]}
    first, second = (call("items", secret, bare, "shirt-1") for _ in range(2))
    assert (first.status_code, first.json()) == (second.status_code, second.json())
    path, more = f"items/{first.json()['code']}/skus", {"skus": [{"seller_code": "S-2", "option": "other"}]}
    for _ in range(2):
        added = call(path, secret, more, "shirt-1")
    assert (added.status_code, len(added.json()["skus"])) == (201, 2)
    assert call("items", a_key(a_seller("Kumo"), scopes=("edit_catalog",))[1], bare, "shirt-1").status_code == 201
    declined = call("items", secret, SHIRT | {"skus": []}, "shirt-2")
    assert (declined.status_code, call("items", secret, SHIRT, "shirt-2").status_code) == (422, 201)
    answer = call("items", secret, SHIRT, "a" * 81)
    assert (answer.status_code, answer.json()["code"]) == (409, "idempotency_key_missing")
    assert InventoryItem.objects.filter(seller=seller).count() == 2
