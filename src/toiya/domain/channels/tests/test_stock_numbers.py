"""The site shows our newest number, whatever gets lost or comes late (R08)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.bundles_world import a_bundle, own_sku
from tests.world import NOON, WORLD, a_seller, a_sku, a_warehouse, acting_for, an_order, judged, stock_of
from toiya.core.errors import NotFound, Unreachable
from toiya.domain.catalog.models import Sku
from toiya.domain.channels.actions.linking import LinkWish, link_listings
from toiya.domain.channels.actions.telling import Told, settle_stock, want_stock
from toiya.domain.channels.jobs import reading, telling
from toiya.domain.channels.models import Connection, Listing, StockPush
from toiya.domain.channels.port import SiteListing
from toiya.domain.channels.rules import Outcome, Word
from toiya.domain.channels.sql.claims import Lane, claim_stock
from toiya.domain.channels.tests.pretend_site import PretendSite
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db


def offer(number: str, item_code: str = "LT-NVM", option_code: str = "", quantity: int = 0) -> SiteListing:
    return SiteListing(number, "Colour:navy", f"Listing {number}", item_code, option_code, quantity, {"kind": "option"})


def push(shop: Connection, at: datetime = NOON) -> None:
    want_stock(seller_id=shop.seller_id, at=at)
    telling.run(telling.STOCK, shop.pk, lambda: at)


@pytest.fixture
def sku(shop: Connection) -> Sku:
    return a_sku(shop.seller)


@pytest.fixture
def warehouse(sku: Sku) -> Warehouse:
    warehouse = a_warehouse()
    stock_of(sku, warehouse, 5)
    return warehouse


@pytest.fixture
def wish(shop: Connection, site: PretendSite, warehouse: Warehouse) -> StockPush:
    """A listing tied by its code, whose number was told: 5."""
    site.offers = [offer("1001")]
    reading.refresh_listings(shop.pk, NOON)
    push(shop)
    return StockPush.objects.get()


@pytest.mark.seed("A215")
def test_listings_are_tied_by_option_code_else_item_code(shop: Connection, site: PretendSite, sku: Sku) -> None:
    other = a_sku(shop.seller, "LT-RED", option="red")
    site.offers = [offer("1001"), offer("1002", "LT-NVM", "LT-RED"), offer("1003", "nobody's"), offer("1004", "")]

    reading.refresh_listings(shop.pk, NOON)

    tied = Listing.objects.order_by("external_id").values_list("external_id", "sku_id")
    assert list(tied) == [("1001", sku.pk), ("1002", other.pk), ("1003", None), ("1004", None)]


def test_a_tie_by_hand_stays_and_a_listing_that_is_gone_is_kept(shop: Connection, site: PretendSite, sku: Sku) -> None:
    other = a_sku(shop.seller, "LT-RED", option="red")
    site.offers = [offer("1001"), offer("1002")]
    reading.refresh_listings(shop.pk, NOON)
    listing = Listing.objects.get(external_id="1001")
    link_listings(wishes=[LinkWish(listing.pk, other.code)], actor=WORLD, at=NOON)

    site.offers = [offer("1001"), offer("1001")]
    reading.refresh_listings(shop.pk, NOON + timedelta(hours=6))

    found = Listing.objects.order_by("external_id").values_list("external_id", "sku_id", "is_gone")
    assert list(found) == [("1001", other.pk, False), ("1002", sku.pk, True)]


def test_nobody_ties_a_listing_to_another_sellers_sku(shop: Connection, site: PretendSite, sku: Sku) -> None:
    site.offers = [offer("1001")]
    reading.refresh_listings(shop.pk, NOON)
    foreign = a_sku(a_seller("Other"), "FOREIGN")
    listing = Listing.objects.get()

    with pytest.raises(NotFound):
        link_listings(wishes=[LinkWish(listing.pk, foreign.code)], actor=WORLD, at=NOON)
    with pytest.raises(NotFound):
        link_listings(wishes=[LinkWish(listing.pk, sku.code)], actor=acting_for(foreign.seller), at=NOON)

    listing.refresh_from_db()
    assert listing.sku_id == sku.pk


@pytest.mark.seed("L07")
def test_what_may_be_promised_is_shown(
    shop: Connection, site: PretendSite, wish: StockPush, warehouse: Warehouse
) -> None:
    assert site.done("show") == ["1001 5"]
    assert (wish.status, wish.told_quantity, wish.told_version) == ("accepted", 5, 1)

    judged(an_order(shop.seller, {"LT-NVM": 2}))
    push(shop)
    push(shop)

    assert site.done("show") == ["1001 5", "1001 3"]
    wish.refresh_from_db()
    assert (wish.version, wish.told_version, wish.told_quantity) == (2, 2, 3)


def test_many_changes_before_the_telling_are_one_call(
    shop: Connection, site: PretendSite, sku: Sku, wish: StockPush, warehouse: Warehouse
) -> None:
    for _ in range(4):
        stock_of(sku, warehouse, 1)
        want_stock(seller_id=shop.seller_id, at=NOON)

    push(shop)

    assert site.done("show") == ["1001 5", "1001 9"]


def test_an_answer_about_an_older_number_settles_nothing(
    shop: Connection, site: PretendSite, sku: Sku, wish: StockPush, warehouse: Warehouse
) -> None:
    stock_of(sku, warehouse, 1)
    want_stock(seller_id=shop.seller_id, at=NOON)
    claimed = claim_stock(Lane(shop.pk, False, 10), NOON)
    stock_of(sku, warehouse, 1)
    want_stock(seller_id=shop.seller_id, at=NOON)

    settle_stock(shop=shop, told=[Told(claimed[0], Word(Outcome.ACCEPTED))], actor=WORLD, at=NOON)

    wish.refresh_from_db()
    assert (wish.status, wish.version, wish.told_version, wish.quantity) == ("waiting", 3, 2, 7)
    push(shop)
    assert site.shown == {"1001": 7}


def test_a_call_lost_on_its_way_cannot_win_in_the_end(
    shop: Connection, site: PretendSite, sku: Sku, wish: StockPush, warehouse: Warehouse
) -> None:
    judged(an_order(shop.seller, {"LT-NVM": 2}))
    site.before["show_stock"] = Unreachable("timeout")  # "show 3" hangs somewhere in the network
    push(shop)
    site.before.clear()
    judged(an_order(shop.seller, {"LT-NVM": 2}))

    push(shop, NOON + timedelta(minutes=2))
    assert site.shown == {"1001": 1}
    site.shown["1001"] = 3  # and arrives now, after the newer one
    for minute in range(5, 90, 5):
        push(shop, NOON + timedelta(minutes=minute))

    wish.refresh_from_db()
    assert site.shown == {"1001": 1}
    assert (wish.status, wish.doubt_at, wish.told_quantity) == ("accepted", None, 1)


def test_a_site_that_shows_too_many_is_told_again_at_once(shop: Connection, site: PretendSite, wish: StockPush) -> None:
    site.offers = [offer("1001", quantity=9)]
    at = NOON + timedelta(hours=6)
    reading.refresh_listings(shop.pk, at)

    push(shop, at)

    assert site.done("show") == ["1001 5", "1001 5"]


def test_a_site_that_shows_fewer_may_have_sold_them(shop: Connection, site: PretendSite, wish: StockPush) -> None:
    site.offers = [offer("1001", quantity=4)]
    at = NOON + timedelta(hours=6)
    reading.refresh_listings(shop.pk, at)

    push(shop, at)
    assert site.done("show") == ["1001 5"]
    push(shop, at + timedelta(minutes=15))

    assert site.done("show") == ["1001 5", "1001 5"]


def test_a_listing_taken_off_its_sku_is_told_nothing_more(
    shop: Connection, site: PretendSite, sku: Sku, wish: StockPush, warehouse: Warehouse
) -> None:
    stock_of(sku, warehouse, 1)
    want_stock(seller_id=shop.seller_id, at=NOON)
    link_listings(wishes=[LinkWish(wish.listing_id, "")], actor=WORLD, at=NOON)

    push(shop)

    wish.refresh_from_db()
    assert (wish.status, site.shown) == ("dropped", {"1001": 5})


@pytest.mark.seed("L11")
def test_a_bundle_is_told_as_often_as_its_parts_are_there(
    shop: Connection, site: PretendSite, warehouse: Warehouse
) -> None:
    stock_of(own_sku(shop.seller, "TIN"), warehouse, 9)
    a_bundle(shop.seller, "GIFT", {"LT-NVM": 2, "TIN": 1})
    site.offers = [offer("1001"), offer("2001", "GIFT")]
    reading.refresh_listings(shop.pk, NOON)
    want_stock(seller_id=shop.seller_id, at=NOON)
    told = dict(StockPush.objects.values_list("listing__item_code", "quantity"))
    assert told == {"LT-NVM": 5, "GIFT": 2}

    judged(an_order(shop.seller, {"LT-NVM": 2}))
    want_stock(seller_id=shop.seller_id, at=NOON)

    told = dict(StockPush.objects.values_list("listing__item_code", "quantity"))
    assert told == {"LT-NVM": 3, "GIFT": 1}
