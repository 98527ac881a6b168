"""Codes that people read aloud and scanners read: unique, immutable, without look-alikes, with a check character."""

from __future__ import annotations

import unicodedata
import zlib

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # 31, a prime: the check finds every single error and swap
_BASE = len(ALPHABET)
_VALUE = {letter: value for value, letter in enumerate(ALPHABET)}
_SHORTEST = 6
_SPREAD = 0.6180339887


def code_for(prefix: str, number: int) -> str:
    """
    The public code of row `number`, such as ORD-7K2M4Q-9.

    A bijection: two numbers never share a code, neighbours do not look alike, and kinds differ in their letters too.
    """
    width = _SHORTEST
    while number >= _BASE**width:
        width += 1
    factor, offset, room = scatter(prefix, width)
    scattered = (number * factor + offset) % room
    letters = []
    for _ in range(width):
        scattered, value = divmod(scattered, _BASE)
        letters.append(ALPHABET[value])
    body = "".join(letters)
    return f"{prefix}-{body}-{check_character(body)}"


def scatter(prefix: str, width: int = _SHORTEST) -> tuple[int, int, int]:
    """
    Factor, offset and room: the letters of row `number` say (number * factor + offset) modulo room, lowest first.
    """
    room = _BASE**width
    factor = int(room * _SPREAD) | 1
    while factor % _BASE == 0:
        factor += 2
    return factor, zlib.crc32(prefix.encode()), room


def check_character(body: str) -> str:
    """The check character of a code's body: a weighted sum modulo 31."""
    total = sum((place + 2) * _VALUE[letter] for place, letter in enumerate(body))
    return ALPHABET[total % _BASE]


def is_code(prefix: str, text: str) -> bool:
    """Whether `text` is a well-formed code of that kind; typing errors are found, existence is not checked."""
    parts = text.split("-")
    if len(parts) != 3 or parts[0] != prefix or len(parts[2]) != 1 or not parts[1]:
        return False
    if any(letter not in _VALUE for letter in parts[1]):
        return False
    return check_character(parts[1]) == parts[2]


def folded(text: str) -> str:
    """What a person or scanner gave, as we compare it: half-width, upper case, no spaces around."""
    return unicodedata.normalize("NFKC", text).strip().upper()


def item_code(number: int) -> str:
    """The 12-digit code of an inventory item, 300000000001 on (A082, manual p. 7)."""
    return str(300_000_000_000 + number)


def sku_code(item: str, option_number: int) -> str:
    """A SKU's code: its item's 12 digits, a dash and 5 digits (A083, manual p. 7)."""
    return f"{item}-{option_number:05d}"
