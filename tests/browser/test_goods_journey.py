"""From a product on a sales site to pieces in a bin, in real Chromium, with a site that is a process of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.test_floor import Shift
from tests.browser.walker import TONGUES, Walker, all_jobs_done
from tests.centres_world import applied
from tests.contracts.channel_site import FIRST_OPTION, PLAIN, SECOND_OPTION, STOCK
from tests.floor_world import a_person
from tests.imports_world import excel_file
from tests.world import PASSWORD, WORLD, a_member, a_seller, a_warehouse, money_in
from toiya.core import clock
from toiya.domain.catalog.models import Sku
from toiya.domain.channels import plugs
from toiya.domain.channels.actions.connecting import Switches, connect_shop
from toiya.domain.channels.models import Connection, Listing
from toiya.domain.inbound.models import CargoBundle
from toiya.domain.members.models import Seller
from toiya.domain.warehouses.models import Warehouse
from toiya.integrations.channels.qoo10.tests import sandbox_site
from toiya.integrations.channels.qoo10.tests.sandbox_site import SandboxShop

pytestmark = [pytest.mark.browser, pytest.mark.processes, pytest.mark.django_db(transaction=True)]
PageMaker = Callable[..., Page]
BRANCH = "0000011520"
COLUMNS = ["SellerCode", "InventoryCode", "InventoryOptionCode", "InOut", "MovingQty", "BranchCode", "Description"]


@pytest.fixture(scope="module")
def site_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The pretend site as a process of its own."""
    with sandbox_site.running(tmp_path_factory.mktemp("sandbox") / "site.sqlite3") as running:
        yield running


@pytest.fixture
def site(site_address: str) -> Iterator[SandboxShop]:
    """A fresh shop at the site; its plug stands in the table of plugs."""
    before = dict(plugs.all_channels())
    shop = SandboxShop(site_address)
    plugs.install({"qoo10": shop.channel})
    yield shop
    plugs.install(before)
    shop.close()


@pytest.fixture
def shop(site: SandboxShop, transactional_db: None) -> Connection:
    """The shop, connected to a seller that has paid in."""
    seller, at = a_seller(at=clock.now()), clock.now()
    money_in(seller, 100_000, at=at)
    issued = site.channel.issue_key(site.access.shop_id, f"password:{sandbox_site.PASSWORD}", at)
    return connect_shop(
        seller_id=seller.pk,
        channel="qoo10",
        shop_id=site.access.shop_id,
        name="Hanataba on Qoo10",
        issued=issued,
        switches=Switches(),
        actor=WORLD,
        at=at,
    )


@pytest.fixture
def house(transactional_db: None) -> Warehouse:
    house = a_warehouse()
    Warehouse.objects.filter(pk=house.pk).update(branch_code=BRANCH)
    return house


@pytest.mark.seed("A085", "A087", "A116", "A122", "A125", "A127", "A131", "L02", "L19", "L33", "L44")
def test_a_product_of_a_site_becomes_pieces_in_a_bin(
    live_server: LiveServer,
    new_page: PageMaker,
    house: Warehouse,
    shop: Connection,
    site: SandboxShop,
    tmp_path: Path,
) -> None:
    applied(shop.seller, house, at=clock.now())
    seller = Walker(new_page(), live_server.url, TONGUES[0])
    seller.signs_in(a_member(shop.seller).email, PASSWORD)
    reads_the_listings(seller)
    registers_both_ways(seller)
    links_in_bulk(seller)
    all_jobs_done()
    assert shown(site) == {FIRST_OPTION: 0, SECOND_OPTION: 0, "": 0}  # nothing is here yet, so nothing is sold

    announces(seller, shop.seller, tmp_path / "in-out.xlsx")
    bundle = bundles_and_boxes(seller)
    the_office_approves(Walker(new_page(), live_server.url, TONGUES[0]), house, bundle)
    prints_labels(seller, bundle)
    sends(seller, bundle)

    shift = Shift(new_page(width=390, height=700), live_server.url, a_person(house))
    receives(shift, bundle)
    puts_away(shift, {FIRST_OPTION: "2", SECOND_OPTION: "3"})
    all_jobs_done()
    sees_what_came(seller, bundle)
    assert shown(site) == {FIRST_OPTION: 2, SECOND_OPTION: 3, "": 0}


def shown(site: SandboxShop) -> dict[str, int]:
    """What buyers see at the site, by option code."""
    offers = site.channel.listings(site.access)
    return {offer.option_code: site.shown_stock(offer) for offer in offers}


