"""
Reading a bank's notice of incoming transfers (振込入金通知, kind 01 of the bankers' association's 200-byte records).

Records of 200 bytes in cp932, with or without line ends: header (1), deposits (2), trailer (8), end (9). Years are the
emperor's; some banks write western ones, so the reading nearest to the day of upload counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

RECORD = 200
REIWA = 2018  # year 1 is 2019
_DATA = {
    "inquiry": (1, 7),
    "booked_on": (7, 13),
    "amount": (19, 29),
    "payer_code": (39, 49),
    "name": (49, 97),
    "bank": (97, 112),
    "reversal": (127, 128),
    "message": (128, 148),
}


class NotZengin(ValueError):
    """Why the content is no such notice, as a code: see `bank_files.WORDS`."""


@dataclass(frozen=True, slots=True)
class BankLine:
    """One deposit as the bank tells it. `inquiry` is the bank's own number of it, where it gives one."""

    account: str
    booked_on: date
    amount_minor: int
    name: str
    message: str = ""
    inquiry: str = ""
    bank: str = ""
    is_reversal: bool = False


def looks_like_zengin(content: bytes) -> bool:
    """Whether the first record is a header of this kind."""
    return (
        content[:3] == b"101"
        and len(content) >= RECORD
        and content[RECORD : RECORD + 1] in (b"", b"2", b"\r", b"\n", b"8")
    )


def read_zengin(content: bytes, today: date) -> list[BankLine]:
    """
    The deposits of a file of one or more accounts.

    :raises NotZengin: a record of another length or kind, a number that is none, or totals that do not agree
    """
    lines: list[BankLine] = []
    account, counted = "", [0, 0]
    for record in _records(content):
        kind = record[:1]
        if kind == b"1":
            account, counted = _account(record), [0, 0]
        elif kind == b"2":
            line = _deposit(record, account, today)
            lines.append(line)
            if not line.is_reversal:
                counted = [counted[0] + 1, counted[1] + line.amount_minor]
        elif kind == b"8":
            _check_totals(record, counted)
        elif kind != b"9":
            raise NotZengin("kind_of_record")
    return lines


def _records(content: bytes) -> Iterator[bytes]:
    packed = content.rstrip(b"\x1a").replace(b"\r", b"").replace(b"\n", b"")
    if not packed or len(packed) % RECORD:
        raise NotZengin("length")
    for start in range(0, len(packed), RECORD):
        yield packed[start : start + RECORD]


def _account(record: bytes) -> str:
    if record[1:3] != b"01":
        raise NotZengin("kind_of_file")
    bank, branch, number = record[22:26], record[41:44], record[60:67]
    return f"{_text(bank)}-{_text(branch)}-{_text(number)}"


def _deposit(record: bytes, account: str, today: date) -> BankLine:
    parts = {name: _text(record[start:end]) for name, (start, end) in _DATA.items()}
    return BankLine(
        account=account,
        booked_on=day_of(parts["booked_on"], today),
        amount_minor=_number(parts["amount"]),
        name=parts["name"],
        message=parts["message"],
        inquiry=parts["inquiry"].strip("0"),
        bank=parts["bank"],
        is_reversal=parts["reversal"] == "1",
    )


def _check_totals(record: bytes, counted: Sequence[int]) -> None:
    if [_number(_text(record[1:7])), _number(_text(record[7:19]))] != list(counted):
        raise NotZengin("totals")


def _text(part: bytes) -> str:
    try:
        return part.decode("cp932").strip()
    except UnicodeDecodeError:
        raise NotZengin("letters") from None


def _number(text: str) -> int:
    if not text.isascii() or not text.isdecimal():
        raise NotZengin("number")
    return int(text)


def day_of(text: str, today: date) -> date:
    """YYMMDD in the emperor's or the western year, whichever is nearer. :raises NotZengin: no day"""
    digits = f"{_number(text):06}"
    year, month, day = int(digits[:2]), int(digits[2:4]), int(digits[4:])
    found = []
    for base in (REIWA, 2000):
        try:
            found.append(date(base + year, month, day))
        except ValueError:
            continue
    if not found:
        raise NotZengin("day")
    return min(found, key=lambda each: abs(each - today))
