"""The pages that print labels in a real Chromium: axe, phones, and from ticked SKUs to the file."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.labels_world import a_delivery
from tests.world import PASSWORD, a_member, a_seller, a_sku, a_warehouse, stock_of
from toiya.domain.members.models import Seller

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PageMaker = Callable[..., Page]
Faults = Callable[[Page], list[str]]


def entered(page: Page, address: str, seller: Seller) -> Page:
    page.goto(f"{address}/sign-in/")
    page.fill("[name=email]", a_member(seller).email)
    page.fill("[name=password]", PASSWORD)
    page.click("#enter")
    page.wait_for_url(f"{address}/")
    return page


def test_the_pages_of_labels_pass_axe_and_fit_a_phone(
    live_server: LiveServer, new_page: PageMaker, faults: Faults
) -> None:
    seller, house = a_seller(), a_warehouse()
    tote = a_sku(seller, barcode="4901234567894")
    type(tote).objects.filter(pk=tote.pk).update(tracks_lots=True)
    bundle = a_delivery(house, [{tote: 30}, {tote: 5}])
    page = entered(new_page(), live_server.url, seller)
    for place in (f"/labels/?sku={tote.code}", "/labels/", f"/inbound/{bundle.code}/labels/", "/skus/"):
        page.goto(live_server.url + place)
        assert faults(page) == []


@pytest.mark.seed("A132")
def test_ticked_skus_become_a_file_without_scripts(live_server: LiveServer, new_page: PageMaker) -> None:
    seller = a_seller()
    tote = a_sku(seller)
    stock_of(tote, a_warehouse(), 3)
    page = entered(new_page(java_script_enabled=False), live_server.url, seller)
    page.goto(f"{live_server.url}/skus/")
    page.check(f"#sel-{tote.code}")
    page.click("#labels")
    page.get_by_role("link", name="As many as in stock").click()
    assert page.input_value("#copies-1") == "3"
    page.select_option("#paper", "zpl203-60x40")
    with page.expect_download() as download:
        page.click("#print")
    assert download.value.suggested_filename == "labels.zpl"
    assert "^PQ3" in download.value.path().read_text()
