"""Reading a sales site's settlement: which orders it paid, and how much."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy

from toiya.core.errors import Refusal
from toiya.core.money import Money
from toiya.core.sheets import read_sheet
from toiya.domain.imports.port import Column
from toiya.domain.imports.rules import ReadRow, find_layout, rows_of

_AMOUNT = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,4})?")
COLUMNS = (
    Column(
        "number",
        {},
        ("注文番号", "カート番号", "order number", "order no.", "order no", "orderno", "packno", "cart number",
         "订单号", "订单编号", "주문번호"),
        is_required=True,
    ),
    Column(
        "amount",
        {},
        ("精算金額", "決済金額", "入金金額", "settlement amount", "settle price", "amount", "结算金额", "정산금액"),
        is_required=True,
    ),
)  # fmt: skip


class UnreadableSettlement(Refusal):
    """The settlement is not as it should be; nothing of it was taken."""

    code = "unreadable_settlement"
    message = gettext_lazy("%(why)s")


WHYS = {
    "columns": gettext_lazy(
        "The file has no columns for order and amount. Name them 注文番号 and 精算金額, or Order number and Amount."
    ),
    "amount": gettext_lazy("Row %(row)s: “%(cell)s” is no amount. Write digits, such as 4200."),
    "none": gettext_lazy("The file tells of no order. Choose another file of the site."),
}


@dataclass(frozen=True, slots=True)
class SettledRow:
    """One row: the site's number of an order, its cart or one of its lines, and what was paid for it."""

    number: int
    external_id: str
    paid: Money


def read_settlement(content: bytes, currency: str) -> list[SettledRow]:
    """The rows of a CSV or Excel file. :raises UnreadableSettlement: :raises UnreadableSheet:"""
    sheet = read_sheet(content)
    layout = find_layout([row.cells for row in sheet.rows], COLUMNS, {})
    if layout.missing:
        raise _unreadable("columns")
    below = ((row.number, row.cells) for row in sheet.rows[layout.first_row :])
    found = [_row(row, currency) for row in rows_of(below, layout, COLUMNS) if row.cells.get("number")]
    if not found:
        raise _unreadable("none")
    return found


def _row(row: ReadRow, currency: str) -> SettledRow:
    cells: Mapping[str, str] = row.cells
    cell = cells.get("amount", "")
    text = unicodedata.normalize("NFKC", cell).replace(",", "").strip("¥$ 円")
    if not _AMOUNT.fullmatch(text):
        raise _unreadable("amount", row=row.number, cell=cell[:40])
    return SettledRow(row.number, cells["number"][:60], Money.rounded(Decimal(text), currency))


def _unreadable(why: str, **details: int | str) -> UnreadableSettlement:
    return UnreadableSettlement(why=WHYS[why] % details, reason=why, **details)
