"""
Two journeys about prices in a real Chromium, each read on a wide light screen and then on a narrow dark one.

A seller follows a fee to its order and a bill to its entries, and does the sums again at home; the office sees what a
past month would have cost with another card before it puts that card in force.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import pypdfium2
import pytest
from playwright.sync_api import Download, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.billing_world import (
    BEFORE,
    MIDDLE,
    T_NUMBER,
    a_card,
    a_closed_bill,
    an_issuer,
    fee,
    on_day,
    sold,
)
from tests.browser.test_money import entered
from tests.floor_world import a_person, a_service, labelled, packed, released, walked
from tests.world import WORLD, a_member, a_seller, a_sku, a_warehouse, an_allocated_order, money_in, stock_of
from toiya.domain.billing.actions.invoicing import issue_invoice
from toiya.domain.billing.models import Invoice, Statement
from toiya.domain.members.models import Seller, User
from toiya.domain.outbound.models import Parcel
from toiya.domain.pricing.models import CardVersion, RateCard
from toiya.domain.stock.models import Movement
from toiya.domain.warehouses.models import Warehouse

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PageMaker = Callable[..., Page]
Violations = Callable[[Page], list[str]]
TODAY = on_day(12, 18)  # a Friday after November was closed
SPACE = "\N{NO-BREAK SPACE}"
NARROW = 360
TODAY_TYPED = "2026-12-18"


class House(NamedTuple):
    """A seller of one warehouse: 20 slow pieces over November, one parcel that left then, a card for everybody."""

    seller: Seller
    warehouse: Warehouse
    card: RateCard
    slow: str
    bill: Statement


@pytest.fixture
def house(db: None, monkeypatch: pytest.MonkeyPatch) -> House:
    """November cost 20 × 30 of storage and 385 of shipping, and is closed."""
    seller, warehouse = a_seller(at=BEFORE), a_warehouse()
    money_in(seller, 50_000, at=BEFORE)
    card, slow = a_card(), a_sku(seller, "SLOW-1", "Winter scarf", "grey")
    stock_of(slow, warehouse, 25, at=on_day(10, 20))
    sold(slow, warehouse, 5, on_day(11, 10))
    fee(seller, warehouse, "PCL-1", 385, on_day(11, 10))
    bill = a_closed_bill(seller)
    monkeypatch.setattr("django.utils.timezone.now", lambda: TODAY)
    monkeypatch.setattr("toiya.core.clock.now", lambda: TODAY)
    return House(seller, warehouse, card, slow.code, bill)


class Walk:
    """A person's window that judges each page it comes to, and remembers it for the narrow one."""

    def __init__(self, page: Page, violations: Violations) -> None:
        self.page, self.violations = page, violations
        self.places: list[str] = []

    def stands(self) -> None:
        """The page as it is now is clean; seen again on the narrow screen."""
        self.judge(self.page, self.page.url)
        if self.page.url not in self.places:
            self.places.append(self.page.url)

    def judge(self, page: Page, place: str) -> None:
        """No rule of accessibility is broken, and nothing scrolls sideways."""
        assert self.violations(page) == [], place
        width = page.viewport_size["width"] if page.viewport_size else 0
        assert page.evaluate("document.documentElement.scrollWidth") <= width, place

    def again(self, page: Page) -> None:
        """The same pages in another window, all that can be unfolded unfolded."""
        for place in self.places:
            page.goto(place)
            page.evaluate("document.querySelectorAll('main details').forEach(each => { each.open = true })")
            self.judge(page, place)


def walk_of(user: User, make: PageMaker, address: str, violations: Violations) -> tuple[Walk, Page]:
    """The person's wide light window, and the narrow dark one."""
    narrow = entered(make(width=NARROW, height=740, theme="dark"), address, user)
    return Walk(entered(make(), address, user), violations), narrow


def a_fee_under_way(house: House, at: datetime) -> Parcel:
    """A parcel of this month with its label: 400 yen are set aside for it."""
    order = an_allocated_order(house.seller, house.warehouse, at=at)
    staff = a_person(house.warehouse, "floor_lead")
    walked(released(house.warehouse, order, at=at).pick_lists[0].code, staff, at=at)
    return labelled(packed("T-001", staff, a_service(price_minor=400), at=at), at=at)


