"""The sheet of items (A089-A093): free option headings, new and changed SKUs, each row on its own, undo."""

from __future__ import annotations

import pytest

from tests.imports_world import applied, checked, csv_file, excel_file, flaws, states, undone
from tests.world import a_seller, a_sku, a_warehouse, stock_of
from toiya.domain.catalog.models import Barcode, InventoryItem, Sku
from toiya.domain.imports.models import ImportSession

pytestmark = pytest.mark.django_db
# The manual's own form: two free headings, then Qty, Price, Currency, SellerCode.
MANUAL = (
    ["Color", "Size", "Qty", "Price", "Currency", "SellerCode"],
    ["ブラック", "M", "10", "0", "JPY", "BK-M"],
    ["ブラック", "L", "20", "150", "JPY", "BK-L"],
    ["White", "M", "５", "0", "JPY", ""],
)


def skus() -> list[tuple[str, list[str], int, int, str]]:
    return [
        (sku.option, sku.option_values, sku.own_quantity, sku.surcharge_minor, sku.seller_code)
        for sku in Sku.objects.order_by("code")
    ]


@pytest.mark.seed("A084", "A089", "A090", "A091", "A093")
def test_the_manuals_sheet_makes_one_item_with_its_options() -> None:
    seller = a_seller()
    session = checked(seller, "items", excel_file(*MANUAL), options={"item_name": "Linen tote"})
    assert (session.status, session.effects) == ("checked", {"items": 1, "skus": 3})
    assert Sku.objects.count() == 0, "nothing is written before Apply"

    assert applied(session).status == "done"
    item = InventoryItem.objects.get()
    assert (item.name, item.option_names, item.currency, item.next_option) == (
        "Linen tote",
        ["Color", "Size"],
        "JPY",
        4,
    )
    assert skus() == [
        ("ブラック / M", ["ブラック", "M"], 10, 0, "BK-M"),
        ("ブラック / L", ["ブラック", "L"], 20, 150, "BK-L"),
        ("White / M", ["White", "M"], 5, 0, ""),
    ]
    assert [sku.code for sku in Sku.objects.order_by("code")] == [f"{item.code}-0000{place}" for place in (1, 2, 3)]


@pytest.mark.seed("A090")
def test_the_first_headings_may_be_anything() -> None:
    headings = ["柄", "丈", "素材", *MANUAL[0][2:]]
    applied(
        checked(
            a_seller(),
            "items",
            csv_file(headings, ["花", "長", "麻", "1", "0", "JPY", "X"]),
            options={"item_name": "帯"},
        )
    )
    assert InventoryItem.objects.get().option_names == ["柄", "丈", "素材"]
    assert Sku.objects.get().option_values == ["花", "長", "麻"]


def test_the_same_rows_again_change_nothing_even_without_codes() -> None:
    seller = a_seller()
    applied(checked(seller, "items", excel_file(*MANUAL), options={"item_name": "Tote"}))
    again = checked(seller, "items", csv_file(*MANUAL), options={"item_name": "Tote"})
    assert set(states(again).values()) == {"unchanged"}
    assert Sku.objects.count() == 3


def test_a_changed_cell_changes_that_sku_alone_and_the_page_shows_old_and_new() -> None:
    seller = a_seller()
    applied(checked(seller, "items", excel_file(*MANUAL), options={"item_name": "Tote"}))
    other = [MANUAL[0], [*MANUAL[1][:2], "11", "30", "JPY", "BK-M"], MANUAL[2]]
    session = checked(seller, "items", csv_file(*other), options={"item_name": "Tote"})
    assert states(session) == {2: "changed", 3: "unchanged"}
    assert session.import_rows.get(number=2).changes == [
        {"column": "quantity", "old": "10", "new": "11"},
        {"column": "price", "old": "0", "new": "30"},
    ]
    applied(session)
    assert skus()[0] == ("ブラック / M", ["ブラック", "M"], 11, 30, "BK-M")
    assert Sku.objects.get(seller_code="BK-M").version == 1


def test_several_items_in_one_file_by_their_names() -> None:
    rows = [["ItemName", "Color", "Qty"], ["Tote", "navy", "1"], ["Soap", "", "2"], ["Tote", "red", "3"]]
    applied(checked(a_seller(), "items", csv_file(*rows)))
    assert [(item.name, item.skus.count()) for item in InventoryItem.objects.order_by("pk")] == [
        ("Tote", 2),
        ("Soap", 1),
    ]


def test_an_option_is_added_to_an_item_by_its_code_and_a_sku_changed_by_both_codes() -> None:
    seller = a_seller()
    sku = a_sku(seller)
    rows = [
        ["Color", "Qty", "InventoryCode", "InventoryOptionCode", "Weight (g)"],
        ["navy M", "4", sku.item.code, "1", "350"],  # Excel ate the zeros of 00001
        ["red", "7", sku.item.code, "", ""],
    ]
    session = applied(checked(seller, "items", csv_file(*rows)))
    assert states(session) == {2: "applied", 3: "applied"}
    sku.refresh_from_db()
    assert (sku.own_quantity, sku.weight_g) == (4, 350)
    assert Sku.objects.get(option="red").code == f"{sku.item.code}-00002"


