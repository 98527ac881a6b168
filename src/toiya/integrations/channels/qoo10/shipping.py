"""Confirming, shipping and re-reading lines through QAPI, up to 500 in one call (channels.md 1.6, 1.7)."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from toiya.core.errors import Unreachable
from toiya.domain.channels.port import ConfirmLine, LineAnswer, ShipLine, ShopAccess, SiteLine, SiteState
from toiya.integrations.channels.qoo10 import envelope, translate, values
from toiya.integrations.channels.qoo10.qapi import Qapi
from toiya.integrations.channels.qoo10.values import Row

log = logging.getLogger(__name__)

ROWS_PER_CALL = 500
LONGEST_ORDER_NUMBER = 10

LINE = "ShippingBasic.GetShippingAndClaimInfoByOrderNo_V2"
NO_ANSWER = "no_answer"


@dataclass(frozen=True, slots=True)
class Bulk:
    """A bulk method, the parameter that takes its rows, and the field that names the line in its answers."""

    method: str
    parameter: str
    number_field: str
    accepted_codes: frozenset[int]


CONFIRM = Bulk(
    "ShippingBasic.SetSellerCheckYNBulk",
    "SendPlanDtInfoJson",
    "cont_no",
    frozenset({envelope.ACCEPTED, envelope.ALREADY_CONFIRMED}),
)
SHIP = Bulk("ShippingBasic.SetSendingInfoBulk", "ShippingInfoJson", "contr_no", frozenset({envelope.ACCEPTED}))


def read_lines(qapi: Qapi, access: ShopAccess, external_ids: Sequence[str]) -> Iterator[SiteLine]:
    """Each line as it is now; numbers that the site does not know, or could not have given, are left out."""
    for number in dict.fromkeys(external_ids):
        if not (number.isascii() and number.isdigit() and len(number) <= LONGEST_ORDER_NUMBER):
            continue
        for row in qapi.rows(access, LINE, {"OrderNo": number}):
            if values.text(row, "orderno") != number:
                continue
            try:
                yield translate.line(row)
            except values.Unreadable as trouble:
                log.error("Qoo10 shop %s: line %s cannot be read: %s", access.shop_id, number, trouble)
            break


def confirm(qapi: Qapi, access: ShopAccess, lines: Sequence[ConfirmLine], at: datetime) -> list[LineAnswer]:
    """Confirm lines (2 to 3). Confirmed before, by us or by another system, counts as accepted."""
    rows = [
        {
            "OrderNo": line.line_external_id,
            "EstShipDt": values.ship_day(line.ship_on, at),
            # Empty texts, not nulls: a null is answered with "no such method" (-90001).
            "DelayType": "",
            "DelayMemo": "",
        }
        for line in lines
    ]
    return _tell(qapi, access, CONFIRM, rows)


def ship(qapi: Qapi, access: ShopAccess, lines: Sequence[ShipLine]) -> list[LineAnswer]:
    """
    Give lines their carrier and number (to 4).

    What the site answers to a line shipped before is not documented, so a line that is not accepted is read
    again: out under our number is accepted, out under another is `shipped_otherwise`.
    """
    rows = [
        {
            "OrderNo": line.line_external_id,
            "ShippingCorp": line.carrier_name,
            "TrackingNo": line.tracking_number,
        }
        for line in lines
    ]
    answers = _tell(qapi, access, SHIP, rows)
    return _checked(qapi, access, lines, answers)


def _tell(qapi: Qapi, access: ShopAccess, bulk: Bulk, rows: Sequence[Mapping[str, str]]) -> list[LineAnswer]:
    answers: list[LineAnswer] = []
    for start in range(0, len(rows), ROWS_PER_CALL):
        part = rows[start : start + ROWS_PER_CALL]
        written = json.dumps(part, ensure_ascii=False, separators=(",", ":"))
        answered = qapi.rows(access, bulk.method, {bulk.parameter: written})
        by_number = {values.text(row, bulk.number_field): row for row in answered}
        answers.extend(_answer(bulk, row["OrderNo"], by_number.get(row["OrderNo"])) for row in part)
    return answers


def _answer(bulk: Bulk, number: str, row: Row | None) -> LineAnswer:
    """The outer code 0 says nothing about a row; only its own code does."""
    code = None if row is None else envelope.code_in(row, "result_cd", "resultcode")
    if row is None or code is None:
        return LineAnswer(number, is_accepted=False, code=NO_ANSWER, may_retry=True)
    if code in bulk.accepted_codes:
        return LineAnswer(number, is_accepted=True)
    ours = envelope.code_for(bulk.method, code)
    return LineAnswer(number, is_accepted=False, code=ours, message=envelope.message_in(row, code))


def _checked(
    qapi: Qapi, access: ShopAccess, lines: Sequence[ShipLine], answers: Sequence[LineAnswer]
) -> list[LineAnswer]:
    checked: list[LineAnswer] = []
    is_answering = True
    for line, answer in zip(lines, answers, strict=True):
        if answer.is_accepted:
            checked.append(answer)
            continue
        present: SiteLine | None = None
        if is_answering:
            try:
                present = next(read_lines(qapi, access, [line.line_external_id]), None)
            except Unreachable:
                # The others keep their answers; asking on would only wait for each in turn.
                is_answering = False
        if is_answering:
            checked.append(_with_present(line, answer, present))
        else:
            checked.append(LineAnswer(answer.key, False, answer.code, answer.message, may_retry=True))
    return checked


def _with_present(line: ShipLine, answer: LineAnswer, present: SiteLine | None) -> LineAnswer:
    if present is None:
        return answer
    if present.state is SiteState.CANCELLED:
        return LineAnswer(answer.key, False, "cancelled", answer.message)
    if present.state not in translate.GONE_OUT:
        return answer
    if present.tracking_number == line.tracking_number.strip():
        return LineAnswer(answer.key, True)
    message = f"{present.carrier_name} {present.tracking_number}".strip()
    return LineAnswer(answer.key, False, "shipped_otherwise", message)
