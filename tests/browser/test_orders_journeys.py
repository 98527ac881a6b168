"""Orders given to a warehouse by hand, a wrong SKU set right with its link, a carrier's file there and back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.allocation_world import a_due_order, a_house
from tests.browser.test_money import entered
from tests.carrier_files_world import by_file, wanted
from tests.floor_world import a_person
from tests.links_world import an_offer, linked, offered
from tests.world import (
    NOON,
    WORLD,
    a_member,
    a_seller,
    a_shop,
    a_sku,
    a_warehouse,
    an_order,
    judged,
    stock_of,
)
from toiya.domain.carriers.jobs import take_answer
from toiya.domain.carriers.models import Answer, CarrierFile
from toiya.domain.channels.actions.matching import match_linked_lines
from toiya.domain.channels.models import Listing
from toiya.domain.orders.models import Line

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PageMaker = Callable[..., Page]
Violations = Callable[[Page], list[str]]


@pytest.mark.seed("A143", "L04")
def test_a_seller_gives_an_order_to_a_warehouse_by_hand_and_takes_it_back(
    live_server: LiveServer, new_page: PageMaker, violations: Violations
) -> None:
    seller, near = a_seller(), a_warehouse()
    sku = a_sku(seller)
    stock_of(sku, near, 1)
    stock_of(sku, a_house("OSK", "530-0001"), 1)
    order = judged(a_due_order(seller, {"LT-NVM": 1}))[0]
    page = entered(new_page(), live_server.url, a_member(seller))
    page.goto(f"{live_server.url}/orders/branches/")
    row = page.locator("#list tbody tr").filter(has_text=order.code)
    expect(row).to_contain_text("Funabashi")
    assert violations(page) == []

    row.get_by_role("checkbox").check()
    page.get_by_role("button", name="Take the ticked back").click()
    expect(page.locator(".toast")).to_be_visible()
    expect(row).to_contain_text("Not allocated")
    row.get_by_role("checkbox").check()
    page.get_by_label("Send from").select_option(label="Osk")
    page.get_by_role("button", name="Allocate the ticked").click()
    expect(page.locator(".toast")).to_contain_text("1 order is allocated.")
    expect(row).to_contain_text("Osk")
    expect(row).to_contain_text("Chosen by hand")


@pytest.mark.seed("L03")
def test_a_wrong_sku_is_changed_and_its_link_with_all_that_wait(
    live_server: LiveServer, new_page: PageMaker, violations: Violations
) -> None:
    seller, house = a_seller(), a_warehouse()
    shop = a_shop(seller)
    wrong, right = a_sku(seller), a_sku(seller, "RIGHT", "Right tote")
    stock_of(wrong, house, 1)
    stock_of(right, house, 9, bin_code="A01-02-1")
    (listing,) = offered(shop, an_offer("1001"))
    linked(listing, wrong)
    first, second = judged(*[an_order(seller, shop_code=shop.code) for _ in range(2)])
    Line.objects.update(site_item="1001", option=listing.option)
    page = entered(new_page(), live_server.url, a_member(seller))
    page.goto(f"{live_server.url}/orders/{first.code}/")
    page.get_by_role("link", name="Change SKU").click()
    page.get_by_label("Link its listing to this SKU too").check()
    assert violations(page) == []
    page.get_by_role("button", name="Match Right tote").click()
    page.wait_for_url(f"**/orders/{first.code}/")
    expect(page.locator(".toast")).to_be_visible()

    assert Listing.objects.get().sku == right
    match_linked_lines(seller_id=seller.pk, actor=WORLD, at=NOON)
    assert [order.status for order in judged(first, second)] == ["allocated", "allocated"]
    page.goto(f"{live_server.url}/orders/{second.code}/")
    expect(page.locator("h1 .chip")).to_have_text("Allocated")
    expect(page.get_by_role("table", name="Lines")).to_contain_text(right.code)


def test_a_carriers_file_goes_out_and_its_numbers_come_back(
    live_server: LiveServer, new_page: PageMaker, violations: Violations, tmp_path: Path
) -> None:
    house = a_warehouse()
    wanted(a_seller(), by_file())
    page = entered(new_page(), live_server.url, a_person(house, "administrator").user)
    page.goto(f"{live_server.url}/office/carriers/")
    page.get_by_role("button", name="Make the file for ヤマト運輸").click()
    expect(page.locator(".toast")).to_contain_text("holds 1 parcel.")
    made = CarrierFile.objects.get()
    with page.expect_download() as coming:
        page.get_by_role("link", name=made.code).click()
    saved = tmp_path / "b2.csv"
    coming.value.save_as(saved)
    assert saved.read_bytes() == bytes(made.content)
    assert "髙橋" in saved.read_bytes().decode("cp932")

    back = tmp_path / "back.csv"
    back.write_bytes("PCL7K2M4Q9,0,0,444413758703\r\nPCLNOBODY1,0,0,405548424886\r\n".encode("cp932"))
    page.get_by_label("Carrier", exact=True).select_option(label="ヤマト運輸")
    page.get_by_label("File (optional)").set_input_files(back)
    page.get_by_role("button", name="Hand in").click()
    expect(page.locator("main")).to_contain_text("Rows are still being taken")
    take_answer(Answer.objects.get().pk)
    page.reload()
    expect(page.locator("main")).to_contain_text("PCL-7K2M4Q-9")
    expect(page.locator("main")).to_contain_text("No parcel of ours")
    assert violations(page) == []
