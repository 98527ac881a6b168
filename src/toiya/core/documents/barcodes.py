"""
Barcodes as bars on the dots of a 203 dpi thermal printer (8 a millimetre), so that no bar is blurred.

Codabar (NW-7) is what Japanese carriers scan, Code 128 our own codes, QR where there is little room
(reference/carriers.md 2.1).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import segno
from reportlab.graphics.barcode.code128 import Code128
from reportlab.graphics.barcode.common import Codabar

DOT = 0.125  # millimetres: one dot at 203.2 dpi
QUIET = 10  # modules of white that a reader wants on each side of a linear code
_NW7 = re.compile("([ABCD])[0-9]+[ABCD]")
_QR_QUIET = 4
_MOST_DOTS = 4
_FEWEST_DOTS = 2  # 0.25 mm; below that hand scanners give up


Runs = list[tuple[bool, int]]  # dark or not, so many modules wide


class CodeDoesNotFit(Exception):
    """A barcode has no room at the narrowest bar a scanner still reads."""

    def __init__(self, text: str) -> None:
        super().__init__(f"The barcode {text!r} does not fit its box")
        self.text = text


@dataclass(frozen=True, slots=True)
class Bars:
    """Dark rectangles in millimetres from the top left of the symbol: (left, top, width, height)."""

    width: float
    height: float
    rectangles: tuple[tuple[float, float, float, float], ...]


def nw7(number: str, *, width: float, height: float, ends: str = "A") -> Bars:
    """
    A carrier's slip number as Codabar between two `ends` (a setting of the contract, A unless told).

    :raises ValueError: the number has other than digits
    :raises CodeDoesNotFit: wider than `width` millimetres
    """
    if not number.isascii() or not number.isdigit() or len(ends) != 1 or ends not in "ABCD":
        raise ValueError(f"{number!r} between {ends!r} is no NW-7 number")
    return linear(nw7_runs(f"{ends}{number}{ends}"), number, width=width, height=height)


def nw7_runs(text: str) -> Runs:
    """The bars and gaps of digits between two of A to D. :raises ValueError: something else"""
    if not _NW7.fullmatch(text):
        raise ValueError(f"{text!r} is no NW-7 number")
    widths = {"b": 1, "s": 1, "B": 3, "S": 3, "i": 1}
    return [(part in "bB", widths[part]) for part in _pattern(Codabar(text, quiet=0))]


def code128(text: str, *, width: float, height: float) -> Bars:
    """
    A code of ours as Code 128, digits in pairs where that is shorter.

    :raises ValueError: the text has characters outside printable ASCII
    :raises CodeDoesNotFit: wider than `width` millimetres
    """
    return linear(code128_runs(text), text, width=width, height=height)


def code128_runs(text: str) -> Runs:
    """The bars and gaps of a Code 128. :raises ValueError: characters outside printable ASCII"""
    if not text or not text.isascii() or not text.isprintable():
        raise ValueError(f"{text!r} cannot be a Code 128")
    pattern = _pattern(Code128(text, quiet=0))
    return [(part.isupper(), ord(part.lower()) - ord("a") + 1) for part in pattern]


def qr(text: str, *, side: float) -> Bars:
    """
    Any text as a QR code that survives 15 % of damage, white margin included.

    :raises CodeDoesNotFit: more text than fits `side` millimetres
    """
    matrix = _matrix(text)
    modules = len(matrix) + 2 * _QR_QUIET
    dots = int(side / DOT / modules)
    if dots < _FEWEST_DOTS:
        raise CodeDoesNotFit(text)
    module = dots * DOT
    return Bars(modules * module, modules * module, tuple(_squares(matrix, module)))


def qr_modules(text: str) -> int:
    """How wide the QR code of a text is in modules, white margins included."""
    return len(_matrix(text)) + 2 * _QR_QUIET


def _matrix(text: str) -> list[bytes]:
    return [bytes(row) for row in segno.make(text, error="m", micro=False, boost_error=False).matrix]


def _pattern(symbol: Any) -> str:
    """The bars and gaps of a symbol as reportlab's letters."""
    symbol.validate()
    symbol.encode()
    return str(symbol.decompose())


def modules_of(runs: Runs) -> int:
    """How wide a linear code is in modules, white margins included."""
    return sum(count for _, count in runs) + 2 * QUIET


def linear(runs: Runs, text: str, *, width: float, height: float) -> Bars:
    """The runs as bars with their white margins. :raises CodeDoesNotFit: wider than `width` millimetres"""
    modules = modules_of(runs)
    dots = min(_MOST_DOTS, int(width / DOT / modules))
    if dots < _FEWEST_DOTS:
        raise CodeDoesNotFit(text)
    module = dots * DOT
    left = QUIET * module
    rectangles = []
    for is_dark, count in runs:
        if is_dark:
            rectangles.append((left, 0.0, count * module, height))
        left += count * module
    return Bars(modules * module, height, tuple(rectangles))


def _squares(matrix: list[bytes], module: float) -> Iterator[tuple[float, float, float, float]]:
    for row, values in enumerate(matrix):
        column = 0
        while column < len(values):
            start = column
            while column < len(values) and values[column]:
                column += 1
            if column > start:
                left, top = (start + _QR_QUIET) * module, (row + _QR_QUIET) * module
                yield left, top, (column - start) * module, module
            column += 1
