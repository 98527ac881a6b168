"""The API of returns and removals: announced and ordered once, read with how they ended, called off in time."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.books import fingerprint
from tests.floor_world import a_person
from tests.returns_world import (
    TYPED,
    a_shipped_order,
    at_desk,
    disposal_of,
    graded,
    parcel_of,
    removal_of,
    sent_out,
    trio,
)
from tests.world import a_key, a_seller, a_sku, a_warehouse, money_in, stock_of
from toiya.domain.catalog.models import Sku
from toiya.domain.members.models import Seller
from toiya.domain.orders.models import Order
from toiya.domain.returns.models import Removal, Return
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db
BOOKS = ("returns_", "orders_", "stock_", "core_event")
SCOPES = ("see_orders", "edit_orders", "see_stock", "edit_inbound")


@pytest.fixture
def house() -> Warehouse:
    return a_warehouse()


@pytest.fixture
def seller() -> Seller:
    seller = a_seller()
    money_in(seller, 10_000)
    return seller


@pytest.fixture
def sku(seller: Seller, house: Warehouse) -> Sku:
    sku = a_sku(seller)
    stock_of(sku, house, 10)
    return sku


@pytest.fixture
def secret(seller: Seller) -> str:
    return a_key(seller, SCOPES)[1]


def call(method: str, path: str, secret: str, body: Any = None, key: str = "") -> Any:
    headers = {"authorization": f"Bearer {secret}"} | ({"idempotency-key": key} if key else {})
    content = {"data": json.dumps(body), "content_type": "application/json"} if body is not None else {}
    return getattr(Client(), method)(f"/api/v1/{path}", headers=headers, **content)


def no(answer: Any) -> tuple[int, str]:
    told = answer.json()
    assert set(told) == {"code", "message", "details"}
    return answer.status_code, told["code"]


def wish_of(order: Order, sku: Sku, pieces: int) -> dict[str, Any]:
    return {"order": order.code, "pieces": [{"sku": sku.code, "quantity": pieces}], "reason": "damaged"}


@pytest.mark.seed("L27")
def test_a_program_announces_a_return_once_and_reads_how_each_piece_was_judged(
    seller: Seller, house: Warehouse, sku: Sku, secret: str
) -> None:
    order = a_shipped_order(seller, house, {"LT-NVM": 3})
    first, again = (call("post", "returns", secret, wish_of(order, sku, 2), key="k").json() for _ in range(2))
    assert first == again
    assert (first["status"], first["order"], first["warehouse"]) == ("announced", order.code, house.code)
    assert first["lines"] == [{"sku": sku.code, "announced": 2, "came": 0}]
    other = call("post", "returns", secret, wish_of(order, sku, 1), key="k" * 79 + "2").json()
    third = call("post", "returns", secret, wish_of(order, sku, 1), key="k" * 79 + "3")
    assert no(third) == (409, "more_than_left"), "a key that differs only at its end is another call"

    found = at_desk(first["code"], house)
    graded(found, sku, "C")
    read = call("get", f"returns/{first['code']}", secret).json()
    (judged,) = read["inspections"]
    assert {name: judged[name] for name in ("grade", "quantity", "is_sellable", "has_photo", "state")} == {
        "grade": "C",
        "quantity": 1,
        "is_sellable": False,
        "has_photo": True,
        "state": "waiting",
    }
    assert call("get", "returns?status=announced", secret).json()["returns"] == [other]
    off = call("post", f"returns/{other['code']}/cancellation", secret, {}, key="c").json()
    assert (off["status"], Return.objects.count()) == ("cancelled", 2)
    assert no(call("post", f"returns/{first['code']}/cancellation", secret, {}, key="c")) == (409, "no_such_step")


@pytest.mark.seed("L26")
def test_a_program_orders_a_removal_once_calls_it_off_and_reads_the_number_it_left_with(
    seller: Seller, house: Warehouse, sku: Sku, secret: str
) -> None:
    wish = {"warehouse": house.code, "pieces": [{"sku": sku.code, "quantity": 4}], "receiver": TYPED}
    first, again = (call("post", "removals", secret, wish, key="k").json() for _ in range(2))
    assert first == again
    assert (first["status"], first["order_status"], trio(sku)) == ("ordered", "allocated", (10, 0, 6))
    for _ in range(2):
        off = call("post", f"removals/{first['code']}/cancellation", secret, {}, key="c").json()
        assert (off["status"], trio(sku)) == ("cancelled", (10, 0, 10))

    made = call("post", "removals", secret, wish | {"payer": "receiver"}, key="two").json()
    order = sent_out(Order.objects.get(code=made["order"]), a_person(house), house)
    read = call("get", f"removals/{made['code']}", secret).json()
    label = parcel_of(order).label
    assert label is not None
    assert (read["order_status"], read["tracking_numbers"]) == ("shipped", [label.tracking_number])
    assert no(call("post", f"removals/{made['code']}/cancellation", secret, {}, key="d")) == (409, "removal_under_way")
    thrown = wish | {"kind": "dispose", "reason": "Out of season", "consents": True, "receiver": None}
    assert call("post", "removals", secret, thrown, key="three").json()["order"] == ""
    assert len(call("get", "removals?status=ordered", secret).json()["removals"]) == 2


def test_what_is_declined_says_so_in_one_shape_and_changes_nothing(
    seller: Seller, house: Warehouse, sku: Sku, secret: str
) -> None:
    order = a_shipped_order(seller, house, {"LT-NVM": 1})
    removal = removal_of(seller, house, {sku.code: 1})
    reader = a_key(seller, ("see_orders", "see_stock"))[1]
    stranger = a_key(a_seller("Kumo"), SCOPES)[1]
    back, out = wish_of(order, sku, 1), {"warehouse": house.code, "everything": True, "receiver": TYPED}
    before = fingerprint(*BOOKS)
    for path, body in (("returns", back), ("removals", out), (f"removals/{removal.code}/cancellation", {})):
        assert no(call("post", path, secret, body)) == (409, "idempotency_key_missing")
        assert no(call("post", path, reader, body, key="k")) == (403, "scope_missing")
    assert no(call("post", "returns", stranger, back, key="k")) == (404, "not_found")
    assert no(call("get", f"removals/{removal.code}", stranger)) == (404, "not_found")
    assert no(call("post", f"removals/{removal.code}/cancellation", stranger, {}, key="k")) == (404, "not_found")
    assert no(call("post", "returns", secret, back | {"wish": "dispose"}, key="k")) == (409, "no_consent")
    assert no(call("post", "returns", secret, back | {"colour": "red"}, key="k")) == (422, "not_understood")
    assert no(call("post", "removals", secret, out | {"kind": "dispose", "reason": "x"}, key="k")) == (
        409,
        "no_consent",
    )
    assert no(call("post", "removals", secret, out | {"warehouse": "x"}, key="k")) == (404, "not_found")
    assert no(call("post", "removals", secret, out | {"everything": False}, key="k")) == (409, "nothing_to_remove")
    assert no(call("post", "removals", secret, {k: v for k, v in out.items() if k != "receiver"}, key="k"))[0] == 409
    assert fingerprint(*BOOKS) == before


@pytest.mark.parametrize("path", ["returns", "removals"])
def test_a_list_asks_the_same_for_one_and_for_three(
    path: str, seller: Seller, house: Warehouse, sku: Sku, secret: str
) -> None:
    order = a_shipped_order(seller, house, {"LT-NVM": 3})
    counts = []
    for number in range(3):
        made = call("post", "returns", secret, wish_of(order, sku, 1), key=f"k{number}").json()
        graded(at_desk(made["code"], house), sku, "C")
        removal_of(seller, house, {sku.code: 1})
        disposal_of(seller, house, {sku.code: 1})
        with CaptureQueriesContext(connection) as asked:
            assert call("get", path, secret).status_code == 200
        counts.append(len(asked))
    assert (counts[1], Removal.objects.count()) == (counts[2], 6)
