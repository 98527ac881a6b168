"""Reading what a bank hands out: the 200-byte notice, or a CSV or Excel sheet with headings."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext_lazy

from toiya.core.errors import Refusal
from toiya.core.money import Money, minor_digits
from toiya.core.sheets import read_sheet
from toiya.domain.imports.port import Column
from toiya.domain.imports.rules import ReadRow, find_layout, rows_of
from toiya.domain.wallet.zengin_rules import BankLine, NotZengin, looks_like_zengin, read_zengin

MOST_LINES = 10_000
MOST_TO_MEND = 500
_AMOUNT = re.compile(r"([0-9]{1,12}|[0-9]{1,3}(,[0-9]{3}){1,3})(\.[0-9]{1,4})?")
_TOTALS = frozenset({"合計", "計", "総合計", "合计", "总计", "합계", "total", "totals", "sum"})
_DAY_FORMS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d")


class UnreadableBankFile(Refusal):
    """The bank's file is not as it should be; nothing of it was taken."""

    code = "unreadable_bank_file"
    message = gettext_lazy("%(why)s")


WHYS = {
    "length": gettext_lazy("The records of the file are not 200 bytes long. Download it from the bank once more."),
    "kind_of_file": gettext_lazy(
        "The file is no notice of incoming transfers (kind 01). Choose that kind at the bank, then download it."
    ),
    "kind_of_record": gettext_lazy("The file holds a record of an unknown kind. Download it from the bank once more."),
    "totals": gettext_lazy(
        "The totals at the end of the file do not agree with its lines. Download it from the bank once more."
    ),
    "letters": gettext_lazy("The file holds letters that are not Shift_JIS. Download it from the bank once more."),
    "number": gettext_lazy("An amount or a number in the file is none. Download it from the bank once more."),
    "day": gettext_lazy("A day in the file is none. Download it from the bank once more."),
    "columns": gettext_lazy(
        "The file has no columns for day, amount and name. Say below what your bank calls them, then hand it in again."
    ),
    "cell_day": gettext_lazy("Row %(row)s: “%(cell)s” is no day. Write it as 2026-11-26."),
    "cell_amount": gettext_lazy("Row %(row)s: “%(cell)s” is no amount. Write digits, such as 20000."),
    "zengin_yen": gettext_lazy(
        "The notice of 200 bytes tells yen, not %(currency)s. Choose JPY, then hand it in again."
    ),
    "too_many": gettext_lazy("The file has more than %(most)s deposits. Ask the bank for fewer days at once."),
    "none": gettext_lazy("The file tells of no deposit. Choose other days at the bank."),
}


def _column(name: str, *headings: str, is_required: bool = False, is_text: bool = False) -> Column:
    return Column(name, {}, headings, is_required=is_required, is_text=is_text)


