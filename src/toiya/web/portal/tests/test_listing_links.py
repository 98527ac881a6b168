"""The page of links: proposals, preview, acts, products with options, and the cure on an order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.books import fingerprint
from tests.links_world import an_offer, linked, offered
from tests.world import NOON, WORLD, a_draft, a_seller, a_shop, a_sku, a_warehouse, judged, stock_of
from toiya.domain.catalog.models import Sku
from toiya.domain.channels import link_queries
from toiya.domain.channels.models import Connection, LinkAct, Listing
from toiya.domain.members.models import Seller
from toiya.domain.orders.actions.placing import place_orders
from toiya.domain.orders.models import Line, Order

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]
NAVY, RED = "カラー:紺 / サイズ:M", "カラー:赤 / サイズ:M"


@pytest.fixture
def seller() -> Seller:
    return a_seller()


@pytest.fixture
def shop(seller: Seller) -> Connection:
    return a_shop(seller, at=NOON - timedelta(hours=1))


def waiting(shop: Connection, site_item: str, number: str = "7001") -> Order:
    """An order of that product of the site, without a SKU."""
    draft = a_draft(number, {"": 1}, shop_code=shop.code)
    draft = replace(draft, lines=tuple(replace(line, site_item=site_item) for line in draft.lines))
    placed = place_orders(seller_id=shop.seller_id, drafts=[draft], actor=WORLD, at=NOON)
    return judged(Order.objects.get(code=placed.codes[draft.key]))[0]


def rows(client: Client, query: str = "") -> list[tuple[str, str, str]]:
    return [
        (row.listing.external_id, row.sku.seller_code if row.sku else "", row.why)
        for row in client.get(f"/links/{query}").context["rows"]
    ]


@pytest.mark.seed("L02", "L44")
def test_listings_not_linked_come_with_their_likeliest_skus(seller: Seller, shop: Connection, sign_in: SignIn) -> None:
    offered(
        shop,
        an_offer("1001", "Linen tote", "navy M"),
        an_offer("1002", "4901234567894 mug"),
        an_offer("1003", "ギフト袋"),
        an_offer("1004", "Candle", item_code="cdl"),
    )
    a_sku(seller)
    a_sku(seller, "MUG", "Cup", "white", barcode="4901234567894")
    a_sku(seller, "CDL", "Light", "")
    found = rows(sign_in(seller))
    assert sorted(found) == [
        ("1001", "LT-NVM", "words 95 %"),
        ("1002", "MUG", "same barcode"),
        ("1003", "", ""),
        ("1004", "CDL", "same code"),
    ]


@pytest.mark.seed("L02", "L44")
def test_many_are_linked_after_a_preview_and_taken_back(seller: Seller, shop: Connection, sign_in: SignIn) -> None:
    sku = a_sku(seller)
    stock_of(sku, a_warehouse(), 7)
    one, two = offered(shop, an_offer("1001"), an_offer("1002"))
    waiting(shop, "1001")
    client = sign_in(seller)
    chosen = {
        "selected": [one.pk, two.pk],
        f"sku-{one.pk}": "lt-n",
        f"pieces-{one.pk}": "３",
        f"sku-{two.pk}": sku.code,
        f"pieces-{two.pk}": "1",
    }
    before = fingerprint()
    seen = client.post("/links/preview/", chosen).context
    assert (seen["good"], seen["linked"], seen["waiting"], seen["to_mend"]) == (2, 2, 1, 0)
    assert [(choice.sku, choice.pieces, choice.shows) for choice in seen["choices"]] == [(sku, 3, 2), (sku, 1, 7)]
    assert fingerprint() == before

    answer = client.post("/links/acts/", chosen)
    act = LinkAct.objects.get()
    assert answer["Location"] == f"/links/acts/{act.code}/"
    assert list(Listing.objects.order_by("pk").values_list("sku_id", "pieces")) == [(sku.pk, 3), (sku.pk, 1)]
    assert "Undo these links" in client.get(f"/links/acts/{act.code}/").content.decode()

    client.post(f"/links/acts/{act.code}/return/")
    assert list(Listing.objects.order_by("pk").values_list("sku_id", "pieces")) == [(None, 1), (None, 1)]
    page = client.post(f"/links/acts/{act.code}/return/", follow=True).content.decode()
    assert "was taken back already" in page
    assert "Undo these links" not in page


def test_words_that_mean_several_skus_are_chosen_from_and_none_is_mended(
    seller: Seller, shop: Connection, sign_in: SignIn
) -> None:
    a_sku(seller), a_sku(seller, "LT-RED", option="red")
    (one,) = offered(shop, an_offer("1001"))
    client = sign_in(seller)

    def preview(words: str, pieces: str = "1") -> tuple[int, int, str]:
        asked = {"selected": one.pk, f"sku-{one.pk}": words, f"pieces-{one.pk}": pieces}
        (choice,) = client.post("/links/preview/", asked).context["choices"]
        return int(choice.is_good), len(choice.others), choice.trouble

    assert preview("Linen") == (0, 2, "")
    assert preview("Linen", "0") == (0, 0, "Enter 1 to 1,000 pieces.")
    assert preview("nothing like it") == (0, 0, "No SKU matches these words. Search another code or word.")
    assert preview("") == (0, 0, "Enter a SKU, or leave the listing out.")
    assert preview("-") == (1, 0, "")
    assert client.post("/links/preview/", {}).status_code == 302
    assert client.post("/links/acts/", {}).status_code == 302


@pytest.mark.seed("L44")
def test_all_with_the_same_code_are_looked_at_in_one_press(seller: Seller, shop: Connection, sign_in: SignIn) -> None:
    offered(shop, *(an_offer(str(1001 + number), item_code=f"C-{number}") for number in range(3)), an_offer("2000"))
    skus = [a_sku(seller, f"C-{number}") for number in range(3)]
    client = sign_in(seller)
    assert client.get("/links/").context["same_code"] == 3
    seen = client.post("/links/same-code/").context
    assert [choice.sku for choice in seen["choices"]] == skus


@pytest.mark.seed("A103", "A105")
def test_the_listings_of_a_sku_are_counted_and_listed(seller: Seller, shop: Connection, sign_in: SignIn) -> None:
    sku, other = a_sku(seller), a_sku(seller, "LT-RED", option="red")
    one, two, gone = offered(shop, an_offer("1001"), an_offer("1002"), an_offer("1003"))
    for listing in (one, two, gone):
        linked(listing, sku)
    Listing.objects.filter(pk=gone.pk).update(is_gone=True)
    assert link_queries.linked_counts([sku.pk, other.pk]) == {sku.pk: 2}
    client = sign_in(seller)
    assert {row[0] for row in rows(client, f"?sku={sku.code}&view=linked")} == {"1001", "1002"}
    assert rows(client, f"?sku={other.code}") == []
    assert rows(client, "?sku=300000000001-99999") == []


def test_views_shops_and_words_filter(seller: Seller, shop: Connection, sign_in: SignIn) -> None:
    second = a_shop(seller, "second", "Second")
    sku = a_sku(seller)
    one, _two = offered(shop, an_offer("1001", "石けん"), an_offer("1002", "ギフト袋"))
    (three,) = offered(second, an_offer("1003", "ギフト箱"))
    linked(one, sku)
    Listing.objects.filter(pk=three.pk).update(is_gone=True)
    client = sign_in(seller)

    def found(query: str) -> list[str]:
        return sorted(row[0] for row in rows(client, query))

    assert [found(f"?view={view}") for view in ("open", "linked", "gone", "all")] == [
        ["1002"],
        ["1001"],
        ["1003"],
        ["1001", "1002", "1003"],
    ]
    assert found(f"?view=all&shop={second.code}") == ["1003"]
    assert found("?view=all&q=ギフト") == ["1002", "1003"]
    assert found("?view=all&q=１００１") == ["1001"]
    assert "No listings match" in client.get("/links/?view=all&q=nothing").content.decode()
    assert "Connect a shop first" in sign_in(a_seller("Kumo")).get("/links/").content.decode()


@pytest.mark.seed("A096", "A098", "L14")
def test_a_product_shows_all_its_options_whatever_their_type(seller: Seller, shop: Connection, sign_in: SignIn) -> None:
    sku = a_sku(seller)
    one, _two, _other = offered(
        shop, an_offer("1001", option=NAVY, option_code="X-1"), an_offer("1001", option=RED), an_offer("1002")
    )
    linked(one, sku)
    answer = sign_in(seller).get(f"/links/products/{one.pk}/")
    assert sorted(row.listing.option for row in answer.context["rows"]) == sorted([NAVY, RED])
    page = answer.content.decode()
    assert "Each option is linked by itself" in page
    for text in ("X-1", sku.code, "LT-NVM", "HS code"):
        assert text in page


@pytest.mark.seed("A098", "A099")
def test_hs_codes_are_saved_per_option_and_missed_where_the_service_needs_them(
    seller: Seller, shop: Connection, sign_in: SignIn
) -> None:
    sku = a_sku(seller)
    Sku.objects.filter(pk=sku.pk).update(preferred_service="sagawa_international")
    (listing,) = offered(shop, an_offer("1001"))
    linked(listing, sku)
    client, address = sign_in(seller), f"/links/products/{listing.pk}/"
    assert "HS code missing" in client.get(address).content.decode()
    refused = client.post(f"{address}hs-codes/", {f"hs-{sku.code}": "12"}, follow=True)
    assert "12 is no HS code. Enter 6 to 10 digits" in refused.content.decode()
    saved = client.post(f"{address}hs-codes/", {f"hs-{sku.code}": "6109.10"}, follow=True).content.decode()
    sku.refresh_from_db()
    assert (sku.hs_code, sku.version) == ("610910", 1)
    assert "1 HS code saved." in saved
    assert "HS code missing" not in saved


@pytest.mark.seed("A104")
def test_an_order_without_a_link_leads_to_its_listing(seller: Seller, shop: Connection, sign_in: SignIn) -> None:
    offered(shop, an_offer("1001"), an_offer("1002"))
    order = waiting(shop, "1001")
    assert order.waiting_reason == "no_sku"
    client = sign_in(seller)
    page = client.get(f"/orders/{order.code}/").content.decode()
    assert "/links/?view=all&amp;q=1001" in page
    assert [row[0] for row in rows(client, "?view=all&q=1001")] == ["1001"]


def test_a_viewer_sees_links_and_changes_none(seller: Seller, shop: Connection, sign_in: SignIn) -> None:
    (one,) = offered(shop, an_offer("1001"))
    client = sign_in(seller, role="viewer")
    assert client.get("/links/").context["may_edit"] is False
    assert client.get(f"/links/products/{one.pk}/").status_code == 200
    for address in ("preview/", "acts/", "same-code/", "pull/", f"products/{one.pk}/hs-codes/"):
        assert client.post(f"/links/{address}").status_code == 403
    assert Line.objects.count() == 0


def test_the_list_asks_as_often_for_many_as_for_few(seller: Seller, shop: Connection, sign_in: SignIn) -> None:
    client = sign_in(seller)

    def queries(number: int) -> int:
        offered(shop, *(an_offer(str(1001 + each), f"Linen tote {each}") for each in range(number)))
        with CaptureQueriesContext(connection) as asked:
            assert len(client.get("/links/").context["rows"]) == number
        return len(asked)

    for number in range(3):
        a_sku(seller, f"T-{number}", f"Linen tote {number}", "")
    client.get("/links/")
    assert queries(2) == queries(40)
