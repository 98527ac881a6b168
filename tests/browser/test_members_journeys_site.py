"""Over from a sales site's seller console in each of our languages, and one order of a shop by Smart Delivery."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.test_floor import Shift
from tests.browser.walker import TONGUES, Tongue, Walker, all_jobs_done
from tests.contracts.channel_site import PLAIN, Buy, Purchase
from tests.floor_world import PIN, a_person, a_service
from tests.smart_world import a_packing_seller
from tests.world import PASSWORD, WORLD, a_member, a_seller, a_sku, a_warehouse, money_in
from toiya.core import clock
from toiya.domain.channels import plugs
from toiya.domain.channels.actions.connecting import Switches, connect_shop
from toiya.domain.channels.models import Connection, ConsoleLink, WriteBack
from toiya.domain.channels.port import SiteState
from toiya.domain.members.models import Seller, User
from toiya.domain.orders.models import Order
from toiya.domain.outbound.models import Parcel
from toiya.integrations.channels.qoo10.plug import Qoo10
from toiya.integrations.channels.qoo10.tests import sandbox_site
from toiya.integrations.channels.qoo10.tests.sandbox_site import SandboxShop

pytestmark = [pytest.mark.browser, pytest.mark.processes, pytest.mark.django_db(transaction=True)]
PageMaker = Callable[..., Page]
in_each_language = pytest.mark.parametrize("tongue", TONGUES, ids=[each.code for each in TONGUES])

EMAIL, OWN_PASSWORD = "minami@hanataba.example", "quiet rain on the roof 9"
SHOP = {
    "login_id": "hanataba", "password": "demo-pass", "name": "花束 Hanataba", "email": EMAIL,
    "contact_name": "田中 みなみ", "phone": "+81-90-0000-0000", "postal_code": "273-0012",
    "address": "千葉県船橋市浜町2-1-1", "company_name": "花束株式会社",
}  # fmt: skip


@pytest.fixture(scope="module")
def site_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The pretend site as a process of its own."""
    with sandbox_site.running(tmp_path_factory.mktemp("sandbox") / "site.sqlite3") as running:
        yield running


@pytest.fixture
def console(site_address: str, live_server: LiveServer) -> Iterator[str]:
    """The site with one shop, and us as its partner; the address of its seller console."""

    def control(path: str, body: dict[str, Any]) -> None:
        answer = httpx.post(f"{site_address}/_control/{path}", json=body, trust_env=False)
        assert answer.status_code == 200, answer.text

    control("reset", {})
    control("shops", SHOP)
    control("partner", {"name": "Toiya", "join_url": f"{live_server.url}/join/qoo10/"})
    before = dict(plugs.all_channels())
    base = f"{site_address}/GMKT.INC.Front.QAPIService/ebayjapan.qapi"
    plugs.install({"qoo10": Qoo10(base, console_base=f"{site_address}/console")})
    yield f"{site_address}/console"
    plugs.install(before)


@pytest.fixture
def site(site_address: str) -> Iterator[SandboxShop]:
    """A fresh shop at the site; its plug stands in the table of plugs."""
    before = dict(plugs.all_channels())
    shop = SandboxShop(site_address)
    plugs.install({"qoo10": shop.hasty})
    yield shop
    plugs.install(before)
    shop.close()


def at_the_console(page: Page, console: str) -> Page:
    """Signed in, at Listing & Pricing > Option Management > Qx Smart Inventory."""
    page.goto(f"{console}/sign-in/?shop=hanataba")
    page.fill("[name=pwd]", "demo-pass")
    page.keyboard.press("Enter")
    expect(page.locator("#link-state")).to_have_text("Not linked")
    expect(page.locator("#smart-state")).to_have_text("Off")
    return page


def over(walker: Walker, console: Page, button: str) -> Walker:
    """Press that button at the console, then Continue: the new window, on our side."""
    with console.expect_popup() as opened:
        console.locator(button).click()
    window = walker.at(opened.value)
    window.presses("#continue")
    return window


def enters_by_one_press(walker: Walker, console: Page, name: str) -> None:
    """The console is linked by now; nobody is signed in with us, and one press opens the door."""
    console.reload()
    expect(console.locator("#link-state")).to_have_text("Linked")
    expect(console.locator("#smart-state")).to_have_text("On")
    console.context.clear_cookies(name="sessionid")
    window = over(walker, console, "#open-partner")
    window.arrives("/orders/")
    words = walker.tongue.says("%(name)s: account", name=name)
    expect(window.finds("#person")).to_have_attribute("aria-label", words)


