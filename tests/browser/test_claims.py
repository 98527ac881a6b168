"""A claim in Chromium: the seller opens and files it, the office decides and pays, the seller sees the money."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.test_money import entered
from tests.claims_world import gone, pays, ready
from tests.floor_world import a_person, a_service
from tests.world import a_member, a_seller, a_warehouse
from toiya.domain.claims.models import Claim
from toiya.domain.outbound.models import Parcel

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PageMaker = Callable[..., Page]
Violations = Callable[[Page], list[str]]


@pytest.fixture
def parcel(db: None) -> Parcel:
    """A parcel that left just now by a service that pays 3,000 yen; worth 2,000."""
    return gone(ready(a_seller(), a_warehouse(), pays(a_service(), 3_000)), at=timezone.now())


@pytest.mark.seed("L24", "A178")
def test_the_office_decides_a_claim_and_the_seller_sees_the_payout(
    live_server: LiveServer, parcel: Parcel, new_page: PageMaker, violations: Violations
) -> None:
    shop, address = new_page(width=390), live_server.url
    entered(shop, address, a_member(parcel.seller))
    shop.goto(f"{address}/orders/{parcel.order.code}/")
    shop.get_by_role("link", name="Claim damage or loss").click()
    assert violations(shop) == []
    shop.click("#open-claim")
    shop.wait_for_url("**/claims/CLM-*/")
    claim = Claim.objects.get()
    assert violations(shop) == []
    assert shop.evaluate("document.documentElement.scrollWidth") <= 390
    shop.click("#file-claim")
    expect(shop.locator("h1")).to_contain_text("Filed")

    desk = new_page()
    entered(desk, address, a_person(parcel.warehouse, "accountant").user)
    desk.goto(f"{address}/office/claims/?view=filed")
    assert violations(desk) == []
    desk.get_by_role("link", name=claim.code).click()
    assert violations(desk) == []
    desk.fill("#amount", "1800")
    desk.fill("#accept-reason", "The carrier agrees.")
    desk.click("#accept-claim")
    desk.click("#pay-claim")
    expect(desk.locator("h1")).to_contain_text("Paid out")
    desk.goto(f"{address}/office/claims/terms/")
    assert violations(desk) == []

    shop.goto(f"{address}/wallet/")
    expect(shop.locator("#list")).to_contain_text("+1,800")
    shop.get_by_role("link", name=claim.code).click()
    expect(shop.locator("main")).to_contain_text("The carrier agrees.")
    shop.goto(f"{address}/claims/")
    expect(shop.locator(".stat")).to_contain_text("1,800")
    assert violations(shop) == []
