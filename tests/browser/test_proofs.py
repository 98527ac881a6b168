"""Verifying, a new password and the contact page in a real Chromium: axe, a phone's width, the dark."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.letters import work_off
from tests.world import PASSWORD, a_member, a_seller
from toiya.core import clock
from toiya.domain.members.models import User
from toiya.domain.notifications import plugs
from toiya.integrations.mail.outbox.plug import Outbox

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PageMaker = Callable[..., Page]
Violations = Callable[[Page], list[str]]


@pytest.fixture
def mika(transactional_db: None) -> User:
    user = a_member(a_seller(), email="shop@qq.com")
    User.objects.update(language="en", verify_by=clock.now() + timedelta(days=9))
    return user


@pytest.fixture
def address(live_server: LiveServer, settings: Settings, tmp_path: Path, mika: User) -> str:
    """Our pages as in the demo: letters land in the outbox."""
    settings.DEMO, settings.OUTBOX, settings.TOIYA_URL = True, tmp_path, live_server.url
    before = dict(plugs._doors)
    outbox = Outbox(tmp_path)
    plugs.install(mailer=outbox, sms_gateway=outbox)
    yield live_server.url  # type: ignore[misc]
    plugs._doors.update(before)


def enter(page: Page, address: str) -> None:
    page.goto(f"{address}/sign-in/")
    page.fill("[name=email]", "shop@qq.com")
    page.fill("[name=password]", PASSWORD)
    page.click("#enter")
    page.wait_for_url(f"{address}/**")


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


@pytest.mark.seed("A019", "A021", "L35")
def test_a_merchant_verifies_by_the_link_in_the_outbox(address: str, new_page: PageMaker) -> None:
    page = new_page()
    enter(page, address)
    expect(page.locator(".banner")).to_contain_text("9 days are left")
    page.click(".banner a")
    page.click("#again-link")
    expect(page.locator(".toast")).to_contain_text("on its way to shop@qq.com")
    work_off()
    page.goto(f"{address}/outbox/")
    page.locator(".letter a").first.click()
    page.click("#verify")
    page.wait_for_url(f"{address}/")
    expect(page.locator(".toast")).to_contain_text("shop@qq.com is verified.")
    expect(page.locator(".banner", has_text="shop@qq.com")).to_have_count(0)


@pytest.mark.seed("A049")
def test_a_merchant_verifies_by_a_code(address: str, new_page: PageMaker) -> None:
    page = new_page(320, theme="dark")
    enter(page, address)
    page.goto(f"{address}/verify/")
    page.click("#again-code")
    work_off()
    page.goto(f"{address}/outbox/")
    code = page.locator("h2").first.inner_text()[:6]
    page.goto(f"{address}/verify/")
    page.fill("[name=code]", code)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/")


@pytest.mark.seed("A040")
def test_a_forgotten_password_is_set_anew(address: str, new_page: PageMaker) -> None:
    page = new_page(320)
    page.goto(f"{address}/sign-in/")
    page.get_by_role("link", name="Forgot your password?").click()
    page.fill("[name=name]", "shop@qq.com")
    page.click("#ask")
    page.wait_for_url(f"{address}/password/asked/")
    work_off()
    page.goto(f"{address}/outbox/")
    page.locator(".letter a").first.click()
    for name in ("password", "again"):
        page.fill(f"[name={name}]", "Warm kettle on the stove 7")
    page.click("#set")
    page.wait_for_url(f"{address}/sign-in/")
    page.fill("[name=email]", "shop@qq.com")
    page.fill("[name=password]", "Warm kettle on the stove 7")
    page.click("#enter")
    page.wait_for_url(f"{address}/")


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (320, "dark")])
def test_the_pages_are_good_for_everybody(
    address: str, new_page: PageMaker, violations: Violations, width: int, theme: str
) -> None:
    page = new_page(width, theme=theme)
    enter(page, address)
    page.goto(f"{address}/verify/")
    page.click("#again-code")
    work_off()
    places = ("/verify/", "/verify/address/", "/verify/phone/", "/verify/abc/", "/password/", "/password/asked/")
    for place in (*places, "/password/abc/", "/outbox/", "/settings/contact/"):
        page.goto(address + place)
        assert violations(page) == [], place
        assert fits(page), place
