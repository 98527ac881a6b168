"""What a site is told of orders that we divided or joined, and what we follow of what it says."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from tests.books import findings
from tests.split_world import merged, split, things
from tests.world import NOON, a_key, a_member, a_sku, a_warehouse
from toiya.core.models import EventRow
from toiya.domain.channels.jobs import reading, telling, want_all
from toiya.domain.channels.models import Connection, Notice, WriteBack
from toiya.domain.channels.port import SiteState
from toiya.domain.channels.tests.left import a_parcel_that_left
from toiya.domain.channels.tests.pretend_site import PretendSite
from toiya.domain.orders.models import Line, Order
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db


def bought(shop: Connection, site: PretendSite, cart: str, quantity: int = 1, lines: int = 1) -> Order:
    order = site.sell(cart, *["LT-NVM"] * lines)
    lots = tuple(replace(line, quantity=quantity) for line in order.lines)
    site.orders_by_cart[cart] = replace(order, lines=lots)
    reading.pull(shop.pk, NOON)
    return Order.objects.get(shop_code=shop.code, external_id=cart)


def told(shop: Connection, minutes: int = 0) -> None:
    at = NOON + timedelta(minutes=minutes)
    want_all(shop.seller_id, at)
    telling.run(telling.CONFIRMATIONS, shop.pk, lambda: at)
    telling.run(telling.WRITE_BACKS, shop.pk, lambda: at)


@pytest.fixture
def house(shop: Connection) -> Warehouse:
    a_sku(shop.seller)
    return a_warehouse()


def test_a_divided_line_is_told_with_the_last_parcel_of_all(
    shop: Connection, site: PretendSite, house: Warehouse
) -> None:
    stays, part = split(bought(shop, site, "701", quantity=3), 1)
    told(shop)
    a_parcel_that_left(stays, house, "4900-1")
    told(shop, 1)
    assert site.done("ship") == []
    a_parcel_that_left(part, house, "4900-2")
    told(shop, 2)
    told(shop, 3)
    assert site.done("ship") == ["701-1 ネコポス 4900-2"]
    assert site.done("confirm") == ["701-1"]
    assert set(WriteBack.objects.values_list("status", flat=True)) == {"accepted"}
    noted = EventRow.objects.get(name="order.number_not_told")
    assert (noted.subject, noted.data["tracking_number"]) == (stays.code, "4900-1")
    assert EventRow.objects.get(name="order.tracking_accepted").subject == part.code
    assert findings("I11") == []


def test_both_numbers_stand_on_the_page_of_either_order_and_in_the_api(
    shop: Connection, site: PretendSite, house: Warehouse, client: Client
) -> None:
    stays, part = split(bought(shop, site, "701", quantity=3), 1)
    told(shop)
    a_parcel_that_left(stays, house, "4900-1")
    client.force_login(a_member(shop.seller))
    _key, secret = a_key(shop.seller)
    half = client.get(f"/orders/{part.code}/").content.decode()
    assert "Parcel 2 of 2" in half
    assert "not packed yet" in half
    a_parcel_that_left(part, house, "4900-2")
    told(shop, 1)
    for code in (stays.code, part.code):
        page = client.get(f"/orders/{code}/").content.decode()
        assert all(number in page for number in ("4900-1", "4900-2", "Parcel 1 of 2", "Parcel 2 of 2"))
        assert "The sales site takes one number for each line, and no message beside it." in page
        answer = client.get(f"/api/v1/orders/{code}", headers={"authorization": f"Bearer {secret}"}).json()
        assert [(each["order"], each["tracking_number"], each["site_number"]) for each in answer["parcels"]] == [
            (stays.code, "4900-1", "not_told"),
            (part.code, "4900-2", "told"),
        ]
    other = bought(shop, site, "702")
    assert "All parcels of this purchase" not in client.get(f"/orders/{other.code}/").content.decode()


def test_parts_that_left_before_anybody_looked_are_told_once(
    shop: Connection, site: PretendSite, house: Warehouse
) -> None:
    stays, part = split(bought(shop, site, "701", quantity=2), 1)
    a_parcel_that_left(part, house, "4900-2", at=NOON - timedelta(minutes=2))
    a_parcel_that_left(stays, house, "4900-1", at=NOON - timedelta(minutes=1))
    told(shop)
    told(shop, 1)
    assert [line.split()[0] for line in site.done("ship")] == ["701-1"]


def test_whole_lines_are_told_with_the_parcel_they_lie_in(
    shop: Connection, site: PretendSite, house: Warehouse
) -> None:
    stays, part = split(bought(shop, site, "701", lines=2), 0, 1)
    told(shop)
    a_parcel_that_left(stays, house, "4900-1")
    told(shop, 1)
    a_parcel_that_left(part, house, "4900-2")
    told(shop, 2)
    assert site.done("confirm") == ["701-1", "701-2"]
    assert site.done("ship") == ["701-1 ネコポス 4900-1", "701-2 ネコポス 4900-2"]


def test_the_rest_of_a_divided_line_is_told_when_a_part_was_cancelled(
    shop: Connection, site: PretendSite, house: Warehouse
) -> None:
    stays, part = split(bought(shop, site, "701", quantity=2), 1)
    told(shop)
    part.lines.update(is_cancelled=True)
    Order.objects.filter(pk=part.pk).update(status="cancelled")
    a_parcel_that_left(stays, house, "4900-1")
    told(shop, 1)
    assert site.done("ship") == ["701-1 ネコポス 4900-1"]


def test_joined_orders_are_told_line_by_line_and_none_as_cancelled(
    shop: Connection, site: PretendSite, house: Warehouse
) -> None:
    orders = [bought(shop, site, cart) for cart in ("701", "702")]
    into = merged(*orders)
    told(shop)
    a_parcel_that_left(into, house, "4900-1")
    told(shop, 1)
    assert sorted(site.done("confirm")) == ["701-1", "702-1"]
    assert site.done("ship") == ["701-1 ネコポス 4900-1", "702-1 ネコポス 4900-1"]
    assert {kind for kind, _ in site.effects} == {"confirm", "ship"}


def test_a_line_cancelled_at_the_site_is_cancelled_in_every_order_it_lies_in(
    shop: Connection, site: PretendSite, house: Warehouse
) -> None:
    split(bought(shop, site, "701", quantity=3), 1)
    site.claim("701-1", SiteState.CANCELLED)
    site.clock = NOON + timedelta(minutes=10)
    reading.pull(shop.pk, site.clock)
    reading.pull(shop.pk, site.clock)
    assert set(Order.objects.values_list("status", flat=True)) == {"cancelled"}
    assert Notice.objects.count() == 2


def test_the_same_carts_again_add_nothing_and_new_lines_find_their_order(
    shop: Connection, site: PretendSite, house: Warehouse
) -> None:
    stays, part = split(bought(shop, site, "701", quantity=3), 1)
    into = merged(*[bought(shop, site, cart) for cart in ("702", "703")])
    reading.pull(shop.pk, NOON + timedelta(minutes=1))
    assert Line.objects.count() == 4
    site.sell("701", "LT-NVM")
    site.sell("703", "LT-NVM")
    reading.pull(shop.pk, NOON + timedelta(minutes=2))
    assert things(stays) == [("701-1", 2), ("701-2", 1)]
    assert things(part) == [("701-1", 1)]
    assert sorted(things(into)) == [("702-1", 1), ("703-1", 1), ("703-2", 1)]
