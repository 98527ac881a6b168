"""Pages of stock numbers: rules in bulk and per shop, the night's differences, what waits to be told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.links_world import an_offer, linked, offered
from tests.world import NOON, WORLD, a_seller, a_shop, a_sku, a_warehouse, stock_of
from toiya.domain.catalog.models import Sku
from toiya.domain.channels.actions.comparing import compare_numbers
from toiya.domain.channels.actions.telling import want_stock
from toiya.domain.channels.models import Connection, Listing, ListingRules, ShopRules, StockPush
from toiya.domain.channels.number_rules import NumberRule
from toiya.domain.members.models import Membership

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


@pytest.fixture
def shop() -> Connection:
    return a_shop(a_seller(), at=NOON - timedelta(hours=1))


@pytest.fixture
def listings(shop: Connection) -> list[Listing]:
    """Two listings of a SKU of which seven are there."""
    sku = a_sku(shop.seller)
    stock_of(sku, a_warehouse(), 7)
    found = offered(shop, an_offer("1001"), an_offer("1002"))
    for listing in found:
        linked(listing, sku)
    return found


@pytest.mark.seed("A152", "L05")
def test_ticked_listings_get_a_rule_of_their_own_and_give_it_back(
    shop: Connection, listings: list[Listing], sign_in: SignIn
) -> None:
    client = sign_in(shop.seller)
    chosen = {"selected": [each.pk for each in listings]}

    assert [row.shows for row in client.post("/links/numbers/", chosen).context["rows"]] == [7, 7]
    assert not ListingRules.objects.exists()
    typed = {"buffer_pieces": "２", "share_percent": "", "most_shown": "4", "closed_below": ""}
    answer = client.post("/links/numbers/", chosen | typed | {"rule": "own"})
    assert answer["Location"] == "/links/?view=linked"
    assert {each.rule for each in ListingRules.objects.all()} == {NumberRule(2, 100, 4, 0)}
    page = client.get("/links/?view=linked")
    assert [row.shows for row in page.context["rows"]] == [4, 4]
    assert page.content.decode().count("by rule") == 2

    client.post("/links/numbers/", chosen | {"rule": "shop"})
    assert not ListingRules.objects.exists()


def test_a_number_that_cannot_be_is_named_at_its_field(
    shop: Connection, listings: list[Listing], sign_in: SignIn
) -> None:
    client = sign_in(shop.seller)
    answer = client.post("/links/numbers/", {"selected": listings[0].pk, "share_percent": "101", "rule": "own"})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["share_percent"]
    assert client.post("/links/numbers/", {})["Location"] == "/links/"


def test_listings_of_another_seller_are_not_found(shop: Connection, listings: list[Listing], sign_in: SignIn) -> None:
    other = sign_in(a_seller("Other"))
    assert other.get(f"/links/numbers/?selected={listings[0].pk}").status_code == 404
    other.post("/links/numbers/", {"selected": listings[0].pk, "rule": "own"})
    assert not ListingRules.objects.exists()


@pytest.mark.seed("L05")
def test_the_shops_rule_counts_for_its_listings(shop: Connection, listings: list[Listing], sign_in: SignIn) -> None:
    client = sign_in(shop.seller)
    address = f"/connections/{shop.code}/numbers/"
    assert client.get(address).status_code == 200
    answer = client.post(address, {"share_percent": "50"})
    assert answer["Location"] == f"/connections/{shop.code}/"
    assert ShopRules.objects.get().rule == NumberRule(share_percent=50)
    assert [row.shows for row in client.get("/links/?view=linked").context["rows"]] == [3, 3]
    assert client.post(address, {"share_percent": "0"}).status_code == 422


@pytest.mark.seed("L06")
def test_a_nights_differences_are_shown_with_their_cause_and_counted_on_the_shops_card(
    shop: Connection, listings: list[Listing], sign_in: SignIn
) -> None:
    client = sign_in(shop.seller)
    address = f"/connections/{shop.code}/differences/"
    assert "Not compared yet" in client.get(address).content.decode()
    offers = [an_offer("1001", quantity=9), an_offer("1002", quantity=7)]
    want_stock(seller_id=shop.seller_id, at=NOON)
    StockPush.objects.update(status="accepted", told_quantity=7, told_version=1)
    for days in range(2):
        night = NOON.date() + timedelta(days=days)
        compare_numbers(connection_id=shop.pk, site_listings=offers, night=night, actor=WORLD, at=NOON)

    page = client.get(address)
    (row,) = page.context["page"].rows
    shown = (row.listing.external_id, row.site_quantity, row.told_quantity, row.due_quantity)
    assert shown == ("1001", 9, 7, 7)
    assert "Changed at the site" in page.content.decode()
    assert client.get(f"{address}?night=2026-11-20").context["night"].night == NOON.date()
    assert "Numbers that differed at night" in client.get("/connections/").content.decode()


@pytest.mark.seed("L08")
def test_what_waits_is_listed_and_told_now_on_a_press(
    shop: Connection, listings: list[Listing], sign_in: SignIn
) -> None:
    client = sign_in(shop.seller)
    address = f"/connections/{shop.code}/calls/"
    assert "The site knows everything" in client.get(address).content.decode()
    want_stock(seller_id=shop.seller_id, at=NOON)
    StockPush.objects.update(next_try_at=NOON + timedelta(days=9000))
    assert len(client.get(address).context["waiting"]) == 2

    client.post(address)

    assert max(StockPush.objects.values_list("next_try_at", flat=True)) < NOON + timedelta(days=9000)
    StockPush.objects.update(status="accepted")
    assert "Nothing waits" in client.post(address, follow=True).content.decode()
    Membership.objects.update(role="viewer")
    assert client.post(address).status_code == 403
    assert client.post(f"/connections/{shop.code}/numbers/", {}).status_code == 403


def test_the_pages_ask_the_database_as_often_for_many_listings(
    shop: Connection, listings: list[Listing], sign_in: SignIn
) -> None:
    client = sign_in(shop.seller)
    client.get("/links/?view=linked")

    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    want_stock(seller_id=shop.seller_id, at=NOON)
    addresses = (f"/connections/{shop.code}/calls/", f"/links/numbers/?selected={listings[0].pk}")
    before = [asked(address) for address in addresses]
    sku = Sku.objects.get()
    for listing in offered(shop, *(an_offer(str(number)) for number in range(1001, 1021))):
        linked(listing, sku) if listing.sku_id is None else None
    want_stock(seller_id=shop.seller_id, at=NOON)
    every = "&".join(f"selected={pk}" for pk in Listing.objects.values_list("pk", flat=True))
    assert [asked(addresses[0]), asked(f"/links/numbers/?{every}")] == before
