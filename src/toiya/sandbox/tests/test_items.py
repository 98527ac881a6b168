"""Looking up listings and setting their price and stock."""

import json
from typing import Any

import pytest

from toiya.sandbox.tests.site_client import MUG, Shop, Site

pytestmark = pytest.mark.processes
ALL = "ItemsLookup.GetAllGoodsInfo"
DETAIL = "ItemsLookup.GetItemDetailInfo"
INVENTORY = "ItemsLookup.GetGoodsInventoryInfo"
ONE_ITEM = "ItemsOrder.SetGoodsPriceQty"
MANY_ITEMS = "ItemsOrder.SetGoodsPriceQtyBulk"
ONE_OPTION = "ItemsOptions.UpdateInventoryQtyUnit"
MANY_OPTIONS = "ItemsOptions.UpdateInventoryDataBulk"
BLUE = {
    "ItemCode": "900100200",
    "SellerCode": "",
    "OptionName": "カラー||*サイズ",
    "OptionValue": "青||*M",
    "OptionCode": "TEE-01-BL-M",
}


def listing(site: Site, seller_code: str) -> dict[str, Any]:
    offered = site.look("shops/demoshop/listings")["listings"]
    return next(item for item in offered if item["seller_code"] == seller_code)


def test_items_on_sale_are_listed_with_their_codes(shop: Shop) -> None:
    answer = shop.call(ALL, ItemStatus="S2", Page="1")
    assert answer == {
        "ResultCode": 0,
        "ResultMsg": "成功",
        "ResultObject": {
            "TotalItems": 2,
            "TotalPages": 1,
            "PresentPage": 1,
            "Items": [
                {"ItemCode": "900100200", "SellerCode": "TEE-01", "ItemStatus": "S2"},
                {"ItemCode": "900100201", "SellerCode": "MUG-7", "ItemStatus": "S2"},
            ],
        },
    }
    assert shop.call(ALL, ItemStatus="S1")["ResultObject"]["Items"] == []


def test_items_come_five_hundred_to_a_page(site: Site, shop: Shop) -> None:
    site.control("shops/demoshop/listings", {"listings": [{"seller_code": f"N-{n}"} for n in range(499)]})
    first = shop.call(ALL, ItemStatus="S2")["ResultObject"]
    second = shop.call(ALL, ItemStatus="S2", Page="2")["ResultObject"]
    assert (first["TotalItems"], first["TotalPages"], len(first["Items"])) == (501, 2, 500)
    assert (second["PresentPage"], len(second["Items"])) == (2, 1)


def test_an_unknown_item_state_or_page_is_refused(shop: Shop) -> None:
    assert shop.call(ALL, ItemStatus="S9")["ResultCode"] == -10001
    assert shop.call(ALL, ItemStatus="S2", Page="0")["ResultCode"] == -10101


def test_an_items_details_are_all_texts(shop: Shop) -> None:
    [item] = shop.call(DETAIL, "1.2", SellerCode="TEE-01")["ResultObject"]
    assert item["ItemCode"] == "900100200"
    assert item["ItemTitle"] == "テストTシャツ"
    assert item["ItemPrice"] == "1800.0000"
    assert item["ItemQty"] == "45"
    assert item["ExpireDate"] == "2027-04-01"
    assert all(isinstance(value, str) for value in item.values())
    assert shop.call(DETAIL, "1.2", ItemCode="900100200")["ResultObject"] == [item]


def test_the_inventory_names_each_axis_and_the_sellers_option_code(shop: Shop) -> None:
    rows = shop.call(INVENTORY, ItemCode="900100200")["ResultObject"]
    assert rows[0] == {
        "Name1": "カラー", "Value1": "青", "Name2": "サイズ", "Value2": "M", "Name3": "", "Value3": "",
        "Name4": "", "Value4": "", "Name5": "", "Value5": "", "Price": 200.0, "Qty": 40,
        "ItemTypeCode": "TEE-01-BL-M",
    }  # fmt: skip
    assert [row["ItemTypeCode"] for row in rows] == ["TEE-01-BL-M", "TEE-01-WH-L"]
    assert shop.call(INVENTORY, SellerCode="MUG-7")["ResultObject"] == []


