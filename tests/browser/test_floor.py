"""A shift on the floor in Chromium: badge, walk, table, truck; every code typed as a wedge scanner types it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.floor_world import PIN, a_coded_sku, a_person, a_service, labelled, on_the_floor, walked
from tests.world import a_seller, a_warehouse, money_in, stock_of
from toiya.domain.members.models import Seller, Staff
from toiya.domain.orders.models import Order
from toiya.domain.outbound.models import Parcel, PickTask
from toiya.domain.warehouses.models import Warehouse

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PageMaker = Callable[..., Page]


class Shift:
    """One person with a handheld whose scanner is a keyboard. Touches are counted."""

    def __init__(self, page: Page, address: str, person: Staff) -> None:
        self.page, self.address, self.person = page, address, person
        self.scans = self.touches = 0

    def begin(self) -> None:
        self.page.goto(f"{self.address}/floor/sign-in/")
        self.page.evaluate("localStorage.setItem('suffix', '1')")  # a device that has scanned before
        self.page.goto(f"{self.address}/floor/")
        self.scan(self.person.badge)
        for digit in PIN:
            self.touch(f"[data-digit='{digit}']")
        self.touch(".pad .primary")
        self.page.get_by_role("button", name="Start shift").click()
        expect(self.page.locator("#step h1")).to_have_text("Next job")
        self.scans = self.touches = 0

    def scan(self, code: str) -> None:
        """The keys of a wedge, 2 ms apart, ended by Enter; then the answer."""
        before = self.page.locator("#step").element_handle()
        self.page.keyboard.type(code, delay=2)
        self.page.keyboard.press("Enter")
        self.scans += 1
        self.page.wait_for_function("step => document.getElementById('step') !== step", arg=before)

    def touch(self, selector: str) -> None:
        self.page.locator(selector).first.click()
        self.touches += 1

    @property
    def tones(self) -> list[str]:
        """What was sounded since the page opened."""
        played: list[str] = self.page.evaluate("import('/static/toiya/tone.js').then(tone => tone.played)")
        return played

    def sees(self, words: str) -> None:
        expect(self.page.locator("#step")).to_contain_text(words)

    def fits(self) -> None:
        """No scrolling: the step is as high as its room, and no wider than the screen."""
        high, room, wide, screen = self.page.evaluate(
            "(() => { const s = document.getElementById('step'); return [s.scrollHeight, s.clientHeight,"
            " document.documentElement.scrollWidth, innerWidth] })()"
        )
        assert high <= room + 1
        assert wide <= screen


@pytest.fixture
def warehouse(transactional_db: None) -> Warehouse:
    return a_warehouse()


@pytest.fixture
def seller(transactional_db: None) -> Seller:
    seller = a_seller()
    money_in(seller, 10_000)
    a_service()
    return seller


@pytest.fixture
def shift(new_page: PageMaker, live_server: LiveServer, warehouse: Warehouse, seller: Seller) -> Shift:
    page = new_page(width=320, height=533)
    return Shift(page, live_server.url, a_person(warehouse, name="Mika S."))


def at_the_first_bin(shift: Shift, seller: Seller, warehouse: Warehouse, pieces: int = 1) -> None:
    stock_of(a_coded_sku(seller, "A", barcode="4901234567894"), warehouse, pieces, bin_code="A01-02-1")
    on_the_floor(seller, warehouse, {"A": pieces})
    shift.begin()
    shift.touch(".job")
    shift.sees("Scan an empty tote")
    shift.scan("T-001")
    shift.sees("Scan the bin")
    shift.scans = shift.touches = 0


def test_one_line_of_one_piece_is_two_scans_and_no_touch(shift: Shift, seller: Seller, warehouse: Warehouse) -> None:
    at_the_first_bin(shift, seller, warehouse)
    shift.fits()
    shift.scan("A01-02-1")
    shift.fits()
    shift.scan("4901234567894")
    shift.sees("All picked")
    assert (shift.scans, shift.touches) == (2, 0)
    assert shift.tones[-2:] == ["ok", "done"]
    assert Order.objects.get().status == Order.Status.PACKING


def test_a_wrong_scan_is_a_full_stop_and_one_right_scan_goes_on(
    shift: Shift, seller: Seller, warehouse: Warehouse
) -> None:
    at_the_first_bin(shift, seller, warehouse)
    shift.scan("A01-03-1")
    expect(shift.page.locator("#step.stop")).to_be_visible()
    shift.sees("Wrong bin: A01-03-1. Scan A01-02-1.")
    shift.fits()
    assert shift.tones[-1] == "stop"
    shift.scan("A01-02-1")
    shift.sees("Scan each piece")
    assert (shift.scans, shift.touches) == (2, 0)


def test_a_burst_of_scans_is_neither_lost_nor_doubled(shift: Shift, seller: Seller, warehouse: Warehouse) -> None:
    pieces = 100
    at_the_first_bin(shift, seller, warehouse, pieces)
    shift.scan("A01-02-1")
    for number in range(pieces):
        shift.page.keyboard.type("4901234567894")
        shift.page.keyboard.press("Enter")
        if number < pieces - 1:
            shift.page.wait_for_timeout(60)
    expect(shift.page.locator("#step")).to_contain_text("All picked", timeout=60_000)
    task = PickTask.objects.get()
    assert (task.picked, task.status) == (pieces, PickTask.Status.PICKED)
    assert shift.tones.count("stop") == 0


def test_short_is_keyed_on_big_digits(shift: Shift, seller: Seller, warehouse: Warehouse) -> None:
    at_the_first_bin(shift, seller, warehouse, 3)
    shift.scan("A01-02-1")
    shift.touch("button[value=short]")
    shift.sees("How many are there?")
    shift.fits()
    shift.touch("[data-digit='1']")
    shift.touch(".pad .primary")
    shift.sees("waits")
    assert Order.objects.get().waiting_reason == "short_on_floor"


def test_n_pieces_are_packed_by_n_scans_and_one_of_the_label(
    new_page: PageMaker, live_server: LiveServer, seller: Seller, warehouse: Warehouse
) -> None:
    person = a_person(warehouse, name="Mika S.")
    stock_of(a_coded_sku(seller, "A"), warehouse, 3, bin_code="A01-02-1")
    release, _ = on_the_floor(seller, warehouse, {"A": 3})
    walked(release.pick_lists[0].code, person)
    shift = Shift(new_page(width=1280, height=720), live_server.url, person)
    shift.begin()
    shift.scan("T-001")
    shift.sees("Scan each piece into the box")
    shift.scans = 0
    for _ in range(3):
        shift.scan("A")
    shift.sees("Close the box and weigh it")
    scale = 1  # the scale types by itself, nobody scans it
    shift.scan("950 g")
    shift.sees("The label is being made")
    parcel = labelled(Parcel.objects.get())
    expect(shift.page.locator("#step h1")).to_have_text("Stick the label on, then scan it", timeout=10_000)
    assert parcel.label is not None
    shift.scan(parcel.label.tracking_number)
    shift.sees(f"{parcel.code} goes to the truck")
    assert (shift.scans - scale, shift.touches) == (3 + 1, 0)

    shift.page.goto(f"{live_server.url}/floor/ship/")
    shift.scan(parcel.label.tracking_number)
    shift.sees("Nothing left to load")
    assert Parcel.objects.get().status == Parcel.Status.SHIPPED


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_screens_of_a_walk_have_no_violations(
    new_page: PageMaker,
    live_server: LiveServer,
    seller: Seller,
    warehouse: Warehouse,
    violations: Callable[[Page], list[str]],
    theme: str,
) -> None:
    page = new_page(width=320, height=533, theme=theme)
    shift = Shift(page, live_server.url, a_person(warehouse))
    page.context.add_cookies([{"name": "toiya_theme", "value": theme, "url": live_server.url}])
    found = {}
    page.goto(f"{live_server.url}/floor/")
    found["badge"] = violations(page)
    at_the_first_bin(shift, seller, warehouse, 2)
    found["bin"] = violations(page)
    shift.scan("A01-09-9")
    found["stop"] = violations(page)
    shift.scan("A01-02-1")
    shift.scan("A")
    found["piece"] = violations(page)
    page.locator("button[value=short]").click()
    shift.sees("How many are there?")
    found["short"] = violations(page)
    page.goto(re.sub(r"/pick/.*", "/", page.url))
    found["jobs"] = violations(page)
    assert {name: told for name, told in found.items() if told} == {}
