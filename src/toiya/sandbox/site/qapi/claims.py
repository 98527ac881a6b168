"""Claims: listing them, one order with its claim, the seller's own cancellation (channels.md 1.5, 1.8)."""

from decimal import Decimal

from django.db.models import QuerySet

from toiya.sandbox.site.clock import wire_time
from toiya.sandbox.site.models import Claim, Line, LineCall
from toiya.sandbox.site.models.orders import ClaimStat, Status
from toiya.sandbox.site.ordering import claiming
from toiya.sandbox.site.qapi.calls import ShopCall
from toiya.sandbox.site.qapi.envelope import Answer, Row, Value
from toiya.sandbox.site.qapi.order_rows import rows_v2
from toiya.sandbox.site.qapi.refusals import (
    BAD_ORDER_NUMBER,
    NO_ORDER,
    SELLER_MISMATCH,
    STATUS_NOT_VALID,
    QapiRefusal,
    missing_parameter,
)
from toiya.sandbox.site.qapi.windows import read_window

SEARCHED_FIELDS = {"1": "line__cart__ordered_at", "2": "requested_at", "3": "completed_at"}
LONGEST_ORDER_NUMBER = 10
CANCEL_REASONS = {
    "": "out of stock",
    "1": "edit order",
    "2": "undeliverable area",
    "3": "shipping delay",
}
# Fields about cash on delivery, pick-ups and parcels that never arrived; the site has none of these.
EMPTY_CLAIM_FIELDS: dict[str, Value] = {
    "deliveryCompanyReturn": "",
    "trackingNoReturn": "",
    "pickupAddress": "",
    "paymentReturnShipping": "",
    "itemCondition": "",
    "CODCancelPrice": Decimal(0),
    "CODQrefundPrice": Decimal(0),
    "CODCancelRelatedOrder": "",
    "nrDutyTarget": "",
    "nrSolType": "",
    "nrPartRefundCnt": 0,
    "nrPartRefundBalance": Decimal(0),
}
# In the single-order answer these replace the v2 field that differs in nothing but its case.
RENAMED_FIELDS = {
    "ShippingDate": "shippingDate",
    "Currency": "currency",
    "DeliveryCompany": "deliveryCompany",
    "TrackingNo": "trackingNo",
}


def get_claims(call: ShopCall) -> Answer:
    """
    List the claims of a state (all when none is given) whose date lies in the window.

    :raises QapiRefusal: see :func:`read_window`; -10101 for an unknown state or search condition
    """
    start, end = read_window(call, "search_Sdate", "search_Edate")
    searched = SEARCHED_FIELDS.get(call.text("search_condition") or "2")
    if searched is None:
        raise missing_parameter(3, "search_condition")
    found = _claims_in_state(call)
    claims = list(found.filter(**{f"{searched}__range": (start, end)}))
    orders = rows_v2([claim.line for claim in claims])
    return Answer.of_rows([_claim_row(claim, order) for claim, order in zip(claims, orders, strict=True)])


def get_order_with_claim(call: ShopCall) -> Answer:
    """
    Return one order line with the newest claim about it; a cancelled line has a claim but no status.

    :raises QapiRefusal: -10001 when the order number is not a number of at most ten digits
    """
    number = _order_number(call.needed("OrderNo"))
    shown = Line.objects.filter(shop=call.shop, cart__visible_from__lte=call.at)
    lines = list(shown.select_related("cart", "shop").filter(order_no=number))
    rows = rows_v2(lines)
    for row, line in zip(rows, lines, strict=True):
        for old_name, new_name in RENAMED_FIELDS.items():
            row[new_name] = row.pop(old_name)
        claim = Claim.objects.filter(line=line).last()
        row["OrderType"] = "Claim" if claim else "Shipping"
        row.update(_claim_state(claim))
        row.update(EMPTY_CLAIM_FIELDS)
        row["pickupzipCode"] = ""
    return Answer.of_rows(rows)


def cancel(call: ShopCall) -> Answer:
    """
    Cancel a line as its seller (Claim.SetCancelProcess).

    :raises QapiRefusal: -10001 for a bad number, -10002 for an unknown one, -10003 for another seller's,
        -10004 when the line is unpaid, shipped or cancelled
    """
    number = _order_number(call.needed("ContrNo"))
    reason = CANCEL_REASONS.get(call.text("CancelReason"))
    if reason is None:
        raise missing_parameter(2, "CancelReason")
    line = Line.objects.select_related("cart", "listing", "option").filter(order_no=number).first()
    if line is None:
        raise QapiRefusal(*NO_ORDER)
    if line.shop != call.shop:
        raise QapiRefusal(*SELLER_MISMATCH)
    is_valid = not line.is_cancelled and line.status in (Status.ON_REQUEST, Status.SELLER_CONFIRM)
    code = 0 if is_valid else STATUS_NOT_VALID[0]
    LineCall.objects.create(line=line, method=call.method, at=call.at, code=code, is_effective=is_valid)
    if not is_valid:
        raise QapiRefusal(*STATUS_NOT_VALID)
    wish = claiming.Wish(ClaimStat.CANCELLED, reason=reason, memo=call.text("SellerMemo"))
    claiming.claim(line, wish, at=call.at)
    return Answer()


def _order_number(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > LONGEST_ORDER_NUMBER:
        raise QapiRefusal(*BAD_ORDER_NUMBER)
    return int(text)


def _claims_in_state(call: ShopCall) -> QuerySet[Claim]:
    found = Claim.objects.select_related("line", "line__cart", "line__shop").filter(line__shop=call.shop)
    asked = call.text("ClaimStat")
    if not asked:
        return found
    if asked not in {str(stat.value) for stat in ClaimStat}:
        raise missing_parameter(4, "ClaimStat")
    return found.filter(stat=int(asked))


def _claim_state(claim: Claim | None) -> Row:
    return {
        "claimStatus": claim.status_text if claim else "",
        "cancelRefundDate": wire_time(claim.completed_at) if claim else "",
        "reason": claim.reason if claim else "",
        "requestDate": wire_time(claim.requested_at) if claim else "",
    }


def _claim_row(claim: Claim, order: Row) -> Row:
    names = (
        "orderDate", "PaymentDate", "DeliveredDate", "orderNo", "packNo", "orderQty", "itemCode",
        "sellerItemCode", "itemTitle", "zipCode", "receiver", "receiverTel", "receiverMobile", "buyer",
        "buyerTel", "buyerMobile",
    )  # fmt: skip
    return {
        **_claim_state(claim),
        **{name: order[name] for name in names},
        "shippingDate": order["ShippingDate"],
        "paymentNation": order["PaymentNation"],
        "currency": order["Currency"],
        "paymentAmount": order["total"],
        "deliveryCompany": order["DeliveryCompany"],
        "trackingNo": order["TrackingNo"],
        **EMPTY_CLAIM_FIELDS,
    }
