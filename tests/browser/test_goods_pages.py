"""The pages of goods in a real Chromium: axe in light and dark, phones, the grid by keys alone and without scripts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.architecture.belongings import Belongings, belongings
from tests.assembly_world import an_assembled, in_work, made
from tests.catalog_world import an_item
from tests.floor_world import a_person
from tests.imports_world import applied, checked, csv_file
from tests.labels_world import lots_of
from tests.links_world import an_offer, offered
from tests.receiving_world import a_delivery, arrived, counted
from tests.stock_world import spot_of, to_count
from tests.world import WORLD, a_member, a_seller, a_sku, stock_of
from toiya.core import clock
from toiya.domain.catalog.actions.grid import Cell, set_cell
from toiya.domain.catalog.models import InventoryItem, Sku
from toiya.domain.channels.models import Connection
from toiya.domain.members.models import Seller, User
from toiya.domain.stock.models import BinStock
from toiya.domain.warehouses.models import Warehouse

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PageMaker = Callable[..., Page]
Violations = Faults = Callable[[Page], list[str]]
LOOKS = pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 320)])
PASTE = """
(cell, text) => {
  const held = new DataTransfer();
  held.setData("text", text);
  cell.dispatchEvent(new ClipboardEvent("paste", {clipboardData: held, bubbles: true, cancelable: true}));
}
"""
GOOD_ROW, BAD_ROW = ["Mug", "2"], ["Cup", "many"]


def entered(page: Page, address: str, user: User) -> Page:
    """The person is signed in already."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": address}])
    return page


def a_busy_house() -> Belongings:
    """A seller with something on every page of goods."""
    owned = belongings()
    house, shop = Warehouse.objects.get(), Connection.objects.get()
    offered(shop, an_offer("1001"), an_offer("1002", "Linen tote", "navy M", option_code="LT-NVM"), an_offer("1003"))
    an_item(owned.seller)
    dated = a_sku(owned.seller, "TEA", "Green tea", "100 g")
    Sku.objects.filter(pk=dated.pk).update(tracks_lots=True)
    today = clock.now().date()
    lots_of(dated, house, {("L1", today + timedelta(days=9)): 4, ("L2", today - timedelta(days=1)): 2})
    stock_of(owned.sku, house, 5, bin_code="A01-02-1")
    to_count(spot_of(owned.sku, house, "A01-02-1"))
    return owned


def sheets_of(seller: Seller) -> list[str]:
    """A sheet with an error that waits, and one that was applied."""
    rows = csv_file(["ItemName", "Qty"], GOOD_ROW, BAD_ROW)
    done = applied(checked(seller, "items", csv_file(["ItemName", "Qty"], ["Bowl", "3"])))
    return [checked(seller, "items", rows).code, done.code]


def seller_places(owned: Belongings) -> list[str]:
    sku, delivery = f"/skus/{owned.sku.code}", f"/inbound/{owned.delivery}"
    grid = InventoryItem.objects.get(name="T-shirt")
    return [
        *("/items/", f"/items/{grid.code}/", "/items/new/", "/items/new/direct/", "/items/new/product/"),
        *("/items/shared/", "/skus/", f"{sku}/", f"{sku}/details/", f"{sku}/bundle/", f"{sku}/check-list/"),
        *(f"{sku}/transfers/", "/items/handed/"),
        *(f"{sku}/assembly/", f"{sku}/?moment=2026-11-20T12:30"),
        *("/skus/then/", "/skus/expiring/", "/links/", "/links/?view=linked"),
        *(f"/orders/branches/?open={owned.order.code}", "/settings/allocation/"),
        *(f"/links/acts/{owned.link_act}/", f"/links/products/{owned.listing}/"),
        *("/orders/late/", "/imports/", "/imports/new/items/", "/imports/new/in-out/", "/imports/new/orders/"),
        "/settings/parcels/",
        *(f"/imports/{code}/" for code in sheets_of(owned.seller)),
        *("/inbound/", "/inbound/requests/", "/inbound/requests/new/", "/inbound/new/", f"{delivery}/"),
        *(f"{delivery}/cartons/{owned.carton}/", f"{delivery}/deletion/", f"{delivery}/labels/"),
        *(f"/inbound/{owned.counted_delivery}/counts/", f"/labels/?sku={owned.sku.code}"),
    ]


