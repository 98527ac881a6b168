"""Signing up in a real Chromium: marks that become ticks, Next that wakes, keyboard, phones, axe, no scripts."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.world import PASSWORD as OLD_PASSWORD
from tests.world import a_member, a_seller
from toiya.core import clock
from toiya.domain.members.models import Seller, User
from toiya.web.door.tests.answers import ACCOUNT, FIRM, PASSWORD, QUESTIONS, a_pdf

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PageMaker = Callable[..., Page]
Faults = Callable[[Page], list[str]]


def begun(page: Page, address: str, kind: str = "business") -> Page:
    page.goto(f"{address}/sign-up/")
    page.check(f"[name=kind][value={kind}]")
    page.click("#next")
    page.wait_for_url("**/sign-up/account/")
    return page


def fill_account(page: Page) -> None:
    for name in ("email", "password", "password_again", "name", "phone"):
        page.fill(f"[name={name}]", ACCOUNT[name])


def fill_firm(page: Page, file: Path) -> None:
    for name in ("country", "industry", "business_type"):
        page.select_option(f"[name={name}]", FIRM[name])
    for name in ("company_name", "company_name_en", "address", "address_en", "phone", "registration_number"):
        page.fill(f"[name={name}]", FIRM[name])
    page.set_input_files("[name=certificates]", file)


def fill_questions(page: Page) -> None:
    page.check("[name=sites][value=qoo10]")
    page.fill("[name=goods]", str(QUESTIONS["goods"]))
    page.fill("[name=deliveries_a_month]", "300")
    page.check("[name=service][value=both]")


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    file = tmp_path / "certificate.pdf"
    file.write_bytes(a_pdf())
    return file


@pytest.mark.seed("A006", "A008", "A007", "A004")
def test_marks_turn_valid_while_one_types_and_next_wakes(live_server: LiveServer, new_page: PageMaker) -> None:
    page = begun(new_page(), live_server.url)
    expect(page.locator("#still")).to_contain_text("Still to fill in: E-mail, Password")
    expect(page.locator("#next")).to_have_class("button primary asleep")
    page.locator("[name=email]").press_sequentially("mina@hanataba")
    expect(page.locator("#f-email .must.valid")).to_have_count(0)
    page.locator("[name=email]").press_sequentially(".jp")
    expect(page.locator("#f-email .must.valid")).to_have_count(1)
    page.click("#check")
    expect(page.locator("#live-email")).to_have_text("This e-mail is free.")
    page.locator("[name=password]").press_sequentially("Blaue")
    expect(page.locator("#parts .met")).to_have_count(2)
    page.locator("[name=password]").press_sequentially("-Kiste 7 im Hof")
    expect(page.locator("#parts .met")).to_have_count(5)
    page.fill("[name=password_again]", "Blaue")
    page.locator("[name=name]").focus()
    expect(page.locator("#f-password_again .error")).to_contain_text("The two passwords differ.")
    page.fill("[name=password_again]", PASSWORD)
    expect(page.locator("#f-password_again .error")).to_have_count(0)
    page.fill("[name=name]", ACCOUNT["name"])
    page.click("#next")  # asleep: it leads to the first gap
    expect(page.locator("[name=phone]")).to_be_focused()
    page.fill("[name=phone]", ACCOUNT["phone"])
    page.locator("[name=name]").focus()
    expect(page.locator("#live-phone")).to_have_text("+81 90-1234-5678 (Japan)")
    expect(page.locator("#next")).to_have_class("button primary")
    expect(page.locator("#still")).to_have_text("Everything that is required is filled in.")
    page.locator("[name=phone]").press("Enter")
    page.wait_for_url("**/sign-up/business/")


@pytest.mark.seed("A002")
def test_a_business_signs_up_and_lands_signed_in(
    live_server: LiveServer, new_page: PageMaker, certificate: Path
) -> None:
    page = begun(new_page(), live_server.url)
    fill_account(page)
    page.click("#next")
    page.wait_for_url("**/sign-up/business/")
    fill_firm(page, certificate)
    expect(page.locator("#live-country")).to_have_text("All charges are made in JPY.")
    page.get_by_role("link", name="You", exact=True).click()  # a step's link keeps what was typed
    page.wait_for_url("**/sign-up/account/")
    page.click("#next")
    expect(page.locator("[name=company_name]")).to_have_value(FIRM["company_name"])
    expect(page.locator(".rows")).to_contain_text("certificate.pdf")
    page.click("#next")
    fill_questions(page)
    page.click("#next")
    page.wait_for_url("**/sign-up/review/")
    expect(page.locator(".told").nth(1)).to_contain_text("Japan, charged in JPY")
    for box in ("terms", "privacy", "fees"):
        page.check(f"[name={box}]")
    page.click("#next")
    page.wait_for_url(f"{live_server.url}/")
    expect(page.locator(".toast")).to_contain_text("Welcome")
    assert Seller.objects.get().profile.company_name == FIRM["company_name"]


@pytest.mark.seed("L36", "A015")
def test_a_picture_that_is_too_large_is_made_smaller_and_a_program_is_refused_at_once(
    live_server: LiveServer, new_page: PageMaker, tmp_path: Path
) -> None:
    import_noise = Image.effect_noise((2600, 2200), 120)
    out = io.BytesIO()
    import_noise.save(out, "PNG")
    assert out.tell() > 4 * 1024 * 1024
    large, program = tmp_path / "scan.png", tmp_path / "setup.exe"
    large.write_bytes(out.getvalue())
    program.write_bytes(b"MZ" * 100)
    page = begun(new_page(), live_server.url)
    page.goto(f"{live_server.url}/sign-up/business/")
    page.set_input_files("[name=certificates]", [large, program])
    expect(page.locator("#live-certificates")).to_contain_text("scan.png was made smaller")
    expect(page.locator("#live-certificates")).to_contain_text("setup.exe is no JPG, PNG or PDF.")
    assert page.evaluate("[...document.querySelector('[name=certificates]').files].map(f => f.name)") == ["scan.jpg"]
    page.get_by_role("button", name="Save and finish later").click()
    page.wait_for_url("**/sign-up/kept/")
    page.goto(f"{live_server.url}/sign-up/business/")
    expect(page.locator(".rows")).to_contain_text("scan.jpg")


def test_no_step_has_an_axe_violation_or_scrolls_sideways(
    live_server: LiveServer, new_page: PageMaker, faults: Faults, certificate: Path
) -> None:
    page = new_page()

    def look() -> None:
        assert faults(page) == []

    page.goto(f"{live_server.url}/sign-up/")
    look()
    begun(page, live_server.url)
    look()
    fill_account(page)
    page.click("#next")
    page.wait_for_url("**/sign-up/business/")
    look()
    fill_firm(page, certificate)
    page.click("#next")
    page.wait_for_url("**/sign-up/questions/")
    look()
    fill_questions(page)
    page.click("#next")
    page.wait_for_url("**/sign-up/review/")
    look()
    for name in ("terms", "privacy", "fees"):
        page.check(f"[name={name}]")
    page.click("#next")
    page.wait_for_url(f"{live_server.url}/")
    page.goto(f"{live_server.url}/settings/company/")
    look()
    page.goto(f"{live_server.url}/terms/terms/")
    look()


@pytest.mark.parametrize("width", [1280, 320])
def test_a_press_counts_though_a_live_line_moves_the_button_away(
    live_server: LiveServer, new_page: PageMaker, certificate: Path, width: int
) -> None:
    page = begun(new_page(width=width), live_server.url)
    page.goto(f"{live_server.url}/sign-up/business/")
    fill_firm(page, certificate)  # the registration number is looked at when one leaves it: by this press
    page.locator("#next").hover()
    before = _top(page)
    page.mouse.down()
    expect(page.locator("#live-registration_number")).not_to_be_empty()
    assert _top(page) > before + 12  # else this proves nothing
    page.mouse.up()
    page.wait_for_url("**/sign-up/questions/")
    button = page.locator("#next")
    button.hover()
    page.mouse.down()
    page.mouse.move(0, 0)  # thought better of it
    page.mouse.up()
    expect(page).to_have_url(f"{live_server.url}/sign-up/questions/")
    expect(page.locator("[name=goods]")).not_to_be_focused()


def _top(page: Page) -> float:
    box = page.locator("#next").bounding_box()
    assert box is not None
    return box["y"]


def test_it_works_without_scripts(live_server: LiveServer, new_page: PageMaker) -> None:
    page = begun(new_page(java_script_enabled=False), live_server.url, "basic")
    page.fill("[name=email]", ACCOUNT["email"])
    page.click("#check")
    expect(page.locator("#live-email")).to_contain_text("This e-mail is free.")
    fill_account(page)
    page.fill("[name=phone]", "123")
    page.select_option("[name=country]", "JP")
    page.click("#next")
    expect(page.locator("#error-summary")).to_contain_text("No phone has this number.")
    page.fill("[name=phone]", "090-1234-5678")
    page.click("#next")  # the password was good and is kept
    for box in ("terms", "privacy", "fees"):
        page.check(f"[name={box}]")
    page.click("#next")
    page.wait_for_url(f"{live_server.url}/")
    assert User.objects.get().phone == "+819012345678"


@pytest.mark.seed("A001")
def test_a_basic_member_becomes_a_business(live_server: LiveServer, new_page: PageMaker, certificate: Path) -> None:
    seller = a_seller(at=clock.now())
    Seller.objects.update(kind="basic")
    page = new_page()
    page.goto(f"{live_server.url}/sign-in/")
    page.fill("[name=email]", a_member(seller).email)
    page.fill("[name=password]", OLD_PASSWORD)
    page.click("#enter")
    page.goto(f"{live_server.url}/connections/new/")
    page.get_by_role("link", name="Become a business member").click()
    page.wait_for_url("**/settings/company/upgrade/")
    for name in ("industry", "business_type"):
        page.select_option(f"[name={name}]", FIRM[name])
    for name in ("company_name", "company_name_en", "address", "address_en", "phone", "registration_number"):
        page.fill(f"[name={name}]", FIRM[name])
    page.set_input_files("[name=certificates]", certificate)
    page.click("#next")
    fill_questions(page)
    page.click("#next")
    for box in ("terms", "privacy", "fees"):
        page.check(f"[name={box}]")
    page.get_by_role("button", name="Become a business member").click()
    page.wait_for_url("**/settings/company/")
    expect(page.locator(".toast")).to_contain_text("is a business member now.")
    seller.refresh_from_db()
    assert seller.kind == "business"
