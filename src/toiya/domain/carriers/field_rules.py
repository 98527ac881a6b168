"""Rows for carriers' programs: cp932, CRLF, widths per field, and every field that cannot be written named. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from toiya.domain.carriers.charset_rules import ENCODING, beyond, width, written
from toiya.domain.carriers.port import FieldProblem, LabelRequest

EMPTY, UNPRINTABLE, TOO_LONG, NOT_ALLOWED = "empty", "unprintable", "too_long", "not_allowed"
KEY = re.compile(r"[A-Z0-9]{1,15}")
_HYPHENS = re.compile("[\u2010-\u2015\u2212\uff0d\u30fc\uff70]")
_PHONE = re.compile(r"0[0-9-]{8,}")


def key_of(reference: str) -> str:
    """A parcel's code as control number: no hyphens, which B2 refuses."""
    return "".join(mark for mark in reference.upper() if mark.isascii() and mark.isalnum())[:15]


@dataclass(slots=True)
class Row:
    """A row being filled: `put` writes a field, numbered as in the carrier's manual, or notes what is against it."""

    key: str
    columns: int
    cells: list[str] = field(default_factory=list)
    problems: list[FieldProblem] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.cells = [""] * self.columns

    def put(self, number: int, name: str, text: str, most: int = 0, *, needed: bool = False) -> None:
        """A text at most so wide (full-width 2), replaced where a character has another of the same meaning."""
        carried, changes = written(text.strip())
        for change in changes:
            if not change.proposal:
                self._note(name, UNPRINTABLE, change.character)
        if needed and not carried:
            self._note(name, EMPTY, "")
        if most and (over := beyond(carried, most)):
            self._note(name, TOO_LONG, over)
        self.cells[number - 1] = carried

    def put_short(self, number: int, text: str, most: int) -> None:
        """A text nobody delivers by: what cannot be written is left out, what is too long is cut."""
        carried, changes = written(text.strip())
        for change in changes:
            if not change.proposal:
                carried = carried.replace(change.character, "")
        self.cells[number - 1] = carried[: len(carried) - len(beyond(carried, most))]

    def code(self, number: int, text: str) -> None:
        """A code of ours or the carrier's, plain ASCII, written as it is."""
        self.cells[number - 1] = text

    def refuse(self, name: str, letters: str) -> None:
        """The carrier does not take this in that field."""
        self._note(name, NOT_ALLOWED, letters)

    def _note(self, name: str, problem: str, letters: str) -> None:
        self.problems.append(FieldProblem(self.key, name, problem, letters))


def national(phone: str) -> str:
    """A Japanese phone number with half-width digits and hyphens; empty for one of elsewhere, or none."""
    plain = _HYPHENS.sub("-", unicodedata.normalize("NFKC", phone)).strip()
    plain = re.sub(r"[\s().]+", "-", plain).strip("-")
    if plain.startswith("+81"):
        plain = "0" + plain[3:].lstrip("-0")
    plain = re.sub(r"-{2,}", "-", plain)
    return plain if _PHONE.fullmatch(plain) else ""


def phone_for(request: LabelRequest) -> str:
    """The receiver's number, or the sender's where there is none that can be called from Japan."""
    return national(request.receiver.phone) or national(request.sender.phone)


def postal(code: str, *, hyphen: bool) -> str:
    """Seven digits, with or without the hyphen; empty when it is no postal code."""
    digits = re.sub(r"[^0-9]", "", unicodedata.normalize("NFKC", code))
    if len(digits) != 7:
        return ""
    return f"{digits[:3]}-{digits[3:]}" if hyphen else digits


def full_width(text: str) -> str:
    """Half-width letters, digits, marks and kana as their full-width forms."""
    kana = re.sub("[\uff61-\uff9f]+", lambda found: unicodedata.normalize("NFKC", found[0]), text)
    return "".join(
        "\u3000" if mark == " " else chr(ord(mark) + 0xFEE0) if "!" <= mark <= "~" else mark for mark in kana
    )


def lines_of(text: str, most: int, count: int) -> tuple[str, ...] | None:
    """The text on so many lines of that width, each filled before the next; None when it has no room."""
    lines: list[str] = []
    rest = text
    while rest and len(lines) < count:
        over = beyond(rest, most)
        lines.append(rest[: len(rest) - len(over)])
        rest = over
    return None if rest else (*lines, *[""] * (count - len(lines)))


def content_of(rows: Iterable[Sequence[str]], *, quoted: bool) -> bytes:
    """The rows as the carriers' programs read them."""
    lines = [",".join(_cell(cell, quoted=quoted) for cell in row) for row in rows]
    return "".join(f"{line}\r\n" for line in lines).encode(ENCODING)


def _cell(text: str, *, quoted: bool) -> str:
    if quoted or any(mark in text for mark in ',"\r\n'):
        return '"' + text.replace('"', '""') + '"'
    return text


def fits_in(text: str, most: int) -> bool:
    """Whether the text has room as it is."""
    return width(text) <= most
