"""What each file from hell is answered, word by word; and everything it must not have changed."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import connection

EMPTY = "The file is empty. Download it once more."
NO_ROWS = "There is no row below the headings. Fill in at least one."
WEB_PAGE = "This is a web page, not a sheet. Open it in Excel and save it as .xlsx."
NO_SHEET = "This is neither CSV nor Excel. Choose the file that you downloaded."
DAMAGED = "The Excel file is damaged. Open it in Excel, save it again and try once more."
BOMB = "The Excel file unpacks to far more than a sheet of rows. Save it again from Excel."
FORMULA = "This is a formula. Copy the column and paste its values only."
MISSING = "Nothing is there. Enter it."
LETTER = "There is a letter in it that cannot be read. Enter the text once more."
# Of a file that is refused.
REFUSALS: Mapping[str, str] = {
    "nothing at all": EMPTY,
    "only blank lines": EMPTY,
    "only commas": EMPTY,
    "headings and no row": NO_ROWS,
    "the headings twice and no row": NO_ROWS,
    "two encodings in one file": (
        "Line 3 holds letters that are neither UTF-8 nor Shift_JIS. Save the file as CSV UTF-8."
    ),
    "bytes of no encoding": "Line 2 holds letters that are neither UTF-8 nor Shift_JIS. Save the file as CSV UTF-8.",
    "a page saved as xls": WEB_PAGE,
    "a document": NO_SHEET,
    "xml": WEB_PAGE,
    "an old Excel or a password": (
        "This is an old Excel file, or one with a password. Save it as .xlsx without a password."
    ),
    "a picture": NO_SHEET,
    "a torn workbook": DAMAGED,
    "a workbook without parts": DAMAGED,
    "a workbook with a torn part": DAMAGED,
    "macros": "The Excel file holds macros. Save it as .xlsx, which has none.",
    "links to other files": "The Excel file points at other files. Save its values only, then try again.",
    "a bomb in one part": BOMB,
    "a bomb of many parts": BOMB,
    "laughs by the billion": DAMAGED,
    "a quote never closed": "A quotation mark in line 2 is never closed. Close it, or delete it.",
    "a cell without an end": "Row 2 has a cell of more than 32767 letters. Shorten it.",
    "thousands of columns": "Row 1 has more than 200 columns. Delete the columns that are not needed.",
    "more rows than fit": "The file has more than 100000 rows. Split it.",
    "a heading twice": "The heading Amount stands twice in the file. Delete or rename one of its columns.",
    "nothing but a hidden sheet": EMPTY,
}
# Of the row to mend.
FLAWS: Mapping[str, str] = {
    "a formula": FORMULA,
    "a command": FORMULA,
    "digits that Excel ate": (
        "Excel shortened this number, and its last digits are lost. Set the column to Text and enter it once more."
    ),
    "merged cells": MISSING,
    "a control character": LETTER,
    "a date in place of a number, counted from 1904": "“2026-04-01 00:00:00” is not a number. Write digits.",
    "a required cell left empty": MISSING,
    "words in full width": "“10個” is not a number. Write digits.",
    "the same key twice": "A stands in row 2 already. Delete one of the two.",
    "a letter lost before": LETTER,
}
_OWN = ("imports_", "procrastinate_", "django_", "core_event")  # a session and its rows are kept, and nothing else


def everything() -> dict[str, int]:
    """How many rows each table holds that no reading of a file may touch."""
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names(cursor) if not name.startswith(_OWN)]
        cursor.execute(" UNION ALL ".join(f"SELECT '{name}', count(*) FROM \"{name}\"" for name in tables))
        return dict(cursor.fetchall())
