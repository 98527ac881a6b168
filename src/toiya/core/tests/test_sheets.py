"""Sheets from strangers: CSV and Excel by content, in the encodings sellers have; hostile files are refused."""

from __future__ import annotations

import io
import zipfile

import pytest
from openpyxl import Workbook

from toiya.core import sheets
from toiya.core.sheets import SheetRow, UnreadableSheet, read_sheet

TEXT = "注文番号,数量\r\n1001,２\r\n"


def excel(*rows: list[object]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("encoding", "named"),
    [("cp932", "cp932"), ("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("utf-16", "utf-16")],
)
def test_a_csv_file_is_read_in_the_encoding_it_has(encoding: str, named: str) -> None:
    sheet = read_sheet(TEXT.encode(encoding))
    assert sheet.encoding == named
    assert sheet.rows == [SheetRow(1, ("注文番号", "数量")), SheetRow(2, ("1001", "２"))]


def test_excel_is_known_by_its_content_and_numbers_come_without_a_point() -> None:
    sheet = read_sheet(excel(["注文番号", "数量"], [1001, 2.0], [], ["=1+1", None]))
    assert sheet.encoding == "xlsx"
    assert sheet.rows == [SheetRow(1, ("注文番号", "数量")), SheetRow(2, ("1001", "2")), SheetRow(4, ("=1+1",))]


def test_a_file_from_an_old_spreadsheet_with_tabs_is_read() -> None:
    assert read_sheet(b"a\tb\n1\t2\n").rows[1].cells == ("1", "2")


def test_line_breaks_and_commas_in_quotes_stay_in_their_cell() -> None:
    assert read_sheet(b'a,b\n"1,\n2",3\n').rows[1] == SheetRow(2, ("1,\n2", "3"))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"  \r\n ", "empty"),
        (b",,\n,,\n", "empty"),
        (b"\xd0\xcf\x11\xe0 and more", "old_excel"),
        (b"<html><table>", "web_page"),
        (b"%PDF-1.7", "not_a_sheet"),
        (b"a,b\x00c", "not_a_sheet"),
        (b"a,b\nc,\xff\xfd", "unknown_letters"),
        (b"a,b\n" + b"c" * 140_000, "long_cell"),
        (b"PK\x03\x04 torn", "broken_excel"),
        (packed({"a": b"0" * 30_000_000}), "bomb"),
        (packed({f"part{n}": b"x" for n in range(201)}), "bomb"),
        (packed({"xl/vbaProject.bin": b"x"}), "macros"),
        (packed({"xl/externalLinks/one.xml": b"x"}), "external_links"),
        (packed({"nothing.xml": b"x"}), "broken_excel"),
    ],
)
def test_a_file_that_is_no_sheet_says_why(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableSheet) as refused:
        read_sheet(content)
    assert refused.value.details["reason"] == reason
    assert len(str(refused.value)) > 20


def test_the_line_with_unknown_letters_is_that_of_the_encoding_that_came_furthest() -> None:
    with pytest.raises(UnreadableSheet) as refused:
        read_sheet("注文番号\n１\n".encode() + b"\xed\xa0\x80")
    assert refused.value.details["line"] == 3


def test_limits_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, limit, content, reason in [
        ("MOST_CSV_BYTES", 10, b"a,b\n" * 10, "too_large"),
        ("MOST_ROWS", 2, b"a\n" * 5, "too_many_rows"),
        ("MOST_COLUMNS", 2, b"a,b,c\n", "too_wide"),
        ("MOST_LETTERS", 3, b"abcd\n", "long_cell"),
    ]:
        with monkeypatch.context() as change:
            change.setattr(sheets, name, limit)
            with pytest.raises(UnreadableSheet) as refused:
                read_sheet(content)
        assert refused.value.details["reason"] == reason


def test_a_cell_at_the_far_corner_costs_nothing_but_a_refusal() -> None:
    book = Workbook()
    book.active["A1"] = "注文番号"
    book.active["XFD1048576"] = "x"
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(UnreadableSheet) as refused:
        read_sheet(out.getvalue())
    assert refused.value.details["reason"] in {"too_many_rows", "too_wide"}
