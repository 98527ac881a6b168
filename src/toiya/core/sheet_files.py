"""Sheets we hand out: Excel and CSV, where nothing a stranger wrote is ever taken for a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv"
_RED = Font(bold=True, color="FFC00000")
_BOLD = Font(bold=True)
_WIDTH = 18
_NUMBER = re.compile(r"-\d+(\.\d+)?")  # a plain number calculates nothing
_STARTS = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet begins to calculate at


class ExcelFile:
    """A workbook written row by row, in memory of a row."""

    def __init__(self) -> None:
        self._book = Workbook(write_only=True)

    def sheet(self, title: str, headings: Sequence[str], red: Iterable[str] = ()) -> Any:
        """A sheet with its row of headings; those in `red` must be filled."""
        sheet: Any = self._book.create_sheet(title)
        sheet.freeze_panes = "A2"
        for place in range(1, len(headings) + 1):
            letters = "" if place <= 26 else chr(64 + (place - 1) // 26)
            sheet.column_dimensions[letters + chr(65 + (place - 1) % 26)].width = _WIDTH
        marked = set(red)
        sheet.append([self._cell(sheet, word, _RED if word in marked else _BOLD) for word in headings])
        return sheet

    def add(self, sheet: Any, cells: Sequence[str]) -> None:
        """A row of texts, kept as texts: codes keep their zeros, and nothing is calculated."""
        sheet.append([self._cell(sheet, cell) for cell in cells])

    def content(self) -> bytes:
        """The finished file."""
        out = io.BytesIO()
        self._book.save(out)
        return out.getvalue()

    @staticmethod
    def _cell(sheet: Any, text: str, font: Font | None = None) -> Any:
        cell: Any = WriteOnlyCell(sheet, value="")
        cell.value = text[:32_767]
        cell.data_type = "s"
        cell.number_format = "@"
        if font is not None:
            cell.font = font
            cell.alignment = Alignment(vertical="top", wrap_text=True)
        return cell


def csv_content(rows: Iterable[Sequence[str]], encoding: str) -> bytes:
    """
    A CSV file in that encoding, else in UTF-8 where a letter does not exist in it.

    A cell that begins like a formula gets an apostrophe before it, which our own reading takes off again.
    """
    out = io.StringIO(newline="")
    csv.writer(out).writerows([[_harmless(cell) for cell in row] for row in rows])
    try:
        return out.getvalue().encode(encoding)
    except UnicodeEncodeError:
        return out.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_STARTS) and not _NUMBER.fullmatch(cell) else cell
