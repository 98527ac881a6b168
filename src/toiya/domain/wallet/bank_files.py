"""Reading what a bank hands out: the 200-byte notice, or a CSV or Excel sheet with headings."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext_lazy

from toiya.core.errors import Refusal
from toiya.core.sheets import read_sheet
from toiya.domain.imports.port import Column
from toiya.domain.imports.rules import ReadRow, find_layout, rows_of
from toiya.domain.wallet.zengin_rules import BankLine, NotZengin, looks_like_zengin, read_zengin

MOST_LINES = 10_000
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
class ReadFile:
    """What a file tells: its form, and its lines with what tells each apart from every other there ever was."""

    form: str
    lines: Sequence[tuple[str, BankLine]]


def read_bank_file(content: bytes, today: date, own: Mapping[str, str] | None = None) -> ReadFile:
    """
    The deposits of a bank's file.

    :param own: our column by what banks call it (`BankHeading`); before the words we know ourselves
    :raises UnreadableBankFile: it is no such file, or its totals do not agree
    :raises UnreadableSheet: neither the 200-byte form nor a sheet
    """
    try:
        if looks_like_zengin(content):
            form, lines = "zengin", read_zengin(content, today)
        else:
            form, lines = "csv", list(_lines_of_sheet(content, own or {}))
    except NotZengin as trouble:
        raise _unreadable(str(trouble)) from None
    if len(lines) > MOST_LINES:
        raise _unreadable("too_many", most=MOST_LINES)
    if not lines:
        raise _unreadable("none")
    return ReadFile(form, fingerprinted(lines))


def fingerprinted(lines: Sequence[BankLine]) -> list[tuple[str, BankLine]]:
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
        )
        found.append((hashlib.sha256("\n".join(parts).encode()).hexdigest(), line))
    return found


def _lines_of_sheet(content: bytes, own: Mapping[str, str]) -> Iterator[BankLine]:
    sheet = read_sheet(content)
    layout = find_layout([row.cells for row in sheet.rows], COLUMNS, own)
    if layout.missing:
        raise _unreadable("columns")
    below = ((row.number, row.cells) for row in sheet.rows[layout.first_row :])
    for row in rows_of(below, layout, COLUMNS):
        if row.cells.get("amount", "").strip("-– 0"):  # money that went out has none here
            yield _line_of(row)


def _line_of(row: ReadRow) -> BankLine:
    cells: Mapping[str, str] = row.cells
    return BankLine(
        account=cells.get("account", "")[:40],
        booked_on=_day(row, cells.get("day", "")),
        amount_minor=_amount(row, cells.get("amount", "")),
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


def _amount(row: ReadRow, cell: str) -> int:
    """Whole units: banks here tell yen."""
    text = unicodedata.normalize("NFKC", cell).replace(",", "").strip("¥\\+ 円")
    text = re.sub(r"\.0+$", "", text)
    if not (text.isascii() and text.isdecimal() and len(text) <= 12):
        raise _unreadable("cell_amount", row=row.number, cell=cell[:40])
    return int(text)


def _unreadable(why: str, **details: int | str) -> UnreadableBankFile:
    return UnreadableBankFile(why=WHYS[why] % details, reason=why, **details)
