"""
The journey a new user makes with `./toiya demo`, in real Chromium: log in, see the order, release it, pick, pack and
ship it by scanning, and find its tracking number on the order and on the sales site. Everything is read off screens.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from playwright.sync_api import Page, expect
from psycopg import sql

from toiya.config.places import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.processes, pytest.mark.xdist_group("servers")]
PageMaker = Callable[..., Page]
LONGEST_SECONDS = 150
PASSWORD = "funabashi-demo"

PORTS = ["--port", "8840", "--site-port", "8841"]  # of its own: another demo may start in the same instant


@dataclass(frozen=True, slots=True)
class Demo:
    """Where the running demo's pages are."""

    house: str
    site: str


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    """`./toiya demo`, staying up, in an installation of the test's own."""
    server = urlsplit(os.environ["TOIYA_DATABASE_URL"])
    name = os.environ["TOIYA_TEST_DATABASE"] + "_road"
    environment = os.environ | {
        "TOIYA_VAR": str(tmp_path),
        "TOIYA_DATABASE_URL": server._replace(path=f"/{name}").geturl(),
    }
    log = tmp_path / "demo.out"
    with log.open("w") as output:
        process = subprocess.Popen(
            [str(ROOT / "toiya"), "demo", *PORTS], env=environment, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        yield _addresses(process, log)
    finally:
        process.terminate()
        process.wait(40)
        with psycopg.connect(server._replace(path="/postgres").geturl(), autocommit=True) as connection:
            for left in (name, f"{name}_demo"):
                connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(left)))


def _addresses(process: subprocess.Popen[bytes], log: Path) -> Demo:
    deadline = time.monotonic() + LONGEST_SECONDS
    while "Ctrl-C ends the demo" not in log.read_text():
        assert process.poll() is None, f"the demo ended:\n{log.read_text()}"
        assert time.monotonic() < deadline, f"the demo is not ready:\n{log.read_text()}"
        time.sleep(0.2)
    text = log.read_text()
    found = [re.search(rf"^{label}\s+(http://\S+?)/", text, re.MULTILINE) for label in ("Toiya", "The sales site")]
    house, site = (match[1] for match in found if match)
    return Demo(house, site)


class Handheld:
    """A picker's device; the scanner types, and only what the screen asks for."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self._totes = 40  # the demo's own walks used the first ones

    def begin(self, badge: str, pin: str) -> None:
        self.page.goto(f"{self.address}/floor/")
        self.scan(badge)
        for digit in pin:
            self.page.locator(f"[data-digit='{digit}']").first.click()
        self.page.locator(".pad .primary").click()
        self.page.get_by_role("button", name="Start shift").click()
        expect(self.page.locator("#step h1")).to_have_text("Next job")

    def scan(self, code: str) -> None:
        before = self.page.locator("#step").element_handle()
        self.page.keyboard.type(code, delay=2)
        self.page.keyboard.press("Enter")
        self.page.wait_for_function("step => document.getElementById('step') !== step", arg=before)

    def heading(self) -> str:
        return self.page.locator("#step h1").first.inner_text().strip()

    def walk(self, code: str) -> None:
        """Pick a whole list, whatever it asks for."""
        self.page.goto(f"{self.address}/floor/")
        self.scan(code)
        heading = ""
        for _ in range(60):
            heading = self.heading()
            if heading.endswith("Scan an empty tote"):
                self._totes += 1
                self.scan(f"T-{self._totes:03d}")
            elif heading.endswith("Scan the bin"):
                self.scan(self.page.locator("#step .find").inner_text().strip())
            elif heading.endswith("Scan each piece"):
                self.scan(self.page.locator("#step .code").first.inner_text().strip())
            else:
                break
        assert heading.endswith("All picked"), f"{code} ended with: {heading}"

    def pack(self, tote: str) -> str:
        """Pack a tote's order, weigh it as the screen expects, stick the label on; its tracking number."""
        self.page.goto(f"{self.address}/floor/pack/")
        self.scan(tote)
        while self.page.locator("#step .pack-line.next").count():
            self.scan(self.page.locator("#step .pack-line.next .code").inner_text().strip())
        expected = self.page.locator("#step .work .how-many").first.inner_text()
        weight = re.search(r"([\d,.]+)\s*(k?g)", expected)
        assert weight is not None, expected
        grams = float(weight[1].replace(",", "")) * (1000 if weight[2] == "kg" else 1)
        self.scan(f"{round(grams) + 30} g")
        expect(self.page.locator("#step h1")).to_have_text("Stick the label on, then scan it", timeout=20_000)
        number = self.page.locator("#step .tracking").inner_text().strip()
        self.scan(number)
        return number


def sign_in(page: Page, address: str, email: str) -> None:
    page.goto(f"{address}/sign-in/")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(re.compile(r"^(?!.*/sign-in/)"))


def test_a_person_takes_an_order_from_the_site_to_the_truck(demo: Demo, new_page: PageMaker) -> None:
    seller = new_page(width=1280, height=900)
    sign_in(seller, demo.house, "sakura@hanataba.example")
    seller.goto(f"{demo.house}/orders/?state=allocated&view=all")
    order_url = seller.locator("a[href^='/orders/ORD-']").first.get_attribute("href")
    assert order_url is not None
    seller.goto(demo.house + order_url)
    expect(seller.locator("main .chip").first).to_have_text("Allocated")
    code = order_url.strip("/").split("/")[-1]

    office = new_page(width=1280, height=900)
    sign_in(office, demo.house, "mika@toiya.example")
    office.goto(f"{demo.house}/office/waves/")
    office.locator("#release-all").click()
    expect(office.locator("#release-all")).to_have_count(0)  # the page after the release: nothing is left to release
    lists = re.findall(r"PL-\w+-\w", office.locator("section[aria-labelledby=waves-t] .card").first.inner_text())

    device = Handheld(new_page(width=1280, height=720), demo.house)
    device.begin("BADGE-0003", "3333")
    for pick_list in dict.fromkeys(lists):
        device.walk(pick_list)
    seller.goto(demo.house + order_url)
    expect(seller.locator("main .chip").first).to_have_text("Packing")
    tote = re.search(r"tote (T-\d+)", seller.locator("main").inner_text())
    assert tote is not None
    number = device.pack(tote[1])
    device.page.goto(f"{demo.house}/floor/ship/")
    device.scan(number)

    seller.goto(demo.house + order_url)
    expect(seller.locator("main .chip").first).to_have_text("In delivery")
    expect(seller.locator("main")).to_contain_text(number)
    cart = _cart_number(seller, code)
    assert number in _at_the_site(new_page(), demo.site, cart)


def _cart_number(page: Page, code: str) -> str:
    number = re.search(r"\b3100\d{5}\b", page.locator("main").inner_text())
    assert number is not None, f"{code} shows no number of the site"
    return number[0]


def _at_the_site(page: Page, site: str, cart: str) -> str:
    """What the sales site's own page shows about the cart, once it was told."""
    shown = ""
    for _ in range(60):
        page.goto(f"{site}/shops/hanataba/orders/")
        shown = json.dumps([row.inner_text() for row in page.locator("tr", has_text=cart).all()], ensure_ascii=False)
        if "9990" in shown:
            return shown
        time.sleep(0.5)
    return shown
