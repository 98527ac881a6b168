"""Reading orders: exact rows in both versions, windows, what is listed and what is not."""

import pytest

from toiya.sandbox.tests.site_client import MUG_LINE, ORDERS_V2, ORDERS_V3, TEE_LINE, Shop, Site, open_shop

pytestmark = pytest.mark.processes
BUYER = {"name": "試験 花子", "kana": "シケン ハナコ", "tel": "+81-3-0000-0000", "mobile": ""}
RECEIVER = {
    "name": "試験 太郎",
    "kana": "シケン タロウ",
    "tel": "",
    "mobile": "+81-90-0000-0000",
    "zip_code": "100-0001",
    "address1": "東京都千代田区",
    "address2": "千代田0-0",
}


def place_known_cart(shop: Shop) -> list[int]:
    return shop.place(
        TEE_LINE,
        MUG_LINE,
        buyer={**BUYER, "email": "buyer@example.invalid"},
        receiver=RECEIVER,
        desired_delivery="2026-04-06 14:00~16:00",
        message="よろしく",
        shipping_rate=600,
        pack_no=310045999,
    )


def test_a_v2_row_has_the_documented_names_and_values(shop: Shop) -> None:
    first, second = place_known_cart(shop)
    row = shop.rows(ShippingStat="2")[0]
    assert row == {
        "shippingStatus": "On request(2)", "sellerID": "demoshop", "packNo": 310045999, "orderNo": first,
        "orderDate": "2026-04-01 09:58:12", "PaymentDate": "2026-04-01 10:01:40",
        "EstShippingDate": "2026-04-04 00:00:00", "ShippingDate": "", "DeliveredDate": "",
        "buyer": "試験 花子", "buyer_gata": "シケン ハナコ", "buyerTel": "+81-3-0000-0000",
        "buyerMobile": "+81--", "buyerEmail": "buyer@example.invalid", "itemCode": "900100200",
        "sellerItemCode": "TEE-01", "itemTitle": "テストTシャツ", "option": "カラー:青 / サイズ:M(+200円)",
        "optionCode": "TEE-01-BL-M", "orderPrice": 1800.0, "orderQty": 2, "discount": 300.0, "total": 3700.0,
        "receiver": "試験 太郎", "receiver_gata": "シケン タロウ", "shippingCountry": "JP",
        "zipCode": "100-0001", "shippingAddr": "東京都千代田区千代田0-0", "Addr1": "東京都千代田区",
        "Addr2": "千代田0-0", "receiverTel": "+81--", "receiverMobile": "+81-90-0000-0000",
        "hopeDate": "2026-04-06 14:00~16:00", "senderName": "", "senderTel": "", "senderNation": "",
        "senderZipCode": "", "senderAddr": "", "ShippingWay": "", "ShippingMsg": "よろしく",
        "PaymentMethod": "クレジットカード", "SellerDiscount": 300.0, "Currency": "JPY",
        "ShippingRate": 600.0,
        "RelatedOrder": f"{first}, {second}", "shippingRateType": "Charge", "DeliveryCompany": "",
        "TrackingNo": "", "VoucherCode": "", "PackingNo": "", "SellerDeliveryNo": "", "PaymentNation": "JP",
        "Gift": "", "cod_price": 0.0, "Cart_Discount_Seller": 0.0, "Cart_Discount_Qoo10": 0.0,
        "SettlePrice": 3330.0, "BranchName": "", "OverseaConsignment": "", "Material": "",
    }  # fmt: skip


def test_amounts_carry_four_decimals_and_whole_numbers_none(site: Site, shop: Shop) -> None:
    place_known_cart(shop)
    text = site.post(ORDERS_V2, shop.key, search_Sdate="20260401", search_Edate="20260401", ShippingStat="2").text
    assert '"orderPrice":1800.0000,"orderQty":2,"discount":300.0000,"total":3700.0000' in text


