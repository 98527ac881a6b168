"""The list of orders: views, filters, search, and what each row says."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.floor_world import a_person, a_service, labelled, packed, released, walked
from tests.world import NOON, a_seller, a_shop, a_sku, a_warehouse, an_allocated_order, an_order, held, judged, money_in
from toiya.domain.members.models import Seller
from toiya.domain.orders.models import Order

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


def codes(client: Client, query: str) -> set[str]:
    answer = client.get(f"/orders/{query}")
    assert answer.status_code == 200
    return {row.order.code for row in answer.context["rows"]}


@pytest.fixture
def seller() -> Seller:
    return a_seller()


def test_each_view_holds_its_orders(seller: Seller, sign_in: SignIn) -> None:
    house = a_warehouse()
    allocated = an_allocated_order(seller, house)
    short = judged(an_order(seller, {"LT-NVM": 5}))[0]
    fresh = an_order(seller)
    unpaid = an_allocated_order(seller, house)
    held(unpaid, "not_paid")
    client = sign_in(seller)
    assert codes(client, "?view=needs-you") == {short.code}
    assert codes(client, "?view=today") == {allocated.code, unpaid.code}
    assert codes(client, "?view=waiting") == {short.code, fresh.code, unpaid.code}
    assert codes(client, "?view=shipped") == set()
    assert codes(client, "?view=all") == {allocated.code, short.code, fresh.code, unpaid.code}
    counts = {tab["url"]: tab["count"] for tab in client.get("/orders/").context["tabs"]}
    assert counts == {
        "?view=needs-you": 1,
        "?view=today": 2,
        "?view=waiting": 3,
        "?view=shipped": 0,
        "?view=all": 4,
    }


def test_the_first_view_with_work_opens(seller: Seller, sign_in: SignIn) -> None:
    an_order(seller)
    client = sign_in(seller)
    assert client.get("/orders/").context["view"] == "all"
    an_allocated_order(seller, a_warehouse())
    assert client.get("/orders/").context["view"] == "today"
    judged(an_order(seller, {"LT-NVM": 5}))
    assert client.get("/orders/").context["view"] == "needs-you"


def test_a_stuck_row_says_who_and_why_with_numbers(seller: Seller, sign_in: SignIn) -> None:
    a_warehouse()
    a_sku(seller)
    judged(an_order(seller, {"LT-NVM": 5}))
    page = sign_in(seller).get("/orders/?view=needs-you").content.decode()
    assert "Waiting for stock" in page
    assert "You · 5 needed, 0 available" in page


def test_filters_by_state_reason_and_shop(seller: Seller, sign_in: SignIn) -> None:
    house, shop = a_warehouse(), a_shop(seller)
    allocated = an_allocated_order(seller, house)
    short = judged(an_order(seller, {"LT-NVM": 5}, shop_code=shop.code))[0]
    unknown = judged(an_order(seller, {"X": 1}))[0]
    held(allocated, "wallet_too_low")
    client = sign_in(seller)
    assert codes(client, "?view=all&state=waiting") == {short.code, unknown.code}
    assert codes(client, "?view=all&reason=no_sku") == {unknown.code}
    assert codes(client, "?view=all&reason=wallet_too_low") == {allocated.code}
    assert codes(client, f"?view=all&shop={shop.code}") == {short.code}
    assert codes(client, "?view=all&shop=none&state=allocated") == {allocated.code}
    assert codes(client, "?view=all&state=nonsense&reason=") == {allocated.code, short.code, unknown.code}
    tokens = client.get(f"/orders/?view=all&state=waiting&shop={shop.code}").context["tokens"]
    assert [token["label"] for token in tokens] == ["State: Waiting", "Shop: Hanataba on Qoo10"]
    assert tokens[0]["url"] == f"?view=all&shop={shop.code}"


def test_search_finds_code_receiver_cart_line_phone_and_tracking_number(seller: Seller, sign_in: SignIn) -> None:
    house = a_warehouse()
    money_in(seller, 10_000)
    sent = an_allocated_order(seller, house)
    staff, service = a_person(house, "floor_lead"), a_service()
    walked(released(house, sent).pick_lists[0].code, staff)
    parcel = labelled(packed("T-001", staff, service))
    other = an_order(seller, external_id="7099", receiver="佐藤 花")
    client = sign_in(seller)
    assert codes(client, "?q=" + other.code[:-2].lower()) == {other.code}
    assert codes(client, "?q=佐藤") == {other.code}
    assert codes(client, "?q=７０９９") == {other.code}
    assert codes(client, "?q=7099-1") == {other.code}
    assert codes(client, f"?q={parcel.label.tracking_number}") == {sent.code}
    assert codes(client, f"?q={parcel.code}") == {sent.code}
    assert codes(client, "?q=nobody") == set()
    assert codes(client, "?view=all&q=%00") == {sent.code, other.code}


def test_a_whole_order_code_opens_the_order(seller: Seller, sign_in: SignIn) -> None:
    order = an_order(seller)
    answer = sign_in(seller).get("/orders/", {"q": order.code.lower()})
    assert answer["Location"] == f"/orders/{order.code}/"


def test_another_sellers_code_opens_nothing(seller: Seller, sign_in: SignIn) -> None:
    theirs = an_order(a_seller("Kumo"))
    assert codes(sign_in(seller), f"?q={theirs.code}") == set()


def test_pages_go_forth_and_back_without_losing_a_row(seller: Seller, sign_in: SignIn) -> None:
    for _ in range(60):
        an_order(seller)
    client = sign_in(seller)
    first = client.get("/orders/?view=all")
    second = client.get("/orders/", {"view": "all", "at": first.context["page"].next})
    seen = [row.order.pk for answer in (first, second) for row in answer.context["rows"]]
    assert seen == list(Order.objects.order_by("-pk").values_list("pk", flat=True))


def test_htmx_gets_the_list_alone(seller: Seller, sign_in: SignIn) -> None:
    an_order(seller)
    page = sign_in(seller).get("/orders/?view=all", headers={"HX-Request": "true"}).content.decode()
    assert page.lstrip().startswith('<div id="list">')
    assert "<html" not in page


@pytest.mark.parametrize("has_shop", [False, True])
def test_a_new_shop_reads_what_to_do_first(seller: Seller, sign_in: SignIn, has_shop: bool) -> None:
    if has_shop:
        a_shop(seller, at=NOON)
    page = sign_in(seller).get("/orders/").content.decode()
    assert ("Wait for the first order" if has_shop else "Connect your first shop") in page


def test_no_match_and_nothing_to_do_are_told_apart(seller: Seller, sign_in: SignIn) -> None:
    an_order(seller)
    client = sign_in(seller)
    assert "No orders match" in client.get("/orders/?view=all&state=shipped").content.decode()
    assert "Nothing needs you" in client.get("/orders/?view=needs-you").content.decode()