def office_places(owned: Belongings) -> list[str]:
    row = BinStock.objects.filter(quantity__gt=0, sku=owned.sku, bin__kind="storage").first()
    assert row is not None
    return [
        *(
            "/office/inbound/",
            f"/office/inbound/{owned.delivery}/",
            "/office/inbound/rules/",
            "/office/orders/branches/",
        ),
        *(
            "/office/carriers/",
            "/office/carriers/services/",
            "/office/carriers/abroad/",
            f"/office/carriers/parcels/{owned.parcel.code}/",
        ),
        "/office/carriers/yamato/contract/",
        *("/office/inbound/slots/", "/office/inbound/out/", "/office/receiving/"),
        *(f"/office/receiving/{owned.counted_delivery}/", "/office/stock/", f"/office/stock/{row.pk}/"),
        *("/office/stock/aside/", "/office/stock/counts/", "/office/stock/expiring/", "/office/stock/then/"),
        "/office/transfers/",
        *("/office/stock/counts/rules/", "/office/assembly/", "/office/assembly/prices/"),
        *("/office/trucks/", "/office/trucks/boxes/", "/office/cut-offs/", "/office/orders/late/"),
        *("/office/waves/", "/office/waves/pick-bins/"),
        *("/office/labels/", f"/office/inbound/{owned.delivery}/labels/"),
    ]


def faulty(page: Page, address: str, places: list[str], faults: Faults) -> list[str]:
    """What is wrong with each of the pages."""
    found = []
    for place in places:
        answer = page.goto(address + place)
        assert answer is not None
        found += faults(page) if answer.status == 200 else [f"{place} answers {answer.status}"]
    return found


def test_no_page_of_goods_has_a_violation_or_scrolls_sideways(
    live_server: LiveServer, new_page: PageMaker, faults: Faults
) -> None:
    owned = a_busy_house()
    page = entered(new_page(), live_server.url, a_member(owned.seller))
    assert faulty(page, live_server.url, seller_places(owned), faults) == []
    page.goto(f"{live_server.url}/links/?view=all")
    for box in page.locator("tbody [name=selected]").all():
        box.check()
    page.click("#preview")
    expect(page.get_by_role("heading", level=1)).to_have_text("What these links change")
    assert faults(page) == []


def test_no_page_of_the_office_about_goods_has_one(
    live_server: LiveServer, new_page: PageMaker, faults: Faults
) -> None:
    owned = a_busy_house()
    lead = a_person(Warehouse.objects.get(), "administrator").user
    page = entered(new_page(), live_server.url, lead)
    assert faulty(page, live_server.url, office_places(owned), faults) == []


@LOOKS
def test_no_screen_of_the_floor_about_goods_has_one(
    live_server: LiveServer, new_page: PageMaker, violations: Violations, theme: str, width: int
) -> None:
    owned = a_busy_house()
    house = Warehouse.objects.get()
    row = BinStock.objects.filter(quantity__gt=0, sku=owned.sku, bin__kind="storage").first()
    bundle = arrived(a_delivery(owned.seller, house, {owned.sku: 3}))
    counted(bundle, owned.sku, 2)
    docked = BinStock.objects.get(bin__kind="dock", sku=owned.sku)
    task = to_count(spot_of(Sku.objects.get(seller_code="TEA"), house))
    order = in_work(an_assembled(owned.seller, "KIT-OF-FLOOR", {"TEA": 1}), house, 1)
    made(order, 1)
    assert row is not None
    page = entered(new_page(width=width, height=533, theme=theme), live_server.url, a_person(house, "floor_lead").user)
    page.context.add_cookies([{"name": "toiya_theme", "value": theme, "url": live_server.url}])
    page.goto(f"{live_server.url}/floor/")
    places = [
        *("/floor/receive/", f"/floor/receive/{bundle.code}/", "/floor/put-away/", f"/floor/put-away/{docked.pk}/"),
        *("/floor/shelf/", f"/floor/shelf/{row.pk}/", f"/floor/shelf/{row.pk}/damaged/"),
        *("/floor/counts/", f"/floor/counts/{task.code}/", "/floor/assembly/", f"/floor/assembly/{order.code}/"),
    ]
    for place in places:
        page.goto(live_server.url + place)
        assert violations(page) == [], place
        assert page.evaluate("document.documentElement.scrollWidth") <= width, place
    for question in ("damaged", "unknown", "done"):
        page.goto(f"{live_server.url}/floor/receive/{bundle.code}/")
        page.locator(f"button[value={question}]").click()
        expect(page.locator(f"button[value={question}]")).to_have_count(0)
        assert violations(page) == [], question
        assert page.evaluate("document.documentElement.scrollWidth") <= width, question