def downloaded(page: Page, link: str, folder: Path) -> Path:
    """The file behind a link, kept under its own name."""
    with page.expect_download() as coming:
        page.get_by_role("link", name=link).click()
    file: Download = coming.value
    kept = folder / file.suggested_filename
    file.save_as(kept)
    return kept


def checked(*arguments: Path | str) -> tuple[int, str]:
    """The checker as a program of its own, out of reach of everything of ours: how it ended, and what it said."""
    command = [sys.executable, "-I", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.stderr == ""
    return done.returncode, done.stdout.strip()


def words_of(pdf: bytes) -> str:
    """All words of a paper, one space between two."""
    texts = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]
    return " ".join(" ".join(texts).split())


@pytest.mark.seed("L21")
def test_a_seller_follows_a_fee_to_its_order_and_a_bill_to_its_entries_and_checks_it_at_home(
    house: House, live_server: LiveServer, new_page: PageMaker, violations: Violations, tmp_path: Path
) -> None:
    an_issuer()
    invoice, bill = issue_invoice(code=house.bill.code, actor=WORLD, at=MIDDLE), house.bill
    parcel = a_fee_under_way(house, TODAY)
    fee(house.seller, house.warehouse, "PCL-2", 250, on_day(12, 10))
    walk, narrow = walk_of(a_member(house.seller), new_page, live_server.url, violations)
    page = walk.page

    _follows_a_fee(walk, live_server.url, parcel)
    _opens_the_running_bill(walk, live_server.url)

    page.get_by_role("link", name=bill.code).click()
    page.wait_for_url(f"**/wallet/bills/{bill.code}/")
    walk.stands()
    page.get_by_role("link", name="Storage of slow sellers").click()
    line = page.locator("#list tbody tr")
    expect(line).to_have_count(1)
    line.locator("summary").click()
    facts, days = line.locator("dl.facts").first, line.locator("dl.facts").last
    shipped = Movement.objects.get(kind=Movement.Kind.SHIP, seller_id=house.seller.pk)
    expect(line.locator("summary")).to_have_text("20 × 30")
    expect(facts).to_contain_text(f"{house.card.code} · version 1")
    expect(days).to_contain_text("420 pieces times days")
    expect(facts).to_contain_text(f"Movement {shipped.pk}")
    walk.stands()

    _does_the_sums_again(page, bill, invoice, tmp_path)
    walk.again(narrow)


def _follows_a_fee(walk: Walk, address: str, parcel: Parcel) -> None:
    """From what is set aside to the order it is for."""
    page = walk.page
    page.goto(f"{address}/wallet/")
    walk.stands()
    page.click("a.stat[href='?view=aside']")
    row = page.locator("#list tr").filter(has_text=parcel.code)
    expect(row.locator("td.num")).to_have_text("400")
    walk.stands()
    row.get_by_role("link").click()
    page.wait_for_url(f"**/orders/{parcel.order.code}/")
    expect(page.locator("main")).to_contain_text(parcel.code)
    walk.stands()


def _opens_the_running_bill(walk: Walk, address: str) -> None:
    """What is taken so far, and the storage to come: what is set aside is neither; new goods are free at first."""
    page = walk.page
    page.goto(f"{address}/wallet/")
    page.get_by_role("link", name="Bills", exact=True).click()
    running = page.locator("section[aria-labelledby=running-t]")
    expect(running).to_contain_text("2026-12, so far")
    expect(running.locator("dd").last).to_have_text(f"JPY{SPACE}850")
    walk.stands()