COLUMNS: tuple[Column, ...] = (
    _column("day", "日付", "勘定日", "取引日", "入金日", "お取引日", "date", "日期", "날짜", is_required=True),
    _column(
        "amount", "入金金額", "入金金額(円)", "お預り金額", "お預入額", "入金額", "入金", "amount", "金额", "금액",
        is_required=True,
    ),
    _column(
        "name", "摘要", "振込依頼人名", "振込依頼人", "お取引内容", "取引内容", "name", "payer", "付款人", "입금자",
        is_required=True, is_text=True,
    ),
    _column("message", "edi情報", "メッセージ", "備考", "メモ", "message", "reference", "附言", "메모", is_text=True),
    _column("inquiry", "照会番号", "番号", "取引番号", "inquirynumber"),
    _column("account", "口座番号", "照会口座", "account", is_text=True),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that could not be read: its number and cells as they are, which word of `WHYS` says why, of which cell."""

    number: int
    cells: Sequence[str]
    why: str
    cell: str


@dataclass(frozen=True, slots=True)
class ReadFile:
    """
    What a file tells: its form, and its lines with what tells each apart from every other there ever was.

    `told_minor` is the total the file itself gives, if it does; `to_mend` are the rows of a sheet nobody could read.
    """

    form: str
    lines: Sequence[tuple[str, BankLine]]
    currency: str = "JPY"
    told_minor: int | None = None
    headings: Sequence[str] = ()
    to_mend: Sequence[BadRow] = ()

    @property
    def total_minor(self) -> int:
        """The sum of the lines, without what the bank took back."""
        return sum(line.amount_minor for _, line in self.lines if not line.is_reversal)


def read_bank_file(
    content: bytes, today: date, own: Mapping[str, str] | None = None, *, currency: str = "JPY"
) -> ReadFile:
    """
    The deposits of a bank's file. Rows of a sheet that cannot be read are kept aside, unless no other is there.

    :param own: our column by what banks call it (`BankHeading`); before the words we know ourselves
    :param currency: of the account; amounts are written in its own unit
    :raises UnreadableBankFile: it is no such file, or its totals do not agree
    :raises UnreadableSheet: neither the 200-byte form nor a sheet
    """
    if not looks_like_zengin(content):
        found = _read_list(content, own or {}, currency)
    elif currency != "JPY":
        raise _unreadable("zengin_yen", currency=currency)
    else:
        found = _read_notice(content, today)
    if len(found.lines) > MOST_LINES:
        raise _unreadable("too_many", most=MOST_LINES)
    if not found.lines:
        raise _unreadable("none")
    return found


def _read_notice(content: bytes, today: date) -> ReadFile:
    """The notice of 200 bytes, whose totals were compared: they are what was read."""
    try:
        lines = read_zengin(content, today)
    except NotZengin as trouble:
        raise _unreadable(str(trouble)) from None
    told = sum(line.amount_minor for line in lines if not line.is_reversal)
    return ReadFile("zengin", fingerprinted(lines), told_minor=told)


def fingerprinted(lines: Sequence[BankLine], currency: str = "JPY") -> list[tuple[str, BankLine]]:
    """
    Each line with a hash of all the bank tells of it, and of which of those alike it is.

    A bank tells whole days, so the third of three alike is the third in any file.
    """
    seen: Counter[BankLine] = Counter()
    found = []
    for line in lines:
        seen[line] += 1
        parts = (
            *(line.account, line.booked_on.isoformat(), str(line.amount_minor), line.name, line.message),
            *(line.inquiry, str(line.is_reversal), str(seen[line])),
            *([currency] if currency != "JPY" else []),
        )
        found.append((hashlib.sha256("\n".join(parts).encode()).hexdigest(), line))
    return found


def _read_list(content: bytes, own: Mapping[str, str], currency: str) -> ReadFile:
    """A sheet with headings; a row of the total, at its end, is what the file tells of itself."""
    sheet = read_sheet(content)
    layout = find_layout([row.cells for row in sheet.rows], COLUMNS, own)
    if layout.missing:
        raise _unreadable("columns")
    written = {row.number: row.cells for row in sheet.rows[layout.first_row :]}
    lines: list[BankLine] = []
    to_mend: list[BadRow] = []
    told: int | None = None
    for row in rows_of(written.items(), layout, COLUMNS):
        if not row.cells.get("amount", "").strip("-– 0"):  # money that went out has none here
            continue
        try:
            if _is_total(row):
                told = _amount(row, currency)
            else:
                lines.append(_line_of(row, currency))
        except UnreadableBankFile as trouble:
            bad = trouble.details
            to_mend.append(BadRow(row.number, written[row.number], str(bad["reason"]), str(bad["cell"])))
    if to_mend and not lines:
        first = to_mend[0]
        raise _unreadable(first.why, row=first.number, cell=first.cell)
    found = fingerprinted(lines, currency)
    return ReadFile("csv", found, currency, told, layout.headings, to_mend[:MOST_TO_MEND])


def _is_total(row: ReadRow) -> bool:
    """Whether a row without a day says that it is the sum of the others."""
    words = {"".join(cell.split()).casefold() for cell in row.cells.values()}
    return bool(words & _TOTALS) and not any(letter.isdigit() for letter in row.cells.get("day", ""))


def _line_of(row: ReadRow, currency: str) -> BankLine:
    cells: Mapping[str, str] = row.cells
    return BankLine(
        account=cells.get("account", "")[:40],
        booked_on=_day(row, cells.get("day", "")),
        amount_minor=_amount(row, currency),
        name=cells.get("name", "")[:100],
        message=cells.get("message", "")[:100],
        inquiry=cells.get("inquiry", "")[:20],
    )


def _day(row: ReadRow, cell: str) -> date:
    text = cell.split("T")[0].split(" ")[0]
    for form in _DAY_FORMS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a bank's day has no hour
        except ValueError:
            continue
    raise _unreadable("cell_day", row=row.number, cell=cell[:40])


def _amount(row: ReadRow, currency: str) -> int:
    """Minor units of an amount in the currency's own; commas part thousands and nothing else."""
    cell = row.cells.get("amount", "")
    text = unicodedata.normalize("NFKC", cell).upper().replace(currency, "").strip("¥\\+$₩ 円元원")
    amount = Decimal(text.replace(",", "")) if _AMOUNT.fullmatch(text) else Decimal(0)
    if amount <= 0 or amount != round(amount, minor_digits(currency)):
        raise _unreadable("cell_amount", row=row.number, cell=cell[:40])
    return Money.rounded(amount, currency).minor


def _unreadable(why: str, **details: int | str) -> UnreadableBankFile:
    return UnreadableBankFile(why=WHYS[why] % details, reason=why, **details)
