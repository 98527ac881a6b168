"""Chromium for the tests of this folder: one browser for all, one context per page, our own server behind it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import override_settings
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

# Playwright keeps an event loop in this thread; Django would refuse the database because of it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

expect.set_options(timeout=20_000)  # ms; a busy machine is no fault of a page
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = Axe().axe_script
# Only what breaks a rule is told in full, and little of that leaves the page: four times as fast as every answer whole.
# Nothing is loaded again beforehand either: only a rule that is not asked for reads the style sheets' text.
RUN_AXE = """
async tags => {
  document.getAnimations().forEach(each => each instanceof CSSTransition && each.finish());
  const {violations} = await axe.run({runOnly: tags, resultTypes: ["violations"], preload: false});
  return violations.map(each => [each.id, each.nodes.length, each.nodes[0].html.slice(0, 200)]);
}
"""
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# Colours that fade from one to the other are no colours to measure: they change at once, as for people who want that.
STILL: dict[str, Any] = {"reduced_motion": "reduce"}

PageMaker = Callable[..., Page]
# Each page is looked at twice: as at a desk by day, and as on a small phone by night.
LOOKS: tuple[tuple[Any, int], ...] = (("light", 1280), ("dark", 320))


@pytest.fixture(scope="package")
def chromium(chromium_path: str) -> Iterator[Browser]:
    """The installed Chromium, started once for this folder."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def parts_address() -> Iterator[str]:
    """Our server with the shared addresses alone, as the demo shows them; its pages need no database."""
    with override_settings(ROOT_URLCONF="toiya.web.shared.tests.addresses", DEMO=True):
        server = LiveServer("localhost")
        yield server.url
        server.stop()


@pytest.fixture
def new_page(chromium: Browser) -> Iterator[PageMaker]:
    """
    Makes pages: `new_page(width=320, theme="dark", locale="ja")`; more goes to the context as it is.

    Words on the console (a blocked style, a broken script) fail the test that made the page.
    """
    with ExitStack() as stack:
        complaints: list[str] = []

        def make(width: int = 1280, height: int = 900, theme: Any = "light", **more: Any) -> Page:
            viewport: Any = {"width": width, "height": height}
            context = stack.enter_context(
                chromium.new_context(viewport=viewport, color_scheme=theme, **{**STILL, "locale": "en", **more})
            )
            page = context.new_page()
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.on("console", lambda said: complaints.append(said.text) if _is_ours(said) else None)
            return page

        yield make
    assert complaints == []


def _is_ours(said: Any) -> bool:
    """Errors and policy violations; not the browser's line for answers of 4xx and cut lines, asked for by tests."""
    asked_for = (
        "the server responded with a status of 4",
        "net::ERR_FAILED",
        "net::ERR_INTERNET_DISCONNECTED",
        "Failed to fetch",
    )
    return said.type == "error" and not any(words in said.text for words in asked_for)


@pytest.fixture
def violations() -> Callable[[Page], list[str]]:
    """What axe-core finds on a page by the rules of WCAG 2.2 AA: rule, number of places, first place."""

    def find(page: Page) -> list[str]:
        page.evaluate(AXE)
        return [f"{rule} x{nodes}: {first}" for rule, nodes, first in page.evaluate(RUN_AXE, AXE_TAGS)]

    return find


@pytest.fixture
def faults() -> Callable[[Page], list[str]]:
    """What axe-core finds on a page at a desk by day and on a phone by night, and whether it scrolls sideways there."""

    def find(page: Page) -> list[str]:
        page.evaluate(AXE)
        before, found = page.viewport_size, []
        for theme, width in LOOKS:
            page.emulate_media(color_scheme=theme, **STILL)
            page.set_viewport_size({"width": width, "height": 900})
            told = [f"{rule} x{nodes}: {first}" for rule, nodes, first in page.evaluate(RUN_AXE, AXE_TAGS)]
            wide = page.evaluate("document.documentElement.scrollWidth")
            told += [f"{wide} px wide"] if wide > width else []
            found += [f"{page.url}, {theme}, {width} px: {each}" for each in told]
        page.emulate_media(color_scheme="light", **STILL)
        if before:
            page.set_viewport_size(before)
        return found

    return find
