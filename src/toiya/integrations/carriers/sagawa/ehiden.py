"""Rows of Sagawa's programs e-Hiden III (74 columns, with headings) and e-Hiden II (43, without). Pure."""

from __future__ import annotations

from toiya.core.errors import Rejected
from toiya.domain.carriers.answer_rules import cell_at, column, key_in, rows_of, tracking_number
from toiya.domain.carriers.field_rules import TOO_LONG, Row, full_width, lines_of, national, phone_for, postal
from toiya.domain.carriers.port import FieldProblem, FileRow, LabelRequest, NumberRow, Shipper
from toiya.integrations.carriers.sagawa.address import split

LAYOUTS = {"ehiden3": "e飛伝Ⅲ 74", "ehiden2": "e飛伝Ⅱ 43"}
SERVICES = frozenset({"HIKYAKU", "HIKYAKU-LARGE"})
SLOTS = {"AM": "01", "12-14": "12", "14-16": "14", "16-18": "16", "18-20": "18", "19-21": "19", "18-21": "04"}
_SEALS = {
    "AM": "020",
    "18-21": "021",
    "12-14": "022",
    "14-16": "023",
    "16-18": "024",
    "18-20": "025",
    "19-21": "026",
}
_DATE_SEAL = "005"
_NAME = 32  # 16 full-width
HEADINGS = (
    *("お届け先コード取得区分", "お届け先コード", "お届け先電話番号", "お届け先郵便番号"),
    *("お届け先住所１", "お届け先住所２", "お届け先住所３", "お届け先名称１", "お届け先名称２"),
    *("お客様管理番号", "お客様コード", "部署ご担当者コード取得区分", "部署ご担当者コード", "部署ご担当者名称"),
    *("荷送人電話番号", "ご依頼主コード取得区分", "ご依頼主コード", "ご依頼主電話番号", "ご依頼主郵便番号"),
    *("ご依頼主住所１", "ご依頼主住所２", "ご依頼主名称１", "ご依頼主名称２", "荷姿"),
    *("品名１", "品名２", "品名３", "品名４", "品名５", "荷札荷姿"),
    *(f"荷札品名{full_width(str(number))}" for number in range(1, 12)),
    *("出荷個数", "スピード指定", "クール便指定", "配達日", "配達指定時間帯", "配達指定時間（時分）"),
    *("代引金額", "消費税", "決済種別", "保険金額", "指定シール１", "指定シール２", "指定シール３"),
    *("営業所受取", "SRC区分", "営業所受取営業所コード", "元着区分", "メールアドレス", "ご不在時連絡先"),
    *("出荷日", "お問い合せ送り状No.", "出荷場印字区分", "集約解除指定"),
    *(f"編集{full_width(f'{number:02d}')}" for number in range(1, 11)),
)
# Where each of the fields below stands in the older program's file: its number in III, its number in II.
_IN_TWO = {
    3: 2,
    4: 3,
    5: 4,
    6: 5,
    7: 6,
    8: 7,
    9: 8,
    10: 9,
    11: 10,
    15: 12,
    18: 13,
    19: 14,
    20: 15,
    21: 16,
    22: 17,
    23: 18,
    24: 19,
    25: 20,
    42: 25,
    43: 26,
    44: 27,
    45: 28,
    46: 29,
    50: 33,
    52: 36,
    55: 39,
    58: 42,
}
COLUMNS_OF_TWO = 43
_KEYS = (18, 12)  # where III and II put our control number in a file without headings


def row_of(item: FileRow, shipper: Shipper) -> Row:
    """One parcel in the order of III; `of_two` puts it into that of II."""
    request = item.request
    row = Row(item.key, len(HEADINGS))
    if request.service_code not in SERVICES:
        row.refuse("スピード指定", request.service_name)
    _receiver(row, request)
    row.code(10, item.key)
    row.code(11, shipper.customer_code)
    _sender(row, request)
    row.code(24, "001")
    row.put_short(25, request.contents or "商品", _NAME)
    row.code(42, "1")
    row.code(43, "000")
    row.code(44, "001")
    _wish(row, request)
    row.code(50, "0")
    row.code(55, "0")
    row.code(58, "2" if request.is_freight_collect else "1")
    row.code(61, request.ship_on.strftime("%Y%m%d"))
    return row


