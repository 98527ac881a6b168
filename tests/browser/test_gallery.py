"""Every part in all its states, in two themes and two widths: no violation, no sideways scroll, nothing clipped."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from toiya.web.shared.gallery import SCREENS

pytestmark = pytest.mark.browser
PageMaker = Callable[..., Page]
Violations = Callable[[Page], list[str]]


def scroll_width(page: Page) -> int:
    width: int = page.evaluate("document.documentElement.scrollWidth")
    return width


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_gallery_has_no_violation_and_does_not_scroll_sideways(
    parts_address: str, new_page: PageMaker, violations: Violations, width: int, theme: str
) -> None:
    page = new_page(width, theme=theme)
    for path in ("/design/", "/sign-in/", "/nothing-here/"):
        page.goto(parts_address + path)
        assert violations(page) == []
        assert scroll_width(page) <= width


def test_control_what_breaks_a_rule_is_found(parts_address: str, new_page: PageMaker, violations: Violations) -> None:
    page = new_page()
    page.goto(parts_address + "/design/")
    page.evaluate("document.querySelector('main').append(document.createElement('button'))")
    assert [each.split(" x")[0] for each in violations(page)] == ["button-name"]


@pytest.mark.parametrize("locale", ["ja", "zh-CN", "ko"])
def test_the_gallery_holds_in_the_other_languages(
    parts_address: str, new_page: PageMaker, violations: Violations, locale: str
) -> None:
    page = new_page(320, locale=locale)
    page.goto(parts_address + "/design/")
    assert page.locator("html").get_attribute("lang") == {"ja": "ja", "zh-CN": "zh-Hans", "ko": "ko"}[locale]
    assert violations(page) == []
    assert scroll_width(page) <= 320


@pytest.mark.parametrize("screen", [screen for screen in SCREENS if screen != "station"])
def test_floor_screens_fit_the_smallest_handheld(
    parts_address: str, new_page: PageMaker, violations: Violations, screen: str
) -> None:
    page = new_page(320, 533)
    for gloves in ("off", "on"):
        page.context.add_cookies([{"name": "toiya_gloves", "value": gloves, "url": parts_address}])
        page.goto(f"{parts_address}/design/floor/{screen}/")
        step = page.locator("#step")
        assert step.evaluate("step => step.scrollHeight <= step.clientHeight"), gloves
        assert scroll_width(page) <= 320
    assert violations(page) == []


def test_the_pack_station_fits_its_screen_without_violation(
    parts_address: str, new_page: PageMaker, violations: Violations
) -> None:
    page = new_page(1280, 720)
    page.goto(parts_address + "/design/floor/station/")
    assert violations(page) == []
    assert page.evaluate("document.body.scrollHeight <= 720")


def test_every_target_is_large_enough(parts_address: str, new_page: PageMaker) -> None:
    page = new_page(390, has_touch=True)
    page.goto(parts_address + "/design/")
    too_small = page.evaluate("""() =>
        [...document.querySelectorAll("button, select, .button, input:not([type=hidden])")]
        .filter((each) => each.checkVisibility() && !each.closest(".vh"))
        .map((each) => [each.outerHTML.slice(0, 80), (each.closest("label") ?? each).getBoundingClientRect()])
        .filter(([, box]) => box.width < 24 || box.height < 24).map(([html]) => html)""")
    assert too_small == []


def test_a_page_loads_without_layout_shift_and_with_few_requests(parts_address: str, new_page: PageMaker) -> None:
    page = new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.add_init_script(
        "window.shifts = 0; new PerformanceObserver((list) => { for (const entry of list.getEntries())"
        " window.shifts += entry.value; }).observe({ type: 'layout-shift', buffered: true });"
    )
    page.goto(parts_address + "/sign-in/")
    page.wait_for_timeout(200)
    assert page.evaluate("window.shifts") == 0
    assert len([url for url in asked if url.startswith("http")]) <= 10


def test_chips_keep_a_border_when_the_system_forces_its_colours(parts_address: str, new_page: PageMaker) -> None:
    page = new_page(forced_colors="active")
    page.goto(parts_address + "/design/")
    styles = page.locator(".chip").evaluate_all("chips => chips.map((chip) => getComputedStyle(chip).borderTopStyle)")
    assert "none" not in styles
