"""The API: keys and scopes, never cookies; one shape of no; cursors; its description is current."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.stock_world import put_aside, spot_of
from tests.world import a_key, a_member, a_seller, a_sku, a_warehouse, actor_for, an_order, judged, stock_of
from toiya.core import limits
from toiya.domain.members.actions.team import remove_member
from toiya.domain.members.models import ApiKey, Seller, User
from toiya.web.api.security import PER_KEY
from toiya.web.api.views import api

pytestmark = pytest.mark.django_db
PATHS = (
    *("account", "orders", "stock", "stock/movements", "orders/ORD-222222-2", "boxes", "parcels", "manifests"),
    *("returns", "returns/RET-222222-2", "removals", "removals/RMV-222222-2"),
)


@pytest.fixture
def seller() -> Seller:
    return a_seller()


@pytest.fixture
def secret(seller: Seller) -> str:
    return a_key(seller)[1]


def ask(path: str, secret: str, **query: Any) -> Any:
    return Client().get(f"/api/v1/{path}", query, headers={"authorization": f"Bearer {secret}"})


def no(answer: Any) -> tuple[int, str]:
    told = answer.json()
    assert set(told) == {"code", "message", "details"}
    return answer.status_code, told["code"]


@pytest.mark.seed("L51")
def test_a_program_reads_account_orders_and_stock(seller: Seller, secret: str) -> None:
    house, sku = a_warehouse(), a_sku(seller)
    stock_of(sku, house, 5)
    (order,) = judged(an_order(seller))
    account = ask("account", secret)
    assert account.json()["code"] == seller.code
    assert account.json()["scopes"] == ["see_company", "see_orders", "see_stock"]
    assert account["RateLimit-Limit"] == str(PER_KEY.most)
    assert [row["code"] for row in ask("orders", secret).json()["orders"]] == [order.code]
    whole = ask(f"orders/{order.code}", secret).json()
    assert whole["lines"][0] | {"title": ""} == {
        "id": order.lines.get().pk,
        "title": "", "option": "", "sku": sku.code, "quantity": 1, "unit_price_minor": 1200, "is_cancelled": False,
    }  # fmt: skip
    assert ask("stock", secret).json()["stock"] == [
        {
            "sku": sku.code, "seller_code": "LT-NVM", "name": sku.name, "warehouse": house.code,
            "on_hand": 5, "allocated": 1, "blocked": 0, "available": 4,
        }
    ]  # fmt: skip
    assert ApiKey.objects.get().last_used_at is not None


def test_a_program_reads_every_movement_with_its_reason(seller: Seller, secret: str) -> None:
    house, sku = a_warehouse(), a_sku(seller)
    stock_of(sku, house, 5)
    put_aside(spot_of(sku, house), 2, "expired")
    stock_of(a_sku(a_seller("Kumo")), house, 1)
    found = ask("stock/movements", secret, sku=sku.code).json()["movements"]
    assert [(row["sku"], row["kind"], row["quantity"], row["reason"]) for row in found] == [
        (sku.code, "block", 2, "expired"),
        (sku.code, "receive", 5, ""),
    ]
    assert len(ask("stock/movements", secret).json()["movements"]) == 2
    assert ask("stock", secret).json()["stock"][0]["blocked"] == 2


@pytest.mark.parametrize("path", PATHS)
def test_without_a_good_key_nothing_is_said(seller: Seller, secret: str, path: str) -> None:
    for given_key in ("", "toiya_guess", secret[:-1], secret + "x", secret.upper(), "ключ"):
        assert no(ask(path, given_key.encode().decode("latin-1"))) == (401, "no_key")
    assert no(Client().get(f"/api/v1/{path}", headers={"authorization": f"Basic {secret}"})) == (401, "no_key")
    assert no(Client().get(f"/api/v1/{path}", {"key": secret, "token": secret})) == (401, "no_key")


def test_a_session_opens_no_door_here(seller: Seller) -> None:
    client = Client()
    client.force_login(a_member(seller))
    for path in PATHS:
        assert no(client.get(f"/api/v1/{path}")) == (401, "no_key")


def test_a_key_never_opens_a_page(seller: Seller, secret: str) -> None:
    answer = Client().get("/orders/", headers={"authorization": f"Bearer {secret}"})
    assert answer.status_code == 302


def test_scopes_hold(seller: Seller) -> None:
    _key, secret = a_key(seller, ["see_stock"])
    assert ask("stock", secret).status_code == 200
    for path in ("account", "orders", "orders/ORD-222222-2", "boxes", "parcels", "manifests"):
        assert no(ask(path, secret)) == (403, "scope_missing")
    ApiKey.objects.update(scopes=["see_stock", "see_office", "see_sellers"])
    assert "see_office" not in ask("stock", secret).content.decode()
    ApiKey.objects.update(scopes=["see_company", "see_office", "see_sellers"])
    assert ask("account", secret).json()["scopes"] == ["see_company"]


def test_another_sellers_order_is_not_there(seller: Seller, secret: str) -> None:
    theirs = an_order(a_seller("Kumo"))
    for code in (theirs.code, "ORD-222222-2", "x" * 300):
        assert no(ask(f"orders/{code}", secret))[0] == 404
    assert ask("orders", secret).json()["orders"] == []


@pytest.mark.parametrize("query", [{"colour": "red"}, {"seller": "SLR-1"}, {"limit": 10, "sort": "-id"}])
def test_unknown_fields_are_refused(secret: str, query: dict[str, Any]) -> None:
    assert no(ask("orders", secret, **query)) == (409, "unknown_field")
    assert no(ask("account", secret, **query)) == (409, "unknown_field")


@pytest.mark.parametrize("query", [{"limit": 0}, {"limit": 201}, {"limit": "x"}, {"cursor": "x" * 41}])
def test_values_that_are_none_are_named(secret: str, query: dict[str, Any]) -> None:
    assert no(ask("orders", secret, **query)) == (422, "not_understood")


def test_pages_follow_each_other_without_gap_or_double(seller: Seller, secret: str) -> None:
    codes = [an_order(seller).code for _ in range(7)]
    seen, cursor = [], ""
    for _ in range(4):
        answer = ask("orders", secret, limit=2, cursor=cursor).json()
        seen += [row["code"] for row in answer["orders"]]
        cursor = answer["next_cursor"]
    assert (seen, cursor) == (codes[::-1], "")
    assert no(ask("orders", secret, cursor="YWZ0ZXIgeA")) == (409, "broken_cursor")


def test_a_key_that_calls_too_often_waits(seller: Seller) -> None:
    key, secret = a_key(seller)
    later = timezone.now() + timedelta(hours=1)
    for _ in range(PER_KEY.most):
        limits.take(PER_KEY, key.code, at=later)
    last = ask("account", secret)
    assert no(last) == (429, "too_many_tries")
    assert int(last["Retry-After"]) >= 1
    assert last["RateLimit-Remaining"] == "0"


def test_a_key_dies_with_its_maker_their_role_and_its_day(seller: Seller) -> None:
    owner, maker = a_member(seller), a_member(seller)
    _key, secret = a_key(seller, maker=maker)
    User.objects.filter(pk=maker.pk).update(is_active=False)
    assert no(ask("account", secret)) == (401, "no_key")
    User.objects.filter(pk=maker.pk).update(is_active=True)
    ApiKey.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert no(ask("account", secret)) == (401, "no_key")
    ApiKey.objects.update(expires_at=None)
    assert ask("account", secret).status_code == 200
    remove_member(seller_id=seller.pk, user_id=maker.pk, actor=actor_for(owner, seller), at=timezone.now())
    assert no(ask("account", secret)) == (401, "no_key")


def test_a_list_asks_the_same_for_three_rows_and_thirty(seller: Seller, secret: str) -> None:
    counts = []
    ask("orders", secret)
    for size in (3, 27):
        for _ in range(size):
            an_order(seller)
        with CaptureQueriesContext(connection) as asked:
            assert ask("orders", secret).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 10


def test_what_the_api_lacks_is_said_in_its_own_shape(secret: str) -> None:
    assert no(ask("nothing", secret)) == (404, "not_found")
    assert Client().post("/api/v1/stock", {}, headers={"authorization": f"Bearer {secret}"}).status_code == 405


def described() -> str:
    return json.dumps(api.get_openapi_schema(path_prefix="/api/v1/"), indent=1, sort_keys=True, default=str) + "\n"


def test_the_committed_description_is_current() -> None:
    assert (Path(__file__).parents[5] / "docs/openapi.json").read_text() == described()


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    path=st.sampled_from(["account", "orders", "stock", "orders/x"]),
    query=st.dictionaries(st.text(max_size=8), st.text(max_size=20), max_size=3),
)
def test_whatever_is_asked_the_answer_is_described(secret: str, path: str, query: dict[str, str]) -> None:
    answer = ask(path, secret, **query)
    operation = "orders/{code}" if path == "orders/x" else path
    known = json.loads(described())["paths"][f"/api/v1/{operation}"]["get"]["responses"]
    assert str(answer.status_code) in known
    if answer.status_code != 200:
        no(answer)
