"""The API of goods on their way in."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.centres_world import applied
from tests.inbound_world import a_bundle
from tests.world import a_key, a_seller, a_sku, a_warehouse, money_in
from toiya.domain.inbound.models import CargoBundle, InboundRequest
from toiya.domain.members.models import Seller

pytestmark = pytest.mark.django_db
SCOPES = ("see_stock", "edit_inbound")


@pytest.fixture
def seller() -> Seller:
    return a_seller()


def call(method: str, path: str, secret: str, body: Any = None, key: str = "") -> Any:
    headers = {"authorization": f"Bearer {secret}"} | ({"idempotency-key": key} if key else {})
    content = {"data": json.dumps(body), "content_type": "application/json"} if body is not None else {}
    return getattr(Client(), method)(f"/api/v1/inbound/{path}", headers=headers, **content)


def test_a_program_announces_goods_and_asks_what_became_of_them(seller: Seller) -> None:
    house, sku, secret = a_warehouse(), a_sku(seller), a_key(seller, SCOPES)[1]
    applied(seller, house)
    house.branch_code = "0000011520"
    house.save()
    money_in(seller, 10_000)
    wish = {"sku": sku.code, "warehouse": "0000011520", "quantity": 80}
    first, again = (call("post", "requests", secret, wish, key="one").json() for _ in range(2))
    assert first == again
    assert (first["status"], first["quantity"], first["warehouse"], first["bundle"]) == ("requested", 80, "FNB", "")

    day = (timezone.now() + timedelta(days=3)).date().isoformat()
    plan = {"requests": [first["code"]], "estimated_on": day, "cartons": 2}
    made, same = (call("post", "bundles", secret, plan, key="two").json() for _ in range(2))
    assert made == same
    assert (made["status"], made["fee_minor"]) == ("requested", 600)
    assert made["lines"] == [{"sku": sku.code, "told": 80, "received": 0, "damaged": 0}]
    assert call("get", "requests", secret).json()["requests"][0]["bundle"] == made["code"]
    assert call("get", "bundles", secret).json()["bundles"] == [made]
    assert call("get", "bundles?status=shipped", secret).json()["bundles"] == []
    assert (InboundRequest.objects.count(), CargoBundle.objects.count()) == (1, 1)


def test_what_is_declined_says_so_in_one_shape(seller: Seller) -> None:
    house, sku, secret = a_warehouse(), a_sku(seller), a_key(seller, SCOPES)[1]
    applied(seller, house)
    wish = {"sku": sku.code, "warehouse": house.code, "quantity": 80}

    def no(answer: Any) -> tuple[int, str]:
        return answer.status_code, answer.json()["code"]

    assert no(call("post", "requests", secret, wish)) == (409, "idempotency_key_missing")
    assert no(call("post", "requests", secret, wish | {"colour": "red"}, key="k")) == (422, "not_understood")
    assert no(call("post", "requests", secret, wish | {"sku": "x"}, key="k")) == (404, "not_found")
    assert no(call("post", "requests", secret, wish | {"warehouse": "x"}, key="k")) == (404, "not_found")
    reader = a_key(seller, ("see_stock",))[1]
    assert no(call("post", "requests", reader, wish, key="k")) == (403, "scope_missing")
    theirs = a_sku(a_seller("Kumo"))
    assert no(call("post", "requests", secret, wish | {"sku": theirs.code}, key="k")) == (404, "not_found")
    assert not InboundRequest.objects.exists()


def test_a_page_asks_the_same_for_few_and_many(seller: Seller) -> None:
    house, secret = a_warehouse(), a_key(seller, SCOPES)[1]
    counts = []
    for number in (1, 2, 3):
        for each in range(number):
            a_bundle(seller, house, {a_sku(seller, f"S{number}{each}"): 2})
        with CaptureQueriesContext(connection) as asked:
            assert call("get", "bundles", secret).status_code == 200
        counts.append(len(asked))
    assert counts[1] == counts[2]
