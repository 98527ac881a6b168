"""Cancelled lines vanish from the order list and appear among the claims."""

from typing import Any

import pytest

from toiya.sandbox.tests.site_client import CLAIMS, MUG_LINE, SHIP, TEE_LINE, Shop, Site, open_shop

pytestmark = pytest.mark.processes
CANCEL = "Claim.SetCancelProcess"
ONE_ORDER = "ShippingBasic.GetShippingAndClaimInfoByOrderNo_V2"


def claims(shop: Shop, **parameters: str) -> list[dict[str, Any]]:
    return shop.rows(CLAIMS, **parameters)


def test_a_cancelled_line_vanishes_and_shows_as_a_claim_while_its_neighbour_stays(site: Site, shop: Shop) -> None:
    kept, cancelled = shop.place(TEE_LINE, MUG_LINE, pack_no=310045888)
    site.control(f"orders/{cancelled}/cancellation", {"reason": "間違えて注文"})
    assert shop.numbers() == [kept]
    [claim] = claims(shop, ClaimStat="3")
    assert claim["claimStatus"] == "Cancelled(3)"
    assert (claim["orderNo"], claim["packNo"], claim["orderQty"]) == (cancelled, 310045888, 1)
    assert claim["requestDate"] == claim["cancelRefundDate"] == "2026-04-01 10:30:00"
    assert claim["reason"] == "間違えて注文"
    assert claim["sellerItemCode"] == "MUG-7"
    assert (claim["paymentAmount"], claim["currency"]) == (980, "JPY")
    assert claim["orderDate"] == "2026-04-01 09:58:12"
    assert None not in claim.values()


def test_a_claim_row_has_the_documented_fields(site: Site, shop: Shop) -> None:
    [number] = shop.place(MUG_LINE)
    site.control(f"orders/{number}/cancellation")
    [claim] = claims(shop)
    assert set(claim) == {
        "claimStatus", "cancelRefundDate", "reason", "requestDate", "orderDate", "PaymentDate", "shippingDate",
        "DeliveredDate", "orderNo", "packNo", "orderQty", "itemCode", "sellerItemCode", "itemTitle",
        "paymentNation", "currency", "paymentAmount", "deliveryCompany", "trackingNo",
        "deliveryCompanyReturn", "trackingNoReturn", "pickupAddress", "zipCode", "paymentReturnShipping",
        "itemCondition", "receiver", "receiverTel", "receiverMobile", "buyer", "buyerTel", "buyerMobile",
        "CODCancelPrice", "CODQrefundPrice", "CODCancelRelatedOrder", "nrDutyTarget", "nrSolType",
        "nrPartRefundCnt", "nrPartRefundBalance",
    }  # fmt: skip


def test_a_requested_cancellation_is_a_claim_but_the_line_stays_for_now(site: Site, shop: Shop) -> None:
    [number] = shop.place(MUG_LINE)
    site.control(f"orders/{number}/cancellation", {"claim_stat": 1})
    assert shop.numbers() == [number]
    [claim] = claims(shop, ClaimStat="1")
    assert (claim["claimStatus"], claim["cancelRefundDate"]) == ("Cancel Request(1)", "")
    site.set_clock("2026-04-02T09:00:00")
    site.control(f"orders/{number}/cancellation", {"claim_stat": 3})
    assert shop.numbers() == []
    assert claims(shop, ClaimStat="1") == []
    [claim] = claims(shop, ClaimStat="3")
    assert claim["requestDate"] == "2026-04-01 10:30:00"
    assert claim["cancelRefundDate"] == "2026-04-02 09:00:00"
    done = {"search_Sdate": "20260402", "search_Edate": "20260402", "search_condition": "3"}
    assert len(claims(shop, **done)) == 1
    assert claims(shop, **{**done, "search_condition": "2"}) == []
    assert claims(shop, **{**done, "search_condition": "1"}) == []


