"""JAN, EAN and UPC numbers as bars (ISO/IEC 15420): 13, 12 or 8 digits, the last one their check digit."""

from __future__ import annotations

from itertools import groupby

from stdnum import ean

from toiya.core.documents.barcodes import Runs

_LEFT = ("0001101", "0011001", "0010011", "0111101", "0100011", "0110001", "0101111", "0111011", "0110111", "0001011")
# Which of the six left digits are drawn turned round says the first digit of thirteen.
_TURNED = ("000000", "001011", "001101", "001110", "010011", "011001", "011100", "010101", "010110", "011010")
_EDGE, _MIDDLE = "101", "01010"
LENGTHS = (8, 12, 13)


def is_ean(text: str) -> bool:
    """Whether the text is a number with a right check digit that this kind of barcode can bear."""
    return text.isascii() and text.isdigit() and len(text) in LENGTHS and bool(ean.is_valid(text))


def ean_runs(text: str) -> Runs:
    """The bars and gaps of a JAN. :raises ValueError: no such number, or a wrong check digit"""
    if not is_ean(text):
        raise ValueError(f"{text!r} is no JAN, EAN or UPC number")
    modules = _eight(text) if len(text) == 8 else _thirteen(text.zfill(13))
    return [(mark == "1", len(list(group))) for mark, group in groupby(modules)]


def _eight(digits: str) -> str:
    left = "".join(_LEFT[int(digit)] for digit in digits[:4])
    return _EDGE + left + _MIDDLE + "".join(_right(digit) for digit in digits[4:]) + _EDGE


def _thirteen(digits: str) -> str:
    left = "".join(
        _right(digit)[::-1] if turned == "1" else _LEFT[int(digit)]
        for digit, turned in zip(digits[1:7], _TURNED[int(digits[0])], strict=True)
    )
    return _EDGE + left + _MIDDLE + "".join(_right(digit) for digit in digits[7:]) + _EDGE


def _right(digit: str) -> str:
    return _LEFT[int(digit)].translate(str.maketrans("01", "10"))
