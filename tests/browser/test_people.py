"""The pages about people in a real Chromium: axe, phones, dark; an app and a passkey added and used."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.floor_world import a_person
from tests.world import PASSWORD, a_key, a_member, a_seller, a_warehouse, actor_for
from toiya.domain.members.actions.inviting import Guest, invite
from toiya.domain.members.actions.joining import add_member
from toiya.domain.members.models import Factor, Seller, User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PageMaker = Callable[..., Page]
Violations = Callable[[Page], list[str]]
PORTAL = ("settings/team/", "settings/team/roles/", "settings/keys/", "settings/audit/", "settings/security/",
          "settings/privacy/", "settings/security/app/", "settings/security/password/")  # fmt: skip
OFFICE = ("office/staff/", "office/staff/roles/", "office/audit/", "office/me/")


def enter(page: Page, address: str, user: User) -> Page:
    page.goto(f"{address}/sign-in/")
    page.fill("[name=email]", user.email)
    page.fill("[name=password]", PASSWORD)
    page.click("#enter")
    page.wait_for_url(lambda url: "sign-in" not in url)
    return page


@pytest.fixture
def seller() -> Seller:
    return a_seller()


@pytest.fixture
def owner(seller: Seller) -> User:
    a_warehouse()
    user = a_member(seller, email="owner@example.com")
    a_member(seller, "clerk")
    a_key(seller, maker=user)
    add_member(seller=a_seller("Kumo"), user=user, role="viewer")
    guest = Guest("guest@example.com", "clerk")
    invite(seller_id=seller.pk, guest=guest, actor=actor_for(user, seller), at=timezone.now())
    return user


def looked_at(page: Page, violations: Violations, address: str, name: str) -> None:
    page.goto(address)
    assert violations(page) == [], name
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
    if folder := os.environ.get("TOIYA_PICTURES"):
        size = page.viewport_size or {}
        page.screenshot(path=str(Path(folder) / f"{name}-{size.get('width')}.png"), full_page=True)


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (320, "dark")])
def test_the_portals_pages_about_people_are_for_everybody(
    live_server: LiveServer, new_page: PageMaker, violations: Violations, owner: User, width: int, theme: str
) -> None:
    page = new_page(width, theme=theme)
    looked_at(page, violations, f"{live_server.url}/sign-in/", "sign-in")
    enter(page, live_server.url, owner)
    for place in PORTAL:
        looked_at(page, violations, f"{live_server.url}/{place}", place.strip("/").replace("/", "-"))


@pytest.mark.parametrize(("width", "theme"), [(1280, "dark"), (320, "light")])
def test_the_offices_pages_about_people_are_for_everybody(
    live_server: LiveServer, new_page: PageMaker, violations: Violations, width: int, theme: str
) -> None:
    house = a_warehouse()
    boss, picker = a_person(house, "administrator"), a_person(house)
    page = enter(new_page(width, theme=theme), live_server.url, boss.user)
    for place in (*OFFICE, f"office/staff/{picker.user_id}/"):
        looked_at(page, violations, f"{live_server.url}/{place}", place.strip("/").replace("/", "-"))


@pytest.mark.seed("L40")
def test_a_passkey_is_added_and_opens_the_door(live_server: LiveServer, new_page: PageMaker, owner: User) -> None:
    address = live_server.url.replace("127.0.0.1", "localhost")
    page = new_page()
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    enter(page, address, owner)
    page.goto(f"{address}/settings/security/")
    page.click("#add-passkey")
    expect(page.locator("h1")).to_have_text("Recovery codes")
    page.click("#kept")
    assert Factor.objects.filter(user=owner).count() == 1
    page.context.clear_cookies()
    page.goto(f"{address}/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(f"{address}/")
    page.click("#shop")
    page.locator("#shop-menu button", has_text="Kumo").click()
    expect(page.locator("#shop")).to_contain_text("Kumo")
