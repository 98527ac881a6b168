"""Rows of Japan Post's Yu-Pri R, layout V3: 100 columns without headings; and the history it gives back. Pure."""

from __future__ import annotations

from toiya.core.errors import Rejected
from toiya.domain.carriers.answer_rules import cell_at, column, key_in, moment, rows_of, tracking_number
from toiya.domain.carriers.field_rules import Row, lines_of, national, phone_for, postal
from toiya.domain.carriers.port import FileRow, LabelRequest, NumberRow, ScanRow

LAYOUTS = {"yupri3": "ゆうプリR V3 100"}
COLUMNS = 100
SLIP = "1100780"  # Yu-Pack, prepaid, on its paper: the one kind whose code is known
SERVICES = {"YUPACK": SLIP}
SLOTS = {"": "00", "AM": "51", "12-14": "52", "14-16": "53", "16-18": "54", "18-20": "55", "19-21": "57"}
_FLAGS = (3, 9, 10, 11, 12, 20, 23, 26, 27, 28, 39, 43, 44, 45, 46, 47, 51, 54, 55, 69, 70, 86, 88)
_LINE = 50  # 25 full-width
STATES = {
    "11": "picked_up",
    "12": "moving",
    "13": "moving",
    "14": "moving",
    "30": "moving",
    "61": "moving",
    "50": "out",
    "51": "attempted",
    "52": "delivered",
    "53": "delivered",
    "60": "kept",
    "63": "kept",
    "64": "kept",
    "62": "returning",
    "65": "inquiry",
}
_ONLY_PLANNED = "10"
_BACK = {"34", "0034", "5234"}  # of group 52: delivered to its sender


def row_of(item: FileRow) -> Row:
    """One parcel; columns nobody told us of stay empty."""
    request = item.request
    row = Row(item.key, COLUMNS)
    for number in _FLAGS:
        row.code(number, "0")
    row.code(1, item.key)
    row.code(6, request.ship_on.strftime("%Y%m%d"))
    if request.service_code not in SERVICES:
        row.refuse("送り状種別", request.service_name)
    if request.is_freight_collect:  # nobody told us which column says so
        row.refuse("元／着払／代引", request.service_name)
    row.code(13, SERVICES.get(request.service_code, ""))
    _receiver(row, request)
    _sender(row, request)
    if request.deliver_on:
        row.code(52, request.deliver_on.strftime("%Y%m%d"))
    if request.slot not in SLOTS:
        row.refuse("配達時間帯区分", request.slot)
    row.code(53, SLOTS.get(request.slot, ""))
    row.code(56, "1")
    row.put_short(57, request.contents or "商品", _LINE)
    row.put_short(84, request.contents or "商品", _LINE)
    row.code(85, "1")
    row.code(87, "10")
    return row


def _receiver(row: Row, request: LabelRequest) -> None:
    receiver = request.receiver
    row.put(15, "お届け先郵便番号", postal(receiver.postal_code, hyphen=False), 7, needed=True)
    _address(row, 16, "お届け先住所", f"{receiver.first_line} {receiver.second_line}")
    row.put(18, "お届け先名称１", receiver.name, _LINE, needed=True)
    row.put(21, "お届け先電話番号", phone_for(request), 14, needed=True)


def _sender(row: Row, request: LabelRequest) -> None:
    sender = request.sender
    row.put(30, "ご依頼主郵便番号", postal(sender.postal_code, hyphen=False), 7, needed=True)
    _address(row, 31, "ご依頼主住所", f"{sender.first_line} {sender.second_line}")
    row.put(34, "ご依頼主名称１", sender.name, _LINE, needed=True)
    row.put(37, "ご依頼主電話番号", national(sender.phone), 14, needed=True)


def _address(row: Row, number: int, name: str, text: str) -> None:
    lines = lines_of(text.strip(), _LINE, 2)
    first, second = lines if lines is not None else (text.strip(), "")
    row.put(number, f"{name}１", first, _LINE, needed=True)
    row.put(number + 1, f"{name}２", second.strip(), _LINE)


def numbers_in(content: bytes) -> tuple[NumberRow, ...]:
    """Keys and numbers of the history. :raises Rejected: it has not its headings"""
    rows, key, number, _, _ = _history(content)
    return tuple(
        NumberRow(
            key_in(cell_at(row, key)),
            tracking_number(cell_at(row, number), twelve=False),
            is_printed=bool(cell_at(row, number)),
        )
        for row in rows
    )


def scans_in(content: bytes) -> tuple[ScanRow, ...]:
    """What became of each parcel; those only planned are left out. :raises Rejected: it has not its headings"""
    rows, key, number, group, detail = _history(content)
    heading = rows_of(content)[0]
    taken, done = column(heading, "仮引受確定作業年月日"), column(heading, "配送完了作業年月日")
    return tuple(
        ScanRow(
            key_in(cell_at(row, key)),
            tracking_number(cell_at(row, number), twelve=False),
            _state(cell_at(row, group), cell_at(row, detail)),
            moment(cell_at(row, done)) or moment(cell_at(row, taken)),
        )
        for row in rows
        if cell_at(row, group) != _ONLY_PLANNED
    )


def _state(group: str, detail: str) -> str:
    return "returned" if group == "52" and detail in _BACK else STATES.get(group, "")


def _history(content: bytes) -> tuple[list[list[str]], int, int, int | None, int | None]:
    rows = rows_of(content)
    heading = rows[0] if rows else []
    key, number = column(heading, "お客様側管理番号"), column(heading, "お問い合わせ番号")
    if key is None or number is None:
        raise Rejected("no_result_file", "The history of Yu-Pri R begins with its headings.")
    group, detail = column(heading, "配達ステータス集約コード"), column(heading, "配達ステータス明細コード")
    return rows[1:], key, number, group, detail
