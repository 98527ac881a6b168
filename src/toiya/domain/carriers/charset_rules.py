"""What of a name or an address a carrier's files can carry: characters of cp932, widths counted full = 2. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from toiya.domain.carriers.port import Party

ENCODING: Final = "cp932"

# Characters that cp932 lacks, by those that mean the same. Whatever has no entry here, and no plain form in Unicode,
# is never replaced: a person decides.
REPLACEMENTS: Mapping[str, str] = {
    "—": "―",
    "–": "-",
    "‐": "-",
    "‑": "-",
    "‒": "-",
    "•": "・",
    "™": "TM",
    "©": "(C)",
    "®": "(R)",
    "“": '"',
    "”": '"',
    "\u00a0": " ",
    "ß": "ss",
    "æ": "ae",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "𠮷": "吉",
    "𠮟": "叱",
    "𡈽": "土",
    "𣘺": "橋",
    "𣳾": "泰",
    "𩸽": "ホッケ",
}
# Characters that cp932 takes but gives back as others: written as they come back, so that nothing compares unequal.
_ROUND_TRIP = str.maketrans({"〜": "～", "−": "－", "‖": "∥", "¢": "￠", "£": "￡", "¬": "￢"})
_COMBINED = re.compile(r"[^\u0300-\u036f\u3099\u309a][\u0300-\u036f\u3099\u309a]+")
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef\u200b-\u200f\u2060\ufeff]")


@dataclass(frozen=True, slots=True)
class Unprintable:
    """A character no carrier's file takes. `proposal` is what it can be written as; empty: a person must say."""

    field: str
    character: str
    proposal: str


@dataclass(frozen=True, slots=True)
class TooLong:
    """A field that has no room: it may be `most` wide, full-width letters counting 2, and `over` is left over."""

    field: str
    most: int
    over: str


@dataclass(frozen=True, slots=True)
class _Room:
    name: int
    address: int
    second: int
    phone: int


ROOMS: Mapping[str, _Room] = {
    "yamato": _Room(name=32, address=64, second=32, phone=15),
    "sagawa": _Room(name=64, address=96, second=96, phone=14),
    "japanpost": _Room(name=100, address=100, second=100, phone=14),
}
# Where first and second line of an address share the room.
_ADDRESS_IN_ONE = frozenset({"sagawa"})


def width(text: str) -> int:
    """How wide the carriers count it: full-width 2, half-width 1; characters they lack count 2."""
    return sum(_width(mark) for mark in text)


def _width(mark: str) -> int:
    try:
        return len(mark.encode(ENCODING))
    except UnicodeEncodeError:
        return 2


def written(text: str) -> tuple[str, tuple[Unprintable, ...]]:
    """The text as it goes into a file, with everything that was replaced or (proposal empty) cannot be."""
    composed = _COMBINED.sub(lambda found: unicodedata.normalize("NFC", found[0]), _SELECTORS.sub("", text))
    parts: list[str] = []
    found: list[Unprintable] = []
    for mark in composed.translate(_ROUND_TRIP):
        if mark.isprintable() and _encodes(mark):
            parts.append(mark)
            continue
        by = " " if mark.isspace() else _stand_in(mark)
        parts.append(by or mark)
        if not mark.isspace():
            found.append(Unprintable("", mark, by))
    return "".join(parts), tuple(found)


def _encodes(text: str) -> bool:
    try:
        text.encode(ENCODING)
    except UnicodeEncodeError:
        return False
    return True


def _stand_in(mark: str) -> str:
    plain = "".join(part for part in unicodedata.normalize("NFKD", mark) if not unicodedata.combining(part))
    lower = REPLACEMENTS.get(mark.lower(), "")
    tries = (REPLACEMENTS.get(mark, ""), lower.upper() if mark.isupper() else lower, plain)
    return next((by for by in tries if by and by != mark and "?" not in by and _encodes(by)), "")


def unprintable(party: Party, carrier: str) -> tuple[Unprintable, ...]:
    """Per field, the characters this carrier's files cannot carry; a carrier without files carries everything."""
    if carrier not in ROOMS:
        return ()
    return tuple(
        Unprintable(field, found.character, found.proposal)
        for field in ("name", "first_line", "second_line")
        for found in written(getattr(party, field))[1]
    )


def too_long(party: Party, carrier: str) -> tuple[TooLong, ...]:
    """Per field, what has no room in this carrier's files."""
    room = ROOMS.get(carrier)
    if room is None:
        return ()
    fields = [("name", party.name, room.name), ("phone", party.phone, room.phone)]
    if carrier in _ADDRESS_IN_ONE:
        fields.append(("first_line", party.first_line + party.second_line, room.address))
    else:
        fields += [("first_line", party.first_line, room.address), ("second_line", party.second_line, room.second)]
    measured = [(field, most, beyond(written(text)[0], most)) for field, text, most in fields]
    return tuple(TooLong(field, most, over) for field, most, over in measured if over)


def beyond(text: str, most: int, measure: Callable[[str], int] = _width) -> str:
    """What of the text lies beyond a width of `most`."""
    used = 0
    for place, mark in enumerate(text):
        used += measure(mark)
        if used > most:
            return text[place:]
    return ""
