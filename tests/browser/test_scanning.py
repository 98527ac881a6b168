"""The wedge collector: fast keys become scans, in order, none lost, none doubled, also while offline."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Page, Route, expect

pytestmark = pytest.mark.browser
PageMaker = Callable[..., Page]


class Station:
    """A floor screen whose answers this test gives: each scan is accepted and brings the next step."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.taken: list[dict[str, str]] = []
        self.is_down = False
        page.route(re.compile("/design/floor/pick/"), self.answer)

    def answer(self, route: Route) -> None:
        if route.request.method != "POST":
            route.fallback()
            return
        if self.is_down:
            route.abort()
            return
        sent = {name: values[0] for name, values in parse_qs(route.request.post_data or "").items()}
        assert route.request.headers["x-toiya-floor"] == "1"
        self.taken.append(sent)
        tone = "stop" if sent.get("scan") == "WRONG" else "ok"
        body = f"""<section id="step" class="step" data-tone="{tone}"><h1>Step {len(self.taken)}</h1>
            <form class="scan-box" method="post" action="?"><input type="hidden" name="step" value="s{len(self.taken)}">
            <label for="scan">Scan</label><input class="scan" id="scan" name="scan"></form></section>"""
        route.fulfill(status=409 if tone == "stop" else 200, content_type="text/html", body=body)

    def scan(self, code: str, *, suffix: str = "Enter") -> None:
        """Types like a scanner: every key at once, then the suffix."""
        self.page.evaluate(
            """([code, suffix]) => {
                const keys = [...code, ...(suffix ? [suffix] : [])];
                for (const key of keys) (document.activeElement ?? document.body).dispatchEvent(
                    new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
            }""",
            [code, suffix],
        )

    def wait_for(self, count: int) -> None:
        expect(self.page.locator("#step h1")).to_have_text(f"Step {count}", timeout=20_000)

    @property
    def codes(self) -> list[str]:
        return [each["scan"] for each in self.taken]


@pytest.fixture
def station(parts_address: str, new_page: PageMaker) -> Station:
    page = new_page(320, 533)
    made = Station(page)
    page.goto(parts_address + "/design/floor/pick/")
    return made


def test_the_scan_field_is_ready_when_the_screen_opens(station: Station) -> None:
    expect(station.page.locator("#scan")).to_be_focused()


def test_typed_keys_with_enter_become_one_scan(station: Station) -> None:
    station.page.clock.install(time=0)  # the page's clock stands: a busy machine between two keys is no silence
    station.page.clock.pause_at(1000)
    station.page.keyboard.type("A03-02-1")
    station.page.keyboard.press("Enter")
    station.page.clock.resume()
    station.wait_for(1)
    assert station.taken[0]["scan"] == "A03-02-1"
    assert station.taken[0]["step"] == "t1"
    assert re.fullmatch(r"[0-9a-f]{32}", station.taken[0]["scan_id"])
    expect(station.page.locator("#scan")).to_be_focused()


def test_a_scanner_without_suffix_ends_by_silence(station: Station) -> None:
    station.scan("4901234567894", suffix="")
    station.wait_for(1)
    assert station.codes == ["4901234567894"]


def test_three_hundred_fast_scans_of_few_codes_are_all_taken_in_order(station: Station) -> None:
    codes = [f"CODE-{number % 7}" for number in range(300)]
    for code in codes:
        station.scan(code)
    station.wait_for(300)
    assert station.codes == codes
    assert len({each["scan_id"] for each in station.taken}) == 300
    assert [each["step"] for each in station.taken[1:]] == [f"s{number}" for number in range(1, 300)]
    assert {each["seen_step"] for each in station.taken} >= {"t1"}


def test_a_lost_focus_loses_no_scan_and_presses_no_button(station: Station) -> None:
    station.page.locator("#speaker").focus()
    station.scan("A03-02-1")
    station.wait_for(1)
    assert station.codes == ["A03-02-1"]
    expect(station.page.locator("#scan")).to_be_focused()


def test_keys_swallowed_by_the_input_method_are_read_from_the_keyboard(station: Station) -> None:
    station.page.evaluate("""() => {
        const codes = ["KeyA", "Digit0", "Digit3", "Minus", "Digit1", "Enter"];
        for (const code of codes) document.activeElement.dispatchEvent(new KeyboardEvent("keydown",
            { key: "Process", code, keyCode: 229, bubbles: true, cancelable: true }));
    }""")
    station.wait_for(1)
    assert station.codes == ["A03-1"]
    expect(station.page.locator("#ime")).to_be_visible()


def test_full_width_signs_are_folded(station: Station) -> None:
    station.scan("Ａ０３－１")
    station.wait_for(1)
    assert station.codes == ["A03-1"]


def test_tones_follow_the_answers(station: Station) -> None:
    station.scan("A03-02-1")
    station.wait_for(1)
    station.scan("WRONG")
    station.wait_for(2)
    played = station.page.evaluate("import('/static/toiya/tone.js').then((tone) => tone.played)")
    assert played == ["ok", "stop"]


def test_scans_made_offline_are_kept_and_sent_in_order(station: Station) -> None:
    station.is_down = True
    for code in ("FIRST", "SECOND", "FIRST"):
        station.scan(code)
    expect(station.page.locator("#offline")).to_be_visible()
    expect(station.page.locator("#offline")).to_contain_text("Scans kept: 3")
    station.is_down = False
    station.wait_for(3)
    assert station.codes == ["FIRST", "SECOND", "FIRST"]
    expect(station.page.locator("#offline")).to_be_hidden()


def test_scans_made_offline_outlive_a_reload(station: Station) -> None:
    station.is_down = True
    station.scan("FIRST")
    station.scan("SECOND")
    expect(station.page.locator("#offline")).to_contain_text("Scans kept: 2")
    station.page.reload()
    station.is_down = False
    station.wait_for(2)
    assert station.codes == ["FIRST", "SECOND"]
