"""Two workers at the same shop at the same time, with real transactions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from threading import Barrier, Thread

import pytest
from django.db import connection

from tests.links_world import an_offer, linked, offered
from tests.world import NOON, WORLD, a_seller, a_shop, a_sku, a_warehouse
from toiya.domain.catalog.models import Sku
from toiya.domain.channels.actions.linking import AlreadyUndone, LinkWish, link_listings, undo_links
from toiya.domain.channels.jobs import match_linked, reading, telling, want_all
from toiya.domain.channels.models import Connection, LinkAct, LinkChange, Listing, WriteBack
from toiya.domain.channels.tests.left import a_parcel_that_left, shipped_order
from toiya.domain.channels.tests.pretend_site import PretendSite
from toiya.domain.orders.models import Line, Order

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def open_shop(transactional_db: None, site: PretendSite) -> Connection:
    return a_shop(a_seller(), at=NOON - timedelta(hours=1))


def at_once(works: list[Callable[[], None]]) -> list[Exception]:
    troubles: list[Exception] = []

    def run(work: Callable[[], None]) -> None:
        try:
            work()
        except Exception as trouble:
            troubles.append(trouble)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return troubles


def test_two_pulls_at_once_are_one_order_each(open_shop: Connection, site: PretendSite) -> None:
    for number in range(30):
        site.sell(str(701 + number), "A", "B")
    both = Barrier(4)

    def meet(method: str) -> None:
        if method == "orders":
            both.wait(timeout=20)

    site.on_call = meet

    troubles = at_once([lambda: reading.pull(open_shop.pk, NOON)] * 4)

    assert troubles == []
    assert (Order.objects.count(), Line.objects.count()) == (30, 60)


def test_four_tellers_have_one_effect_per_parcel(open_shop: Connection, site: PretendSite) -> None:
    for number in range(12):
        site.sell(str(701 + number), "A")
    reading.pull(open_shop.pk, NOON)
    want_all(open_shop.seller_id, NOON)
    telling.run(telling.CONFIRMATIONS, open_shop.pk, lambda: NOON)
    warehouse = a_warehouse()
    for number in range(12):
        a_parcel_that_left(shipped_order(open_shop, str(701 + number)), warehouse, f"4900-{number}")
    site.rows_per_call = 2

    def work() -> None:
        want_all(open_shop.seller_id, NOON)
        telling.run(telling.WRITE_BACKS, open_shop.pk, lambda: NOON)

    troubles = at_once([work] * 4)

    assert troubles == []
    assert WriteBack.objects.filter(status="accepted", attempt=1).count() == 12
    assert len(site.done("ship")) == 12
    assert [rows for name, rows in site.calls if name == "ship" and rows > 2] == []


def test_of_two_who_link_at_once_the_later_one_has_the_last_word_and_each_act_its_record(open_shop: Connection) -> None:
    listings = offered(open_shop, *(an_offer(str(1001 + number)) for number in range(20)))
    skus = [a_sku(open_shop.seller, code, option=code) for code in ("A", "B", "C", "D")]

    def link(sku: Sku, order: list[Listing]) -> None:
        wishes = [LinkWish(listing.pk, sku.code) for listing in order]
        link_listings(wishes=wishes, actor=WORLD, at=NOON)

    turns = [listings, listings[::-1], listings, listings[::-1]]
    works = [partial(link, sku, order) for sku, order in zip(skus, turns, strict=True)]
    assert at_once(list(works)) == []

    assert LinkAct.objects.count() == 4
    assert len(set(Listing.objects.values_list("sku_id", flat=True))) == 1
    for listing in listings:
        chain = list(LinkChange.objects.filter(listing=listing).order_by("act_id").values_list("old_sku", "new_sku"))
        olds, news = {old for old, _new in chain}, {new for _old, new in chain}
        assert (len(news), olds - news) == (4, {None})


def test_one_act_is_taken_back_once_however_often_it_is_pressed(open_shop: Connection) -> None:
    (listing,) = offered(open_shop, an_offer("1001"))
    act = linked(listing, a_sku(open_shop.seller))
    work = partial(undo_links, act_code=act.code, actor=WORLD, at=NOON)
    troubles = at_once([work] * 4)
    assert [type(trouble) for trouble in troubles] == [AlreadyUndone] * 3
    listing.refresh_from_db()
    assert (listing.sku_id, listing.is_tied_by_hand) == (None, False)


def test_an_order_that_comes_while_its_listing_is_linked_is_matched(open_shop: Connection, site: PretendSite) -> None:
    (listing,) = offered(open_shop, an_offer("1001"))
    sku = a_sku(open_shop.seller)
    order = site.sell("701", "X")
    site.orders_by_cart["701"] = replace(order, lines=tuple(replace(line, site_item="1001") for line in order.lines))
    both = Barrier(2)

    def meet(method: str) -> None:
        if method == "orders":
            both.wait(timeout=20)

    def link() -> None:
        both.wait(timeout=20)
        linked(listing, sku)

    site.on_call = meet
    assert at_once([lambda: reading.pull(open_shop.pk, NOON), link]) == []
    match_linked(open_shop.seller_id)
    assert Line.objects.get().sku_id == sku.pk
