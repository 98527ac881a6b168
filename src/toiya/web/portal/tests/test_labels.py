"""Choosing labels and getting the file: for ticked SKUs, stock, requests, deliveries and boxes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pypdfium2
import pytest
import zxingcpp
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.labels_world import a_delivery, a_request, lots_of
from tests.world import a_seller, a_sku, a_warehouse, some_skus, stock_of
from tests.zpl_printer import print_zpl
from toiya.domain.members.models import Seller

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


@pytest.fixture
def seller() -> Seller:
    return a_seller()


def numbers(client: Client, query: str) -> dict[str, str]:
    """How many labels of which SKU the page proposes."""
    return {row.sku.code: row.copies for row in client.get(f"/labels/?{query}").context["rows"]}


def scanned(pdf: bytes) -> list[str]:
    pages = [page.render(scale=203.2 / 72).to_pil() for page in pypdfium2.PdfDocument(pdf)]
    return [found.text for page in pages for found in zxingcpp.read_barcodes(page)]


@pytest.mark.seed("A132")
def test_ticked_skus_get_one_label_for_each_piece_in_stock_or_one_each(seller: Seller, sign_in: SignIn) -> None:
    tote, candle = a_sku(seller), a_sku(seller, "CA-1", "Candle", "vanilla")
    first, second = a_warehouse(), a_warehouse("YKH", "Yokohama")
    stock_of(tote, first, 12)
    stock_of(tote, second, 5)
    client = sign_in(seller, "viewer")
    ticked = f"selected={tote.code}&selected={candle.code}"
    assert numbers(client, ticked) == {tote.code: "1", candle.code: "1"}
    assert numbers(client, f"{ticked}&fill=stock") == {tote.code: "17", candle.code: "0"}
    page = client.get("/skus/").content.decode()
    assert 'action="/labels/"' in page
    assert f'value="{tote.code}"' in page


def test_lots_in_stock_have_a_row_each(seller: Seller, sign_in: SignIn) -> None:
    tote, house = a_sku(seller), a_warehouse()
    lots_of(tote, house, {("24A", date(2027, 3, 1)): 4, ("24B", date(2027, 5, 1)): 6})
    client = sign_in(seller)
    rows = client.get(f"/labels/?sku={tote.code}&fill=stock").context["rows"]
    assert [(row.lot, row.expires, row.copies) for row in rows] == [
        ("24A", "2027-03-01", "4"),
        ("24B", "2027-05-01", "6"),
    ]
    typed = {"code": [tote.code] * 2, "copies": ["1", "2"], "lot": ["24A", "24B"], "expires": ["2027-03-01", ""]}
    answer = client.post("/labels/", typed | {"paper": "roll-100x50"})
    words = [page.get_textpage().get_text_range().split("\r\n")[-1] for page in pypdfium2.PdfDocument(answer.content)]
    assert words == ["LT-NVM · LOT 24A · EXP 2027-03-01", "LT-NVM · LOT 24B", "LT-NVM · LOT 24B"]


@pytest.mark.seed("L33")
def test_numbers_come_from_a_request_a_delivery_or_a_box(seller: Seller, sign_in: SignIn) -> None:
    tote, soap = a_sku(seller), a_sku(seller, "SO-1", "Soap", "")
    house = a_warehouse()
    bundle = a_delivery(house, [{tote: 30, soap: 20}, {tote: 50}])
    wish = a_request(soap, house, 7)
    second = bundle.cartons.get(number=2)
    client = sign_in(seller)
    assert numbers(client, f"bundle={bundle.code}") == {tote.code: "80", soap.code: "20"}
    assert numbers(client, f"carton={second.code}") == {tote.code: "50"}
    assert numbers(client, f"request={wish.code}") == {soap.code: "7"}
    assert numbers(client, f"bundle={bundle.code}&fill=one") == {tote.code: "1", soap.code: "1"}


def test_skus_are_added_by_any_code_in_any_width(seller: Seller, sign_in: SignIn) -> None:
    tote, soap = a_sku(seller, barcode="4901234567894"), a_sku(seller, "SO-1", "Soap", "")
    client = sign_in(seller)
    assert list(numbers(client, "find=４９０１２３４５６７８９４、so-1")) == [tote.code, soap.code]
    assert list(numbers(client, f"sku={tote.code}&find=SO-1")) == [tote.code, soap.code]
    assert numbers(client, "find=nothing") == {}
    assert "No SKU is chosen yet" in client.get("/labels/").content.decode()


@pytest.mark.seed("L33")
def test_any_number_is_printed_as_pdf_or_for_a_label_printer(seller: Seller, sign_in: SignIn) -> None:
    tote, soap = a_sku(seller, barcode="4901234567894"), a_sku(seller, "SO-1", "Soap", "")
    client = sign_in(seller)
    typed = {"code": [tote.code, soap.code], "copies": ["２", "1"]}
    sheet = client.post("/labels/", typed | {"paper": "a4-24", "start": "24"})
    assert (sheet.status_code, sheet["Content-Type"]) == (200, "application/pdf")
    assert len(pypdfium2.PdfDocument(sheet.content)) == 2
    assert scanned(sheet.content) == [tote.code, tote.code, soap.code]
    own = client.post("/labels/", typed | {"paper": "roll-40x30", "symbol": "jan"})
    assert scanned(own.content) == ["4901234567894", "4901234567894", soap.code]
    file = client.post("/labels/", typed | {"paper": "zpl203-60x40"})
    assert file["Content-Disposition"] == 'attachment; filename="labels.zpl"'
    assert [(label.copies, label.codes()[0][1]) for label in print_zpl(file.content.decode())] == [
        (2, tote.code),
        (1, soap.code),
    ]


def test_what_cannot_be_printed_is_said_and_what_was_typed_stays(seller: Seller, sign_in: SignIn) -> None:
    tote = a_sku(seller)
    client = sign_in(seller)
    for copies, status, words in (
        ("many", 422, f"The number or the day of {tote.code} cannot be read. Enter a whole number such as 24."),
        ("0", 409, "There is nothing to print. Enter how many labels you want of at least one SKU."),
        ("5001", 409, "5001 labels are too many for one file. Print at most 5000 at a time."),
    ):
        answer = client.post("/labels/", {"code": [tote.code], "copies": [copies], "paper": "a4-65", "start": "3"})
        assert (answer.status_code, str(answer.context["problem"])) == (status, words)
        assert [row.copies for row in answer.context["rows"]] == [copies]
        assert (answer.context["paper"], answer.context["start"]) == ("a4-65", "3")


@pytest.mark.seed("L19", "A134")
def test_the_labels_of_ticked_boxes_and_the_packing_list_are_files(seller: Seller, sign_in: SignIn) -> None:
    tote = a_sku(seller)
    bundle = a_delivery(a_warehouse(), [{tote: 30}, {tote: 50}, {tote: 1}])
    client = sign_in(seller)
    address = f"/inbound/{bundle.code}/labels/"
    page = client.get(address)
    cartons = [carton.code for carton, _contents in page.context["rows"]]
    assert page.context["chosen"] == set(cartons)
    assert f"/labels/?bundle={bundle.code}" in page.content.decode()
    two = client.post(address, {"selected": cartons[:2], "paper": "a6", "what": "labels"})
    assert scanned(two.content) == cartons[:2]
    zpl = client.post(address, {"selected": cartons, "paper": "zpl300-100x150"})
    assert [label.codes()[0][1] for label in print_zpl(zpl.content.decode())] == cartons
    paper = client.post(address, {"what": "list"})
    assert scanned(paper.content) == [bundle.code]
    none = client.post(address, {"paper": "a6"})
    assert (none.status_code, none.context["chosen"]) == (409, set())


def test_goods_of_another_seller_are_neither_shown_nor_printed(seller: Seller, sign_in: SignIn) -> None:
    tote, house = a_sku(seller), a_warehouse()
    bundle = a_delivery(house, [{tote: 30}])
    wish = a_request(tote, house, 7)
    stranger = sign_in(a_seller("Kumo"))
    carton = bundle.cartons.get()
    for query in (
        f"sku={tote.code}",
        f"find={tote.code}",
        "find=LT-NVM",
        f"bundle={bundle.code}",
        f"carton={carton.code}",
        f"request={wish.code}",
    ):
        assert numbers(stranger, query) == {}
    answer = stranger.post("/labels/", {"code": [tote.code], "copies": ["1"]})
    assert (answer.status_code, answer.context["rows"]) == (409, [])
    assert stranger.get(f"/inbound/{bundle.code}/labels/").status_code == 404
    assert stranger.post(f"/inbound/{bundle.code}/labels/", {"what": "list"}).status_code == 404


def test_the_number_of_questions_does_not_grow_with_the_rows(seller: Seller, sign_in: SignIn) -> None:
    house = a_warehouse()
    skus = some_skus(seller, 30)
    few = a_delivery(house, [{skus[0]: 1}], number=1)
    many = a_delivery(house, [dict.fromkeys(skus, 1)] * 20, number=2)
    client = sign_in(seller)

    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    asked("/labels/")
    for address in ("/labels/?bundle={}", "/labels/?bundle={}&fill=stock", "/inbound/{}/labels/"):
        assert asked(address.format(few.code)) == asked(address.format(many.code)) <= 25, address
