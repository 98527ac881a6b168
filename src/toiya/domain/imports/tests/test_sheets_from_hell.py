"""Damaged and hostile files: each ends in a clear answer and changes nothing."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.imports_world import checked, csv_file, excel_file, flaws, owner_of, saved, states
from tests.world import a_seller
from toiya.domain.imports.flaws import problem_of, told
from toiya.domain.imports.models import ImportSession
from toiya.domain.imports.tests.answers_from_hell import FLAWS, REFUSALS, everything
from toiya.domain.imports.tests.stand_in import NotesSheet
from toiya.domain.members.models import Seller

pytestmark = pytest.mark.django_db
HEAD = ["Key", "Amount", "Text"]
GOOD = csv_file(HEAD, ["A", "1", "x"])
CELL = '<c r="{}" t="inlineStr"><is><t>{}</t></is></c>'


def packed(parts: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def with_part(name: str, content: bytes, old: bytes | None = None) -> bytes:
    """A good workbook with one part put in its place, or changed."""
    parts = {}
    with zipfile.ZipFile(io.BytesIO(excel_file(HEAD, ["A", 1, "x"]))) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    parts[name] = content if old is None else parts[name].replace(old, content)
    return packed(parts)


def book(change: Callable[[Any, Any], None]) -> bytes:
    made = Workbook()
    sheet: Any = made.active
    for row in (HEAD, ["A", 1, "x"], ["B", 2, "y"]):
        sheet.append(row)
    change(made, sheet)
    return saved(made)


def nothing_but_hidden(made: Any, sheet: Any) -> None:
    made.create_sheet("shown")
    sheet.sheet_state = "hidden"


def mixed_dates(made: Any, sheet: Any) -> None:
    made.epoch = CALENDAR_MAC_1904
    sheet["B2"] = datetime(2026, 4, 1)  # noqa: DTZ001  a cell has no zone


def billion_laughs() -> bytes:
    entities = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE sst [{entities}]><worksheet>&a9;</worksheet>'.encode()


def outside_entity() -> bytes:
    row = "".join(CELL.format(f"{letter}1", word) for letter, word in zip("ABC", HEAD, strict=True))
    stolen = CELL.format("A2", "&e;") + CELL.format("B2", "1")
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return (
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
        f'<worksheet xmlns="{space}"><sheetData><row r="1">{row}</row><row r="2">{stolen}</row></sheetData></worksheet>'
    ).encode()


SHEET = "xl/worksheets/sheet1.xml"
# Refused as a whole: the file, the code of the answer.
REFUSED: dict[str, tuple[bytes, str]] = {
    "nothing at all": (b"", "empty"),
    "only blank lines": (b"\r\n \r\n\t\r\n", "empty"),
    "only commas": (b",,,\r\n,,,\r\n", "empty"),
    "headings and no row": (csv_file(HEAD), "no_rows"),
    "the headings twice and no row": (csv_file(HEAD, ["キー", "金額", "文章"]), "no_rows"),
    "two encodings in one file": ("Key,Amount\nあ,1\n".encode() + "キー,2\n".encode("cp932"), "unknown_letters"),
    "bytes of no encoding": (b"Key,Amount\nA\xff\xfe\xfd,1\n", "unknown_letters"),
    "a page saved as xls": (b"<html><table><tr><td>Key</td></tr></table></html>", "web_page"),
    "a document": (b"%PDF-1.7 ...", "not_a_sheet"),
    "xml": (b'<?xml version="1.0"?><Workbook/>', "web_page"),
    "an old Excel or a password": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "old_excel"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not_a_sheet"),
    "a torn workbook": (excel_file(HEAD, ["A", 1, "x"])[:900], "broken_excel"),
    "a workbook without parts": (packed({"nothing.xml": b"x"}), "broken_excel"),
    "a workbook with a torn part": (with_part(SHEET, b"<worksheet><sheetData><row>"), "broken_excel"),
    "macros": (with_part("xl/vbaProject.bin", b"x"), "macros"),
    "links to other files": (with_part("xl/externalLinks/externalLink1.xml", b"<x/>"), "external_links"),
    "a bomb in one part": (with_part("xl/media/zeros", b"0" * 40_000_000), "bomb"),
    "a bomb of many parts": (packed({f"part{number}": b"x" for number in range(300)}), "bomb"),
    "laughs by the billion": (with_part(SHEET, billion_laughs()), "broken_excel"),
    "a quote never closed": (b'Key,Amount,Text\nA,1,"x\nB,2,y\nC,3,z\n', "open_quote"),
    "a cell without an end": (b"Key,Amount,Text\nA,1," + b"x" * 200_000 + b"\n", "long_cell"),
    "thousands of columns": (csv_file([*HEAD, *[f"c{number}" for number in range(400)]], ["A", "1"]), "too_wide"),
    "more rows than fit": (b"Key,Amount\n" + b"A,1\n" * 100_005, "too_many_rows"),
    "a heading twice": (csv_file(["Key", "Amount", "Amount"], ["A", "1", "2"]), "heading_twice"),
    "nothing but a hidden sheet": (book(nothing_but_hidden), "empty"),
}
# Read, with rows to mend: the file, (column, code) by row.
TO_MEND: dict[str, tuple[bytes, dict[int, list[tuple[str, str]]]]] = {
    "a formula": (book(lambda _book, sheet: sheet.__setitem__("B2", "=SUM(B3:B9)")), {2: [("amount", "formula")]}),
    "a command": (csv_file(HEAD, ["=cmd|' /C calc'!A0", "1", "x"]), {2: [("key", "formula")]}),
    "digits that Excel ate": (csv_file(HEAD, ["1.23457E+11", "1", "x"]), {2: [("key", "eaten")]}),
    "merged cells": (
        book(lambda _book, sheet: sheet.merge_cells("A2:A3")),
        {3: [("key", "missing")]},
    ),
    "a control character": (b"Key,Amount\nA\x07B,1\n", {2: [("key", "control_character")]}),
    "a date in place of a number, counted from 1904": (book(mixed_dates), {2: [("amount", "not_a_number")]}),
    "a required cell left empty": (csv_file(HEAD, ["", "1", "x"]), {2: [("key", "missing")]}),
    "words in full width": (csv_file(HEAD, ["A", "１０個", "x"]), {2: [("amount", "not_a_number")]}),
    "the same key twice": (csv_file(HEAD, ["A", "1", ""], ["Ａ ", "2", ""]), {3: [("", "twice")]}),
    "a letter lost before": ("Key,Amount\nA\ufffd,1\n".encode(), {2: [("key", "control_character")]}),
}
# Odd, and understood: the file, the rows that could be applied.
UNDERSTOOD: dict[str, tuple[bytes, list[int]]] = {
    "UTF-8 with its mark": (b"\xef\xbb\xbf" + GOOD, [2]),
    "UTF-16": ("Key\tAmount\nA\t1\n".encode("utf-16"), [2]),
    "Shift_JIS": ("キー,金額,文章\nＡ,1,髙橋\n".encode("cp932"), [2]),
    "tabs": (b"Key\tAmount\tText\nA\t1\tx\n", [2]),
    "only carriage returns": (b"Key,Amount,Text\rA,1,x\rB,2,y\r", [2, 3]),
    "full-width digits and stray spaces": (csv_file(HEAD, ["\u3000A ", " １２ ", "x"]), [2]),
    "numbers as text and zeros kept by an apostrophe": (csv_file(HEAD, ["'0012", '="7"', "x"]), [2]),
    "blank rows between": (csv_file(HEAD, [], ["A", "1", "x"], ["", "", ""], ["B", "2", "y"]), [3, 5]),
    "two rows of headings": (csv_file(HEAD, ["キー", "金額", "文章"], ["A", "1", "x"]), [3]),
    "a title above": (csv_file(["Our notes"], [], HEAD, ["A", "1", "x"]), [4]),
    "a hidden sheet before": (
        book(lambda made, _sheet: setattr(made.create_sheet("secret", 0), "sheet_state", "hidden")),
        [2, 3],
    ),
    "columns claimed to the end": (
        with_part(SHEET, b'<dimension ref="A1:XFD1048576"/>', b'<dimension ref="A1:C2"/>'),
        [2],
    ),
    "quotes in the middle of a text": (csv_file(HEAD, ["A", "1", 'a 5" nail']), [2]),
    "a number as a float": (excel_file(HEAD, ["A", 3.0, "x"]), [2]),
}


def a_reader() -> tuple[Seller, dict[str, int]]:
    """A seller whose owner will hand a file in, and what there is before."""
    seller = a_seller()
    owner_of(seller)
    return seller, everything()


def test_there_are_more_than_thirty_of_them() -> None:
    assert len(REFUSED) + len(TO_MEND) + len(UNDERSTOOD) >= 50


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_taken_says_why(notes: NotesSheet, name: str) -> None:
    content, problem = REFUSED[name]
    seller, before = a_reader()
    session = checked(seller, "notes", content)
    assert (session.status, session.problem) == ("refused", problem)
    assert problem_of(session) == REFUSALS[name]
    assert (session.import_rows.count(), notes.notes) == (0, {})
    assert everything() == before


@pytest.mark.parametrize("name", TO_MEND)
def test_a_bad_cell_is_named_and_nothing_is_written(notes: NotesSheet, name: str) -> None:
    content, expected = TO_MEND[name]
    seller, before = a_reader()
    session = checked(seller, "notes", content)
    assert (session.status, flaws(session)) == ("checked", expected)
    assert [told(notes, row.flaws[0]) for row in session.import_rows.exclude(flaws=[])] == [FLAWS[name]]
    assert notes.notes == {}
    assert everything() == before


@pytest.mark.parametrize("name", UNDERSTOOD)
def test_an_odd_file_is_understood(notes: NotesSheet, name: str) -> None:
    content, rows = UNDERSTOOD[name]
    seller, before = a_reader()
    session = checked(seller, "notes", content)
    assert (session.status, list(states(session))) == ("checked", rows)
    assert set(states(session).values()) == {"new"}
    assert (session.effects["new"], problem_of(session), notes.notes) == (len(rows), "", {})
    assert everything() == before


def test_a_missing_heading_is_asked_for_and_mojibake_too(notes: NotesSheet) -> None:
    for content in (
        csv_file(["Key", "Text"], ["A", "x"]),
        "キー,金額\nA,1\n".encode().decode("cp932", "ignore").encode(),
    ):
        session = checked(a_seller(), "notes", content)
        assert (session.status, session.problem) == ("reading", "columns_wanted")
        assert "amount" in session.details["missing"]
    assert notes.notes == {}


def test_nothing_outside_the_file_is_read(notes: NotesSheet) -> None:
    session = checked(a_seller(), "notes", with_part(SHEET, outside_entity()))
    kept = str(list(session.import_rows.values_list("cells", "flaws")))
    assert session.status in {"refused", "checked"}
    assert "root:" not in kept
    assert notes.notes == {}
    assert ImportSession.objects.count() == 1
