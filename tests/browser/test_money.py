"""Money in a real Chromium: a transfer from the form to the wallet, a gift code, and where a reservation came from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.architecture.belongings import belongings
from tests.browser.walker import all_jobs_done
from tests.floor_world import a_person
from tests.money_world import Came, bank_told, gift_codes, read_from_bank, zengin
from tests.world import a_member
from toiya.domain.members.models import User
from toiya.domain.wallet.models import AnnouncedTransfer, BankFile
from toiya.domain.warehouses.models import Warehouse

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PageMaker = Callable[..., Page]
Faults = Callable[[Page], list[str]]


def entered(page: Page, address: str, user: User) -> Page:
    """The person is signed in already."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": address}])
    return page


def test_no_page_about_money_has_an_axe_violation_or_scrolls_sideways(
    live_server: LiveServer, new_page: PageMaker, faults: Faults
) -> None:
    owned = belongings()
    gift_codes(5000)
    bank_told(Came(700, "ﾘｿｸ"), Came(500, "ｶ)ﾊﾅﾀﾊﾞｼﾖｳｶｲ"))
    files = [f"files/{BankFile.objects.get().code}/", f"files/{read_from_bank(zengin(Came(9, 'ﾘｿｸ'))).code}/"]
    seller_places = ("", "?view=aside", "?view=sales", "top-ups/", "watch/", f"transfers/{owned.transfer}/")
    places = [(a_member(owned.seller), f"/wallet/{place}") for place in (*seller_places, f"cards/{owned.card}/")]
    clerk = a_person(Warehouse.objects.get(), "administrator").user
    places += [
        (clerk, f"/office/money/{place}") for place in ("", "cash/", "gift-codes/", "sales/", "taken-back/", *files)
    ]
    for user, place in places:
        page = entered(new_page(), live_server.url, user)
        page.goto(live_server.url + place)
        assert faults(page) == []
        page.context.close()


@pytest.mark.seed("A017", "A177", "A194", "L37")
def test_money_comes_by_bank_and_by_gift_code_and_a_reservation_opens_its_order(
    live_server: LiveServer, new_page: PageMaker, tmp_path: Path
) -> None:
    owned = belongings()
    seller = entered(new_page(), live_server.url, a_member(owned.seller))
    clerk = entered(new_page(), live_server.url, a_person(Warehouse.objects.get(), "administrator").user)
    seller.goto(f"{live_server.url}/wallet/")
    seller.get_by_role("link", name="Top up").first.click()
    seller.fill("#id_amount", "12000")
    seller.fill("[name=sender_name]", "ハナタバ")
    seller.click("#announce")
    seller.wait_for_url("**/wallet/transfers/*/")
    transfer = AnnouncedTransfer.objects.latest("pk")
    expect(seller.locator("dl.facts")).to_contain_text(transfer.reference)

    file = tmp_path / "nyukin.txt"
    file.write_bytes(zengin(Came(12_000, f"{transfer.reference} ﾊﾅﾀﾊﾞ")))
    clerk.goto(f"{live_server.url}/office/money/")
    clerk.set_input_files("[name=file]", file)
    clerk.click("#hand-in")
    expect(clerk.locator("dl.facts")).to_contain_text("It agrees.")
    clerk.click("#book-file")
    expect(clerk.locator(".toast")).to_contain_text("The file is booked")
    all_jobs_done()
    seller.reload()
    expect(seller.locator("h1 .chip")).to_have_text("Arrived")

    ((_code, secret),) = gift_codes(500)
    seller.goto(f"{live_server.url}/wallet/top-ups/")
    seller.fill("[name=code]", secret.lower())
    seller.click("#redeem")
    expect(seller.locator(".toast")).to_contain_text("500 topped up")

    seller.click("a.stat[href='?view=aside']")
    seller.locator("#list th a").filter(has_text=owned.packed_order.code).click()
    seller.wait_for_url(f"**/orders/{owned.packed_order.code}/")
