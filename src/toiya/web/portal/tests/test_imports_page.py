"""The pages of imports: hand a file in, see what it would do, mend, apply, undo; with and without htmx."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.imports_world import applied, checked, csv_file, worked
from tests.world import NOON, a_seller, a_shop, a_warehouse
from toiya.core.sheets import read_sheet
from toiya.domain.catalog.models import Sku
from toiya.domain.imports import progress
from toiya.domain.imports.models import ImportSession
from toiya.domain.members.models import Seller
from toiya.domain.orders.models import Order
from toiya.web.portal.import_progress import Bar, bar_of

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]
FILE = "注文番号,数量,受取人名,住所\n1,1,田中,千葉県\n2,１０個,佐藤,東京都\n3,１０個,鈴木,大阪府\n".encode("cp932")
ITEMS = csv_file(["ItemName", "Qty", "SellerCode"], ["Tote", "5", "LT"], ["Mug", "x", "M"])


@pytest.fixture
def seller() -> Seller:
    return a_seller()


def upload(client: Client, content: bytes, kind: str = "orders", **fields: str) -> Any:
    return client.post(f"/imports/new/{kind}/", {"file": SimpleUploadedFile("orders.csv", content), **fields})


def the_session() -> ImportSession:
    return ImportSession.objects.get()


@pytest.mark.seed("L01", "A119")
def test_an_order_file_from_upload_to_orders(seller: Seller, sign_in: SignIn) -> None:
    a_warehouse()
    client = sign_in(seller)
    answer = upload(client, FILE)
    session = the_session()
    address = f"/imports/{session.code}/"
    assert (answer.status_code, answer.url) == (302, address)
    reading = client.get(address)
    assert 'hx-trigger="every 2s"' in reading.content.decode()
    worked(session)
    page = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "every 2s" not in page
    assert "<html" not in page
    assert "1 new order is placed and judged at once." in page
    assert "Row 3, 数量: “１０個” is not a whole number. Write 10." in page
    assert "Use it in all 2 rows" in page
    assert not Order.objects.exists()

    wish = {"column": "quantity", "old": "１０個", "new": "10", "number": ""}
    assert client.post(f"{address}mends/", wish).url == address
    client.post(f"{address}applying/", {"choice": "all"})
    assert worked(session).status == "done"
    assert list(Order.objects.order_by("external_id").values_list("external_id", flat=True)) == ["1", "2", "3"]
    done = client.get(address).content.decode()
    assert 'id="undo"' in done
    client.post(f"{address}undo/")
    assert worked(session).status == "undone"
    assert set(Order.objects.values_list("status", flat=True)) == {"cancelled"}


def test_the_same_file_again_is_nothing_to_do_unless_it_is_asked_for(seller: Seller, sign_in: SignIn) -> None:
    client = sign_in(seller)
    upload(client, ITEMS, "items")
    assert upload(client, ITEMS, "items").url == f"/imports/{the_session().code}/"
    applied(worked(the_session()))
    again = upload(client, ITEMS, "items")
    assert "Nothing to do: this file was applied already," in again.content.decode()
    assert ImportSession.objects.count() == 1
    upload(client, ITEMS, "items", again="on")
    assert ImportSession.objects.count() == 2


def test_a_file_belongs_to_the_chosen_shop_only_if_it_is_mine(seller: Seller, sign_in: SignIn) -> None:
    shop, theirs = a_shop(seller), a_shop(a_seller("Kumo"), "kumo")
    client = sign_in(seller)
    assert upload(client, FILE, shop=theirs.code).status_code == 422
    assert not ImportSession.objects.exists()
    upload(client, FILE, shop=shop.code)
    applied(worked(the_session()))
    assert Order.objects.get().shop_code == shop.code


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04", "The Excel file is damaged."),
        (b"%PDF", "This is neither CSV nor Excel."),
        (b"name,price\nx,1\n", "Which column is what?"),
    ],
)
def test_a_wrong_file_is_told_on_its_page(seller: Seller, sign_in: SignIn, content: bytes, words: str) -> None:
    client = sign_in(seller)
    address = upload(client, content).url
    worked(the_session())
    assert words in client.get(address).content.decode()
    assert not Order.objects.exists()


def test_no_file_or_an_empty_one_is_said_at_the_field(seller: Seller, sign_in: SignIn) -> None:
    client = sign_in(seller)
    assert client.post("/imports/new/orders/", {}).context["form"].errors["file"] == ["Choose a file first."]
    assert upload(client, b"").status_code == 422


def test_columns_are_named_on_the_page(seller: Seller, sign_in: SignIn) -> None:
    client = sign_in(seller)
    address = upload(client, b"Item,Pcs\nTote,3\n", "items").url
    worked(the_session())
    page = client.get(address).content.decode()
    assert "For example: Tote" in page
    refused = client.post(f"{address}columns/", {"column-0": "item_name"})
    assert refused.status_code == 409
    client.post(f"{address}columns/", {"column-0": "item_name", "column-1": "quantity"})
    applied(worked(the_session()))
    assert Sku.objects.get().own_quantity == 3


def test_undo_on_the_page_and_the_rows_to_mend_as_a_file(seller: Seller, sign_in: SignIn) -> None:
    client = sign_in(seller)
    address = upload(client, ITEMS, "items").url
    session = applied(worked(the_session()))
    file = client.get(f"{address}rows-to-mend/")
    assert file["Content-Disposition"] == f'attachment; filename="{session.code}.csv"'
    assert [row.cells[:3] for row in read_sheet(file.content).rows][1:] == [("Mug", "x", "M")]
    assert client.post(f"{address}undo/").url == address
    assert worked(session).status == "undone"
    assert not Sku.objects.get().is_active


def test_a_file_is_thrown_away(seller: Seller, sign_in: SignIn) -> None:
    client = sign_in(seller)
    address = upload(client, ITEMS, "items").url
    worked(the_session())
    assert client.post(f"{address}disposal/").url == "/imports/"
    assert the_session().status == "dropped"
    assert "Thrown away" in client.get(address).content.decode()


def test_a_role_sees_only_the_kinds_it_may_hand_in(seller: Seller, sign_in: SignIn) -> None:
    session = checked(seller, "items", ITEMS)
    packer = sign_in(seller, role="clerk")
    page = packer.get("/imports/")
    offered = {kind.name for kind in page.context["kinds"]}
    assert "orders" in offered
    expected = 200 if "items" in offered else 403
    assert packer.get(f"/imports/{session.code}/").status_code == expected
    assert packer.get("/imports/new/items/").status_code == expected
    assert packer.get("/imports/new/nothing/").status_code == 404


@pytest.mark.seed("A089")
def test_the_template_is_downloaded_in_the_readers_language(seller: Seller, sign_in: SignIn) -> None:
    client = sign_in(seller)
    for language, first in (("en", "Color"), ("ja", "カラー"), ("zh-hans", "颜色"), ("ko", "색상")):
        file = client.get("/imports/new/items/template.xlsx", headers={"Accept-Language": language})
        assert read_sheet(file.content).rows[0].cells[0] == first


def test_the_number_of_questions_does_not_grow_with_the_rows(seller: Seller, sign_in: SignIn) -> None:
    client = sign_in(seller)
    counts = []
    for rows in (2, 40):
        content = csv_file(["ItemName", "Qty"], *[[f"Item {number}", "１個"] for number in range(rows)])
        session = checked(seller, "items", content)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/imports/{session.code}/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 25


def test_letters_that_look_wrong_are_read_anew_from_the_page(seller: Seller, sign_in: SignIn) -> None:
    client = sign_in(seller)
    address = upload(client, csv_file(["ItemName", "Qty"], ["가나", "1"], encoding="cp949"), "items").url
    worked(the_session())
    page = client.get(address).content.decode()
    assert '<option value="cp932" selected>Shift_JIS (CP932)</option>' in page
    assert client.post(f"{address}reading/", {"encoding": "cp949"}).url == address
    assert "The file is being read." in client.get(address).content.decode()
    worked(the_session())
    assert "가나" in client.get(address).content.decode()
    applied(the_session())
    assert 'id="way"' not in client.get(address).content.decode()
    assert client.post(f"{address}reading/", {"encoding": "cp932"}).status_code == 409


def test_the_bar_says_about_how_long_it_takes(seller: Seller, sign_in: SignIn) -> None:
    client = sign_in(seller)
    session = checked(seller, "items", ITEMS)
    ImportSession.objects.update(status="applying")
    for done, seconds, left in ((0, 60, ""), (100, 10, "about 40 s left"), (100, 100, "about 7 min left")):
        progress.begin(session.pk, 0, 500, NOON)
        progress.add(session.pk, done)
        bar = bar_of(the_session(), NOON + timedelta(seconds=seconds))
        assert bar == Bar("Rows applied", done, 500, left, "You may leave this page; it goes on by itself.")
    assert " min left" in client.get(f"/imports/{session.code}/").content.decode()