def test_a_v3_row_has_pascal_names_and_the_same_values(shop: Shop) -> None:
    first, second = place_known_cart(shop)
    window = {"SearchStartDate": "20260401000000", "SearchEndDate": "20260401235959", "SearchCondition": "2"}
    rows = shop.call(ORDERS_V3, ShippingStatus="2", **window)["ResultObject"]
    assert [row["OrderNo"] for row in rows] == [first, second]
    row = rows[0]
    assert row["ShippingStatus"] == "On request(2)"
    assert row["ItemNo"] == "900100200"
    assert row["EstimatedShippingDate"] == "2026-04-04 00:00:00"
    assert row["BuyerKana"] == "シケン ハナコ"
    assert row["DesiredDeliveryDate"] == "2026-04-06 14:00~16:00"
    assert row["AvailableSendType"] == "0"
    assert row["CartDiscountQoo10"] == 0
    assert not {"shippingCountry", "PaymentNation", "cod_price", "OverseaConsignment"} & row.keys()
    assert all(name[0].isupper() for name in row)
    assert None not in row.values()


def test_the_shipping_fee_stands_once_per_cart(shop: Shop) -> None:
    place_known_cart(shop)
    assert [row["ShippingRate"] for row in shop.rows()] == [600, 0]


def test_states_are_listed_by_number_and_by_default(site: Site, shop: Shop) -> None:
    [unpaid] = shop.place(MUG_LINE, paid_at=None)
    [requested] = shop.place(MUG_LINE)
    [confirmed] = shop.place(MUG_LINE)
    site.control(f"orders/{confirmed}/confirmation")
    by_order_date = {"search_condition": "1"}
    assert shop.numbers(**by_order_date) == [unpaid, requested, confirmed]
    assert shop.numbers(ShippingStat="0", **by_order_date) == [unpaid, requested, confirmed]
    for state, number in (("1", unpaid), ("2", requested), ("3", confirmed)):
        assert shop.numbers(ShippingStat=state, **by_order_date) == [number]
    texts = [row["shippingStatus"] for row in shop.rows(**by_order_date)]
    assert texts == ["Awaiting shipping(1)", "On request(2)", "Seller confirm(3)"]
    window = {"SearchStartDate": "20260401", "SearchEndDate": "20260401"}
    v3_rows = shop.call(ORDERS_V3, **window)["ResultObject"]
    assert [row["OrderNo"] for row in v3_rows] == [unpaid, requested]


def test_shipped_and_delivered_lines_are_found_by_their_dates(site: Site, shop: Shop) -> None:
    [number] = shop.place(MUG_LINE)
    shop.call("ShippingBasic.SetSendingInfo", OrderNo=str(number), ShippingCorp="Qxpress", TrackingNo="QX1")
    assert shop.numbers(ShippingStat="4", search_condition="3") == [number]
    site.set_clock("2026-04-02T12:00:00")
    site.control(f"orders/{number}/delivery")
    window = {"search_Sdate": "20260402", "search_Edate": "20260402", "search_condition": "4"}
    [row] = shop.rows(ShippingStat="5", **window)
    assert row["shippingStatus"] == "Delivered(5)"
    assert row["ShippingDate"] == "2026-04-01 10:30:00"
    assert row["DeliveredDate"] == "2026-04-02 12:00:00"


def test_both_ends_of_the_window_belong_to_it_to_the_second(shop: Shop) -> None:
    [number] = shop.place(MUG_LINE)
    paid = "20260401100140"
    assert shop.numbers(search_Sdate=paid, search_Edate=paid) == [number]
    assert shop.numbers(search_Sdate="20260401100141", search_Edate="20260401235959") == []
    assert shop.numbers(search_Sdate="20260401000000", search_Edate="20260401100139") == []


def test_the_window_is_japan_time(shop: Shop) -> None:
    [number] = shop.place(MUG_LINE, paid_at="2026-03-31T15:00:00+00:00", ordered_at="2026-03-31T14:59:00+00:00")
    assert shop.rows()[0]["PaymentDate"] == "2026-04-01 00:00:00"
    assert shop.numbers(search_Sdate="20260331", search_Edate="20260331") == []
    assert shop.numbers(search_Sdate="20260401", search_Edate="20260401") == [number]


