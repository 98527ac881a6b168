"""Home opens on what needs me; a new shop reads its first steps."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.floor_world import a_person
from tests.world import a_seller, a_shop, a_sku, a_warehouse, an_allocated_order, an_order, held, judged, money_in
from toiya.domain.channels.models import Connection
from toiya.domain.members.models import Seller

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


@pytest.fixture
def seller() -> Seller:
    return a_seller()


def test_what_needs_me_stands_first_with_its_cure(seller: Seller, sign_in: SignIn) -> None:
    a_warehouse()
    (order,) = judged(an_order(seller, {"X-1": 1}))
    answer = sign_in(seller).get("/")
    (row,) = answer.context["rows"]
    line = order.lines.get()
    assert (row.why.fact, row.why.cure) == ("No SKU has the seller code X-1", "Match a SKU")
    assert row.why.cure_url == f"/orders/{order.code}/lines/{line.pk}/sku/"


def test_more_than_eight_are_grouped_by_reason(seller: Seller, sign_in: SignIn) -> None:
    house = a_warehouse()
    judged(*[an_order(seller, {"X-1": 1}) for _ in range(8)])
    held(an_allocated_order(seller, house), "wallet_too_low")
    answer = sign_in(seller).get("/")
    found = [(str(group["status"].word), group["orders"]) for group in answer.context["groups"]]
    assert sorted(found) == [("Waiting for link", 8), ("Waiting for payment", 1)]
    assert answer.context["rows"] == []
    urls = {group["url"] for group in answer.context["groups"]}
    assert urls == {"/orders/?view=needs-you&reason=no_sku", "/orders/?view=needs-you&reason=wallet_too_low"}


def test_all_clear_says_so_and_counts_the_day(seller: Seller, sign_in: SignIn) -> None:
    an_allocated_order(seller, a_warehouse())
    money_in(seller, 35_800)
    answer = sign_in(seller).get("/")
    page = answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert "Nothing needs you" in page
    assert "Next truck" in page
    assert [tile["figure"].replace("\N{NO-BREAK SPACE}", " ") for tile in answer.context["tiles"]] == [
        "1",
        "0",
        "JPY 35,800",
    ]


def test_a_new_shop_sees_its_first_steps_until_its_first_parcel_left(seller: Seller, sign_in: SignIn) -> None:
    client = sign_in(seller)

    def done() -> set[str]:
        rows = client.get("/").context["first_steps"].rows
        return {row.step.code for row in rows if row.step.state == "done"}

    assert done() == {"verify_email", "approval"}
    a_shop(seller)
    a_sku(seller)
    assert done() == {"verify_email", "approval", "shop", "sku"}
    page = client.get("/").content.decode()
    assert "All steps and your plan" in page
    assert 'href="/start/"' in page


def test_a_broken_shop_stands_on_home_and_in_the_banner(seller: Seller, sign_in: SignIn) -> None:
    shop = a_shop(seller)
    Connection.objects.filter(pk=shop.pk).update(status="broken")
    page = sign_in(seller).get("/").content.decode()
    assert page.count("no longer takes our key") == 2
    assert f'href="/connections/{shop.code}/"' in page


def test_the_operators_people_are_led_to_their_own_face(sign_in: SignIn) -> None:
    house = a_warehouse()
    client = Client()
    client.force_login(a_person(house, "administrator").user)
    assert client.get("/")["Location"] == "/office/"
    assert client.get("/orders/")["Location"] == "/office/"
    client.force_login(a_person(house, "picker").user)
    assert client.get("/")["Location"] == "/floor/"


def test_a_stranger_signs_in_first() -> None:
    assert Client().get("/")["Location"] == "/sign-in/?next=/"
