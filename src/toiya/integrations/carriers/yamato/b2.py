"""Rows of Yamato's program B2: 95 columns, or 97, or 96 with a place to leave the parcel. Pure."""

from __future__ import annotations

from datetime import date

from toiya.core.errors import Rejected
from toiya.domain.carriers.answer_rules import cell_at, key_in, rows_of, tracking_number
from toiya.domain.carriers.field_rules import Row, phone_for, postal
from toiya.domain.carriers.port import FileRow, LabelRequest, NumberRow, Shipper

LAYOUTS = {"b2-95": "B2 95", "b2-97": "B2 97", "b2-96-place": "B2 96"}
COLUMNS = {"b2-95": 95, "b2-97": 97, "b2-96-place": 96}
IN_PERSON = "00"
# The codes of the kinds of slips moved: with 7 a Nekopos of today becomes a slow letter.
CODES_MOVED = date(2025, 2, 1)
SLIP_TYPES = {
    "TAKKYUBIN": ((date.min, "0"),),
    "EAZY": ((date.min, "1"),),
    "NEKOPOS": ((date.min, "7"), (CODES_MOVED, "A")),
    "KURONEKO-YUPACKET": ((CODES_MOVED, "7"),),
    "COMPACT": ((date.min, "8"),),
}
SLOTS = {"AM": "0812", "14-16": "1416", "16-18": "1618", "18-20": "1820", "19-21": "1921"}
MAILBOX = frozenset({"NEKOPOS", "KURONEKO-YUPACKET"})
_KEY, _NUMBER = 0, 3  # of the file that comes back, in the same order
_NOT_PRINTED = "UMN"
_COLLECT = "5"  # the receiver pays


def slip_type(service: str, day: date) -> str:
    """The code of a service's slip on that day; empty when there is none."""
    begun = [code for since, code in SLIP_TYPES.get(service, ()) if since <= day]
    return begun[-1] if begun else ""


def row_of(item: FileRow, layout: str, shipper: Shipper) -> Row:
    """One parcel; its problems name B2's own fields."""
    request = item.request
    row = Row(item.key, COLUMNS[layout])
    row.code(1, item.key)
    kind = slip_type(request.service_code, request.ship_on)
    if request.is_freight_collect:
        kind = "" if request.service_code in MAILBOX else _COLLECT
    if not kind:
        row.refuse("送り状種類", request.service_name)
    row.code(2, kind)
    row.code(3, "0")
    row.code(5, request.ship_on.strftime("%Y/%m/%d"))
    _wish(row, request)
    _receiver(row, request)
    _sender(row, request)
    row.put_short(28, request.contents or "商品", 50)
    row.code(40, shipper.customer_code)
    row.code(41, shipper.billing_class)
    row.code(42, shipper.fare_code)
    if layout == "b2-96-place" and request.service_code == "EAZY":
        row.code(96, IN_PERSON)
    return row


def _wish(row: Row, request: LabelRequest) -> None:
    if request.service_code in MAILBOX:
        if request.deliver_on or request.slot:
            row.refuse("お届け予定日", request.slot or str(request.deliver_on))
        return
    if request.deliver_on:
        row.code(6, request.deliver_on.strftime("%Y/%m/%d"))
    if request.slot and request.slot not in SLOTS:
        row.refuse("配達時間帯", request.slot)
    row.code(7, SLOTS.get(request.slot, ""))


def _receiver(row: Row, request: LabelRequest) -> None:
    receiver = request.receiver
    row.put(9, "お届け先電話番号", phone_for(request), 15, needed=True)
    row.put(11, "お届け先郵便番号", postal(receiver.postal_code, hyphen=True), 8, needed=True)
    row.put(12, "お届け先住所", receiver.first_line, 64, needed=True)
    row.put(13, "お届け先アパートマンション名", receiver.second_line, 32)
    row.put(16, "お届け先名", receiver.name, 32, needed=True)
    row.put(18, "敬称", "様")


def _sender(row: Row, request: LabelRequest) -> None:
    sender = request.sender
    row.put(20, "ご依頼主電話番号", sender.phone, 15, needed=True)
    row.put(22, "ご依頼主郵便番号", postal(sender.postal_code, hyphen=True), 8, needed=True)
    row.put(23, "ご依頼主住所", sender.first_line, 64, needed=True)
    row.put(24, "ご依頼主アパートマンション", sender.second_line, 32)
    row.put(25, "ご依頼主名", sender.name, 32, needed=True)


def numbers_in(content: bytes) -> tuple[NumberRow, ...]:
    """
    Keys and numbers of B2's file of issued slips. A number UMN… is B2's own, before the slip is printed.

    :raises Rejected: the rows are too short for B2's order
    """
    rows = [row for row in rows_of(content) if not cell_at(row, _KEY).startswith("お客様管理番号")]
    if not rows or max(map(len, rows)) <= _NUMBER:
        raise Rejected("no_result_file", "B2's file of issued slips has the number in its fourth column.")
    return tuple(_number(cell_at(row, _KEY), cell_at(row, _NUMBER)) for row in rows)


def _number(key: str, number: str) -> NumberRow:
    if not number or number.upper().startswith(_NOT_PRINTED):
        return NumberRow(key_in(key), number, is_printed=False)
    return NumberRow(key_in(key), tracking_number(number, twelve=True))
