"""Listings are linked to SKUs many at once, waiting orders follow, and a whole act is taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.books import fingerprint
from tests.links_world import an_offer, linked, offered
from tests.world import NOON, WORLD, a_seller, a_shop, a_sku, a_warehouse, acting_for, judged, stock_of
from toiya.core.errors import NotFound
from toiya.core.models import EventRow
from toiya.domain.allocation.jobs import allocate_waiting
from toiya.domain.catalog.models import Sku
from toiya.domain.channels.actions.linking import (
    AlreadyUndone,
    LinkPiecesOutOfRange,
    LinksChangedSince,
    LinkWish,
    NothingToLink,
    Undone,
    link_listings,
    undo_links,
)
from toiya.domain.channels.actions.telling import want_stock
from toiya.domain.channels.jobs import match_linked, reading
from toiya.domain.channels.models import Connection, Listing, StockPush
from toiya.domain.channels.port import SiteLine, SiteState
from toiya.domain.channels.sql import ties
from toiya.domain.channels.tests.pretend_site import PretendSite
from toiya.domain.orders.actions.matching import match_line
from toiya.domain.orders.models import Line, Order

pytestmark = pytest.mark.django_db
NAVY, RED = "カラー:紺 / サイズ:M", "カラー:赤 / サイズ:M"


@pytest.fixture
def sku(shop: Connection) -> Sku:
    return a_sku(shop.seller)


@pytest.fixture
def listing(shop: Connection) -> Listing:
    return offered(shop, an_offer("1001", option=NAVY))[0]


def sell(site: PretendSite, cart: str, *bought: tuple[str, str, str]) -> None:
    """An order of these (product number, option, option code), one each."""
    order = site.sell(cart)
    lines = tuple(
        SiteLine(f"{cart}-{place}", SiteState.PAID, "リネントート", option, "", code, 1, 1200, site_item=number)
        for place, (number, option, code) in enumerate(bought, start=1)
    )
    site.orders_by_cart[cart] = replace(order, lines=lines)


def pulled(shop: Connection, site: PretendSite, *bought: tuple[str, str, str]) -> Order:
    cart = str(701 + Order.objects.count())
    sell(site, cart, *bought)
    reading.pull(shop.pk, NOON)
    return Order.objects.get(external_id=cart)


def skus_of(order: Order) -> list[tuple[int | None, int]]:
    return list(Line.objects.filter(order=order).order_by("pk").values_list("sku_id", "pieces_each"))


@pytest.mark.seed("L13", "A088", "A096")
def test_new_orders_find_their_goods_by_link_in_text_code_and_price(
    shop: Connection, site: PretendSite, sku: Sku
) -> None:
    red = a_sku(shop.seller, "LT-RED", option="red")
    one, two, plain = offered(
        shop, an_offer("1001", option=NAVY), an_offer("1001", option=RED, option_code="X-R"), an_offer("1002")
    )
    linked(one, sku, 3)
    linked(two, red)
    linked(plain, sku, 2)

    order = pulled(
        shop,
        site,
        ("1001", f"{NAVY}(+200円)", ""),
        ("1001", "text as never read", "X-R"),
        ("1002", "", ""),
        ("1001", "カラー:白 / サイズ:M", ""),
        ("9999", "", ""),
    )

    assert skus_of(order) == [(sku.pk, 3), (red.pk, 1), (sku.pk, 2), (None, 1), (None, 1)]
    assert list(order.lines.order_by("pk").values_list("site_item", flat=True)) == [
        "1001",
        "1001",
        "1002",
        "1001",
        "9999",
    ]


def test_a_link_counts_more_than_a_code_and_no_link_at_all_more_than_both(
    shop: Connection, site: PretendSite, sku: Sku
) -> None:
    red = a_sku(shop.seller, "LT-RED", option="red")
    (listing,) = offered(shop, an_offer("1001", option=NAVY, option_code="LT-NVM"))
    assert listing.sku_id == sku.pk
    bought = ("1001", NAVY, "LT-NVM")
    assert skus_of(pulled(shop, site, bought)) == [(sku.pk, 1)]
    linked(listing, red)
    assert skus_of(pulled(shop, site, bought)) == [(red.pk, 1)]
    linked(listing, None)
    assert skus_of(pulled(shop, site, bought)) == [(None, 1)]


@pytest.mark.seed("L09", "A104")
def test_an_order_sold_before_the_link_is_allocated_once_there_is_one(
    shop: Connection, site: PretendSite, sku: Sku, listing: Listing
) -> None:
    stock_of(sku, a_warehouse(), 5)
    (order,) = judged(pulled(shop, site, ("1001", NAVY, "")))
    assert (order.status, order.waiting_reason) == ("waiting", "no_sku")

    linked(listing, sku)
    match_linked(shop.seller_id)
    allocate_waiting(shop.seller_id)

    order.refresh_from_db()
    assert (order.status, order.waiting_reason) == ("allocated", "")
    assert EventRow.objects.get(name="order.line_matched").data == {"title": "リネントート", "sku": sku.code}


@pytest.mark.seed("L09", "A095")
def test_unlinking_changes_waiting_orders_and_never_those_that_are_past(
    shop: Connection, site: PretendSite, sku: Sku, listing: Listing
) -> None:
    linked(listing, sku, 2)
    stock_of(sku, a_warehouse(), 1)
    past, waiting = (pulled(shop, site, ("1001", NAVY, "")) for _ in range(2))
    judged(past)
    Order.objects.filter(pk=past.pk).update(status="shipped")

    linked(listing, None)
    match_linked(shop.seller_id)

    assert (skus_of(past), skus_of(waiting)) == ([(sku.pk, 2)], [(None, 1)])
    assert [row.subject for row in EventRow.objects.filter(name="order.line_unmatched")] == [waiting.code]


def test_changing_the_pieces_changes_waiting_orders(
    shop: Connection, site: PretendSite, sku: Sku, listing: Listing
) -> None:
    linked(listing, sku)
    order = pulled(shop, site, ("1001", NAVY, ""))
    linked(listing, sku, 3)
    match_linked(shop.seller_id)
    assert skus_of(order) == [(sku.pk, 3)]
    before = fingerprint()
    match_linked(shop.seller_id)
    assert fingerprint() == before


def test_a_line_that_a_person_matched_follows_no_link(
    shop: Connection, site: PretendSite, sku: Sku, listing: Listing
) -> None:
    red = a_sku(shop.seller, "LT-RED", option="red")
    order = pulled(shop, site, ("1001", NAVY, ""))
    match_line(line_id=order.lines.get().pk, sku_code=red.code, actor=WORLD, at=NOON)
    linked(listing, sku, 3)
    match_linked(shop.seller_id)
    assert skus_of(order) == [(red.pk, 1)]


def test_waiting_lines_with_a_products_number_are_matched_by_code_when_the_sku_comes(
    shop: Connection, site: PretendSite
) -> None:
    order = pulled(shop, site, ("1001", "", "LATE"))
    late = a_sku(shop.seller, "LATE")
    match_linked(shop.seller_id)
    assert skus_of(order) == [(late.pk, 1)]


def test_another_shops_links_and_another_sellers_do_not_count(shop: Connection, site: PretendSite, sku: Sku) -> None:
    second = a_shop(shop.seller, "second", "Second")
    foreign = a_shop(a_seller("Kumo"), "kumo", "Kumo")
    offered(shop, an_offer("1001"))
    linked(offered(second, an_offer("1001"))[0], sku)
    linked(offered(foreign, an_offer("1001"))[0], a_sku(foreign.seller))
    assert skus_of(pulled(shop, site, ("1001", "", ""))) == [(None, 1)]


@pytest.mark.seed("L02", "A094", "A106")
def test_many_listings_are_linked_in_one_act_and_the_act_is_taken_back(shop: Connection, sku: Sku) -> None:
    listings = offered(shop, *(an_offer(str(1001 + number)) for number in range(30)))
    wishes = [LinkWish(each.pk, sku.code, 2) for each in listings]
    with CaptureQueriesContext(connection) as many:
        act = link_listings(wishes=wishes, actor=acting_for(shop.seller), at=NOON)
    assert len(many) <= 20
    assert act.code.startswith("LNK-")
    assert set(Listing.objects.values_list("sku_id", "pieces", "is_tied_by_hand")) == {(sku.pk, 2, True)}
    told = EventRow.objects.get(name="links.changed")
    assert (told.subject, told.data) == (act.code, {"listings": 30, "unlinked": 0})

    assert undo_links(act_code=act.code, actor=acting_for(shop.seller), at=NOON) == Undone(30, 0)

    assert set(Listing.objects.values_list("sku_id", "pieces", "is_tied_by_hand")) == {(None, 1, False)}
    assert EventRow.objects.get(name="links.undone").data == {"restored": 30, "kept": 0}
    before = fingerprint()
    with pytest.raises(AlreadyUndone):
        undo_links(act_code=act.code, actor=acting_for(shop.seller), at=NOON)
    assert fingerprint() == before


def test_what_was_changed_since_is_not_taken_back(shop: Connection, sku: Sku) -> None:
    one, two = offered(shop, an_offer("1001"), an_offer("1002"))
    act = link_listings(wishes=[LinkWish(one.pk, sku.code), LinkWish(two.pk, sku.code)], actor=WORLD, at=NOON)
    linked(two, sku, 5)
    assert undo_links(act_code=act.code, actor=WORLD, at=NOON) == Undone(1, 1)
    assert list(Listing.objects.order_by("pk").values_list("sku_id", "pieces")) == [(None, 1), (sku.pk, 5)]
    lone = linked(one, sku)
    linked(one, sku, 9)
    with pytest.raises(LinksChangedSince):
        undo_links(act_code=lone.code, actor=WORLD, at=NOON)


def test_what_cannot_be_linked_is_refused_and_nothing_changes(shop: Connection, sku: Sku, listing: Listing) -> None:
    foreign = a_sku(a_seller("Kumo"), "KUMO")
    act = linked(listing, sku)
    before = fingerprint()
    other, own = acting_for(foreign.seller), acting_for(shop.seller)
    with pytest.raises(NothingToLink):
        linked(listing, sku)
    for pieces in (0, 1001):
        with pytest.raises(LinkPiecesOutOfRange):
            linked(listing, sku, pieces)
    with pytest.raises(NotFound):
        link_listings(wishes=[LinkWish(listing.pk, foreign.code)], actor=own, at=NOON)
    with pytest.raises(NotFound):
        link_listings(wishes=[LinkWish(listing.pk, "")], actor=other, at=NOON)
    with pytest.raises(NotFound):
        undo_links(act_code=act.code, actor=other, at=NOON)
    assert fingerprint() == before


@pytest.mark.seed("A103")
def test_the_site_is_told_whole_listings_only(shop: Connection, sku: Sku, listing: Listing) -> None:
    stock_of(sku, a_warehouse(), 10)
    linked(listing, sku, 3)
    want_stock(seller_id=shop.seller_id, at=NOON)
    assert StockPush.objects.get().quantity == 3
    linked(listing, sku, 5)
    want_stock(seller_id=shop.seller_id, at=NOON)
    assert StockPush.objects.get().quantity == 2
    linked(listing, None)
    assert StockPush.objects.get().status == "dropped"


def test_a_pull_asks_the_links_once_whatever_it_brings(shop: Connection, site: PretendSite, sku: Sku) -> None:
    (listing,) = offered(shop, an_offer("1001"))
    linked(listing, sku)

    def asked(carts: int) -> int:
        for _ in range(carts):
            sell(site, str(5000 + len(site.orders_by_cart)), ("1001", "", ""))
        with CaptureQueriesContext(connection) as queries:
            reading.pull(shop.pk, NOON)
        return sum("JOIN channels_listing g" in query["sql"] for query in queries)

    assert [asked(1), asked(20)] == [1, 1]
    assert Line.objects.filter(sku_id=sku.pk).count() == 21


def test_waiting_orders_of_listings_are_counted_for_the_preview(
    shop: Connection, site: PretendSite, listing: Listing
) -> None:
    for _ in range(3):
        pulled(shop, site, ("1001", NAVY, ""))
    pulled(shop, site, ("1002", "", ""))
    assert ties.waiting_orders(shop.seller_id, [listing.pk]) == 3
    assert ties.waiting_orders(shop.seller_id, []) == 0
