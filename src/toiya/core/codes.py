"""Codes that people read aloud and scanners read: unique, immutable, without look-alikes, with a check character."""

from __future__ import annotations

import unicodedata
import zlib
from collections.abc import Sequence
from functools import cache

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # 31, a prime: the check finds every single error and swap
_BASE = len(ALPHABET)
_VALUE = {letter: value for value, letter in enumerate(ALPHABET)}
_SHORTEST = 6
_SPREAD = 0.6180339887
_PAIRS = [low + high for high in ALPHABET for low in ALPHABET]
_PAIR = _BASE * _BASE


def code_for(prefix: str, number: int) -> str:
    """
    The public code of row `number`, such as ORD-7K2M4Q-9.

    A bijection: two numbers never share a code, neighbours do not look alike, and kinds differ in their letters too.
    """
    return codes_for(prefix, [number])[0]


def codes_for(prefix: str, numbers: Sequence[int]) -> list[str]:
    """`code_for` of several numbers."""
    if max(numbers, default=0) >= _PAIR**3:
        return [_code(prefix, number) for number in numbers]
    step, start, room = scatter(prefix, _SHORTEST)
    first, second, third = (_checked_pairs(place) for place in range(3))
    codes = []
    for number in numbers:
        rest, low = divmod((number * step + start) % room, _PAIR)
        high, middle = divmod(rest, _PAIR)
        (a, one), (b, two), (c, three) = first[low], second[middle], third[high]
        codes.append(f"{prefix}-{a}{b}{c}-{ALPHABET[(one + two + three) % _BASE]}")
    return codes


def _code(prefix: str, number: int) -> str:
    """The same for any number of letters."""
    pairs = _SHORTEST // 2
    while number >= _PAIR**pairs:
        pairs += 1
    step, start, room = scatter(prefix, 2 * pairs)
    scattered = (number * step + start) % room
    body = ""
    for _ in range(pairs):
        scattered, pair = divmod(scattered, _PAIR)
        body += _PAIRS[pair]
    return f"{prefix}-{body}-{check_character(body)}"


@cache
def _checked_pairs(place: int) -> list[tuple[str, int]]:
    """Each pair, and what it adds to the sum of `check_character` when it is the pair at that place."""
    low = 2 * place + 2
    return [(pair, low * _VALUE[pair[0]] + (low + 1) * _VALUE[pair[1]]) for pair in _PAIRS]


@cache
def scatter(prefix: str, width: int = _SHORTEST) -> tuple[int, int, int]:
    """
    Step, start and size of the walk over all bodies of that many letters.

    The letters of row `number` say (number * step + start) modulo size, lowest first; `verify` asks the database.
    """
    room = _BASE**width
    step = int(room * _SPREAD) | 1
    while step % _BASE == 0:
        step += 2
    return step, zlib.crc32(prefix.encode()), room


def check_character(body: str) -> str:
    """The check character of a code's body: a weighted sum modulo 31."""
    total = 0
    for place, letter in enumerate(body, start=2):
        total += place * _VALUE[letter]
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
