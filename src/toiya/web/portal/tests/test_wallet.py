"""The wallet: what is free, every entry with its cause, and topping up once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.floor_world import a_person, a_service, labelled, packed, released, walked
from tests.world import NOON, WORLD, a_seller, a_warehouse, an_allocated_order, money_in
from toiya.domain.members.models import Seller
from toiya.domain.outbound.actions.shipping import ship_parcels
from toiya.domain.wallet.models import Account, Posting

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


@pytest.fixture
def seller() -> Seller:
    return a_seller()


def free(seller: Seller) -> int:
    return Account.objects.get(seller=seller, kind="free").balance_minor


def test_each_cause_is_one_row_with_what_it_did(seller: Seller, sign_in: SignIn) -> None:
    house = a_warehouse()
    money_in(seller, 10_000, "transfer 7")
    order = an_allocated_order(seller, house)
    staff, service = a_person(house, "floor_lead"), a_service()
    walked(released(house, order).pick_lists[0].code, staff)
    parcel = labelled(packed("T-001", staff, service))
    ship_parcels(seller_id=seller.pk, parcel_codes=[parcel.code], actor=WORLD, at=NOON)
    client = sign_in(seller)
    answer = client.get("/wallet/")
    assert (answer.context["free"], answer.context["aside"]) == (9615, 0)
    rows = [(row.posting.kind, row.free, row.aside, row.entry.source, row.order) for row in answer.context["rows"]]
    assert rows == [
        ("capture", 0, -385, parcel.code, order.code),
        ("reserve", -385, 385, parcel.code, order.code),
        ("top_up", 10_000, 0, "transfer 7", ""),
    ]
    kinds = [row.posting.kind for row in client.get("/wallet/?kind=reserve").context["rows"]]
    assert kinds == ["reserve"]
    assert "No entries of this kind" in client.get("/wallet/?kind=refund").content.decode()


def form(client: Client, **fields: str) -> dict[str, str]:
    page = client.get("/wallet/top-ups/")
    return {"token": page.context["form"].initial["token"], "amount": "20000", "reference": "transfer 1", **fields}


@pytest.mark.parametrize(("typed", "minor"), [("20000", 20_000), ("２０，０００", 20_000), (" 1,234 ", 1234)])
def test_an_amount_is_understood_as_people_type_it(seller: Seller, sign_in: SignIn, typed: str, minor: int) -> None:
    client = sign_in(seller)
    assert client.post("/wallet/top-ups/", form(client, amount=typed))["Location"] == "/wallet/"
    assert free(seller) == minor


@pytest.mark.parametrize("typed", ["", "0", "-5", "1.5", "many", "NaN", "1e30", "1e4", "1_000", "٣", "10000000000000"])
def test_an_amount_that_is_none_is_refused_with_an_example(seller: Seller, sign_in: SignIn, typed: str) -> None:
    client = sign_in(seller)
    answer = client.post("/wallet/top-ups/", form(client, amount=typed))
    assert answer.status_code == 422
    assert "such as 20000." in str(answer.context["form"].errors["amount"])
    assert f'value="{typed}"' in answer.content.decode() or not typed
    assert not Posting.objects.exists()


def test_pressing_twice_books_once(seller: Seller, sign_in: SignIn) -> None:
    client = sign_in(seller)
    fields = form(client)
    client.post("/wallet/top-ups/", fields)
    answer = client.post("/wallet/top-ups/", fields, follow=True)
    assert "nothing was booked twice" in answer.content.decode()
    assert free(seller) == 20_000


def test_two_tabs_are_two_top_ups_in_any_order(seller: Seller, sign_in: SignIn) -> None:
    client = sign_in(seller)
    first, second = form(client, amount="100"), form(client, amount="20")
    client.post("/wallet/top-ups/", second)
    client.post("/wallet/top-ups/", first)
    assert free(seller) == 120


def test_dollars_have_two_decimals(sign_in: SignIn) -> None:
    seller = a_seller("Blue", currency="USD")
    client = sign_in(seller)
    client.post("/wallet/top-ups/", form(client, amount="200.50"))
    assert free(seller) == 20_050
    answer = client.post("/wallet/top-ups/", form(client, amount="1.005"))
    assert "at most two decimals" in str(answer.context["form"].errors["amount"])


def test_only_who_may_top_up_can(seller: Seller, sign_in: SignIn) -> None:
    client = sign_in(seller, "clerk")
    assert client.get("/wallet/").status_code == 200
    assert b"Top up" not in client.get("/wallet/").content
    assert client.get("/wallet/top-ups/").status_code == 403
    assert client.post("/wallet/top-ups/", {"amount": "1"}).status_code == 403