def reads_the_listings(seller: Walker) -> None:
    """A product with two options and one without, pulled from the site."""
    all_jobs_done()
    seller.go("/links/")
    seller.presses("#read-listings")
    seller.reads("Reading what your shops offer.", ".toast")
    all_jobs_done()
    seller.go("/links/")
    expect(seller.finds("#list tbody tr")).to_have_count(3)
    assert Listing.objects.filter(sku=None, site_quantity=STOCK).count() == 3


def registers_both_ways(seller: Walker) -> None:
    """The plain product as the site has it; the one with options typed in, with the codes the site knows."""
    seller.go("/items/new/product/")
    row = seller.finds("#choices tbody tr").filter(has_text=PLAIN)
    row.get_by_role("button", name="Register").click()
    seller.reads("Item registered, its listings are linked. Check prices and weights.", ".toast")
    seller.go("/items/new/direct/")
    seller.types(name="リネンのＴシャツ", **{"axis-1": "サイズ", "values-1": "M, L"})
    seller.presses("#apply")
    seller.types(**{"seller_code-1": FIRST_OPTION, "seller_code-2": SECOND_OPTION})
    seller.presses("#save")
    seller.page.wait_for_url("**/items/3*/")
    expect(seller.finds("[data-grid] tbody tr")).to_have_count(2)


def links_in_bulk(seller: Walker) -> None:
    seller.go("/links/")
    expect(seller.finds("#list tbody tr")).to_have_count(2)
    seller.presses("#same-code")
    seller.reads("2 listings are linked.")
    assert Listing.objects.filter(sku=None).count() == 2  # a look changes nothing
    seller.presses("#apply")
    seller.page.wait_for_url("**/links/acts/*/")
    linked = Listing.objects.exclude(sku=None).order_by("option_code")
    assert list(linked.values_list("option_code", "sku__seller_code")) == [
        ("", PLAIN),
        (FIRST_OPTION, FIRST_OPTION),
        (SECOND_OPTION, SECOND_OPTION),
    ]


def announces(seller: Walker, owner: Seller, file: Path) -> None:
    """By the sheet of the manual: three pieces of the first option, four of the second, and one row to mend."""
    skus = [Sku.objects.get(seller=owner, seller_code=code) for code in (FIRST_OPTION, SECOND_OPTION)]
    rows = [
        [sku.seller_code, sku.item.code, sku.code.rpartition("-")[2], "in", pieces, BRANCH, ""]
        for sku, pieces in zip(skus, (3, 4), strict=True)
    ]
    file.write_bytes(excel_file(COLUMNS, *rows, ["", "400000000001", "00001", "in", 1, BRANCH, ""]))
    seller.go("/imports/new/in-out/")
    seller.page.set_input_files("[name=file]", file)
    seller.presses("#import")
    all_jobs_done()
    seller.page.reload()
    seller.reads("7 pieces are asked to be brought in.")
    seller.presses("#apply")
    all_jobs_done()
    seller.page.reload()
    expect(seller.finds("#rest")).to_have_count(1)


def bundles_and_boxes(seller: Walker) -> CargoBundle:
    """The two requests become one delivery of two boxes, one kind in each."""
    seller.go("/inbound/requests/")
    expect(seller.finds("#list tbody tr")).to_have_count(2)
    for box in seller.finds("[name=selected]").all():
        box.check()
    seller.page.get_by_role("button", name="Make a cargo bundle").click()
    seller.types(estimated_on=(clock.now() + timedelta(days=3)).date().isoformat(), cartons="2")
    seller.presses("#make-bundle")
    seller.page.wait_for_url("**/inbound/CB-*/")
    bundle = CargoBundle.objects.get()
    seller.reads("Send nothing before the warehouse has confirmed it.")
    for line in bundle.lines.order_by("pk"):
        seller.types(**{f"sku-{line.sku.code}": str(line.told)})
        seller.presses("#add-cartons")
        boxes = seller.finds("section[aria-labelledby=boxes-t] tbody tr")
        expect(boxes.filter(has_text=line.sku.option)).to_have_count(1)
    assert bundle.cartons.count() == 2
    return bundle


def the_office_approves(office: Walker, house: Warehouse, bundle: CargoBundle) -> None:
    office.signs_in(a_person(house, "administrator").user.email, PASSWORD, "/office/")
    office.go(f"/office/inbound/{bundle.code}/")
    office.presses("#approve")
    office.page.wait_for_load_state()
    office.go(f"/office/inbound/{bundle.code}/")
    office.reads("Confirmed", "h1 .chip")


