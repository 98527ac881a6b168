"""Each fault switch does what it says, for as many calls as it says."""

import json
import time

import httpx
import pytest

from toiya.sandbox.tests.site_client import (
    CONFIRM,
    CONFIRM_BULK,
    MUG_LINE,
    ORDERS_V2,
    PATH,
    SHIP,
    SHIP_BULK,
    TEE_LINE,
    WHOLE_DAY,
    Shop,
    Site,
)

pytestmark = pytest.mark.processes


def ship_form(number: int) -> dict[str, str]:
    return {"OrderNo": str(number), "ShippingCorp": "Qxpress", "TrackingNo": "QX1"}


def test_slow_waits_before_the_work_and_only_as_often_as_said(site: Site, shop: Shop) -> None:
    site.fault("slow", ORDERS_V2, count=1, seconds=0.6)
    start = time.monotonic()
    assert shop.numbers() == []
    assert time.monotonic() - start >= 0.6
    shop.numbers()
    assert [call["faults"] for call in site.look("calls")["calls"]][-2:] == [["slow"], []]


def test_a_timeout_after_commit_ships_the_line_and_never_answers(site: Site, shop: Shop) -> None:
    [number] = shop.place(MUG_LINE)
    site.fault("timeout_after_commit", SHIP, seconds=0)
    with pytest.raises(httpx.RemoteProtocolError):
        site.post(SHIP, shop.key, **ship_form(number))
    known = site.order(number)
    assert (known["status"], known["tracking_no"], known["effective_write_backs"]) == (4, "QX1", 1)
    assert shop.call(SHIP, **ship_form(number))["ResultCode"] == 0
    known = site.order(number)
    assert (known["write_back_calls"], known["effective_write_backs"]) == (2, 1)


def test_a_silent_site_makes_the_caller_time_out_after_the_work_is_done(site: Site, shop: Shop) -> None:
    [number] = shop.place(MUG_LINE)
    site.fault("timeout_after_commit", SHIP, seconds=3)
    headers = {"GiosisCertificationKey": shop.key}
    with pytest.raises(httpx.ReadTimeout):
        site.http.post(f"{PATH}/{SHIP}", data=ship_form(number), headers=headers, timeout=0.7)
    assert site.order(number)["tracking_no"] == "QX1"


def test_a_dropped_connection_does_nothing(site: Site, shop: Shop) -> None:
    [number] = shop.place(MUG_LINE)
    site.fault("drop_before_effect", SHIP)
    with pytest.raises(httpx.RemoteProtocolError):
        site.post(SHIP, shop.key, **ship_form(number))
    assert site.order(number)["write_back_calls"] == 0
    recorded = site.look(f"calls?method={SHIP}")["calls"]
    assert [(call["code"], call["faults"]) for call in recorded] == [(None, ["drop_before_effect"])]


@pytest.mark.parametrize("status", [500, 502, 503])
def test_a_server_error_is_an_html_page_and_does_nothing(site: Site, shop: Shop, status: int) -> None:
    [number] = shop.place(MUG_LINE)
    site.fault("server_error", SHIP, status=status)
    response = site.post(SHIP, shop.key, **ship_form(number))
    assert response.status_code == status
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert response.text.startswith("<html>")
    assert site.order(number)["status"] == 2


@pytest.mark.parametrize("code", [-90004, -90005])
def test_a_key_expires_in_the_middle_of_a_run(site: Site, shop: Shop, code: int) -> None:
    site.control("faults", {"kind": "expired_key", "skip": 1, "count": 2, "settings": {"code": code}})
    codes = [shop.call(ORDERS_V2, **WHOLE_DAY).get("ErrorCode") for _ in range(4)]
    assert codes == [None, code, code, None]


@pytest.mark.parametrize("code", [-101, -990, -999])
def test_any_code_can_be_made_the_answer(site: Site, shop: Shop, code: int) -> None:
    site.fault("answer", ORDERS_V2, code=code, message="エラー")
    assert shop.call(ORDERS_V2, **WHOLE_DAY) == {"ResultCode": code, "ResultMsg": "エラー"}
    site.fault("answer", ORDERS_V2, code=-90002, message="権限", is_gateway=True)
    assert shop.call(ORDERS_V2, **WHOLE_DAY) == {"ErrorCode": -90002, "ErrorMsg": "権限"}


