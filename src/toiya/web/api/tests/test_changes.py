"""Programs cancel, hold, send elsewhere, divide and join orders; the same call twice does it once."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from tests.floor_world import a_coded_sku, a_person, a_service, on_the_floor, packed, walked
from tests.world import a_key, a_seller, a_sku, a_warehouse, an_order, judged, stock_of
from toiya.domain.members.models import Seller
from toiya.domain.orders.models import Hold, Order
from toiya.domain.outbound.models import OrderCall, Parcel
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db
TO = {"name": "佐藤 花", "phone": "090-0000-0000", "postal_code": "530-0001", "first_line": "大阪府大阪市北区梅田1-1"}


@pytest.fixture
def house() -> Warehouse:
    return a_warehouse()


@pytest.fixture
def seller(house: Warehouse) -> Seller:
    seller = a_seller()
    stock_of(a_sku(seller), house, 9)
    return seller


@pytest.fixture
def secret(seller: Seller) -> str:
    return a_key(seller, ("see_orders", "edit_orders"))[1]


def call(secret: str, order: Order, path: str, body: Any = None, key: str = "one") -> Any:
    headers = {"authorization": f"Bearer {secret}"} | ({"idempotency-key": key} if key else {})
    address = f"/api/v1/orders/{order.code}/{path}"
    return Client().post(address, json.dumps(body or {}), content_type="application/json", headers=headers)


def no(answer: Any) -> tuple[int, str]:
    told = answer.json()
    assert set(told) == {"code", "message", "details"}
    return answer.status_code, told["code"]


def test_an_order_is_cancelled_once(seller: Seller, secret: str) -> None:
    (order,) = judged(an_order(seller))
    first, again = (call(secret, order, "cancellation").json() for _ in range(2))
    assert first == again == {"result": "done", "order": order.code, "parcel": ""}
    order.refresh_from_db()
    assert (order.status, order.stops.count(), OrderCall.objects.count()) == ("cancelled", 1, 1)


def test_after_sealing_the_answer_names_the_parcel(seller: Seller, secret: str, house: Warehouse) -> None:
    stock_of(a_coded_sku(seller, "A"), house, 1, bin_code="A01-02-1")
    release, (order,) = on_the_floor(seller, house, {"A": 1})
    picker = a_person(house)
    walked(release.pick_lists[0].code, picker)
    parcel = packed("T-001", picker, a_service())
    late = {"result": "too_late", "order": order.code, "parcel": parcel.code}
    assert call(secret, order, "cancellation").json() == late
    assert call(secret, order, "cancellation").json() == late
    assert Parcel.objects.get().status == "sealed"


def test_a_hold_is_placed_and_lifted_and_a_late_repetition_lifts_no_newer_one(seller: Seller, secret: str) -> None:
    (order,) = judged(an_order(seller))
    wish = {"reason": "seller_waits", "note": "The buyer asks", "until": "2999-01-01T00:00:00"}
    assert call(secret, order, "holds", wish).json()["result"] == "done"
    hold = Hold.objects.get()
    assert (hold.code, hold.details["note"], hold.until and hold.until.isoformat()) == (
        "seller_waits", "The buyer asks", "2999-01-01T00:00:00+00:00",
    )  # fmt: skip
    assert call(secret, order, "holds/seller_waits/lifting").json()["result"] == "done"
    call(secret, order, "holds", wish, key="two")
    assert call(secret, order, "holds/seller_waits/lifting").json()["result"] == "done"
    assert Hold.objects.filter(lifted_at=None).count() == 1
    assert call(secret, order, "holds", {"reason": "warehouse_waits"}, key="three").status_code == 422


def test_an_order_goes_to_another_address(seller: Seller, secret: str) -> None:
    (order,) = judged(an_order(seller))
    assert call(secret, order, "address", TO).json()["result"] == "done"
    assert call(secret, order, "address", TO | {"name": " "}, key="two").status_code == 409
    order.refresh_from_db()
    assert (order.address.name, order.address.second_line) == ("佐藤 花", "")


def test_a_part_goes_by_itself_once_and_joins_again(seller: Seller, secret: str) -> None:
    (order,) = judged(an_order(seller, {"LT-NVM": 3}))
    line = order.lines.get().pk
    wish = {"lines": [{"line": line, "quantity": 1}]}
    first, again = (call(secret, order, "parts", wish).json() for _ in range(2))
    part = Order.objects.exclude(pk=order.pk).get()
    assert first == again == {"result": "done", "order": part.code, "parcel": ""}
    assert (order.lines.get().quantity, part.lines.get().quantity) == (2, 1)

    merged, same = (call(secret, part, "joining", {"orders": [order.code]}).json() for _ in range(2))
    assert merged == same
    assert merged["order"] == order.code
    part.refresh_from_db()
    assert (part.status, order.lines.count()) == ("cancelled", 2)


def test_what_is_declined_changes_nothing_and_may_be_sent_again(seller: Seller, secret: str) -> None:
    (order,) = judged(an_order(seller))
    reader = a_key(seller, ("see_orders",))[1]
    stranger = a_key(a_seller("Kumo"), ("see_orders", "edit_orders"))[1]
    bodies: dict[str, Any] = {
        "cancellation": None,
        "holds": {"reason": "seller_waits"},
        "holds/seller_waits/lifting": None,
        "address": TO,
        "parts": {"lines": [{"line": order.lines.get().pk, "quantity": 1}]},
        "joining": {"orders": [order.code]},
    }
    for path, body in bodies.items():
        assert no(call(secret, order, path, body, key="")) == (409, "idempotency_key_missing")
        assert no(call(reader, order, path, body)) == (403, "scope_missing")
        assert no(call(stranger, order, path, body)) == (404, "not_found")
    assert no(call(secret, order, "parts", bodies["parts"])) == (409, "nothing_to_split")
    assert no(call(secret, order, "joining", bodies["joining"])) == (409, "nothing_to_merge")
    assert no(call(secret, order, "holds/seller_waits/lifting")) == (404, "not_found")
    order.refresh_from_db()
    assert (order.status, Order.objects.count(), Hold.objects.count(), OrderCall.objects.count()) == (
        "allocated", 1, 0, 0,
    )  # fmt: skip