@pytest.mark.seed("A028", "A029", "A030", "A031", "A032", "A033", "A036", "A041")
@in_each_language
def test_a_seller_joins_from_the_console_with_a_new_account(
    tongue: Tongue, live_server: LiveServer, console: str, new_page: PageMaker
) -> None:
    walker = Walker(new_page(locale=tongue.locale), live_server.url, tongue)
    at_the_console(walker.page, console)
    window = over(walker, walker.page, "#join-partner")
    window.arrives("/join/")
    window.reads("%(shop)s joins Toiya", "h1", shop=SHOP["name"])
    for told in ("email", "contact_name", "company_name", "postal_code", "address"):
        window.sees(SHOP[told], ".facts")
    window.sees(SHOP["phone"].replace("-", ""), ".facts")
    expect(window.finds("[name=password]")).to_be_hidden()
    expect(window.finds("#done")).to_have_attribute("aria-disabled", "true")
    window.ticks(choice="new", agree="")
    window.reads("What you agree to")
    expect(window.finds("#done")).not_to_have_attribute("aria-disabled", "true")
    window.presses("#done")
    window.arrives("/orders/")
    window.reads(
        "Welcome. %(shop)s is connected and its orders are on their way. "
        "Apply for fulfilment to use QX Smart Inventory with our warehouse.",
        ".toast",
        shop=SHOP["name"],
    )
    assert (window.typed, window.pressed) == (0, 4)  # Continue, new, agree to all, Done
    window.go("/settings/contact/")
    window.sees(EMAIL)
    window.reads("Verified", "section[aria-labelledby=mail-t] .chip")
    window.go("/connections/")
    window.sees(SHOP["name"])
    user = User.objects.get()
    assert (user.login, user.email, user.language, user.has_usable_password()) == (EMAIL, EMAIL, tongue.code, False)
    assert user.email_verified_at is not None
    assert Connection.objects.get().status == "working"
    enters_by_one_press(walker, walker.page, SHOP["contact_name"])


@pytest.mark.seed("A028", "A035", "A036", "A039", "L39")
@in_each_language
def test_a_seller_links_the_second_of_two_accounts_of_one_mailbox(
    tongue: Tongue, live_server: LiveServer, console: str, new_page: PageMaker
) -> None:
    owners = {"hana-old": PASSWORD, "hana-main": OWN_PASSWORD}
    for (login, password), name in zip(owners.items(), ("Hanataba", "Kaede"), strict=True):
        user = a_member(a_seller(name), email=f"{login}@example.com")
        user.login, user.email, user.language = login, EMAIL, tongue.code
        user.set_password(password)
        user.save()
    walker = Walker(new_page(locale=tongue.locale), live_server.url, tongue)
    at_the_console(walker.page, console)
    window = over(walker, walker.page, "#join-partner")
    window.arrives("/join/")
    window.reads(
        "There is an account with this e-mail already. "
        "Link the shop to it, and its seller console opens it from then on."
    )
    window.reads("%(login)s, for %(shops)s", "#f-choice", login="hana-old", shops="Hanataba")
    window.reads("%(login)s, for %(shops)s", "#f-choice", login="hana-main", shops="Kaede")
    window.reads("Create a new account", "#f-choice")
    window.ticks(choice="account:hana-main")
    window.types(password=PASSWORD)  # the other account's
    window.presses("#done")
    window.reads("Account and password do not belong together. Check both.", "#error-summary")
    expect(window.finds("[value='account:hana-main']")).to_be_checked()
    assert not ConsoleLink.objects.exists()
    window.types(password=OWN_PASSWORD)
    window.presses("#done")
    window.arrives("/orders/")
    window.reads("%(shop)s is linked. From now on its seller console opens Toiya.", ".toast", shop=SHOP["name"])
    link = ConsoleLink.objects.get()
    assert (link.user.login, link.seller.name) == ("hana-main", "Kaede")
    assert User.objects.count() == 2
    enters_by_one_press(walker, walker.page, link.user.name)