def of_two(cells: list[str]) -> list[str]:
    """The cells of III in the order of II."""
    found = [""] * COLUMNS_OF_TWO
    for three, two in _IN_TWO.items():
        found[two - 1] = cells[three - 1]
    return found


def _receiver(row: Row, request: LabelRequest) -> None:
    receiver = request.receiver
    row.put(3, "お届け先電話番号", phone_for(request), 14, needed=True)
    row.put(4, "お届け先郵便番号", postal(receiver.postal_code, hyphen=True), 8, needed=True)
    lines, left = split(receiver.first_line, receiver.second_line)
    for number, line in enumerate(lines):
        row.put(5 + number, f"お届け先住所{full_width(str(number + 1))}", line, 32, needed=number == 0)
    names = lines_of(full_width(receiver.name.strip()), _NAME, 2)
    if names is None:
        row.problems.append(FieldProblem(row.key, "お届け先名称２", TOO_LONG, receiver.name[32:]))
        return
    first, second = names
    if left and not second and lines_of(left, _NAME, 1):
        second, left = left, ""
    if left:
        row.problems.append(FieldProblem(row.key, "お届け先住所３", TOO_LONG, left))
    row.put(8, "お届け先名称１", first, _NAME, needed=True)
    row.put(9, "お届け先名称２", second, _NAME)


def _sender(row: Row, request: LabelRequest) -> None:
    sender = request.sender
    row.put(15, "荷送人電話番号", national(sender.phone), 14, needed=True)
    row.put(18, "ご依頼主電話番号", national(sender.phone), 14, needed=True)
    row.put(19, "ご依頼主郵便番号", postal(sender.postal_code, hyphen=True), 8, needed=True)
    lines, left = split(sender.first_line, sender.second_line)
    row.put(20, "ご依頼主住所１", lines[0], 32, needed=True)
    row.put(21, "ご依頼主住所２", lines[1] + lines[2] + left, 32)
    names = lines_of(full_width(sender.name.strip()), _NAME, 2) or (full_width(sender.name), "")
    row.put(22, "ご依頼主名称１", names[0], _NAME, needed=True)
    row.put(23, "ご依頼主名称２", names[1], _NAME)


def _wish(row: Row, request: LabelRequest) -> None:
    if request.deliver_on:
        row.code(45, request.deliver_on.strftime("%Y%m%d"))
    if request.slot and request.slot not in SLOTS:
        row.refuse("配達指定時間帯", request.slot)
    row.code(46, SLOTS.get(request.slot, ""))
    row.code(52, _SEALS.get(request.slot, _DATE_SEAL if request.deliver_on else ""))


def numbers_in(content: bytes) -> tuple[NumberRow, ...]:
    """
    Keys and numbers: by the headings where there are any, else in the programs' own orders.

    :raises Rejected: neither headings nor an order we know
    """
    rows = rows_of(content)
    heading = rows[0] if rows else []
    key = column(heading, "お客様管理番号", "お客様管理ナンバー")
    number = column(heading, "お問い合せ送り状No", "お問合せ送り状No")
    if key is not None and number is not None:
        return tuple(_number(cell_at(row, key), cell_at(row, number)) for row in rows[1:])
    first = next((place for place in _KEYS if key_in(cell_at(heading, place)).startswith("PCL")), None)
    if first is None:
        raise Rejected("no_result_file", "The file has neither the headings of e-Hiden nor its order.")
    return tuple(_number(cell_at(row, first), cell_at(row, 0)) for row in rows)


def _number(key: str, number: str) -> NumberRow:
    return NumberRow(key_in(key), tracking_number(number, twelve=True) if number else "", is_printed=bool(number))
