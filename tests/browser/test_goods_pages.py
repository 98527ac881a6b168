"""The pages of goods in a real Chromium: axe in light and dark, phones, and the grid by keys alone or without scripts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.architecture.belongings import Belongings, belongings
from tests.catalog_world import an_item
from tests.floor_world import a_person
from tests.imports_world import applied, checked, csv_file
from tests.labels_world import lots_of
from tests.links_world import an_offer, offered
from tests.receiving_world import a_delivery, arrived, counted
from tests.stock_world import spot_of, to_count
from tests.world import WORLD, a_member, a_seller, a_sku, stock_of
from toiya.core import clock
from toiya.domain.catalog.actions.grid import Cell, set_cell
from toiya.domain.catalog.models import InventoryItem, Sku
from toiya.domain.channels.models import Connection
from toiya.domain.members.models import Seller, User
from toiya.domain.stock.models import BinStock
from toiya.domain.warehouses.models import Warehouse

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PageMaker = Callable[..., Page]
Violations = Callable[[Page], list[str]]
LOOKS = pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 320)])
GOOD_ROW, BAD_ROW = ["Mug", "2"], ["Cup", "many"]


def entered(page: Page, address: str, user: User) -> Page:
    """The person is signed in already."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": address}])
    return page


def a_busy_house() -> Belongings:
    """A seller with something on every page of goods."""
    owned = belongings()
    house, shop = Warehouse.objects.get(), Connection.objects.get()
    offered(shop, an_offer("1001"), an_offer("1002", "Linen tote", "navy M", option_code="LT-NVM"), an_offer("1003"))
    an_item(owned.seller)
    dated = a_sku(owned.seller, "TEA", "Green tea", "100 g")
    Sku.objects.filter(pk=dated.pk).update(tracks_lots=True)
    today = clock.now().date()
    lots_of(dated, house, {("L1", today + timedelta(days=9)): 4, ("L2", today - timedelta(days=1)): 2})
    stock_of(owned.sku, house, 5, bin_code="A01-02-1")
    to_count(spot_of(owned.sku, house, "A01-02-1"))
    return owned


def sheets_of(seller: Seller) -> list[str]:
    """A sheet with an error that waits, and one that was applied."""
    rows = csv_file(["ItemName", "Qty"], GOOD_ROW, BAD_ROW)
    done = applied(checked(seller, "items", csv_file(["ItemName", "Qty"], ["Bowl", "3"])))
    return [checked(seller, "items", rows).code, done.code]


def seller_places(owned: Belongings) -> list[str]:
    sku, delivery = f"/skus/{owned.sku.code}", f"/inbound/{owned.delivery}"
    grid = InventoryItem.objects.get(name="T-shirt")
    return [
        *("/items/", f"/items/{grid.code}/", "/items/new/", "/items/new/direct/", "/items/new/product/"),
        *("/items/shared/", "/skus/", f"{sku}/", f"{sku}/details/", f"{sku}/bundle/", f"{sku}/check-list/"),
        *("/skus/then/", "/skus/expiring/", "/links/", "/links/?view=linked"),
        *(f"/links/acts/{owned.link_act}/", f"/links/products/{owned.listing}/"),
        *("/imports/", "/imports/new/items/", "/imports/new/in-out/", "/imports/new/orders/"),
        *(f"/imports/{code}/" for code in sheets_of(owned.seller)),
        *("/inbound/", "/inbound/requests/", "/inbound/requests/new/", "/inbound/new/", f"{delivery}/"),
        *(f"{delivery}/cartons/{owned.carton}/", f"{delivery}/deletion/", f"{delivery}/labels/"),
        *(f"/inbound/{owned.counted_delivery}/counts/", f"/labels/?sku={owned.sku.code}"),
    ]


def office_places(owned: Belongings) -> list[str]:
    row = BinStock.objects.filter(quantity__gt=0, sku=owned.sku, bin__kind="storage").first()
    assert row is not None
    return [
        *("/office/inbound/", f"/office/inbound/{owned.delivery}/", "/office/inbound/rules/"),
        *("/office/inbound/slots/", "/office/inbound/out/", "/office/receiving/"),
        *(f"/office/receiving/{owned.counted_delivery}/", "/office/stock/", f"/office/stock/{row.pk}/"),
        *("/office/stock/aside/", "/office/stock/counts/", "/office/stock/expiring/", "/office/stock/then/"),
        *("/office/labels/", f"/office/inbound/{owned.delivery}/labels/"),
    ]


def faults(page: Page, address: str, places: list[str], violations: Violations) -> dict[str, list[str]]:
    """What is wrong, by page."""
    found = {}
    for place in places:
        answer = page.goto(address + place)
        assert answer is not None
        told = violations(page) if answer.status == 200 else [f"answers {answer.status}"]
        wide, screen = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        told += [f"{wide} px wide"] if wide > screen else []
        if told:
            found[place] = told
    return found


@LOOKS
def test_no_page_of_goods_has_a_violation_or_scrolls_sideways(
    live_server: LiveServer, new_page: PageMaker, violations: Violations, theme: str, width: int
) -> None:
    owned = a_busy_house()
    page = entered(new_page(width=width, theme=theme), live_server.url, a_member(owned.seller))
    assert faults(page, live_server.url, seller_places(owned), violations) == {}


@LOOKS
def test_no_page_of_the_office_about_goods_has_one(
    live_server: LiveServer, new_page: PageMaker, violations: Violations, theme: str, width: int
) -> None:
    owned = a_busy_house()
    lead = a_person(Warehouse.objects.get(), "administrator").user
    page = entered(new_page(width=width, theme=theme), live_server.url, lead)
    assert faults(page, live_server.url, office_places(owned), violations) == {}
