"""Confirming and shipping: single calls, bulk rows, every row code, and what the site remembers."""

import json
from typing import Any

import pytest

from toiya.sandbox.tests.site_client import (
    CONFIRM,
    CONFIRM_BULK,
    MUG_LINE,
    SHIP,
    SHIP_BULK,
    TEE_LINE,
    Shop,
    Site,
    open_shop,
)

pytestmark = pytest.mark.processes


def confirm_rows(shop: Shop, rows: list[dict[str, Any]]) -> dict[str, Any]:
    return shop.call(CONFIRM_BULK, SendPlanDtInfoJson=json.dumps(rows))


def ship_rows(shop: Shop, rows: list[dict[str, Any]]) -> dict[str, Any]:
    return shop.call(SHIP_BULK, ShippingInfoJson=json.dumps(rows))


def plan(number: int, day: str = "20260404", delay: str = "") -> dict[str, Any]:
    return {"OrderNo": str(number), "EstShipDt": day, "DelayType": delay, "DelayMemo": ""}


def ship(shop: Shop, number: int, tracking_no: str = "QX0000000001JP") -> dict[str, Any]:
    return shop.call(SHIP, OrderNo=str(number), ShippingCorp="Qxpress", TrackingNo=tracking_no)


def test_confirm_then_ship_moves_a_line_through_its_states(site: Site, shop: Shop) -> None:
    [number] = shop.place(MUG_LINE)
    assert shop.call(CONFIRM, OrderNo=str(number), EstShipDt="20260403") == {
        "ResultCode": 0,
        "ResultMsg": "成功",
    }
    [row] = shop.rows(ShippingStat="3")
    assert row["shippingStatus"] == "Seller confirm(3)"
    assert row["EstShippingDate"] == "2026-04-03 00:00:00"
    assert row["PackingNo"].startswith("JPP")
    assert row["SellerDeliveryNo"] == "260401-0001"

    assert ship(shop, number) == {"ResultCode": 0, "ResultMsg": "成功"}
    [row] = shop.rows(ShippingStat="4")
    assert row["shippingStatus"] == "On delivery(4)"
    assert row["DeliveryCompany"] == "Qxpress"
    assert row["TrackingNo"] == "QX0000000001JP"
    assert row["ShippingDate"] == "2026-04-01 10:30:00"
    known = site.order(number)
    assert (known["carrier"], known["tracking_no"]) == ("Qxpress", "QX0000000001JP")
    assert (known["confirm_calls"], known["effective_confirms"]) == (1, 1)
    assert (known["write_back_calls"], known["effective_write_backs"]) == (1, 1)


def test_lines_of_a_cart_share_a_packing_number_that_shows_on_confirmed_lines(shop: Shop) -> None:
    first, second = shop.place(TEE_LINE, MUG_LINE)
    confirm_rows(shop, [plan(first)])
    rows = {row["orderNo"]: row["PackingNo"] for row in shop.rows()}
    assert rows[second] == ""
    confirm_rows(shop, [plan(second)])
    assert {row["PackingNo"] for row in shop.rows()} == {rows[first]}


def test_bulk_rows_succeed_and_fail_one_by_one_under_cont_no(site: Site, shop: Shop) -> None:
    first, second, third = shop.place(MUG_LINE, MUG_LINE, MUG_LINE)
    confirm_rows(shop, [plan(second)])
    answer = confirm_rows(shop, [plan(first), plan(second), plan(third, day=""), plan(999)])
    assert (answer["ResultCode"], answer["ResultMsg"]) == (0, "成功")
    assert answer["ResultObject"] == [
        {"cont_no": first, "result_cd": 0, "ResultCode": 0, "ResultMsg": "SUCCESS"},
        {"cont_no": second, "result_cd": -10012, "ResultCode": -10012, "ResultMsg": "already confirmed"},
        {"cont_no": third, "result_cd": -10016, "ResultCode": -10016, "ResultMsg": "EstShipDt is null"},
        {
            "cont_no": 999,
            "result_cd": -10101,
            "ResultCode": -10101,
            "ResultMsg": "処理エラー [999 does not exist]",
        },
    ]
    assert [site.order(number)["status"] for number in (first, second, third)] == [3, 3, 2]
    assert site.order(second)["confirm_calls"] == 2
    assert site.order(second)["effective_confirms"] == 1


