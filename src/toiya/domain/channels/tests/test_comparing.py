"""A site's numbers are compared with ours every night, each difference is kept and told again (L06)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.links_world import an_offer
from tests.world import NOON, WORLD, a_seller, a_sku, a_warehouse, acting_for, judged, stock_of
from tests.world import an_order as order_of
from toiya.core.errors import NotFound, Unreachable
from toiya.core.models import EventRow
from toiya.domain.channels import telling_queries
from toiya.domain.channels.actions.comparing import NothingWaits, tell_now
from toiya.domain.channels.actions.telling import QUEUE, want_stock
from toiya.domain.channels.jobs import reading, telling
from toiya.domain.channels.jobs.comparing import compare_stock
from toiya.domain.channels.models import Connection, NumberDifference, Reconciliation, StockPush
from toiya.domain.channels.tests.pretend_site import PretendSite
from toiya.domain.members.models import Seller
from toiya.domain.orders.models import ShopWay

pytestmark = pytest.mark.django_db
NIGHT = datetime(2026, 11, 20, 17, 5, tzinfo=UTC)  # five past two in Japan, on the 21st
CODES = ("LT-NVM", "MUG", "PEN", "CUP")


def push(shop: Connection, at: datetime) -> None:
    want_stock(seller_id=shop.seller_id, at=at)
    telling.run(telling.STOCK, shop.pk, lambda: at)


@pytest.fixture
def told(shop: Connection, site: PretendSite) -> Connection:
    """A shop with four listings, each told 5 and showing it."""
    warehouse = a_warehouse()
    for code in CODES:
        stock_of(a_sku(shop.seller, code), warehouse, 5)
    site.offers = [an_offer(code, item_code=code, quantity=5) for code in CODES]
    reading.refresh_listings(shop.pk, NOON)
    push(shop, NOON)
    site.effects.clear()
    return shop


def showing(site: PretendSite, **numbers: int) -> None:
    """The site shows other numbers than it was told."""
    site.offers = [replace(each, quantity=numbers.get(each.external_id, each.quantity)) for each in site.offers]


@pytest.mark.seed("A153", "L06")
def test_every_difference_is_kept_once_a_night_and_told_again(told: Connection, site: PretendSite) -> None:
    showing(site, MUG=9, PEN=3)
    StockPush.objects.filter(listing__external_id="CUP").update(status="rejected", told_quantity=4)
    showing(site, CUP=4)

    for _ in range(2):
        compare_stock(told.pk, NIGHT)

    night = Reconciliation.objects.get()
    assert (night.night, night.listings, night.differences) == (date(2026, 11, 21), 4, 3)
    kept = NumberDifference.objects.order_by("listing__external_id")
    columns = ("listing__external_id", "site_quantity", "told_quantity", "due_quantity", "cause")
    assert list(kept.values_list(*columns)) == [
        ("CUP", 4, 4, 5, "not_taken"),
        ("MUG", 9, 5, 5, "changed_at_site"),
        ("PEN", 3, 5, 5, "sold_meanwhile"),
    ]
    assert EventRow.objects.get(name="shop.numbers_compared").data == {
        "night": "2026-11-21",
        "listings": 4,
        "differences": 3,
    }
    push(told, NIGHT)
    assert site.done("show") == ["CUP 5", "MUG 5"]
    push(told, NIGHT + timedelta(minutes=15))  # fewer there: perhaps sold, so that its orders may come in first
    assert site.done("show") == ["CUP 5", "MUG 5", "PEN 5"]


def test_a_shop_that_shows_what_it_should_has_a_night_without_differences(told: Connection, site: PretendSite) -> None:
    compare_stock(told.pk, NIGHT)
    night = Reconciliation.objects.get()
    assert (night.listings, night.differences) == (4, 0)
    push(told, NIGHT)
    assert site.done("show") == []


def test_a_site_that_is_silent_at_night_is_asked_again_later(told: Connection, site: PretendSite) -> None:
    site.before["listings"] = Unreachable("timeout")
    compare_stock(told.pk, NIGHT)
    assert not Reconciliation.objects.exists()
    site.before.clear()
    compare_stock(told.pk, NIGHT + timedelta(hours=1))
    assert Reconciliation.objects.get().night == date(2026, 11, 21)


def due(at: datetime) -> bool:
    return bool(telling_queries.comparisons_due(at, QUEUE))


def test_a_night_is_due_from_two_oclock_until_it_was_compared(told: Connection, site: PretendSite) -> None:
    assert [due(NIGHT - timedelta(minutes=6)), due(NIGHT), due(NIGHT + timedelta(hours=10))] == [False, True, True]
    compare_stock(told.pk, NIGHT)
    assert [due(NIGHT + timedelta(hours=10)), due(NIGHT + timedelta(days=1))] == [False, True]


def test_shops_that_are_told_no_numbers_are_not_compared(told: Connection, site: PretendSite) -> None:
    ShopWay.objects.create(seller=told.seller, shop_code=told.code, way="smart_delivery")
    assert not due(NIGHT)
    compare_stock(told.pk, NIGHT)
    ShopWay.objects.all().delete()
    Seller.objects.update(uses_fulfilment=False)
    assert not due(NIGHT)
    Seller.objects.update(uses_fulfilment=True)
    Connection.objects.update(is_pushing_stock=False)
    assert not due(NIGHT)
    assert not Reconciliation.objects.exists()


def test_old_nights_are_forgotten(told: Connection, site: PretendSite) -> None:
    for days in (0, 30, 61):
        compare_stock(told.pk, NIGHT + timedelta(days=days))
    assert list(Reconciliation.objects.order_by("night").values_list("night", flat=True)) == [
        date(2026, 12, 21),
        date(2027, 1, 21),
    ]


@pytest.mark.seed("L08")
def test_what_waits_is_seen_with_its_age_and_told_at_once_when_asked(told: Connection, site: PretendSite) -> None:
    site.before["*"] = Unreachable("no_connection")
    judged(order_of(told.seller, {"MUG": 2}))
    push(told, NOON)
    assert telling_queries.waiting_since([told.pk]) == {told.pk: NOON}
    (wish,) = telling_queries.waiting(told.pk)
    assert (wish.kind, wish.subject, wish.said, wish.attempt) == ("stock", "リネントート", "3", 2)
    site.before.clear()
    later = NOON + timedelta(seconds=20)
    push(told, later)
    assert site.done("show") == []

    tell_now(connection_code=told.code, actor=acting_for(told.seller), at=later)
    push(told, later)

    assert site.done("show") == ["MUG 3"]  # and once more in an hour, when the lost call can no longer come (R08)
    StockPush.objects.update(status="accepted")
    with pytest.raises(NothingWaits):
        tell_now(connection_code=told.code, actor=WORLD, at=later)
    with pytest.raises(NotFound):
        tell_now(connection_code=told.code, actor=acting_for(a_seller("Other")), at=later)
