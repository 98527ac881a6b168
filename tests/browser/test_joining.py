"""The whole way from the pretend site's seller console into the house, in real Chromium."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.world import PASSWORD, a_member, a_seller
from toiya.domain.channels import plugs
from toiya.domain.channels.models import ConsoleLink
from toiya.domain.members.models import User
from toiya.integrations.channels.qoo10.plug import Qoo10
from toiya.integrations.channels.qoo10.tests import sandbox_site

pytestmark = [pytest.mark.browser, pytest.mark.processes, pytest.mark.django_db(transaction=True)]
PageMaker = Callable[..., Page]
Violations = Callable[[Page], list[str]]
EMAIL = "minami@hanataba.example"
SHOP = {
    "login_id": "hanataba", "password": "demo-pass", "name": "花束 Hanataba", "email": EMAIL,
    "contact_name": "田中 みなみ", "phone": "+81-90-0000-0000", "postal_code": "273-0012",
    "address": "千葉県船橋市浜町2-1-1", "company_name": "花束株式会社",
}  # fmt: skip


@pytest.fixture(scope="module")
def site_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with sandbox_site.running(tmp_path_factory.mktemp("sandbox") / "site.sqlite3") as running:
        yield running


@pytest.fixture
def site(site_address: str, live_server: LiveServer) -> Iterator[str]:
    """The pretend site with one shop, and us as its partner."""

    def control(path: str, body: dict[str, Any]) -> None:
        answer = httpx.post(f"{site_address}/_control/{path}", json=body, trust_env=False)
        assert answer.status_code == 200, answer.text

    control("reset", {})
    control("shops", SHOP)
    control("partner", {"name": "Toiya", "join_url": f"{live_server.url}/join/qoo10/"})
    before = dict(plugs.all_channels())
    base = f"{site_address}/GMKT.INC.Front.QAPIService/ebayjapan.qapi"
    plugs.install({"qoo10": Qoo10(base, console_base=f"{site_address}/console")})
    yield site_address
    plugs.install(before)


def at_the_console(page: Page, site: str) -> Page:
    """Signed in, at Listing & Pricing > Option Management > Qx Smart Inventory."""
    page.goto(f"{site}/console/sign-in/?shop=hanataba")
    page.fill("[name=pwd]", "demo-pass")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Qx Smart Inventory")
    return page


def over(console: Page, button: str) -> Page:
    """The new window, on our side."""
    with console.expect_popup() as opened:
        console.get_by_role("button", name=button).click()
    window = opened.value
    assert window.evaluate("window.opener") is None
    window.get_by_role("button", name="Continue").click()
    return window


def kept(page: Page, name: str) -> None:
    """A picture for people, where one is wanted."""
    if folder := os.environ.get("TOIYA_PICTURES"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


@pytest.mark.seed("A028", "A030", "A031", "A032", "A036")
def test_a_new_seller_joins_and_enters_by_one_press_afterwards(
    site: str, new_page: PageMaker, violations: Violations
) -> None:
    console = at_the_console(new_page(), site)
    kept(console, "console")
    expect(console.locator("#link-state")).to_have_text("Not linked")
    window = over(console, "Join Toiya")
    expect(window.get_by_role("heading", level=1)).to_have_text("花束 Hanataba joins Toiya")
    assert EMAIL in window.locator(".facts").inner_text()
    assert "assertion" not in window.url
    assert violations(window) == []
    kept(window, "join-new")
    done = window.locator("#done")
    expect(done).to_have_attribute("aria-disabled", "true")
    expect(window.locator("[name=password]")).to_be_hidden()
    window.get_by_label("I agree to all of them").check()
    expect(done).not_to_have_attribute("aria-disabled", "true")
    done.click()
    window.wait_for_url("**/orders/")
    expect(window.locator(".toast")).to_contain_text("花束 Hanataba is connected")
    kept(window, "joined")

    console.reload()
    expect(console.locator("#link-state")).to_have_text("Linked")
    expect(console.locator("#smart-state")).to_have_text("On")
    window.context.clear_cookies(name="sessionid")
    again = over(console, "Open Toiya")
    again.wait_for_url("**/orders/")
    expect(again.locator("#person")).to_have_attribute("aria-label", "田中 みなみ: account")


@pytest.mark.seed("A035", "A039")
@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 320)])
def test_one_of_two_accounts_with_the_address_is_linked_by_its_password(
    site: str, new_page: PageMaker, violations: Violations, theme: str, width: int
) -> None:
    for login, name in (("hana-old", "Hanataba"), ("hana-main", "Kaede")):
        user = a_member(a_seller(name), email=f"{login}@example.com")
        user.login, user.email = login, EMAIL
        user.save()
    console = at_the_console(new_page(width=width, theme=theme), site)
    window = over(console, "Join Toiya")
    expect(window.get_by_label("hana-old, for Hanataba")).to_be_checked()
    expect(window.get_by_label("I agree to all of them")).to_be_hidden()
    assert violations(window) == []
    assert window.evaluate("document.documentElement.scrollWidth") <= width
    kept(window, f"join-existing-{theme}-{width}")
    window.get_by_label("hana-main, for Kaede").check()
    window.fill("[name=password]", "guess")
    window.locator("#done").click()
    expect(window.locator("#error-summary")).to_contain_text("do not belong together")
    assert violations(window) == []
    kept(window, f"join-wrong-{theme}-{width}")
    window.get_by_role("button", name="Password reset").click()
    expect(window.locator(".toast")).to_contain_text("a link to set a new password is on its way")
    window.get_by_label("hana-main, for Kaede").check()
    window.fill("[name=password]", PASSWORD)
    window.locator("[name=password]").press("Enter")
    window.wait_for_url("**/orders/")
    assert ConsoleLink.objects.get().user == User.objects.get(login="hana-main")

    for place in ("/settings/links/", "/settings/merge/", "/join/"):
        window.goto(window.url.split("/orders/")[0].split("/settings/")[0] + place)
        assert violations(window) == [], place
        assert window.evaluate("document.documentElement.scrollWidth") <= width, place
        kept(window, f"{place.strip('/').replace('/', '-')}-{theme}-{width}")
        window.goto(window.url.split("/settings/")[0].split("/join/")[0] + "/orders/")


def test_without_scripts_the_server_judges(site: str, new_page: PageMaker) -> None:
    console = at_the_console(new_page(java_script_enabled=False), site)
    window = over_without_scripts(console)
    window.locator("#done").click()
    expect(window.locator("#error-summary")).to_contain_text("Tick the box to agree")
    window.get_by_label("I agree to all of them").check()
    window.locator("#done").click()
    window.wait_for_url("**/orders/")


def over_without_scripts(console: Page) -> Page:
    """The same way, where nothing can be asked of the page's script."""
    with console.expect_popup() as opened:
        console.get_by_role("button", name="Join Toiya").click()
    opened.value.get_by_role("button", name="Continue").click()
    return opened.value