def test_single_options_have_no_stock(site: Site, shop: Shop) -> None:
    option = {"Name": "ラッピング", "Value": "あり", "Price": 150, "OptionCode": "WRAP"}
    site.control("shops/demoshop/listings", {"listings": [{"seller_code": "GIFT", "single_options": [option]}]})
    rows = shop.call("ItemsLookup.GetGoodsOptionInfo", SellerCode="GIFT")["ResultObject"]
    assert rows == [{"Name": "ラッピング", "Value": "あり", "Price": 150.0, "OptionCode": "WRAP"}]


def test_single_options_are_bought_one_of_each_name(site: Site, shop: Shop) -> None:
    rows = [
        {"Name": "カラー", "Value": "黒", "Price": 0, "OptionCode": "BK"},
        {"Name": "サイズ", "Value": "L", "Price": 200, "OptionCode": "L"},
    ]
    wanted = {"seller_code": "CAP-9", "quantity": 5, "single_options": rows}
    site.control("shops/demoshop/listings", {"listings": [wanted]})
    (number,) = shop.place({"seller_code": "CAP-9", "option_code": "BK||*L"})
    (row,) = [row for row in shop.rows() if row["orderNo"] == number]
    assert (row["option"], row["optionCode"]) == ("カラー:黒 / サイズ:L(+200円)", "BK||*L")


def test_delivery_groups_name_the_carriers(shop: Shop) -> None:
    rows = shop.call("ItemsLookup.GetSellerDeliveryGroupInfo")["ResultObject"]
    assert [row["transcName"] for row in rows] == ["ゆうパック", "佐川急便", "Qxpress"]
    assert set(rows[0]) == {
        "ShippingNo", "ShippingFee", "ShippingType", "FreeCondition", "Region", "Oversea", "transcName",
    }  # fmt: skip


@pytest.mark.parametrize("method", [DETAIL, INVENTORY, "ItemsLookup.GetGoodsOptionInfo", ONE_ITEM])
def test_an_item_is_named_by_one_of_its_codes(shop: Shop, method: str) -> None:
    version = "1.2" if method == DETAIL else "1.0"
    assert shop.call(method, version, ItemCode="1")["ResultCode"] == -10001
    assert shop.call(method, version, SellerCode="NONE")["ResultCode"] == -10001
    assert shop.call(method, version) == {"ResultCode": -99, "ResultMsg": "ItemCodeは必須です。"}


def test_another_shops_item_is_not_found(site: Site, shop: Shop) -> None:
    site.control("shops", {"login_id": "other"})
    site.control("shops/other/listings", {"listings": [{**MUG, "item_code": "900999999"}]})
    assert shop.call(DETAIL, "1.2", ItemCode="900999999")["ResultCode"] == -10001


def test_price_stock_and_end_of_sale_of_an_item_are_set(site: Site, shop: Shop) -> None:
    sent = {"SellerCode": "MUG-7", "Price": "1200", "Qty": "7", "ExpireDate": "2028-01-31"}
    assert shop.call(ONE_ITEM, **sent) == {"ResultCode": 0, "ResultMsg": "成功"}
    mug = listing(site, "MUG-7")
    assert (mug["price"], mug["quantity"], mug["expires_on"]) == ("1200.0000", 7, "2028-01-31")