@pytest.mark.parametrize(
    ("row", "flaw"),
    [
        ({"Qty": "１０個"}, ("quantity", "not_a_number")),
        ({"Qty": ""}, ("quantity", "no_quantity")),
        ({"Qty": "-1"}, ("quantity", "not_a_number")),
        ({"Price": "高い"}, ("price", "not_an_amount")),
        ({"Currency": "yen?"}, ("currency", "not_a_currency")),
        ({"SellerCode": "1.23457E+11"}, ("seller_code", "eaten")),
        ({"SellerCode": "=A1"}, ("seller_code", "formula")),
        ({"SellerCode": "LT-NVM"}, None),
        ({"JAN": "4901234567890"}, ("barcode", "wrong_check_digit")),
        ({"JAN": "49 \u3000x y"}, None),
        ({"JAN": "4900000000016"}, ("barcode", "barcode_taken")),
        ({"InventoryCode": "4"}, ("item_code", "not_an_item_code")),
        ({"InventoryCode": "399999999999"}, ("item_code", "unknown_item")),
        ({"HS code": "12"}, ("hs_code", "not_an_hs_code")),
        ({"Country of origin": "Japan"}, ("origin_country", "not_a_country")),
        ({"ItemName": ""}, ("item_name", "no_name")),
    ],
)
def test_each_trouble_is_named_at_its_cell_and_stops_nobody_else(
    row: dict[str, str], flaw: tuple[str, str] | None
) -> None:
    seller = a_seller()
    a_sku(seller, barcode="4900000000016")
    good = {"ItemName": "Mug", "Qty": "1", "Price": "0", "Currency": "JPY", "SellerCode": "M", "JAN": ""}
    more = {"InventoryCode": "", "HS code": "", "Country of origin": ""}
    bad = good | more | {"SellerCode": "B", "ItemName": "Bowl"} | row
    rows = [list(bad), list((good | more).values()), list(bad.values())]
    session = checked(seller, "items", csv_file(*rows))
    assert flaws(session) == ({3: [flaw]} if flaw else {})
    assert states(applied(session))[2] == "applied"
    assert Sku.objects.filter(seller_code="M").count() == 1


def test_the_same_seller_code_in_two_rows_is_named() -> None:
    rows = [["ItemName", "Qty", "SellerCode"], ["A", "1", "X"], ["B", "1", "X"]]
    session = checked(a_seller(), "items", csv_file(*rows))
    assert flaws(session) == {3: [("", "twice")]}


def test_undo_gives_old_values_back_and_switches_new_skus_off_with_their_codes_free() -> None:
    seller = a_seller()
    sku = a_sku(seller, "LT-NVM")
    rows = [["ItemName", "Qty", "SellerCode", "JAN"], ["", "9", "LT-NVM", ""], ["Mug", "3", "MUG", "4901234567894"]]
    session = undone(applied(checked(seller, "items", csv_file(*rows))))
    assert (session.status, set(states(session).values())) == ("undone", {"undone"})
    sku.refresh_from_db()
    assert (sku.own_quantity, sku.seller_code) == (0, "LT-NVM")
    made = Sku.objects.get(name="Mug")
    assert (made.is_active, made.seller_code) == (False, "")
    assert not Barcode.objects.filter(barcode="4901234567894").exists()

    again = applied(checked(seller, "items", csv_file(*rows)))
    assert again.status == "done"
    made.refresh_from_db()
    assert (made.is_active, made.seller_code) == (True, "MUG"), "the same file brings the same SKU back"


def test_what_changed_since_or_is_in_use_stays_with_its_reason() -> None:
    seller, house = a_seller(), a_warehouse()
    rows = [["ItemName", "Qty", "SellerCode"], ["A", "1", "A"], ["B", "1", "B"], ["C", "1", "C"]]
    session = applied(checked(seller, "items", csv_file(*rows)))
    stock_of(Sku.objects.get(seller_code="A"), house, 5)
    applied(checked(seller, "items", csv_file(rows[0], ["B", "2", "B"])))
    session = undone(session)
    assert session.status == "done"
    assert flaws(session) == {2: [("", "in_use")], 3: [("", "changed")]}
    assert states(session) == {2: "applied", 3: "applied", 4: "undone"}
    assert Sku.objects.get(name="A").is_active


def test_a_row_that_the_world_overtook_is_told_and_the_others_are_applied() -> None:
    seller = a_seller()
    rows = [["ItemName", "Qty", "JAN"], ["A", "1", "4901234567894"], ["B", "1", "4900000000016"]]
    session = checked(seller, "items", csv_file(*rows))
    a_sku(seller, barcode="4901234567894")
    session = applied(session)
    assert (session.status, states(session), flaws(session)) == (
        "done",
        {2: "to_mend", 3: "applied"},
        {2: [("barcode", "barcode_taken")]},
    )


def test_all_or_nothing_applies_nothing_when_one_row_was_overtaken() -> None:
    seller = a_seller()
    rows = [["ItemName", "Qty", "JAN"], ["A", "1", "4901234567894"], ["B", "1", "4900000000016"]]
    session = checked(seller, "items", csv_file(*rows))
    a_sku(seller, barcode="4901234567894")
    session = applied(session, whole=True)
    assert (session.status, session.problem, session.rows_applied) == ("checked", "not_all_applied", 0)
    assert not Sku.objects.filter(name="B").exists()
    assert states(session) == {2: "to_mend", 3: "new"}


def test_another_sellers_skus_are_nothing_to_the_file() -> None:
    theirs = a_sku(a_seller("Kumo"), "X")
    seller = a_seller()
    rows = [["ItemName", "Qty", "SellerCode"], ["Mine", "5", "X"]]
    applied(checked(seller, "items", csv_file(*rows)))
    theirs.refresh_from_db()
    assert theirs.own_quantity == 0
    assert Sku.objects.get(seller=seller).own_quantity == 5
    assert ImportSession.objects.get().seller_id == seller.pk
