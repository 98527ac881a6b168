"""Reading a sales site's settlement: which orders it paid, and how much."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy

from toiya.core.errors import Refusal
from toiya.core.money import Money, minor_digits
from toiya.core.sheets import read_sheet
from toiya.domain.imports.port import Column
from toiya.domain.imports.rules import find_layout, rows_of

MOST_TO_MEND = 500
_AMOUNT = re.compile(r"-?([0-9]{1,12}|[0-9]{1,3}(,[0-9]{3}){1,3})(\.[0-9]{1,4})?")
_TOTALS = frozenset({"合計", "計", "総合計", "合计", "总计", "합계", "total", "totals", "sum"})
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


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that could not be read: its number and cells as they are, which word of `WHYS` says why, of which cell."""

    number: int
    cells: Sequence[str]
    why: str
    cell: str


@dataclass(frozen=True, slots=True)
class ReadSettlement:
    """What a file tells; `told_minor` is the total it gives itself, if it does."""

    currency: str
    rows: Sequence[SettledRow]
    headings: Sequence[str] = ()
    to_mend: Sequence[BadRow] = ()
    told_minor: int | None = None


def read_settlement(content: bytes, currency: str) -> ReadSettlement:
    """
    The rows of a CSV or Excel file, amounts in the currency's own unit. Rows that cannot be read are kept aside, unless
    no other is there.

    :raises UnreadableSettlement: :raises UnreadableSheet:
    """
    sheet = read_sheet(content)
    layout = find_layout([row.cells for row in sheet.rows], COLUMNS, {})
    if layout.missing:
        raise _unreadable("columns")
    written = {row.number: row.cells for row in sheet.rows[layout.first_row :]}
    found: list[SettledRow] = []
    to_mend: list[BadRow] = []
    told: int | None = None
    for row in rows_of(written.items(), layout, COLUMNS):
        number = row.cells.get("number", "")
        is_total = not any(letter.isdigit() for letter in number) and any(
            "".join(cell.split()).casefold() in _TOTALS for cell in row.cells.values()
        )
        if not number and not is_total:
            continue
        amount = _amount(row.cells.get("amount", ""), currency)
        if amount is None:
            to_mend.append(BadRow(row.number, written[row.number], "amount", row.cells.get("amount", "")[:40]))
        elif is_total:
            told = amount.minor
        else:
            found.append(SettledRow(row.number, number[:60], amount))
    if to_mend and not found:
        raise _unreadable("amount", row=to_mend[0].number, cell=to_mend[0].cell)
    if not found:
        raise _unreadable("none")
    return ReadSettlement(currency, found, layout.headings, to_mend[:MOST_TO_MEND], told)


def _amount(cell: str, currency: str) -> Money | None:
    """The amount, which may be below nothing; None when it is none of this currency."""
    text = unicodedata.normalize("NFKC", cell).upper().replace(currency, "").strip("¥\\$₩ 円元원")
    if not _AMOUNT.fullmatch(text):
        return None
    amount = Decimal(text.replace(",", ""))
    return Money.rounded(amount, currency) if amount == round(amount, minor_digits(currency)) else None


def _unreadable(why: str, **details: int | str) -> UnreadableSettlement:
    return UnreadableSettlement(why=WHYS[why] % details, reason=why, **details)