def test_duplicate_rows_come_twice(site: Site, shop: Shop) -> None:
    first, second = shop.place(TEE_LINE, MUG_LINE)
    site.fault("duplicate_rows", ORDERS_V2)
    assert shop.numbers() == [first, first, second, second]
    assert shop.numbers() == [first, second]


def test_an_empty_list_is_brackets_or_null_as_switched(site: Site, shop: Shop) -> None:
    assert shop.call(ORDERS_V2, **WHOLE_DAY)["ResultObject"] == []
    site.fault("empty_as_null", count=None)
    for _ in range(2):
        answer = shop.call(ORDERS_V2, **WHOLE_DAY)
        assert answer == {"ResultCode": 0, "ResultMsg": "成功", "ResultObject": None}
    site.http.delete("/_control/faults")
    assert shop.call(ORDERS_V2, **WHOLE_DAY)["ResultObject"] == []


def test_a_mojibake_header_declares_the_wrong_charset_over_good_utf8(site: Site, shop: Shop) -> None:
    shop.place(MUG_LINE)
    site.fault("mojibake_header", ORDERS_V2)
    response = site.post(ORDERS_V2, shop.key, **WHOLE_DAY)
    assert response.headers["Content-Type"] == "application/json; charset=iso-8859-1"
    assert "マグカップ" not in response.text
    assert "マグカップ" in response.content.decode("utf-8")


def test_a_wrong_charset_is_not_utf8_whatever_the_header_says(site: Site, shop: Shop) -> None:
    shop.place(MUG_LINE)
    site.fault("wrong_charset", ORDERS_V2)
    response = site.post(ORDERS_V2, shop.key, **WHOLE_DAY)
    assert response.headers["Content-Type"] == "application/json; charset=utf-8"
    with pytest.raises(UnicodeDecodeError):
        response.content.decode("utf-8")
    assert "マグカップ" in response.content.decode("cp932")


def test_a_second_system_confirms_first(site: Site, shop: Shop) -> None:
    first, second = shop.place(TEE_LINE, MUG_LINE)
    site.fault("second_system_confirms", CONFIRM_BULK, order_numbers=[second])
    rows = [{"OrderNo": str(number), "EstShipDt": "20260404"} for number in (first, second)]
    answer = shop.call(CONFIRM_BULK, SendPlanDtInfoJson=json.dumps(rows))
    assert [row["result_cd"] for row in answer["ResultObject"]] == [0, -10012]
    assert [site.order(number)["confirmed_by"] for number in (first, second)] == [
        "seller API",
        "second system",
    ]


def test_the_buyer_cancels_between_confirming_and_shipping(site: Site, shop: Shop) -> None:
    [number] = shop.place(MUG_LINE)
    assert shop.call(CONFIRM, OrderNo=str(number), EstShipDt="20260404")["ResultCode"] == 0
    site.fault("buyer_cancels", SHIP)
    assert shop.call(SHIP, **ship_form(number))["ResultCode"] == -10101
    known = site.order(number)
    assert (known["is_cancelled"], known["tracking_no"]) == (True, "")
    assert [row["orderNo"] for row in shop.rows("ShippingBasic.GetClaimInfo_V3")] == [number]


def test_single_rows_can_be_refused_with_a_code_of_choice(site: Site, shop: Shop) -> None:
    first, second = shop.place(TEE_LINE, MUG_LINE)
    site.fault("row_code", SHIP_BULK, code=-10103, message="unknown", order_numbers=[first])
    rows = json.dumps([ship_form(first), ship_form(second)])
    answer = shop.call(SHIP_BULK, ShippingInfoJson=rows)
    assert answer["ResultCode"] == 0
    assert [row["result_cd"] for row in answer["ResultObject"]] == [-10103, 0]
    assert [site.order(number)["status"] for number in (first, second)] == [2, 4]


def test_a_fault_hits_its_own_shop_and_method_only(site: Site, shop: Shop) -> None:
    site.control("shops", {"login_id": "other"})
    key = site.control("shops/other/keys")["seller_key"]
    fault = {"kind": "expired_key", "method": ORDERS_V2, "shop": "other"}
    site.control("faults", fault)
    assert shop.call(ORDERS_V2, **WHOLE_DAY)["ResultCode"] == 0
    assert site.call("ItemsLookup.GetAllGoodsInfo", key, ItemStatus="S2")["ResultCode"] == 0
    assert site.call(ORDERS_V2, key, **WHOLE_DAY)["ErrorCode"] == -90005
    [known] = site.look("faults")["faults"]
    assert (known["times_used"], known["remaining"]) == (1, None)
