"""The scripts behind the parts: menus, dialogs, tables, fields, copying; and what is left without scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
PageMaker = Callable[..., Page]


@pytest.fixture
def gallery(parts_address: str, new_page: PageMaker) -> Page:
    """The gallery, with nothing focused."""
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(parts_address + "/design/")
    page.evaluate("document.activeElement.blur()")
    return page


def test_a_menu_opens_below_its_button_and_goes_by_arrows(gallery: Page) -> None:
    gallery.locator("#head-more").click()
    menu, opener = gallery.locator("#head-more-menu"), gallery.locator("#head-more")
    expect(menu).to_be_visible()
    expect(opener).to_have_attribute("aria-expanded", "true")
    assert menu.bounding_box()["y"] >= opener.bounding_box()["y"] + opener.bounding_box()["height"]  # type: ignore[index]
    gallery.keyboard.press("ArrowDown")
    expect(menu.locator("a").nth(1)).to_be_focused()
    gallery.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(opener).to_be_focused()


def test_a_dialog_names_its_act_and_gives_focus_back(gallery: Page) -> None:
    gallery.locator("#open-cancel").click()
    dialog = gallery.locator("#cancel")
    expect(dialog).to_be_visible()
    expect(dialog.locator("h2")).to_be_focused()
    dialog.get_by_text("Keep order").click()
    expect(dialog).to_be_hidden()
    expect(gallery.locator("#open-cancel")).to_be_focused()


def test_ticking_rows_shows_the_bulk_bar_with_their_number(gallery: Page) -> None:
    boxes, bulk = gallery.locator("[name=selected]"), gallery.locator(".bulk")
    expect(bulk).to_be_hidden()
    boxes.nth(0).check()
    boxes.nth(3).click(modifiers=["Shift"])
    expect(bulk.locator("strong")).to_have_text("4 selected")
    assert gallery.locator("#select-page").evaluate("box => box.indeterminate")
    gallery.locator("#select-page").check()
    expect(bulk.locator("strong")).to_have_text("6 selected")
    bulk.get_by_text("Clear").click()
    expect(bulk).to_be_hidden()
    expect(gallery.locator("#say")).to_have_text("Selection cleared")


def test_a_click_anywhere_in_a_row_opens_it(gallery: Page) -> None:
    gallery.locator("tr[data-href]").nth(2).get_by_text("Shopify").click()
    gallery.wait_for_url("**/design/?code=ORD-7K2M-9")


def test_arrows_go_from_row_to_row_and_slash_to_the_search(gallery: Page) -> None:
    links = gallery.locator(".table tbody th a")
    links.nth(0).focus()
    gallery.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    gallery.keyboard.press("/")
    expect(gallery.locator("#search")).to_be_focused()


def test_a_code_is_copied_and_the_reader_is_told(gallery: Page) -> None:
    gallery.locator("[data-copy='300000000127-00003']").click()
    expect(gallery.locator("#say")).to_have_text("Copied")
    assert gallery.evaluate("navigator.clipboard.readText()") == "300000000127-00003"


def test_fields_praise_at_once_and_complain_only_when_left(gallery: Page) -> None:
    phone = gallery.locator("#id_phone")
    error = gallery.locator("#id_phone-e")
    phone.press_sequentially("+81 90")
    expect(error).to_have_count(0)
    phone.blur()
    expect(error).to_have_text("Write the phone number with 9 to 15 digits, like +81 90 1234 5678.")
    expect(phone).to_have_attribute("aria-invalid", "true")
    phone.press("End")
    phone.press_sequentially(" 1234 5678")
    expect(error).to_have_count(0)
    expect(gallery.locator("#f-phone .tick")).to_be_visible()


def test_a_disabled_button_does_nothing(gallery: Page) -> None:
    button = gallery.get_by_role("button", name="Next", exact=True)
    expect(button).to_have_attribute("aria-disabled", "true")
    button.click(force=True)
    assert gallery.url.endswith("/design/")


def test_a_toast_can_be_dismissed(gallery: Page) -> None:
    toast = gallery.locator(".toast").first
    toast.get_by_label("Dismiss").click()
    expect(gallery.locator(".toast")).to_have_count(1)


def test_the_phone_shows_four_places_and_more(parts_address: str, new_page: PageMaker) -> None:
    page = new_page(390)
    page.goto(parts_address + "/design/")
    expect(page.locator(".rail .rail-item:visible")).to_have_count(5)
    page.locator("#more").click()
    page.locator("#more-menu").get_by_text("Wallet").click()
    page.wait_for_url("**/design/wallet/")


def test_theme_and_language_change_without_scripts(parts_address: str, new_page: PageMaker) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(parts_address + "/design/")
    page.locator("#look").click()
    page.locator("#look-menu").get_by_text("Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.locator("#tongue").click()
    page.locator("#tongue-menu").get_by_text("日本語").click()
    expect(page.locator("html")).to_have_attribute("lang", "ja")