@pytest.mark.parametrize(
    ("day", "code"),
    [
        ("", -10016),
        ("20260401", -10018),
        ("20260402", 0),
        ("20260630", 0),
        ("20260701", -10017),
        ("2026-04-04", -10101),
        ("20260231", -10101),
    ],
)
def test_an_estimated_date_is_a_day_after_today_and_not_too_far(shop: Shop, day: str, code: int) -> None:
    [number] = shop.place(MUG_LINE)
    assert shop.call(CONFIRM, OrderNo=str(number), EstShipDt=day)["ResultCode"] == code


def test_only_a_requested_line_is_confirmed(site: Site, shop: Shop) -> None:
    [unpaid] = shop.place(MUG_LINE, paid_at=None)
    [shipped] = shop.place(MUG_LINE)
    [cancelled] = shop.place(MUG_LINE)
    ship(shop, shipped)
    site.control(f"orders/{cancelled}/cancellation")
    answer = confirm_rows(shop, [plan(unpaid), plan(shipped), plan(cancelled)])
    assert [row["result_cd"] for row in answer["ResultObject"]] == [-10013, -10013, -10013]


def test_a_confirmed_line_takes_a_new_date_only_with_a_delay_type(site: Site, shop: Shop) -> None:
    [number] = shop.place(MUG_LINE)
    confirm_rows(shop, [plan(number)])
    assert shop.call(CONFIRM, OrderNo=str(number), EstShipDt="20260410")["ResultCode"] == -10012
    sent = {"EstShipDt": "20260410", "DelayType": "1", "DelayMemo": "入荷待ち"}
    assert shop.call(CONFIRM, OrderNo=str(number), **sent)["ResultCode"] == 0
    assert site.order(number)["estimated_shipping_on"] == "2026-04-10"
    assert shop.call(CONFIRM, OrderNo=str(number), **sent)["ResultCode"] == -10012
    assert shop.call(CONFIRM, OrderNo=str(number), EstShipDt="20260411", DelayType="7")["ResultCode"] == -10101


@pytest.mark.parametrize(
    ("method", "name", "rows"),
    [(CONFIRM_BULK, "SendPlanDtInfoJson", 501), (SHIP_BULK, "ShippingInfoJson", 501)],
)
def test_more_than_five_hundred_rows_change_nothing(site: Site, shop: Shop, method: str, name: str, rows: int) -> None:
    [number] = shop.place(MUG_LINE)
    row = {**plan(number), "ShippingCorp": "Qxpress", "TrackingNo": "QX1"}
    answer = shop.call(method, **{name: json.dumps([row] * rows)})
    assert answer["ResultCode"] == -10011
    assert [row["result_cd"] for row in answer["ResultObject"]] == [-10011]
    assert site.order(number)["status"] == 2


def test_five_hundred_rows_are_taken(shop: Shop) -> None:
    numbers = shop.place(*[{**MUG_LINE, "quantity": 1}] * 25)
    answer = confirm_rows(shop, [plan(number) for number in numbers] * 20)
    codes = [row["result_cd"] for row in answer["ResultObject"]]
    assert (codes.count(0), codes.count(-10012)) == (25, 475)


@pytest.mark.parametrize("text", ["", "no json", "{}", "[]", '["x"]'])
def test_a_bulk_parameter_is_an_array_of_objects(shop: Shop, text: str) -> None:
    answer = shop.call(CONFIRM_BULK, SendPlanDtInfoJson=text)
    assert answer == {"ResultCode": -10101, "ResultMsg": "処理エラー [-112] (1) SendPlanDtInfoJson"}


def test_a_null_in_a_bulk_row_does_not_exist_as_an_api(site: Site, shop: Shop) -> None:
    [number] = shop.place(MUG_LINE)
    answer = confirm_rows(shop, [{**plan(number), "DelayMemo": None}])
    assert answer == {"ErrorCode": -90001, "ErrorMsg": "存在しないAPIです。"}
    assert site.order(number)["status"] == 2