def test_a_shipped_line_can_be_returned_but_not_cancelled(site: Site, shop: Shop) -> None:
    [number] = shop.place(MUG_LINE)
    shop.call(SHIP, OrderNo=str(number), ShippingCorp="Qxpress", TrackingNo="QX1")
    refused = site.http.post(f"/_control/orders/{number}/cancellation", json={})
    assert refused.status_code == 409
    assert refused.json() == {"error": f"Order {number} is shipped. Ask for a return instead."}
    site.control(f"orders/{number}/cancellation", {"claim_stat": 4, "reason": "サイズ違い"})
    assert claims(shop, ClaimStat="4")[0]["claimStatus"] == "Return Request(4)"
    assert shop.numbers(ShippingStat="4", search_condition="3") == [number]


def test_the_seller_cancels_a_line_and_its_pieces_are_on_offer_again(site: Site, shop: Shop) -> None:
    [number] = shop.place({**MUG_LINE, "quantity": 4})
    stock = {item["seller_code"]: item["quantity"] for item in site.look("shops/demoshop/listings")["listings"]}
    assert stock["MUG-7"] == 26
    sent = {"ContrNo": str(number), "CancelReason": "", "SellerMemo": "欠品"}
    assert shop.call(CANCEL, **sent) == {"ResultCode": 0, "ResultMsg": "成功"}
    assert shop.numbers() == []
    assert claims(shop)[0]["reason"] == "out of stock"
    assert site.order(number)["claims"] == [{"stat": 3, "reason": "out of stock", "memo": "欠品"}]
    stock = {item["seller_code"]: item["quantity"] for item in site.look("shops/demoshop/listings")["listings"]}
    assert stock["MUG-7"] == 30
    assert shop.call(CANCEL, **sent)["ResultCode"] == -10004


def test_a_sellers_cancellation_is_refused_with_its_own_codes(site: Site, shop: Shop) -> None:
    [shipped] = shop.place(MUG_LINE)
    shop.call(SHIP, OrderNo=str(shipped), ShippingCorp="Qxpress", TrackingNo="QX1")
    [foreign] = open_shop(site, "other").place(MUG_LINE)
    expected = {
        "abc": -10001,
        "12345678901": -10001,
        "999": -10002,
        str(foreign): -10003,
        str(shipped): -10004,
    }
    codes = {number: shop.call(CANCEL, ContrNo=number)["ResultCode"] for number in expected}
    assert codes == expected
    assert shop.call(CANCEL, ContrNo=str(shipped), CancelReason="9")["ResultCode"] == -10101
    assert site.order(foreign)["is_cancelled"] is False


def test_one_order_is_read_with_its_claim(site: Site, shop: Shop) -> None:
    first, second = shop.place(TEE_LINE, MUG_LINE)
    site.control(f"orders/{second}/cancellation", {"reason": "不要"})
    [row] = shop.call(ONE_ORDER, OrderNo=str(first))["ResultObject"]
    assert (row["shippingStatus"], row["OrderType"], row["claimStatus"]) == ("On request(2)", "Shipping", "")
    assert row["shippingDate"] == ""
    assert row["currency"] == "JPY"
    [row] = shop.call(ONE_ORDER, OrderNo=str(second))["ResultObject"]
    assert (row["shippingStatus"], row["OrderType"], row["claimStatus"]) == ("", "Claim", "Cancelled(3)")
    assert row["reason"] == "不要"
    names = [name.lower() for name in row]
    assert len(names) == len(set(names))


def test_one_order_that_is_nobodys_or_another_shops_is_an_empty_list(site: Site, shop: Shop) -> None:
    [foreign] = open_shop(site, "other").place(MUG_LINE)
    for number in ("999", str(foreign)):
        answer = shop.call(ONE_ORDER, OrderNo=number)
        assert (answer["ResultCode"], answer["ResultObject"]) == (0, [])
    assert shop.call(ONE_ORDER, OrderNo="A1")["ResultCode"] == -10001
    assert shop.call(ONE_ORDER)["ResultCode"] == -10101


def test_an_unknown_claim_state_is_a_processing_error(shop: Shop) -> None:
    window = {"search_Sdate": "20260401", "search_Edate": "20260401"}
    assert shop.call(CLAIMS, ClaimStat="7", **window)["ResultCode"] == -10101