@pytest.mark.parametrize(
    ("start", "end", "code"),
    [
        ("20260101", "20260401", 0),
        ("20260101000000", "20260401000000", 0),
        ("20260101000000", "20260401000001", -10003),
        ("20260101", "20260402", -10003),
        ("20260402", "20260401", -10002),
        ("2026-04-01", "20260401", -10002),
        ("20260230", "20260401", -10002),
        ("2026040110", "20260401", -10002),
        ("", "20260401", -10101),
    ],
)
@pytest.mark.parametrize("method", [ORDERS_V2, ORDERS_V3, "ShippingBasic.GetClaimInfo_V3"])
def test_a_window_is_at_most_ninety_days_of_real_dates(
    shop: Shop, method: str, start: str, end: str, code: int
) -> None:
    names = ("SearchStartDate", "SearchEndDate") if method == ORDERS_V3 else ("search_Sdate", "search_Edate")
    answer = shop.call(method, **dict(zip(names, (start, end), strict=True)))
    assert answer["ResultCode"] == code


@pytest.mark.parametrize("wrong", [{"ShippingStat": "6"}, {"search_condition": "9"}])
def test_an_unknown_state_or_condition_is_a_processing_error(shop: Shop, wrong: dict[str, str]) -> None:
    window = {"search_Sdate": "20260401", "search_Edate": "20260401"}
    answer = shop.call(ORDERS_V2, **window, **wrong)
    assert answer["ResultCode"] == -10101
    assert "[-112]" in answer["ResultMsg"]
    assert "ResultObject" not in answer


def test_there_is_no_second_page(shop: Shop) -> None:
    numbers = shop.place(*[MUG_LINE] * 3)
    assert shop.numbers(Page="1") == numbers
    assert shop.numbers(Page="2") == []


def test_a_cart_shown_late_has_an_earlier_payment_date(site: Site, shop: Shop) -> None:
    [number] = shop.place(MUG_LINE, visible_after_seconds=600)
    assert shop.numbers() == []
    confirmed = shop.call("ShippingBasic.SetSellerCheckYN_V2", OrderNo=str(number), EstShipDt="20260404")
    assert confirmed["ResultCode"] == -10101
    site.control("clock", {"advance_seconds": 599})
    assert shop.numbers() == []
    site.control("clock", {"advance_seconds": 1})
    assert shop.rows()[0]["PaymentDate"] == "2026-04-01 10:01:40"


def test_a_payment_moves_a_line_from_awaiting_to_requested(site: Site, shop: Shop) -> None:
    [number] = shop.place(MUG_LINE, paid_at=None)
    [row] = shop.rows(search_condition="1")
    assert row["PaymentDate"] == ""
    assert row["EstShippingDate"] == ""
    site.control(f"orders/{number}/payment")
    [row] = shop.rows(ShippingStat="2")
    assert row["PaymentDate"] == "2026-04-01 10:30:00"


def test_shops_see_their_own_orders_only_and_cart_numbers_may_collide(site: Site, shop: Shop) -> None:
    site.control("shops", {"login_id": "second", "password": "demo-pass"})
    site.control("shops/second/listings", {"listings": [{"seller_code": "CUP"}]})
    second = Shop(site, "second", site.control("shops/second/keys")["seller_key"])
    [first_number] = shop.place(MUG_LINE, pack_no=5)
    [second_number] = second.place({"seller_code": "CUP"}, pack_no=5)
    assert first_number != second_number
    assert [(row["packNo"], row["orderNo"]) for row in shop.rows()] == [(5, first_number)]
    assert [(row["packNo"], row["sellerID"]) for row in second.rows()] == [(5, "second")]


def test_two_shops_may_offer_the_same_seller_code(site: Site, shop: Shop) -> None:
    other = open_shop(site, "second")
    assert other.place(MUG_LINE) != shop.place(MUG_LINE)