def test_a_requested_line_may_be_shipped_without_being_confirmed(site: Site, shop: Shop) -> None:
    [number] = shop.place(MUG_LINE)
    assert ship(shop, number)["ResultCode"] == 0
    assert site.order(number)["status"] == 4
    assert site.order(number)["packing_no"].startswith("JPP")


def test_shipping_twice_alike_is_accepted_once_and_otherwise_refused(site: Site, shop: Shop) -> None:
    [number] = shop.place(MUG_LINE)
    assert ship(shop, number)["ResultCode"] == 0
    assert ship(shop, number)["ResultCode"] == 0
    assert ship(shop, number, "QX0000000002JP")["ResultCode"] == -10101
    known = site.order(number)
    assert known["tracking_no"] == "QX0000000001JP"
    assert (known["write_back_calls"], known["effective_write_backs"]) == (3, 1)
    assert [attempt["code"] for attempt in known["attempts"]] == [0, 0, -10101]


def test_unpaid_cancelled_and_unknown_lines_are_not_shipped(site: Site, shop: Shop) -> None:
    [unpaid] = shop.place(MUG_LINE, paid_at=None)
    [cancelled] = shop.place(MUG_LINE)
    site.control(f"orders/{cancelled}/cancellation")
    for number in (unpaid, cancelled, 999):
        assert ship(shop, number)["ResultCode"] == -10101
    assert site.order(unpaid)["tracking_no"] == ""
    assert site.order(cancelled)["tracking_no"] == ""


def test_another_shops_line_is_neither_confirmed_nor_shipped(site: Site, shop: Shop) -> None:
    [number] = shop.place(MUG_LINE)
    other = open_shop(site, "other")
    assert ship(other, number)["ResultCode"] == -10101
    assert other.call(CONFIRM, OrderNo=str(number), EstShipDt="20260404")["ResultCode"] == -10101
    assert site.order(number)["status"] == 2


@pytest.mark.parametrize(("missing", "position"), [("OrderNo", 1), ("ShippingCorp", 2), ("TrackingNo", 3)])
def test_shipping_needs_all_three_parameters(shop: Shop, missing: str, position: int) -> None:
    sent = {"OrderNo": "1", "ShippingCorp": "Qxpress", "TrackingNo": "QX1", missing: ""}
    answer = shop.call(SHIP, **sent)
    assert answer == {"ResultCode": -10101, "ResultMsg": f"処理エラー [-112] ({position}) {missing}"}


def test_a_tracking_number_has_at_most_fifty_characters(shop: Shop) -> None:
    [number] = shop.place(MUG_LINE)
    assert ship(shop, number, "9" * 51)["ResultCode"] == -10101
    assert ship(shop, number, "9" * 50)["ResultCode"] == 0


def test_a_parameter_that_is_not_utf8_is_a_processing_error(site: Site, shop: Shop) -> None:
    [number] = shop.place(MUG_LINE)
    body = f"OrderNo={number}&TrackingNo=QX1&ShippingCorp=%83%86%83%70%83%62%83%4e".encode()
    headers = {"GiosisCertificationKey": shop.key, "Content-Type": "application/x-www-form-urlencoded"}
    path = f"/GMKT.INC.Front.QAPIService/ebayjapan.qapi/{SHIP}"
    answer = site.http.post(path, content=body, headers=headers).json()
    assert answer["ResultCode"] == -10101


def test_bulk_shipping_answers_rows_under_contr_no_with_the_carrier(site: Site, shop: Shop) -> None:
    first, second = shop.place(TEE_LINE, MUG_LINE)
    ship(shop, second, "OLD")
    rows = [
        {"OrderNo": str(number), "ShippingCorp": "ゆうパック", "TrackingNo": "123412341234"}
        for number in (first, second)
    ]
    answer = ship_rows(shop, rows)
    assert answer["ResultCode"] == 0
    assert answer["ResultObject"] == [
        {
            "contr_no": first,
            "result_cd": 0,
            "ResultCode": 0,
            "ResultMsg": "SUCCESS",
            "transc_nm": "ゆうパック",
        },
        {
            "contr_no": second,
            "result_cd": -10101,
            "ResultCode": -10101,
            "ResultMsg": f"処理エラー [{second} is already shipped]",
            "transc_nm": "ゆうパック",
        },
    ]
    assert site.order(first)["carrier"] == "ゆうパック"
