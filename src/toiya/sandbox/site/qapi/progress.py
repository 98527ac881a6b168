"""Confirming and shipping lines through QAPI, one or up to 500 at a time (channels.md 1.6, 1.7)."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from toiya.sandbox.site.clock import JAPAN
from toiya.sandbox.site.models import Line, LineCall
from toiya.sandbox.site.models.orders import Status
from toiya.sandbox.site.ordering import claiming, progress
from toiya.sandbox.site.qapi.bulk import MOST_ROWS, read_rows
from toiya.sandbox.site.qapi.calls import RowFault, ShopCall
from toiya.sandbox.site.qapi.envelope import Answer, Row
from toiya.sandbox.site.qapi.refusals import (
    TOO_MANY_ORDERS,
    QapiRefusal,
    missing_parameter,
    processing_error,
)
from toiya.sandbox.site.qapi.windows import read_day

DELAY_TYPES = {"", "1", "2", "3", "4"}
LONGEST_MEMO = 1000
LONGEST_CARRIER = 200
LONGEST_TRACKING_NUMBER = 50
SECOND_SYSTEM_DAYS = 2

ChangeLine = Callable[[Line, dict[str, str]], bool]


def confirm_one(call: ShopCall) -> Answer:
    """Confirm one line (SetSellerCheckYN_V2). Refusals: :func:`ordering.progress.confirm`."""
    call.needed("OrderNo")
    _change(call, call.parameters, partial(_confirm, call))
    return Answer()


def confirm_many(call: ShopCall) -> Answer:
    """Confirm up to 500 lines, each answered in its own row under ``cont_no``."""
    rows = read_rows(call, "SendPlanDtInfoJson")
    return _answer_rows(call, rows, "cont_no", partial(_confirm, call))


def ship_one(call: ShopCall) -> Answer:
    """Register carrier and tracking number of one line (SetSendingInfo); see :func:`progress.ship`."""
    for position, name in enumerate(("OrderNo", "ShippingCorp", "TrackingNo"), start=1):
        call.needed(name, position)
    _change(call, call.parameters, partial(_ship, call))
    return Answer()


def ship_many(call: ShopCall) -> Answer:
    """Ship up to 500 lines, each answered in its own row under ``contr_no``."""
    rows = read_rows(call, "ShippingInfoJson")
    answer = _answer_rows(call, rows, "contr_no", partial(_ship, call))
    if answer.code == 0 and isinstance(answer.payload, list):
        for answered, row in zip(answer.payload, rows, strict=True):
            answered["transc_nm"] = row.get("ShippingCorp", "")
    return answer


def _answer_rows(call: ShopCall, rows: list[dict[str, str]], number_name: str, change: ChangeLine) -> Answer:
    if len(rows) > MOST_ROWS:
        # Listed as a row's code: it is given in both places, and nothing is changed.
        code, text = TOO_MANY_ORDERS
        return Answer(code, text, [_row(number_name, "0", code, text)], has_result=True)
    answered = []
    for row in rows:
        number = row.get("OrderNo", "")
        try:
            _change(call, row, change)
            answered.append(_row(number_name, number, 0, "SUCCESS"))
        except QapiRefusal as refusal:
            answered.append(_row(number_name, number, refusal.code, refusal.message))
    return Answer.of_rows(answered)


def _row(number_name: str, number: str, code: int, text: str) -> Row:
    order_no = int(number) if number.isascii() and number.isdigit() else 0
    return {number_name: order_no, "result_cd": code, "ResultCode": code, "ResultMsg": text}


def _change(call: ShopCall, row: dict[str, str], change: ChangeLine) -> None:
    """Change one line and note the attempt, also when it is refused."""
    line = _line(call, row.get("OrderNo", "").strip())
    for fault in call.row_faults:
        if fault.hits(str(line.order_no)):
            _strike(line, fault, call)
    code, is_effective = 0, False
    try:
        is_effective = change(line, row)
    except QapiRefusal as refusal:
        code = refusal.code
        raise
    finally:
        LineCall.objects.create(line=line, method=call.method, at=call.at, code=code, is_effective=is_effective)


def _line(call: ShopCall, number: str) -> Line:
    if not (number.isascii() and number.isdigit()):
        raise missing_parameter(1, "OrderNo")
    shown = Line.objects.filter(shop=call.shop, cart__visible_from__lte=call.at)
    line = shown.select_related("cart", "shop", "listing", "option").filter(order_no=int(number)).first()
    if line is None:
        raise processing_error(f"{number} does not exist")
    return line


def _strike(line: Line, fault: RowFault, call: ShopCall) -> None:
    """Let something happen to the line just before the caller reaches it."""
    if fault.kind == "row_code":
        LineCall.objects.create(line=line, method=call.method, at=call.at, code=fault.code, is_effective=False)
        raise QapiRefusal(fault.code, fault.message)
    if fault.kind == "second_system_confirms" and line.status == Status.ON_REQUEST:
        day = (call.at.astimezone(JAPAN) + timedelta(days=SECOND_SYSTEM_DAYS)).date()
        progress.confirm(line, progress.ShippingPlan(day), by="second system", at=call.at)
    is_shippable = not line.is_cancelled and line.status < Status.ON_DELIVERY
    if fault.kind == "buyer_cancels" and is_shippable:
        claiming.claim(line, claiming.Wish(reason="buyer changed their mind"), at=call.at)


def _confirm(call: ShopCall, line: Line, row: dict[str, str]) -> bool:
    delay_type, memo = row.get("DelayType", "").strip(), row.get("DelayMemo", "").strip()
    if delay_type not in DELAY_TYPES:
        raise missing_parameter(3, "DelayType")
    if len(memo) > LONGEST_MEMO:
        raise missing_parameter(4, "DelayMemo")
    try:
        day = read_day(row.get("EstShipDt", "").strip())
    except ValueError as mistake:
        raise missing_parameter(2, "EstShipDt") from mistake
    progress.confirm(line, progress.ShippingPlan(day, delay_type, memo), by="seller API", at=call.at)
    return True


def _ship(call: ShopCall, line: Line, row: dict[str, str]) -> bool:
    carrier, tracking_no = row.get("ShippingCorp", "").strip(), row.get("TrackingNo", "").strip()
    if not carrier or len(carrier) > LONGEST_CARRIER or "\ufffd" in carrier:
        raise missing_parameter(2, "ShippingCorp")
    if not tracking_no or len(tracking_no) > LONGEST_TRACKING_NUMBER:
        raise missing_parameter(3, "TrackingNo")
    return progress.ship(line, carrier=carrier, tracking_no=tracking_no, at=call.at)