def test_what_is_not_said_stays_but_the_end_of_sale_becomes_a_year_from_now(site: Site, shop: Shop) -> None:
    site.set_clock("2026-05-01T00:00:00")
    shop.call(ONE_ITEM, SellerCode="MUG-7")
    mug = listing(site, "MUG-7")
    assert (mug["price"], mug["quantity"], mug["expires_on"]) == ("980.0000", 30, "2027-05-01")


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"Price": "abc"}, -101),
        ({"Price": "0"}, -101),
        ({"Price": "NaN"}, -101),
        ({"Qty": "-1"}, -999),
        ({"Qty": "1.5"}, -999),
        ({"TaxRate": "5"}, -999),
        ({"ExpireDate": "2031-01-01"}, -990),
        ({"ExpireDate": "01/01/2028"}, -990),
    ],
)
def test_a_wrong_value_changes_nothing(site: Site, shop: Shop, wrong: dict[str, str], code: int) -> None:
    before = listing(site, "MUG-7")
    answer = shop.call(ONE_ITEM, **{"SellerCode": "MUG-7", "Price": "1200", "Qty": "7", **wrong})
    assert answer["ResultCode"] == code
    assert listing(site, "MUG-7") == before


def test_bulk_items_fail_row_by_row_and_a_missing_quantity_is_9999(site: Site, shop: Shop) -> None:
    rows = [
        {"ItemCode": "900100201", "Qty": "3"},
        {"ItemCode": "900000000", "Qty": "3"},
        {"SellerCode": "MUG-7", "Qty": "unchanged", "Price": "990"},
    ]
    answer = shop.call(MANY_ITEMS, "1.1", ItemInfoJson=json.dumps(rows))
    assert answer["ResultCode"] == 0
    assert [row["result_cd"] for row in answer["ResultObject"]] == [0, -1, 0]
    assert answer["ResultObject"][1]["ResultMsg"] == "-10001 商品情報が存在しません。"
    assert listing(site, "MUG-7")["quantity"] == 3
    shop.call(MANY_ITEMS, "1.1", ItemInfoJson='[{"SellerCode":"MUG-7"}]')
    assert listing(site, "MUG-7")["quantity"] == 9999


def test_an_options_stock_is_set_by_its_exact_name_value_and_code(site: Site, shop: Shop) -> None:
    assert shop.call(ONE_OPTION, **BLUE, Qty="7")["ResultCode"] == 0
    assert [option["quantity"] for option in listing(site, "TEE-01")["options"]] == [7, 5]
    assert shop.call(ONE_OPTION, **{**BLUE, "OptionValue": "青||* M"}, Qty="8")["ResultCode"] == -999
    assert shop.call(ONE_OPTION, **{**BLUE, "OptionCode": "X"}, Qty="8")["ResultCode"] == -999
    assert shop.call(ONE_OPTION, **BLUE, Qty="-1")["ResultCode"] == -999
    assert shop.call(ONE_OPTION, **BLUE)["ResultMsg"] == "Qtyは必須です。"
    assert [option["quantity"] for option in listing(site, "TEE-01")["options"]] == [7, 5]


def test_bulk_options_fail_row_by_row_and_keep_prices_within_half(site: Site, shop: Shop) -> None:
    white = {**BLUE, "OptionValue": "白||*L", "OptionCode": "TEE-01-WH-L"}
    rows = [
        {**BLUE, "Price": "900", "Qty": "1"},
        {**white, "Price": "901", "Qty": "2"},
        {**white, "OptionCode": "NONE", "Price": "", "Qty": "2"},
    ]
    answer = shop.call(MANY_OPTIONS, ItemInfoJson=json.dumps(rows))
    assert [row["result_cd"] for row in answer["ResultObject"]] == [0, -1, -1]
    options = listing(site, "TEE-01")["options"]
    assert [(option["price"], option["quantity"]) for option in options] == [("900.0000", 1), ("0.0000", 5)]


@pytest.mark.parametrize(("method", "version"), [(MANY_ITEMS, "1.1"), (MANY_OPTIONS, "1.0")])
def test_more_than_five_hundred_items_change_nothing(site: Site, shop: Shop, method: str, version: str) -> None:
    rows = [{**BLUE, "Qty": "1", "Price": ""}] * 501
    answer = shop.call(method, version, ItemInfoJson=json.dumps(rows))
    assert answer["ResultCode"] == -2
    assert [row["result_cd"] for row in answer["ResultObject"]] == [-2]
    assert listing(site, "TEE-01")["quantity"] == 45
