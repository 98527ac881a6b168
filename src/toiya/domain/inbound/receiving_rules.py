"""Deciding at the dock: what a label says, where a delivery differs, which bin goods go to. Pure."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum

MOST_PIECES = 100_000  # of one count
EXPIRY_DAYS = 30  # before a lot's last usable day its seller is told, unless it wrote another number
ALIKE = 0.8  # names more similar than this are taken for each other
# Keys of the check list of a SKU whose seller wrote none (L16).
CHECK_LIST = ("outside", "option", "label")
_SEPARATOR = "\x1d"
_BRACKETED = re.compile(r"\((01|02|10|11|15|17|21|37)\)([^(\x1d]*)")
_FIXED: Mapping[str, int] = {"01": 14, "02": 14, "11": 6, "15": 6, "17": 6}
_OPEN = {"10": 20, "21": 20, "37": 8}


@dataclass(frozen=True, slots=True)
class Read:
    """What a barcode says: the code to look for; lot, last usable day and serial number where it is a GS1 code."""

    code: str
    lot: str = ""
    expires_on: date | None = None
    is_gs1: bool = False
    serial: str = ""


def read_label(text: str) -> Read:
    """
    A scan as GS1 element string ((01) article, (10) lot, (17) last usable day, (21) serial number, with brackets or
    raw), else as it is.

    A GTIN-14 that begins with 0 is looked for as its EAN-13.
    """
    elements = _bracketed(text) if text.startswith("(") else _raw(text)
    article = elements.get("01", elements.get("02", ""))
    if not re.fullmatch(r"\d{14}", article):
        return Read(text)
    last = _day(elements.get("17", elements.get("15", "")))
    return Read(article.removeprefix("0"), elements.get("10", ""), last, is_gs1=True, serial=elements.get("21", ""))


def _bracketed(text: str) -> dict[str, str]:
    return {key: value.strip() for key, value in _BRACKETED.findall(text)}


def _raw(text: str) -> dict[str, str]:
    """Elements one after another; those without a fixed length end with the separator or the code."""
    found: dict[str, str] = {}
    rest = text.lstrip(_SEPARATOR)
    while len(rest) > 2:
        key, rest = rest[:2], rest[2:]
        if key in _FIXED:
            found[key], rest = rest[: _FIXED[key]], rest[_FIXED[key] :].lstrip(_SEPARATOR)
            if len(found[key]) < _FIXED[key] or not found[key].isdigit():
                return {}
        elif key in _OPEN:
            found[key], _, rest = rest.partition(_SEPARATOR)
            if len(found[key]) > _OPEN[key]:
                return {}
        else:
            return {}
    return found


def _day(text: str) -> date | None:
    """YYMMDD; day 00 is the last of the month."""
    if not re.fullmatch(r"\d{6}", text):
        return None
    year, month, day = 2000 + int(text[:2]), int(text[2:4]), int(text[4:])
    if not 1 <= month <= 12 or day > monthrange(year, month)[1]:
        return None
    return date(year, month, day or monthrange(year, month)[1])


class Kind(StrEnum):
    """As `Difference.Kind`."""

    MORE = "more"
    FEWER = "fewer"
    DAMAGED = "damaged"
    UNKNOWN = "unknown"
    UNANNOUNCED = "unannounced"


@dataclass(frozen=True, slots=True)
class Counted:
    """One SKU of a delivery when its count is over."""

    sku_id: int
    told: int
    received: int
    damaged: int


@dataclass(frozen=True, slots=True)
class Found:
    """Where the delivery is not as it was told."""

    kind: Kind
    pieces: int
    sku_id: int | None = None
    scanned: str = ""


def differences(lines: Iterable[Counted], unknown: Mapping[str, int]) -> list[Found]:
    """
    Everything that differs: per SKU more, fewer, not announced, and damaged apart; unknown things by what they bear.

    Damaged pieces came, so they count as come; they are told of once more because they cannot be sold.
    """
    found: list[Found] = []
    for line in lines:
        came = line.received + line.damaged
        if came and not line.told:
            found.append(Found(Kind.UNANNOUNCED, came, line.sku_id))
        elif came > line.told:
            found.append(Found(Kind.MORE, came - line.told, line.sku_id))
        elif came < line.told:
            found.append(Found(Kind.FEWER, line.told - came, line.sku_id))
        if line.damaged:
            found.append(Found(Kind.DAMAGED, line.damaged, line.sku_id))
    found.extend(Found(Kind.UNKNOWN, pieces, scanned=scanned) for scanned, pieces in sorted(unknown.items()) if pieces)
    return found


@dataclass(frozen=True, slots=True)
class Goods:
    """A SKU as a hand may take it for another."""

    sku_id: int
    item_id: int
    name: str
    option: str = ""
    barcodes: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        return " ".join(unicodedata.normalize("NFKC", f"{self.name} {self.option}").casefold().split())


def look_alike(one: Goods, other: Goods) -> bool:
    """Whether two SKUs are taken for each other: names nearly the same, or barcodes that differ in one digit (L18)."""
    if one.sku_id == other.sku_id:
        return False
    if any(_one_digit_apart(mine, theirs) for mine in one.barcodes for theirs in other.barcodes):
        return True
    matcher = SequenceMatcher(None, one.words, other.words, autojunk=False)
    return matcher.real_quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def _one_digit_apart(one: str, other: str) -> bool:
    """The last digit is the check: one other digit changes it too."""
    if len(one) != len(other) or one == other:
        return False
    return sum(a != b for a, b in zip(one[:-1], other[:-1], strict=True)) <= 1


@dataclass(frozen=True, slots=True)
class Place:
    """A storage bin and what lies in it: pieces by SKU, and the lots of those pieces."""

    bin_id: int
    code: str
    zone: str
    walk_order: int
    holds_pieces: int | None
    lying: Mapping[int, int] = field(default_factory=dict)
    lots: frozenset[tuple[int, str]] = frozenset()

    @property
    def room(self) -> int | None:
        """Pieces that still fit; None: nobody said."""
        return None if self.holds_pieces is None else max(0, self.holds_pieces - sum(self.lying.values()))


@dataclass(frozen=True, slots=True)
class Proposal:
    """Bring so many pieces to this bin."""

    bin_id: int
    code: str
    pieces: int


def propose_bin(
    goods: Goods, lot: str, pieces: int, places: Sequence[Place], others: Mapping[int, Goods]
) -> Proposal | None:
    """
    The bin to carry pieces to: where the same SKU and lot lies; else in the zone of the same item; never beside what
    looks alike, nor where nothing fits; an empty bin before a shared one, all pieces before a part, then the walk.
    """
    zones = {
        place.zone for place in places for sku_id in place.lying if _item_of(sku_id, goods, others) == goods.item_id
    }
    fitting = [place for place in places if place.room != 0 and not alike_in(goods, place, others)]

    def rank(place: Place) -> tuple[bool, bool, bool, bool, bool, int, int]:
        fits_all = place.room is None or place.room >= pieces
        return (
            (goods.sku_id, lot) not in place.lots,
            goods.sku_id not in place.lying or bool(lot),
            not fits_all,
            place.zone not in zones,
            bool(place.lying) and goods.sku_id not in place.lying,
            place.walk_order,
            place.bin_id,
        )

    if not fitting:
        return None
    best = min(fitting, key=rank)
    return Proposal(best.bin_id, best.code, pieces if best.room is None else min(pieces, best.room))


def alike_in(goods: Goods, place: Place, others: Mapping[int, Goods]) -> list[int]:
    """The SKUs lying there that a hand may take for these goods."""
    return [sku_id for sku_id in place.lying if sku_id in others and look_alike(goods, others[sku_id])]


def _item_of(sku_id: int, goods: Goods, others: Mapping[int, Goods]) -> int | None:
    if sku_id == goods.sku_id:
        return goods.item_id
    return others[sku_id].item_id if sku_id in others else None


def leaves_from_dock(at_dock: int, promised: int, elsewhere: int) -> int:
    """Pieces at the dock that go straight to orders: promised ones that lie nowhere else (L17)."""
    return min(at_dock, max(0, promised - elsewhere))
