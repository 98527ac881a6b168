"""A seller sees what it owes, disputes a line and pays; the office decides the dispute; in a real Chromium."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.dues_world import asked
from tests.floor_world import a_person
from tests.world import PASSWORD, a_member, a_seller, a_warehouse, money_in
from toiya.core import clock
from toiya.domain.dues.models import Dispute, PaymentRequest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PageMaker = Callable[..., Page]
Violations = Callable[[Page], list[str]]


def enter(page: Page, address: str, email: str) -> None:
    page.goto(f"{address}/sign-in/")
    page.fill("[name=email]", email)
    page.fill("[name=password]", PASSWORD)
    page.click("#enter")
    page.wait_for_load_state("load")


@pytest.mark.seed("A173", "A175", "L21")
def test_a_line_is_disputed_decided_and_the_rest_is_paid(
    live_server: LiveServer, new_page: PageMaker, violations: Violations
) -> None:
    at = clock.now()
    seller, house = a_seller(at=at), a_warehouse()
    money_in(seller, 10_000, at=at)
    month = (at - timedelta(days=31)).date()
    request = asked(seller, 3000, 1410, month=month, at=at)
    owner, desk = a_member(seller), a_person(house, "accountant").user
    page, office = new_page(), new_page()

    enter(page, live_server.url, owner.email)
    page.goto(f"{live_server.url}/wallet/payments/")
    assert violations(page) == []
    page.get_by_role("link", name=request.code).click()
    assert violations(page) == []
    page.get_by_role("link", name="Dispute Storage 2").click()
    assert violations(page) == []
    page.fill("[name=reason]", "These pieces were taken out in September.")
    page.click("#dispute")
    expect(page.locator(".toast")).to_contain_text("The line is not due meanwhile")

    enter(office, live_server.url, desk.email)
    office.goto(f"{live_server.url}/office/payments/?view=disputed")
    assert violations(office) == []
    office.get_by_role("link", name=request.code).click()
    expect(office.get_by_text("These pieces were taken out in September.")).to_be_visible()
    assert violations(office) == []
    code = Dispute.objects.get().code
    office.fill(f"[name='{code}-credit']", "1410")
    office.fill(f"[name='{code}-answer']", "You are right.")
    office.click("#decide-2")
    expect(office.locator(".toast")).to_contain_text("Decided")

    page.goto(f"{live_server.url}/wallet/payments/")
    page.check(f"#sel-{request.code}")
    page.click("#pay")
    expect(page.locator(".toast")).to_contain_text("JPY 3,000 paid.".replace(" ", "\u00a0", 1))
    made = PaymentRequest.objects.get()
    assert (made.status, made.paid_minor, made.credited_minor) == ("paid", 3000, 1410)


@pytest.mark.seed("A062", "A072")
def test_an_agreement_is_read_and_signed(live_server: LiveServer, new_page: PageMaker, violations: Violations) -> None:
    seller, house = a_seller(at=clock.now()), a_warehouse()
    page = new_page(width=390)
    enter(page, live_server.url, a_member(seller).email)
    page.goto(f"{live_server.url}/settings/agreement/")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.check(f"[value={house.code}]")
    page.click("#apply")
    expect(page.locator(".note.stop")).to_contain_text("tick both boxes")
    page.check("#agrees")
    page.check("#pays")
    page.click("#apply")
    expect(page.locator(".toast")).to_contain_text("Signed.")
    assert seller.agreements.get().country == "JP"
