"""Items in the portal: the list, registering three ways, the grid with and without a script, sharing."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from tests.catalog_world import a_share, an_item, combinations, read
from tests.world import NOON, a_seller, a_shop, a_sku, a_warehouse, acting_for, some_skus, stock_of
from toiya.domain.catalog.actions.editing import switch_item
from toiya.domain.catalog.actions.grid import Cell, set_cell
from toiya.domain.catalog.actions.registering import NewSku, add_options
from toiya.domain.catalog.models import InventoryItem, ItemShare, Sku
from toiya.domain.channels.models import Listing
from toiya.domain.members.models import Seller

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


@pytest.fixture
def seller() -> Seller:
    return a_seller()


def sheet(answer: Any) -> list[list[Any]]:
    """The cells of a downloaded workbook."""
    return [list(row) for row in load_workbook(io.BytesIO(answer.content)).active.values]


@pytest.mark.seed("A073", "A074", "A101")
def test_items_are_listed_searched_narrowed_and_exported(seller: Seller, sign_in: SignIn) -> None:
    shirt, tea = an_item(seller), some_skus(seller, 3)[0].item
    stock_of(shirt.skus.order_by("pk")[0], a_warehouse(), 7)
    InventoryItem.objects.filter(pk=tea.pk).update(registered_at=NOON - timedelta(days=9))
    switch_item(item_code=tea.code, is_active=False, actor=acting_for(seller), at=NOON)
    client = sign_in(seller)

    def found(query: str) -> list[str]:
        return [item.code for item in client.get(f"/items/{query}").context["page"].rows]

    assert found("") == [tea.code, shirt.code]
    assert found("?q=ｔｓ－ｂｌｕｅ") == [shirt.code]
    assert found("?state=off") == [tea.code]
    assert found("?state=on") == [shirt.code]
    assert found("?since=2026-11-20&until=2026-11-20") == [shirt.code]
    assert found("?until=2026-11-12") == [tea.code]
    (row,) = client.get("/items/?state=on").context["page"].rows
    assert (row.seller_code, row.options, row.own_total, row.on_hand, row.is_stocked_here) == ("TS", 2, 0, 7, True)
    rows = sheet(client.get("/items.xlsx?state=on"))
    assert rows[0][:3] == ["Seller product code", "Item number", "Name"]
    assert rows[1] == ["TS", shirt.code, "T-shirt", 2, 0, 7, "Yes", "On", "2026-11-20"]


@pytest.mark.seed("A086", "A102", "A103", "A105")
def test_the_grid_shows_codes_stock_price_currency_and_links_and_is_exported(seller: Seller, sign_in: SignIn) -> None:
    item = an_item(seller)
    blue = item.skus.order_by("pk")[0]
    stock_of(blue, a_warehouse(), 7)
    read(a_shop(seller), *combinations())
    Listing.objects.filter(option_code__contains="青").update(sku=blue)
    client = sign_in(seller)
    answer = client.get(f"/items/{item.code}/")
    rows = [
        (row.sku.seller_code, row.sku.code, row.sku.option, row.sku.on_hand, row.price, row.links)
        for row in answer.context["rows"]
    ]
    assert rows == [
        ("TS-BLUE", f"{item.code}-00001", "blue", 7, "1000", 2),
        ("TS-WHITE", f"{item.code}-00002", "white", 0, "1000", 0),
    ]
    assert f'href="/links/?sku={blue.code}"' in answer.content.decode()
    exported = sheet(client.get(f"/items/{item.code}/grid.xlsx"))
    assert exported[0][:5] == ["Colour", "Quantity", "Surcharge", "Currency", "Seller code"]
    assert exported[1] == ["blue", 0, "0", "JPY", "TS-BLUE", blue.code, "blue", "1000", 7, 0, 2]


@pytest.mark.seed("A084", "A085", "A075", "A077", "A078")
def test_an_item_is_typed_in_its_options_applied_checked_and_saved(seller: Seller, sign_in: SignIn) -> None:
    client = sign_in(seller)
    ways = client.get("/items/new/").content.decode()
    assert all(way in ways for way in ("/items/new/product/", "/items/new/direct/", "/imports/new/items/"))
    typed = {
        "name": "Tシャツ",
        "seller_code": "TS",
        "price": "１，０００",
        "currency": "JPY",
        "reference_code": "9001",
        "is_stocked_here": "on",
        "axis-1": "Colour",
        "values-1": "blue、white",
        "axis-2": "Size",
        "values-2": "M, L",
    }
    applied = client.post("/items/new/direct/", typed | {"step": "apply"})
    rows = applied.context["rows"]
    assert [row.text for row in rows] == ["blue / M", "blue / L", "white / M", "white / L"]
    assert InventoryItem.objects.count() == 0
    lines = {f"row-{row.number}": row.packed for row in rows} | {f"keep-{n}": "yes" for n in (1, 2, 3)}
    lines |= {"surcharge-2": "200", "quantity-1": "５", "seller_code-1": "TS-B-M", "barcode-1": "4901234567895"}
    refused = client.post("/items/new/direct/", typed | lines | {"step": "save"})
    assert refused.status_code == 422
    assert "it would be 4901234567894" in refused.context["problem"]
    lines["barcode-1"] = "4901234567894"
    saved = client.post("/items/new/direct/", typed | lines | {"step": "save"})
    item = InventoryItem.objects.get()
    assert saved.url == f"/items/{item.code}/"
    assert (item.name, item.seller_code, item.reference_code, item.price_minor) == ("Tシャツ", "TS", "9001", 1000)
    assert item.option_names == ["Colour", "Size"]
    assert list(item.skus.order_by("pk").values_list("option", "surcharge_minor", "own_quantity", "seller_code")) == [
        ("blue / M", 0, 5, "TS-B-M"),
        ("blue / L", 200, 0, ""),
        ("white / M", 0, 0, ""),
    ]


def test_an_item_without_options_is_one_sku(seller: Seller, sign_in: SignIn) -> None:
    typed = {"name": "Mug", "currency": "JPY", "price": "", "step": "save"}
    assert sign_in(seller).post("/items/new/direct/", typed).status_code == 302
    assert Sku.objects.get().option == ""
    empty = sign_in(seller).post("/items/new/direct/", {"currency": "JPY", "step": "save"})
    assert (empty.status_code, InventoryItem.objects.count()) == (422, 1)


@pytest.mark.seed("A087")
def test_an_item_is_registered_from_a_product_found_by_each_kind_of_word(seller: Seller, sign_in: SignIn) -> None:
    shop = a_shop(seller)
    read(shop, *combinations())
    client = sign_in(seller)
    for query in ("by=seller-code&q=TEE-01", "by=product-code&q=9001", "by=name&q=シャツ", "q=tee"):
        (product,) = client.get(f"/items/new/product/?{query}").context["products"]
        assert (product["external_id"], product["options"], product["tied"]) == ("9001", 3, 0)
    assert client.get("/items/new/product/?by=name&q=9001").context["products"] == []
    answer = client.post("/items/new/product/", {"shop": shop.code, "product": "9001"})
    assert answer.url == f"/items/{InventoryItem.objects.get().code}/"
    assert Listing.objects.filter(sku=None).count() == 0
    again = client.post("/items/new/product/", {"shop": shop.code, "product": "9001"})
    assert (again.status_code, InventoryItem.objects.count()) == (409, 1)


def one_cell(client: Client, sku: Sku, field: str, value: str, version: int) -> Any:
    typed = {"field": field, "sku": sku.code, "value": value, "version": str(version)}
    return client.post(f"/items/{sku.item.code}/cells/", typed)


@pytest.mark.seed("A086", "A107")
def test_each_cell_saves_alone_and_a_conflict_shows_both_values(seller: Seller, sign_in: SignIn) -> None:
    sku = an_item(seller).skus.order_by("pk")[0]
    client = sign_in(seller)
    saved = one_cell(client, sku, "own_quantity", "１２", 0)
    assert saved.json() == {"version": 1, "value": "12", "price": "1000", "said": "Saved."}
    assert one_cell(client, sku, "surcharge", "200", 1).json()["price"] == "1200"
    set_cell(sku_code=sku.code, cell=Cell("own_quantity", "30", 2), actor=acting_for(seller), at=NOON)
    conflict = one_cell(client, sku, "own_quantity", "15", 2)
    assert conflict.status_code == 409
    told = conflict.json()
    assert (told["code"], told["mine"], told["theirs"], told["version"]) == ("changed_meanwhile", "15", "30", 3)
    assert one_cell(client, sku, "own_quantity", "15", told["version"]).status_code == 200
    sku.refresh_from_db()
    assert (sku.own_quantity, sku.surcharge_minor, sku.version) == (15, 200, 4)
    for field, value in (("own_quantity", "many"), ("surcharge", "-1"), ("surcharge", "1.5"), ("tracks_lots", "1")):
        assert one_cell(client, sku, field, value, 4).json()["code"] == "no_such_cell"
    assert one_cell(client, sku, "seller_code", "TS-WHITE", 4).json()["code"] == "seller_code_taken"
    assert one_cell(client, a_sku(a_seller("Kumo")), "own_quantity", "1", 0).status_code == 404


def test_without_a_script_the_whole_grid_is_one_form_saved_whole_or_not(seller: Seller, sign_in: SignIn) -> None:
    item = an_item(seller)
    blue, white = item.skus.order_by("pk")
    client = sign_in(seller)
    typed = {f"version:{sku.code}": "0" for sku in (blue, white)}
    typed |= {f"own_quantity:{blue.code}": "3", f"seller_code:{blue.code}": "TS-B", f"surcharge:{white.code}": "100"}
    assert client.post(f"/items/{item.code}/cells/", typed).status_code == 302
    blue.refresh_from_db()
    assert (blue.own_quantity, blue.seller_code, blue.version) == (3, "TS-B", 1)
    stale = client.post(f"/items/{item.code}/cells/", typed | {f"own_quantity:{white.code}": "x"})
    assert stale.status_code == 409
    assert white.code in stale.context["problem"]
    white.refresh_from_db()
    assert (white.own_quantity, white.surcharge_minor) == (0, 100)


@pytest.mark.seed("A081")
def test_items_are_modified_switched_deleted_and_only_unused_ones_are_deleted(seller: Seller, sign_in: SignIn) -> None:
    item, used = an_item(seller), a_sku(seller)
    stock_of(used, a_warehouse(), 1)
    client = sign_in(seller)
    typed = {"name": "Shirt", "seller_code": "S", "price": "900", "currency": "JPY", "reference_code": ""}
    assert client.post(f"/items/{item.code}/", typed).status_code == 302
    item.refresh_from_db()
    assert (item.name, item.price_minor, item.is_stocked_here) == ("Shirt", 900, False)
    assert client.post(f"/items/{item.code}/", typed | {"name": ""}).status_code == 422
    assert client.post(f"/items/{item.code}/switching/", {"is_active": "no"}).status_code == 302
    assert item.skus.filter(is_active=True).count() == 0
    assert client.post(f"/items/{item.code}/options/", {"value-1": "red"}).status_code == 302
    assert client.post(f"/items/{item.code}/options/", {"value-1": "RED"}).status_code == 422
    assert item.skus.order_by("-pk")[0].code == f"{item.code}-00003"
    kept = client.post(f"/items/{used.item.code}/deletion/")
    assert kept.status_code == 409
    assert "stock or movements of stock" in kept.context["problem"]
    assert client.post(f"/items/{item.code}/deletion/").url == "/items/"
    assert not InventoryItem.objects.filter(pk=item.pk).exists()


@pytest.mark.seed("A092")
def test_too_many_surcharges_are_a_warning_and_a_stop_where_qoo10_is_meant(seller: Seller, sign_in: SignIn) -> None:
    item = an_item(seller, colours=("a", "b", "c"))
    client = sign_in(seller)
    assert client.get(f"/items/{item.code}/").context["too_many_surcharges"] is None
    sku = item.skus.order_by("pk")[0]
    one_cell(client, sku, "surcharge", "100", 0)
    told = client.get(f"/items/{item.code}/")
    assert told.context["too_many_surcharges"] == {"percent": 34, "is_at_site": False}
    assert "Other sites take it." in told.content.decode()
    read(a_shop(seller), *combinations())
    Listing.objects.filter(option_code__contains="白").update(sku=sku)
    assert "the site refuses such options" in client.get(f"/items/{item.code}/").content.decode()


def test_a_partner_sees_a_shared_item_and_what_is_available_only_after_accepting(
    seller: Seller, sign_in: SignIn
) -> None:
    item, partner = an_item(seller), a_seller("Kumo")
    stock_of(item.skus.order_by("pk")[0], a_warehouse(), 7)
    owner, friend = sign_in(seller), sign_in(partner)
    assert owner.post(f"/items/{item.code}/shares/", {"partner": partner.code}).status_code == 302
    assert owner.post(f"/items/{item.code}/shares/", {"partner": partner.code}).status_code == 422
    share = ItemShare.objects.get()
    offered = friend.get("/items/shared/").content.decode()
    assert "T-shirt" in offered
    assert f"{item.code}-00001" not in offered.replace("<b>", "").replace("</b>", "")
    assert sign_in(a_seller("Kaede")).post(f"/items/shares/{share.code}/answer/").status_code == 404
    assert owner.post(f"/items/shares/{share.code}/answer/", {"answer": "accept"}).status_code == 404
    assert friend.post(f"/items/shares/{share.code}/answer/", {"answer": "accept"}).status_code == 302
    ((_share, skus),) = friend.get("/items/shared/").context["shares"]
    assert [available for _sku, available in skus] == [7, 0]
    assert friend.get(f"/items/{item.code}/").status_code == 404
    assert "You have an own SKU for each" in friend.get("/items/shared/").content.decode()
    assert owner.post(f"/items/shares/{share.code}/ending/", {"item": item.code}).url == f"/items/{item.code}/"
    assert friend.get("/items/shared/").context["shares"] == []


def test_viewers_see_and_change_nothing(seller: Seller, sign_in: SignIn) -> None:
    item = an_item(seller)
    viewer = sign_in(seller, role="viewer")
    page = viewer.get(f"/items/{item.code}/")
    assert "save-cells" not in page.content.decode()
    assert viewer.post(f"/items/{item.code}/", {"name": "x"}).status_code == 403
    assert viewer.post(f"/items/{item.code}/cells/").status_code == 403
    assert viewer.get("/items/new/").status_code == 403


def test_lists_and_grids_ask_the_same_for_three_and_for_thirty(seller: Seller, sign_in: SignIn) -> None:
    item = an_item(seller, colours=("a", "b", "c"))
    client = sign_in(seller)

    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    pages = ("/items/", f"/items/{item.code}/", "/items/shared/", "/items/new/product/", "/items.xlsx")
    few = [asked(page) for page in pages]
    for number in range(27):
        other = a_sku(seller, f"X-{number}").item
        a_share(other, a_seller(f"Partner {number}"))
        add_options(item_code=item.code, options=[NewSku(f"more {number}", "")], actor=acting_for(seller), at=NOON)
    assert [asked(page) for page in pages] == few
    assert max(few) <= 25