def prints_labels(seller: Walker, bundle: CargoBundle) -> None:
    """A label for each box and each piece; a scanner reads them off the paper."""
    seller.go(f"/inbound/{bundle.code}/labels/")
    cartons = set(bundle.cartons.values_list("code", flat=True))
    assert set(scanned(downloaded(seller, "#print"))) >= cartons
    seller.go(f"/labels/?bundle={bundle.code}")
    read = scanned(downloaded(seller, "#print"))
    assert {line.sku.code: read.count(line.sku.code) for line in bundle.lines.all()} == {
        line.sku.code: line.told for line in bundle.lines.all()
    }


def downloaded(seller: Walker, button: str) -> bytes:
    """The file behind the button, as the browser would get it."""
    form = seller.finds(button).locator("xpath=ancestor::form")
    fields = form.evaluate("form => [...new FormData(form)]")
    address = form.evaluate("form => form.action")
    body = seller.page.evaluate(
        "async ([address, fields]) => { const answer = await fetch(address, {method: 'POST',"
        " body: new URLSearchParams(fields)}); if (!answer.ok) throw new Error(answer.status);"
        " return [...new Uint8Array(await answer.arrayBuffer())]; }",
        [address, fields],
    )
    return bytes(body)


def scanned(pdf: bytes) -> list[str]:
    """What a scanner reads on all pages."""
    pages = [page.render(scale=203.2 / 72).to_pil() for page in pypdfium2.PdfDocument(pdf)]
    return [found.text for page in pages for found in zxingcpp.read_barcodes(page)]


def sends(seller: Walker, bundle: CargoBundle) -> None:
    seller.go(f"/inbound/{bundle.code}/")
    seller.types(carrier="Sagawa", tracking_number="1234-5678-9012")
    seller.page.fill("section[aria-labelledby=send-t] [name=cartons]", "2")
    seller.presses("#send")
    seller.reads("On its way", "#send-t")


def receives(shift: Shift, bundle: CargoBundle) -> None:
    """Of three of the first option two are there; of four of the second one is damaged."""
    shift.begin()
    first, second = bundle.cartons.order_by("number").values_list("code", flat=True)
    shift.page.goto(f"{shift.address}/floor/receive/")
    expect(shift.page.locator("#scan")).to_be_focused()
    shift.scan(first)
    for _ in range(2):
        shift.scan(FIRST_OPTION)
    shift.sees("2 / 3")
    shift.scan(second)
    for _ in range(3):
        shift.scan(SECOND_OPTION)
    shift.touch("button[value=damaged]")
    shift.sees("Scan the damaged piece")
    shift.scan(SECOND_OPTION)
    shift.page.fill("[name=note]", "torn")
    shift.touch("#step .key.primary")
    shift.sees("3 + 1 / 4")
    shift.touch("button[value=done]")
    shift.sees("This differs from what was told")
    shift.touch("button[value=complete]")
    shift.page.wait_for_url("**/floor/receive/?closed=*")
    bundle.refresh_from_db()
    assert bundle.status == CargoBundle.Status.COMPLETED


def puts_away(shift: Shift, wants: dict[str, str]) -> None:
    """Each to the bin that is proposed."""
    shift.page.goto(f"{shift.address}/floor/put-away/")
    for code, pieces in wants.items():
        expect(shift.page.locator("#scan")).to_be_focused()  # the scanner's script is there
        shift.scan(code)
        expect(shift.page.locator("#step .how-many")).to_have_text(f"× {pieces}")
        shift.scan(shift.page.locator("#step .find").inner_text().strip())
    shift.sees("Nothing is to be put away")


def sees_what_came(seller: Walker, bundle: CargoBundle) -> None:
    """On the delivery's page, and on each SKU's: on hand, promised, set aside, available."""
    seller.go(f"/inbound/{bundle.code}/")
    seller.reads("Completed", "h1 .chip")
    trios = {FIRST_OPTION: "2−0=2", SECOND_OPTION: "4−0−1 set aside=3"}
    for code, trio in trios.items():
        sku = Sku.objects.get(seller_code=code)
        seller.go(f"/skus/{sku.code}/")
        text = seller.finds("section[aria-labelledby=where-t] .trio").inner_text()
        assert " ".join(text.split()).replace(" ", "") == trio.replace(" ", "")
