"""What a seller does to an order: each act is one action, redirects back, and refuses with words."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.world import a_seller, a_sku, a_warehouse, an_allocated_order, an_order, held, judged, stock_of
from toiya.domain.members.models import Seller
from toiya.domain.orders.models import Hold, Order

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


@pytest.fixture
def seller() -> Seller:
    return a_seller()


def status(order: Order) -> str:
    return Order.objects.get(pk=order.pk).status


def messages(answer: object) -> list[str]:
    return [str(message) for message in answer.context["messages"]]  # type: ignore[attr-defined]


def test_a_line_is_matched_and_then_allocated(seller: Seller, sign_in: SignIn) -> None:
    house, sku = a_warehouse(), a_sku(seller)
    stock_of(sku, house, 1)
    (order,) = judged(an_order(seller, {"X-1": 1}))
    line = order.lines.get()
    client = sign_in(seller)
    address = f"/orders/{order.code}/lines/{line.pk}/sku/"
    assert [row.code for row in client.get(address, {"q": "linen"}).context["skus"]] == [sku.code]
    answer = client.post(address, {"sku": sku.code})
    assert answer["Location"] == f"/orders/{order.code}/"
    line.refresh_from_db()
    assert line.sku_id == sku.pk
    page = client.post(f"/orders/{order.code}/allocation/", follow=True)
    assert messages(page)[-1] == f"{order.code} is allocated."
    assert status(order) == "allocated"


@pytest.mark.parametrize("chosen", ["", "nonsense", "\x00"])
def test_another_sellers_sku_cannot_be_matched(seller: Seller, sign_in: SignIn, chosen: str) -> None:
    a_warehouse()
    theirs = a_sku(a_seller("Kumo"))
    (order,) = judged(an_order(seller, {"X-1": 1}))
    line = order.lines.get()
    answer = sign_in(seller).post(f"/orders/{order.code}/lines/{line.pk}/sku/", {"sku": chosen or theirs.code})
    assert answer.status_code == 404
    line.refresh_from_db()
    assert line.sku_id is None


def test_an_order_that_still_waits_says_so(seller: Seller, sign_in: SignIn) -> None:
    a_warehouse()
    (order,) = judged(an_order(seller, {"X-1": 1}))
    page = sign_in(seller).post(f"/orders/{order.code}/allocation/", follow=True)
    assert messages(page) == [f"{order.code} still waits; the numbers are fresh now."]


@pytest.mark.seed("A149")
def test_an_allocation_is_taken_back_and_made_again(seller: Seller, sign_in: SignIn) -> None:
    order = an_allocated_order(seller, a_warehouse())
    client = sign_in(seller)
    client.post(f"/orders/{order.code}/allocation/return/")
    assert status(order) == "waiting"
    client.post(f"/orders/{order.code}/allocation/")
    assert status(order) == "allocated"


def test_taking_back_twice_is_refused_with_words(seller: Seller, sign_in: SignIn) -> None:
    order = an_allocated_order(seller, a_warehouse())
    client = sign_in(seller)
    client.post(f"/orders/{order.code}/allocation/return/")
    answer = client.post(f"/orders/{order.code}/allocation/return/")
    assert answer.status_code == 409
    assert b"no pieces are promised to it" in answer.content


def test_a_hold_is_lifted_once(seller: Seller, sign_in: SignIn) -> None:
    order = an_allocated_order(seller, a_warehouse())
    held(order, "not_paid")
    client = sign_in(seller)
    assert client.post(f"/orders/{order.code}/holds/not_paid/lift/").status_code == 302
    assert not Hold.objects.filter(lifted_at=None).exists()
    assert client.post(f"/orders/{order.code}/holds/not_paid/lift/").status_code == 404


def test_cancelling_says_first_what_it_does(seller: Seller, sign_in: SignIn) -> None:
    order = an_allocated_order(seller, a_warehouse())
    client = sign_in(seller)
    page = client.get(f"/orders/{order.code}/cancellation/").content.decode()
    assert "1 piece becomes available again" in page
    assert status(order) == "allocated"
    client.post(f"/orders/{order.code}/cancellation/")
    assert status(order) == "cancelled"


def test_an_act_by_htmx_comes_back_as_the_orders_body_with_a_toast(seller: Seller, sign_in: SignIn) -> None:
    order = an_allocated_order(seller, a_warehouse())
    answer = sign_in(seller).post(
        f"/orders/{order.code}/allocation/return/", headers={"HX-Request": "true"}, follow=True
    )
    page = answer.content.decode()
    assert page.lstrip().startswith('<div id="order">')
    assert 'hx-swap-oob="beforeend"' in page


def test_an_act_needs_a_post(seller: Seller, sign_in: SignIn) -> None:
    order = an_allocated_order(seller, a_warehouse())
    client = sign_in(seller)
    for act in ("allocation/", "allocation/return/", "holds/not_paid/lift/"):
        assert client.get(f"/orders/{order.code}/{act}").status_code == 405
    assert status(order) == "allocated"