def grid_of(item: InventoryItem) -> list[tuple[str, int, int]]:
    """What the book says: code, own quantity and surcharge of each SKU."""
    return list(item.skus.order_by("pk").values_list("seller_code", "own_quantity", "surcharge_minor"))


def at_the_grid(page: Page, address: str, item: InventoryItem) -> Page:
    page = entered(page, address, a_member(item.seller))
    page.goto(f"{address}/items/{item.code}/")
    return page


def cell(page: Page, field: str, number: int) -> Locator:
    return page.locator(f"[data-grid] tbody tr:nth-child({number}) input[name^='{field}:']")


def test_the_grid_is_walked_and_written_by_keys_alone(live_server: LiveServer, new_page: PageMaker) -> None:
    item = an_item(a_seller(at=clock.now()))
    page = at_the_grid(new_page(), live_server.url, item)
    cell(page, "seller_code", 1).focus()
    page.keyboard.press("ArrowRight")
    expect(cell(page, "own_quantity", 1)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(cell(page, "own_quantity", 2)).to_be_focused()
    page.keyboard.press("F2")
    page.keyboard.type("９")
    page.keyboard.press("Escape")
    expect(cell(page, "own_quantity", 2)).to_have_value("0")
    page.keyboard.type("12")
    page.keyboard.press("Enter")
    expect(page.locator("#grid-said")).to_contain_text("Saved.")
    assert grid_of(item) == [("TS-BLUE", 0, 0), ("TS-WHITE", 12, 0)]


def test_a_block_from_a_sheet_is_pasted_into_the_grid(live_server: LiveServer, new_page: PageMaker) -> None:
    item = an_item(a_seller(at=clock.now()))
    page = at_the_grid(new_page(), live_server.url, item)
    cell(page, "own_quantity", 1).focus()
    cell(page, "own_quantity", 1).evaluate(PASTE, "5\t100\r\n7\t0\r\n")
    expect(page.locator("[data-grid] tbody tr:nth-child(1) [data-price]")).to_have_text("1100")
    expect(page.locator("#grid-said")).to_contain_text("Own quantity")
    page.reload()
    expect(cell(page, "own_quantity", 2)).to_have_value("7")
    assert grid_of(item) == [("TS-BLUE", 5, 100), ("TS-WHITE", 7, 0)]


def test_two_people_at_one_cell_see_both_values_and_choose(live_server: LiveServer, new_page: PageMaker) -> None:
    item = an_item(a_seller(at=clock.now()))
    page = at_the_grid(new_page(), live_server.url, item)
    sku = item.skus.order_by("pk")[0]
    set_cell(sku_code=sku.code, cell=Cell("own_quantity", "30", sku.version), actor=WORLD, at=clock.now())
    cell(page, "own_quantity", 1).focus()
    page.keyboard.type("8")
    page.keyboard.press("Enter")
    conflict = page.locator(".conflict")
    expect(conflict.get_by_role("button", name="Keep mine: 8")).to_be_focused()
    expect(conflict.get_by_role("button", name="Keep theirs: 30")).to_be_visible()
    assert grid_of(item)[0] == ("TS-BLUE", 30, 0)
    conflict.get_by_role("button", name="Keep mine: 8").press("Enter")
    expect(page.locator("#grid-said")).to_contain_text("Saved.")
    assert grid_of(item)[0] == ("TS-BLUE", 8, 0)


@pytest.mark.seed("A107")
def test_the_grid_is_a_form_without_scripts(live_server: LiveServer, new_page: PageMaker) -> None:
    item = an_item(a_seller(at=clock.now()))
    page = at_the_grid(new_page(java_script_enabled=False), live_server.url, item)
    cell(page, "own_quantity", 1).fill("４")
    cell(page, "seller_code", 2).fill("TS-W")
    page.click("#save-cells")
    expect(page.locator(".toast")).to_contain_text("2 SKUs saved.")
    assert grid_of(item) == [("TS-BLUE", 4, 0), ("TS-W", 0, 0)]
