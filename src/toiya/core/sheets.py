"""
Spreadsheets from strangers as rows of text: CSV or Excel by content, never by name.

Limits are those of S22 and hold before anything is parsed; formulas stay text and are never evaluated.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils.translation import gettext_lazy
from openpyxl import load_workbook

from toiya.core.errors import Refusal

MEGABYTE = 1024 * 1024
MOST_CSV_BYTES = 20 * MEGABYTE
MOST_XLSX_BYTES = 10 * MEGABYTE
MOST_UNPACKED_BYTES = 100 * MEGABYTE
MOST_PARTS = 200
MOST_RATIO = 200
MOST_ROWS = 100_000
MOST_COLUMNS = 200
MOST_LETTERS = 32_767

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"  # Excel before 2007, and every Excel file with a password
_STRAY = "\x80\uf8f0\uf8f1\uf8f2\uf8f3"  # what cp932 makes of bytes that are no letters: 80, A0, FD to FF
_ENCODINGS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# What a reader may say the letters of a CSV file are, when we took them for others.
ENCODINGS: Mapping[str, str] = {
    "utf-8": "UTF-8",
    "cp932": "Shift_JIS (CP932)",
    "utf-16": "UTF-16",
    "euc_jp": "EUC-JP",
    "gb18030": "GB18030",
    "big5": "Big5",
    "cp949": "EUC-KR (CP949)",
}
MOST_NAME = 100  # letters of a sheet's name; Excel itself allows 31


class UnreadableSheet(Refusal):
    """The file cannot be taken as a sheet; `details['why']` says why and how to mend it."""

    code = "unreadable_sheet"
    message = gettext_lazy("%(why)s")


WHYS = {
    "empty": gettext_lazy("The file is empty. Download it once more."),
    "too_large": gettext_lazy("The file is larger than %(limit)s MB. Split it and take it in piece by piece."),
    "old_excel": gettext_lazy(
        "This is an old Excel file, or one with a password. Save it as .xlsx without a password."
    ),
    "web_page": gettext_lazy("This is a web page, not a sheet. Open it in Excel and save it as .xlsx."),
    "not_a_sheet": gettext_lazy("This is neither CSV nor Excel. Choose the file that you downloaded."),
    "bomb": gettext_lazy("The Excel file unpacks to far more than a sheet of rows. Save it again from Excel."),
    "macros": gettext_lazy("The Excel file holds macros. Save it as .xlsx, which has none."),
    "external_links": gettext_lazy("The Excel file points at other files. Save its values only, then try again."),
    "broken_excel": gettext_lazy("The Excel file is damaged. Open it in Excel, save it again and try once more."),
    "unknown_letters": gettext_lazy(
        "Line %(line)s holds letters that are neither UTF-8 nor Shift_JIS. Save the file as CSV UTF-8."
    ),
    "other_letters": gettext_lazy("Line %(line)s holds letters that are not %(encoding)s. Choose another encoding."),
    "no_such_sheet": gettext_lazy("The file has no sheet %(sheet)s to read. Choose another one."),
    "open_quote": gettext_lazy("A quotation mark in line %(line)s is never closed. Close it, or delete it."),
    "too_many_rows": gettext_lazy("The file has more than %(limit)s rows. Split it."),
    "too_wide": gettext_lazy("Row %(row)s has more than %(limit)s columns. Delete the columns that are not needed."),
    "long_cell": gettext_lazy("Row %(row)s has a cell of more than %(limit)s letters. Shorten it."),
}


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row as the file numbers it (from 1), its cells as text."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """
    One sheet of a file, the first unless another was chosen; rows without any text are left out.

    `encoding` is `xlsx` for Excel, and `name` and `names` are then the sheet that was read and all that can be.
    """

    rows: Sequence[SheetRow]
    encoding: str
    name: str = ""
    names: tuple[str, ...] = ()


def read_sheet(content: bytes, *, encoding: str = "", name: str = "") -> Sheet:
    """
    The rows of a CSV or Excel file.

    :param encoding: what a person says the letters of a CSV file are, one of ENCODINGS; otherwise it is found
    :param name: the sheet of a workbook to read instead of the first
    :raises UnreadableSheet: it is neither, damaged, or beyond a limit; nothing was parsed in that case
    """
    if not content.strip():
        raise _unreadable("empty")
    if content.startswith(_OLE):
        raise _unreadable("old_excel")
    if content.startswith(_ZIP):
        book = _sheets_of(content)
        chosen = name or next(iter(book), "")
        if chosen not in book:
            raise _unreadable("no_such_sheet", sheet=name) if name else _unreadable("broken_excel")
        return Sheet(_kept(_excel_rows(book[chosen])), "xlsx", chosen, tuple(book))
    text, found = _decoded(content, encoding)
    return Sheet(_kept(_csv_rows(text)), found)


def _unreadable(why: str, **details: int | str) -> UnreadableSheet:
    return UnreadableSheet(why=WHYS[why] % details, reason=why, **details)


def _kept(rows: Iterator[Sequence[str]]) -> list[SheetRow]:
    kept = []
    for number, cells in enumerate(rows, start=1):
        if number > MOST_ROWS + 1:
            raise _unreadable("too_many_rows", limit=MOST_ROWS)
        if len(cells) > MOST_COLUMNS:
            raise _unreadable("too_wide", row=number, limit=MOST_COLUMNS)
        if any(len(cell) > MOST_LETTERS for cell in cells):
            raise _unreadable("long_cell", row=number, limit=MOST_LETTERS)
        if any(cell.strip() for cell in cells):
            kept.append(SheetRow(number, tuple(cells)))
    if not kept:
        raise _unreadable("empty")
    return kept


def _decoded(content: bytes, chosen: str) -> tuple[str, str]:
    if len(content) > MOST_CSV_BYTES:
        raise _unreadable("too_large", limit=MOST_CSV_BYTES // MEGABYTE)
    named = next((encoding for mark, encoding in _ENCODINGS if content.startswith(mark)), "")
    is_binary = not named and b"\x00" in content and chosen != "utf-16"
    if is_binary or content.startswith(b"%PDF"):
        raise _unreadable("not_a_sheet")
    if content.lstrip()[:200].lower().startswith((b"<html", b"<!doctype", b"<table", b"<?xml")):
        raise _unreadable("web_page")
    if chosen:
        return _decoded_as(content, named if named.startswith(chosen) else chosen)
    line = 1
    for encoding in [named] if named else ["utf-8", "cp932"]:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError as trouble:
            line = max(line, content.count(b"\n", 0, trouble.start) + 1)  # of the encoding that came furthest
            continue
        stray = next((place for place, letter in enumerate(text) if letter in _STRAY), None)
        if encoding != "cp932" or stray is None:
            return text, encoding
        line = max(line, text.count("\n", 0, stray) + 1)
    raise _unreadable("unknown_letters", line=line)


def _decoded_as(content: bytes, chosen: str) -> tuple[str, str]:
    """The text as a person says it is written."""
    shown = ENCODINGS[chosen.removesuffix("-sig")]
    try:
        text = content.decode(chosen)
    except UnicodeDecodeError as trouble:
        line = content.count(b"\n", 0, trouble.start) + 1
        raise _unreadable("other_letters", line=line, encoding=shown) from trouble
    stray = next((place for place, letter in enumerate(text) if letter == "\x00" or letter in _STRAY), None)
    if stray is not None:
        raise _unreadable("other_letters", line=text.count("\n", 0, stray) + 1, encoding=shown)
    return text, chosen


def _csv_rows(text: str) -> Iterator[Sequence[str]]:
    head = text.split("\n", 1)[0]
    delimiter = "\t" if head.count("\t") > head.count(",") else ","
    if text.count('"') % 2:
        _find_open_quote(text, delimiter)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        yield from rows
    except csv.Error as trouble:  # the one thing it declines in a text: a cell without an end
        raise _unreadable("long_cell", row=rows.line_num, limit=MOST_LETTERS) from trouble


def _find_open_quote(text: str, delimiter: str) -> None:
    """An odd number of quotes: inches in a text, or a cell that swallows all rows below it."""
    start, rows = 1, csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for _ in rows:
            start = rows.line_num + 1
    except csv.Error as trouble:
        if "unexpected end" in str(trouble):
            raise _unreadable("open_quote", line=start) from trouble


def _sheets_of(content: bytes) -> dict[str, Any]:
    """The sheets of a workbook that are shown, by name, none of them read yet."""
    if len(content) > MOST_XLSX_BYTES:
        raise _unreadable("too_large", limit=MOST_XLSX_BYTES // MEGABYTE)
    _weigh(content)
    try:
        # Row by row and at most so many columns: a sheet that claims a cell at XFD1048576 costs nothing.
        book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        return {each.title[:MOST_NAME]: each for each in book.worksheets if each.sheet_state == "visible"}
    except Exception as trouble:  # the library raises whatever a hostile or torn part makes it stumble over
        raise _unreadable("broken_excel") from trouble


def _excel_rows(sheet: Any) -> Iterator[Sequence[str]]:
    try:
        sheet.reset_dimensions()
        for row in sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS + 1, values_only=True):
            cells = [_shown(value) for value in row]
            yield cells[: next((n for n in range(len(cells), 0, -1) if cells[n - 1]), 0)]
    except Exception as trouble:  # as above; a part is parsed only when its rows are asked for
        raise _unreadable("broken_excel") from trouble


def _weigh(content: bytes) -> None:
    """Unpack every part once without keeping it, and stop at the limits: sizes in a zip's index may lie."""
    unpacked = 0
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            names = parts.infolist()
            if len(names) > MOST_PARTS:
                raise _unreadable("bomb")
            if any("vbaproject" in part.filename.lower() for part in names):
                raise _unreadable("macros")
            if any("externallinks/" in part.filename.lower() for part in names):
                raise _unreadable("external_links")
            for part in names:
                with parts.open(part) as stream:
                    while piece := stream.read(64 * 1024):
                        unpacked += len(piece)
                        if unpacked > MOST_UNPACKED_BYTES or unpacked > MOST_RATIO * len(content):
                            raise _unreadable("bomb")
    except UnreadableSheet:
        raise
    except Exception as trouble:  # damaged, encrypted, or packed by a method that is not known
        raise _unreadable("broken_excel") from trouble


def _shown(value: Any) -> str:
    """A cell as text: whole numbers without a point, instants as 2026-04-01 09:58:12."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)