def _does_the_sums_again(page: Page, bill: Statement, invoice: Invoice, folder: Path) -> None:
    """With nothing but the two files and the digest on the paper; a changed line is found out."""
    inputs, checker = downloaded(page, "Inputs (JSON)", folder), downloaded(page, "Checker (Python)", folder)
    assert (inputs.name, checker.name) == (f"{bill.code}.json", "check_bill.py")
    paper = page.get_by_role("link", name=invoice.number).get_attribute("href")
    answer = page.request.get(f"{page.url.split('/wallet/')[0]}{paper}")
    assert answer.headers["content-type"] == "application/pdf"
    words = words_of(answer.body())
    for told in (invoice.number, bill.code, T_NUMBER, "JPY 985", "JPY 600", "JPY 385", "JPY 89"):
        assert told in words
    digest = bill.inputs_hash
    assert digest in words.replace(" ", "")
    assert checked(checker, inputs, digest) == (0, "Everything agrees.")

    told = json.loads(inputs.read_text(encoding="utf-8"))
    storage = next(each["line"] for each in told["lines"] if each["line"]["kind"] == "storage_month")
    storage["amount_minor"] = 570
    inputs.write_text(json.dumps(told), encoding="utf-8")
    code, said = checked(checker, inputs, digest)
    assert code == 1
    assert "20 x 30 / 1 is 600, not 570" in said


def compared(page: Page, address: str, house: House, card: str) -> dict[str, list[str]]:
    """The rows of the quote for last month with that card: what is priced, and its three amounts."""
    page.goto(f"{address}/office/prices/")
    page.get_by_role("link", name="Quote", exact=True).click()
    page.select_option("[name=seller]", house.seller.code)
    page.select_option("[name=card]", card)
    page.select_option("[name=months]", "1")
    page.click("#compare")
    page.wait_for_url(re.compile(r"/quote/\?seller="))
    cells = {}
    for row in page.locator("main table tbody tr").all():
        told = row.locator("td").all_inner_texts()
        cells[row.locator("th").inner_text().split("\n")[0].strip()] = [each.replace(SPACE, " ") for each in told]
    return cells


def _writes_a_card(walk: Walk, address: str, house: House) -> RateCard:
    """A copy of the card with storage at 24 and shipping at 310; its writer cannot approve it."""
    page = walk.page
    page.goto(f"{address}/office/prices/")
    walk.stands()
    page.fill("[name=name]", "Hanataba 2027")
    page.select_option("[name=copy_of]", house.card.code)
    page.locator("#begin-card").locator("xpath=ancestor::form").locator("[name=from_on]").fill(TODAY_TYPED)
    page.click("#begin-card")
    page.wait_for_url("**/prices/RC-*/")
    new = RateCard.objects.get(name="Hanataba 2027")
    page.fill("[name=rate-0]", "24")
    page.select_option("[name=kind]", "shipping")
    page.fill("[name=price]", "310")
    page.fill("[name=from_on]", TODAY_TYPED)
    page.click("#write-version")
    expect(page.locator(".toast")).to_contain_text("Another person has to approve")
    expect(page.get_by_role("button", name="Approve version 2")).to_have_count(0)
    walk.stands()
    return new


def test_the_office_sees_what_a_month_would_have_cost_before_a_second_person_approves_the_card(
    house: House, live_server: LiveServer, new_page: PageMaker, violations: Violations
) -> None:
    address = live_server.url
    writer = a_person(house.warehouse, "administrator").user
    second = a_person(house.warehouse, "accountant").user
    walk, narrow = walk_of(writer, new_page, address, violations)
    page = walk.page

    new = _writes_a_card(walk, address, house)
    actual = compared(page, address, house, f"{house.card.code}/1")
    assert actual["Together"] == ["JPY 985", "JPY 985", "0"]
    assert {amounts[2] for amounts in actual.values()} == {"0"}
    walk.stands()
    other = compared(page, address, house, f"{new.code}/2")
    assert other["Together"] == ["JPY 985", "JPY 790", "−195"]
    assert other["Winter scarf"] == ["JPY 600", "JPY 480", "−120"]
    walk.stands()

    approver = entered(new_page(), address, second)
    approver.goto(f"{address}/office/prices/{new.code}/")
    assert violations(approver) == []
    approver.get_by_role("button", name="Approve version 2").click()
    expect(approver.locator(".toast")).to_contain_text("Version 2 is approved.")
    assert CardVersion.objects.get(card=new, number=2).approval.approved_by == str(second.pk)
    page.goto(f"{address}/office/prices/{new.code}/")
    expect(page.locator("section[aria-labelledby=v2]")).to_contain_text(f"approved by {second.name}")
    expect(page.locator("section[aria-labelledby=v1]")).to_contain_text("waits for a second person")
    walk.again(narrow)
