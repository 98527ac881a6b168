"""Reading what carriers' programs give back, however a spreadsheet treated it on the way. Pure."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from datetime import datetime, timedelta, timezone

from toiya.domain.carriers.port import ScanRow

JAPAN = timezone(timedelta(hours=9))
_NUMBER = re.compile(r"[0-9]{11,13}")
_WHEN = ("%Y%m%d%H%M%S", "%Y%m%d%H%M", "%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y-%m-%d %H:%M", "%Y%m%d", "%Y/%m/%d")


def rows_of(content: bytes) -> list[list[str]]:
    """The rows of a CSV file in cp932 or Unicode; empty ones are left out. Damaged letters are kept as marks."""
    text = _text(content)
    return [
        [_bare(cell) for cell in row] for row in csv.reader(io.StringIO(text, newline="")) if any(map(str.strip, row))
    ]


def _text(content: bytes) -> str:
    if content.startswith(b"\xef\xbb\xbf"):
        return content.decode("utf-8-sig", errors="replace")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("cp932")
    except UnicodeDecodeError:
        return content.decode("utf-8", errors="replace")


def _bare(cell: str) -> str:
    """A cell without what spreadsheets put around: spaces, an apostrophe, ="…"."""
    text = unicodedata.normalize("NFKC", cell).replace("\x00", "").strip()
    if text.startswith('="') and text.endswith('"'):
        text = text[2:-1]
    return text.removeprefix("'").strip()


def check_digit_holds(number: str) -> bool:
    """Whether a number of 12 digits ends with the first 11 modulo 7; others have no digit to check."""
    return len(number) != 12 or int(number[:11]) % 7 == int(number[11])


def tracking_number(cell: str, *, twelve: bool) -> str:
    """
    The tracking number in a cell; empty when it is none, such as 4.44414E+11, whose digits a spreadsheet lost.

    `twelve`: all numbers of the carrier have 12 digits, so one of 11 lost its zero in a spreadsheet.
    """
    bare = cell.strip().upper()
    if len(bare) > 2 and bare[0] in "ABCD" and bare[-1] in "ABCD":
        bare = bare[1:-1]
    digits = re.sub(r"[-\s]", "", bare)
    if twelve and re.fullmatch(r"[0-9]{11}", digits):
        digits = digits.zfill(12)
    if not _NUMBER.fullmatch(digits) or (twelve and len(digits) != 12):
        return ""
    return digits if check_digit_holds(digits) else ""


def moment(cell: str) -> datetime | None:
    """An instant as carriers write it, in Japanese time; None when it is none."""
    text = cell.strip()
    for shape in _WHEN:
        try:
            return datetime.strptime(text, shape).replace(tzinfo=JAPAN)
        except ValueError:
            continue
    return None


def key_in(cell: str) -> str:
    """The control number in a cell as we wrote it."""
    return "".join(mark for mark in cell.upper() if mark.isascii() and mark.isalnum())[:60]


def column(heading: list[str], *names: str) -> int | None:
    """Where the column of one of these names stands, whatever its dots and spaces; None: nowhere."""
    wanted = {_plain(name) for name in names}
    return next((place for place, cell in enumerate(heading) if _plain(cell) in wanted), None)


def _plain(name: str) -> str:
    return re.sub(r"[\s.．・]+", "", unicodedata.normalize("NFKC", name)).casefold()


def cell_at(row: list[str], place: int | None) -> str:
    """A cell of a row that may be short."""
    return row[place] if place is not None and place < len(row) else ""


STATE_WORDS = {
    "集荷": "picked_up",
    "輸送中": "moving",
    "配達中": "out",
    "持出中": "out",
    "持戻": "attempted",
    "不在": "attempted",
    "保管": "kept",
    "配達完了": "delivered",
    "お届け済": "delivered",
    "返品": "returning",
    "返送中": "returning",
    "返送完了": "returned",
    "調査中": "inquiry",
}
STATES = frozenset({*STATE_WORDS.values(), "moving"})


def typed_scans(content: bytes) -> tuple[ScanRow, ...]:
    """Rows a person typed or a carrier's page gave: tracking number, state (our word or a Japanese one), time."""
    found = []
    for row in rows_of(content):
        number = tracking_number(cell_at(row, 0), twelve=False) or cell_at(row, 0)[:60]
        word = cell_at(row, 1)
        state = STATE_WORDS.get(word, word if word in STATES else "")
        if number and len(row) >= 3:
            found.append(ScanRow("", number, state, moment(row[2])))
    return tuple(found)