class Counter(Shift):
    """A handheld in one of our languages."""

    def __init__(self, walker: Walker, centre: Any) -> None:
        person = a_person(centre)
        person.user.language = walker.tongue.code  # from the badge on, the screen speaks its owner's language
        person.user.save()
        super().__init__(walker.page, walker.address, person)
        self.walker = walker

    def begin(self) -> None:
        self.walker.go("/floor/sign-in/")
        self.page.evaluate("localStorage.setItem('suffix', '1')")  # a device that has scanned before
        self.page.goto(f"{self.address}/floor/")
        self.walker.reads("Scan your badge", "#step h1")
        self.scan(self.person.badge)
        self.walker.reads("Key your PIN", "#step h1")
        for digit in PIN:
            self.touch(f"[data-digit='{digit}']")
        self.touch(".pad .primary")
        self.walker.reads("Start shift", "#step")
        self.touch("#step [data-test-tone]")
        self.walker.reads("Next job", "#step h1")


@pytest.fixture
def shop(site: SandboxShop, transactional_db: None) -> Connection:
    """A shop of a seller that packs itself and has paid in."""
    seller = a_packing_seller()
    money_in(seller, 2_000)
    a_sku(seller, PLAIN)
    at = clock.now()
    issued = site.channel.issue_key(site.access.shop_id, f"password:{sandbox_site.PASSWORD}", at)
    return connect_shop(
        seller_id=seller.pk,
        channel="qoo10",
        shop_id=site.access.shop_id,
        name="Hibari on Qoo10",
        issued=issued,
        switches=Switches(),
        actor=WORLD,
        at=at,
    )


@pytest.mark.seed("A060", "L08")
@in_each_language
def test_an_order_of_a_shop_goes_out_by_smart_delivery(
    tongue: Tongue, live_server: LiveServer, new_page: PageMaker, shop: Connection, site: SandboxShop
) -> None:
    centre, _service = a_warehouse(), a_service()
    owner = a_member(shop.seller)
    User.objects.filter(pk=owner.pk).update(language=tongue.code)
    walker = Walker(new_page(locale=tongue.locale), live_server.url, tongue)
    walker.signs_in(owner.email, PASSWORD)

    (line,) = site.place(Purchase((Buy(PLAIN, "", 1),), paid_ago=timedelta(hours=1))).line_ids
    walker.go(f"/connections/{shop.code}/")
    walker.presses("#pull")
    all_jobs_done()
    order = Order.objects.get()
    number = makes_and_prints_the_label(walker, order)

    counter = Counter(Walker(new_page(390, 700, locale=tongue.locale), live_server.url, tongue), centre)
    counter.begin()
    counter.touch("a[href$='/floor/hand-in/']")
    counter.walker.reads("Scan a hand-in list or a label", "#step h1")
    counter.scan(number)
    assert counter.tones[-1] == "done"
    counter.touch("a[href$='/floor/ship/']")
    counter.walker.reads("Scan each parcel onto the truck", "#step h1")
    counter.scan(number)
    counter.walker.reads("Nothing left to load", "#step h1")
    all_jobs_done()

    walker.go(f"/orders/{order.code}/")
    walker.reads("In delivery", "h1 .chip")
    walker.sees(number, "section[aria-labelledby=parcels-t]")
    walker.reads("Tracking number", "section[aria-labelledby=parcels-t]")
    walker.reads("Write-back", "section[aria-labelledby=site-t]")
    walker.reads("Accepted", "section[aria-labelledby=site-t] dd:last-of-type .chip")
    truth = site.truth(line)
    assert (truth.state, truth.tracking_number, truth.times_shipped) == (SiteState.SHIPPED, number, 1)
    assert WriteBack.objects.get().status == "accepted"
    assert Seller.objects.count() == 1


def makes_and_prints_the_label(walker: Walker, order: Order) -> str:
    """As the seller does on its page; the tracking number that stands there."""
    walker.go("/smart-delivery/")
    walker.reads("You pack. We label, receive, forward and track.")
    walker.reads("Labels for the chosen orders")
    walker.ticks(selected=order.code)
    walker.types(**{f"weight-{order.code}": "850"})
    walker.presses("#make-labels")
    walker.arrives("/smart-delivery/?view=bring")
    all_jobs_done()
    walker.go("/smart-delivery/?view=bring")
    number = walker.finds("#list tbody .code").nth(1).inner_text().strip()
    assert Parcel.objects.get().label.tracking_number == number
    papers: list[bytes] = []

    def look_at(route: Route) -> None:
        answer = route.fetch()
        papers.append(answer.body())
        route.fulfill(response=answer)

    walker.page.route("**/labels.pdf", look_at)  # the browser's own reader of PDF shows nothing of what came
    with walker.page.expect_response("**/labels.pdf") as answered:
        walker.presses("#print-labels")
    assert answered.value.headers["content-type"] == "application/pdf"
    assert [paper[:4] for paper in papers] == [b"%PDF"]
    return number
