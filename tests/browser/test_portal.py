"""The seller's pages in a real Chromium: axe, phones, keyboard, and freeing a stuck order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.billing_world import NOVEMBER, a_closed_bill, fee, on_day
from tests.browser.walker import all_jobs_done
from tests.orders_in_world import an_entered_order
from tests.world import (
    PASSWORD,
    a_member,
    a_seller,
    a_shop,
    a_sku,
    a_warehouse,
    an_allocated_order,
    an_order,
    held,
    judged,
    money_in,
    stock_of,
)
from toiya.core import clock
from toiya.domain.orders.models import Order

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PageMaker = Callable[..., Page]
Faults = Callable[[Page], list[str]]


@dataclass
class Portal:
    """A seller's portal: its address, who signs in, and the orders on it."""

    address: str
    email: str
    unmatched: str
    short: str
    sku: str
    shop: str
    entered: str
    bill: str

    def enter(self, page: Page) -> Page:
        """Sign in through the door."""
        page.goto(f"{self.address}/sign-in/")
        page.fill("[name=email]", self.email)
        page.fill("[name=password]", PASSWORD)
        page.click("#enter")
        page.wait_for_url(f"{self.address}/")
        return page

    def places(self) -> list[str]:
        """The main pages."""
        line = Order.objects.get(code=self.unmatched).lines.get().pk
        return [
            "/",
            "/orders/?view=all",
            *("/orders/new/", "/orders/entered/", f"/orders/{self.entered}/", f"/orders/{self.entered}/correction/"),
            f"/orders/{self.short}/",
            f"/orders/{self.unmatched}/lines/{line}/sku/",
            f"/orders/{self.short}/cancellation/",
            f"/orders/{self.short}/hold/",
            f"/orders/{self.short}/address/",
            "/skus/",
            f"/skus/{self.sku}/",
            "/wallet/",
            "/wallet/top-ups/",
            "/wallet/bills/",
            f"/wallet/bills/{self.bill}/",
            "/connections/",
            f"/connections/{self.shop}/",
            "/connections/new/",
            "/imports/",
        ]


@pytest.fixture
def portal(live_server: LiveServer) -> Portal:
    at = clock.now()
    seller, house = a_seller(at=at), a_warehouse()
    shop = a_shop(seller, at=at)
    sku = a_sku(seller, barcode="4901234567894")
    stock_of(sku, house, 3, at=at)
    money_in(seller, 48_200, at=at)
    (unmatched,) = judged(an_order(seller, {"X-1": 1}, shop_code=shop.code, at=at), at=at)
    (short,) = judged(an_order(seller, {"LT-NVM": 9}, shop_code=shop.code, receiver="佐藤 花", at=at), at=at)
    held(an_allocated_order(seller, house, at=at), "cancel_asked", at=at)
    entered = an_entered_order(seller, site="Amazon JP", gift_name="Sato", slot="AM")
    fee(seller, house, "PCL-OLD", 385, on_day(10, 10))
    bill = a_closed_bill(seller, NOVEMBER.replace(month=10)).code
    email = a_member(seller).email
    return Portal(live_server.url, email, unmatched.code, short.code, sku.code, shop.code, entered.code, bill)


def test_no_page_has_an_axe_violation_or_scrolls_sideways(portal: Portal, new_page: PageMaker, faults: Faults) -> None:
    page = portal.enter(new_page())
    for place in portal.places():
        page.goto(portal.address + place)
        assert faults(page) == []


def test_an_unmatched_order_is_freed_in_three_presses(portal: Portal, new_page: PageMaker) -> None:
    page = portal.enter(new_page())
    page.get_by_role("link", name=f"Match a SKU {portal.unmatched}").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Which SKU is this?")
    page.get_by_role("button", name="Match Linen tote navy M").click()
    page.wait_for_url(f"**/orders/{portal.unmatched}/")
    expect(page.locator(".toast")).to_contain_text("The line is matched")
    page.get_by_role("button", name="Check again").click()
    expect(page.locator("h1 .chip")).to_have_text("Allocated")
    expect(page.locator(".timeline")).to_contain_text("Thing X-1 was matched to SKU")


def test_search_narrows_the_list_as_one_types_and_the_address_keeps_it(portal: Portal, new_page: PageMaker) -> None:
    page = portal.enter(new_page())
    page.goto(f"{portal.address}/orders/?view=all")
    expect(page.locator("#list tbody tr")).to_have_count(4)
    page.locator("#q").press_sequentially("佐藤")
    expect(page.locator("#list tbody tr")).to_have_count(1)
    expect(page.locator("#q")).to_be_focused()
    assert "q=%E4%BD%90%E8%97%A4" in page.url
    page.reload()
    expect(page.locator("#list tbody tr")).to_have_count(1)
    page.locator("#list tbody tr th a").press("Enter")
    expect(page.locator("h1")).to_contain_text(portal.short)


def test_it_works_without_scripts(portal: Portal, new_page: PageMaker) -> None:
    page = portal.enter(new_page(java_script_enabled=False))
    page.goto(f"{portal.address}/orders/")
    page.fill("#q", "佐藤")
    page.get_by_role("button", name="Filter").click()
    page.get_by_role("link", name=portal.short).click()
    page.get_by_role("button", name="Check again").click()
    expect(page.locator(".toast")).to_contain_text("still waits")


def test_an_order_file_is_taken_in(portal: Portal, new_page: PageMaker, tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    file.write_bytes("注文番号,数量,受取人名,住所\n1,1,田中,千葉県\n2,１０個,佐藤,東京都\n".encode("cp932"))
    page = portal.enter(new_page(width=390))
    page.goto(f"{portal.address}/imports/")
    page.click("#new-orders")
    page.set_input_files("[name=file]", file)
    page.click("#import")
    page.wait_for_url("**/imports/IMP-*/")
    all_jobs_done()
    page.reload()
    expect(page.locator("#row-3")).to_contain_text("“１０個” is not a whole number.")
    expect(page.get_by_role("button", name="Use 10")).to_be_visible()
    page.click("#apply")
    all_jobs_done()
    page.reload()
    assert Order.objects.filter(external_id="1").exists()


def test_a_wrong_amount_is_named_and_focused(portal: Portal, new_page: PageMaker) -> None:
    page = portal.enter(new_page())
    page.goto(f"{portal.address}/wallet/top-ups/")
    page.fill("#id_amount", "many")
    page.fill("[name=sender_name]", "カ）ハナタバ")
    page.click("#announce")
    expect(page.locator("#error-summary")).to_be_focused()
    expect(page.locator("#id_amount")).to_have_value("many")
    page.fill("#id_amount", "２０，０００")
    page.click("#announce")
    page.wait_for_url("**/wallet/transfers/*/")
    expect(page.locator("dl.facts")).to_contain_text("JPY\N{NO-BREAK SPACE}20,000")
