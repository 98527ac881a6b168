"""Items, options and stock in our words and back."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toiya.domain.channels.port import ShowStock, SiteListing
from toiya.integrations.channels.qoo10 import translate_goods
from toiya.integrations.channels.qoo10.tests import samples


def item(name: str) -> dict[str, Any]:
    """The one item of a detail sample."""
    (row,) = samples.rows(name)
    return dict(row)


def test_combinations_are_listings_with_stock_and_their_exact_text() -> None:
    rows = samples.rows("combinations_tee.json")
    first, second = translate_goods.listings(item("item_tee.json"), rows, [])
    assert first == SiteListing(
        external_id="900100200",
        fingerprint='["カラー||*サイズ","青||*M","TEE-01-BL-M"]',
        title="テストTシャツ",
        item_code="TEE-01",
        option_code="TEE-01-BL-M",
        quantity=7,
        site_fields={
            "kind": "combination",
            "seller_code": "TEE-01",
            "option_name": "カラー||*サイズ",
            "option_value": "青||*M",
            "option_code": "TEE-01-BL-M",
        },
        option="カラー:青 / サイズ:M",
        option_kind="combination",
    )
    # The blank belongs to the option's identity: the site compares letter by letter.
    assert second.site_fields["option_value"] == "青 ||*L"


def test_single_options_are_listings_that_draw_on_the_items_stock() -> None:
    rows = samples.rows("singles_cap.json")
    black, white = translate_goods.listings(item("item_cap.json"), [], rows)
    assert (black.fingerprint, black.option_code, black.quantity) == (
        '["カラー","黒","CAP-3-BK"]',
        "CAP-3-BK",
        25,
    )
    assert white.site_fields["kind"] == "single"


@pytest.mark.seed("A088", "L13")
def test_single_options_of_any_depth_are_listings_for_each_way_to_choose() -> None:
    colours = [{"name": "カラー", "value": value, "optioncode": code} for value, code in (("黒", "BK"), ("白", "WH"))]
    sizes = [{"name": "サイズ", "value": value, "optioncode": value} for value in ("S", "M", "L")]
    wraps = [{"name": "包装", "value": "あり", "optioncode": "WRAP"}]
    found = translate_goods.listings(item("item_cap.json"), [], [*colours, *sizes, *wraps])
    assert [each.option for each in found] == [
        f"カラー:{colour} / サイズ:{size} / 包装:あり" for colour in "黒白" for size in "SML"
    ]
    assert found[0].option_code == "BK||*S||*WRAP"
    assert len({each.fingerprint for each in found}) == 6
    assert {(each.option_kind, each.quantity) for each in found} == {("single", 25)}


def test_too_many_ways_to_choose_are_listed_option_by_option() -> None:
    rows = [{"name": f"name {axis}", "value": str(number)} for axis in range(4) for number in range(6)]
    assert len(translate_goods.listings(item("item_cap.json"), [], rows)) == 24


def test_an_item_without_options_is_one_listing() -> None:
    (mug,) = translate_goods.listings(item("item_mug.json"), [], [])
    assert (mug.external_id, mug.fingerprint, mug.item_code, mug.option_code, mug.quantity) == (
        "900100201",
        "",
        "MUG-7",
        "",
        40,
    )


def test_an_option_is_addressed_exactly_as_it_was_read() -> None:
    listing = translate_goods.listings(item("item_tee.json"), samples.rows("combinations_tee.json"), [])[1]
    wish = ShowStock(listing.external_id, listing.fingerprint, 3, listing.site_fields)
    assert translate_goods.option_fields(wish) == {
        "ItemCode": "900100200",
        "SellerCode": "TEE-01",
        "OptionName": "カラー||*サイズ",
        "OptionValue": "青 ||*L",
        "OptionCode": "TEE-01-BL-L",
        "Qty": "3",
    }


def test_an_items_number_travels_with_its_price_and_end_of_sale() -> None:
    wish = ShowStock("900100201", "", 0, {"kind": "plain"})
    assert translate_goods.item_fields(wish, item("item_mug.json")) == {
        "ItemCode": "900100201",
        "SellerCode": "MUG-7",
        "Price": "980.0000",
        "TaxRate": "10",
        "Qty": "0",
        "ExpireDate": "2027-04-01",
    }


def test_bulk_answers_come_in_two_shapes() -> None:
    rows = [{"itemcode": "1", "resultcode": 0}]
    assert translate_goods.bulk_rows(rows) == rows
    assert translate_goods.bulk_rows({"count": 1, "keys": ["1"], "values": [{"resultcode": 0}]}) == [
        {"resultcode": 0, "itemcode": "1"}
    ]
    assert translate_goods.bulk_rows({"count": 1, "keys": [1], "values": [0]}) == rows
    assert translate_goods.bulk_rows(None) == []
    assert translate_goods.bulk_rows({"count": 1}) == []


@given(
    st.lists(st.text(max_size=120), min_size=3, max_size=3),
    st.lists(st.text(max_size=120), min_size=3, max_size=3),
)
def test_different_options_have_different_fingerprints_that_can_be_kept(one: list[str], other: list[str]) -> None:
    first, second = translate_goods.fingerprint(*one), translate_goods.fingerprint(*other)
    assert (first == second) == (one == other)
    assert len(first) <= 300
