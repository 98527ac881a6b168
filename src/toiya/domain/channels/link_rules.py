"""Which SKU a listing may mean, and how sure that is: same code, same barcode, or words in common. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

CERTAIN = 100
BY_BARCODE = 97
MOST_BY_WORDS = 95
LEAST_BY_WORDS = 40
SHORTEST_BARCODE = 8
CROSS_BORDER_SERVICES = frozenset({"sagawa_international"})  # they take no parcel without HS codes (A099)

_DIGITS = re.compile(r"(?<!\d)\d{8,14}(?!\d)").findall
_LETTERS = re.compile(r"[^\W_]+").findall
_COUNTERS = "個|本|枚|袋|箱|点|入|パック|セット|件|盒|瓶|개|pcs|pieces|packs?|sets?"
_PIECES = re.compile(rf"(?<![\d.])(\d{{1,3}})\s*(?:{_COUNTERS})")
_KANA_SHIFT = ord("ァ") - ord("ぁ")


class Why(StrEnum):
    """What speaks for a proposal."""

    CODE = "code"
    BARCODE = "barcode"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Offer:
    """A listing as it is compared: all its texts, and the code that would tie it (A215)."""

    listing_id: int
    title: str
    option: str = ""
    code: str = ""
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Thing:
    """A SKU as it is compared."""

    sku_id: int
    name: str
    option: str = ""
    seller_code: str = ""
    barcodes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """This SKU, so many pieces of it, by this sign; confidence in percent."""

    sku_id: int
    why: Why
    confidence: int
    pieces: int = 1


@dataclass(slots=True)
class Shelf:
    """SKUs by their codes, barcodes and pairs of letters, made once for many listings."""

    by_code: dict[str, int] = field(default_factory=dict)
    by_barcode: dict[str, int] = field(default_factory=dict)
    pairs: dict[int, frozenset[str]] = field(default_factory=dict)
    by_pair: dict[str, list[int]] = field(default_factory=dict)


def compared(text: str) -> str:
    """As texts are compared: half-width, without case, hiragana as katakana."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(chr(ord(each) + _KANA_SHIFT) if "ぁ" <= each <= "ゖ" else each for each in plain)


def letter_pairs(text: str) -> frozenset[str]:
    """Pairs of neighbouring letters within words; no language's words need to be told apart by spaces for it."""
    found: set[str] = set()
    for word in _LETTERS(compared(text)):
        found.update(word[place : place + 2] for place in range(max(len(word) - 1, 1)))
    return frozenset(found)


def shelf_of(things: Iterable[Thing]) -> Shelf:
    """The SKUs, ready to be compared."""
    shelf = Shelf()
    for thing in things:
        if thing.seller_code:
            shelf.by_code.setdefault(compared(thing.seller_code).strip(), thing.sku_id)
        for barcode in thing.barcodes:
            shelf.by_barcode.setdefault(compared(barcode), thing.sku_id)
        pairs = letter_pairs(f"{thing.name} {thing.option}")
        shelf.pairs[thing.sku_id] = pairs
        for pair in pairs:
            shelf.by_pair.setdefault(pair, []).append(thing.sku_id)
    return shelf


def propose(offer: Offer, shelf: Shelf) -> Proposal | None:
    """The likeliest SKU of a listing, or None when nothing speaks for any."""
    code = compared(offer.code).strip()
    if code and code in shelf.by_code:
        return Proposal(shelf.by_code[code], Why.CODE, CERTAIN)
    for barcode in barcodes_in(offer):
        if barcode in shelf.by_barcode:
            return Proposal(shelf.by_barcode[barcode], Why.BARCODE, BY_BARCODE)
    return _by_words(offer, shelf)


def barcodes_in(offer: Offer) -> list[str]:
    """Numbers in a listing's texts and codes that are as long as barcodes are."""
    texts = (offer.title, offer.option, *offer.codes)
    return list(dict.fromkeys(number for text in texts for number in _DIGITS(compared(text))))


def _by_words(offer: Offer, shelf: Shelf) -> Proposal | None:
    wanted = letter_pairs(f"{offer.title} {offer.option}")
    shared: Counter[int] = Counter()
    for pair in wanted:
        shared.update(shelf.by_pair.get(pair, ()))
    best = max(
        ((likeness(wanted, shelf.pairs[sku_id], common), -sku_id) for sku_id, common in shared.items()),
        default=(0, 0),
    )
    if best[0] < LEAST_BY_WORDS:
        return None
    return Proposal(-best[1], Why.WORDS, best[0], pieces_named(f"{offer.title} {offer.option}"))


def likeness(wanted: frozenset[str], pairs: frozenset[str], common: int) -> int:
    """Percent: how much of the SKU's words the listing has, and how much else each of them says."""
    if not wanted or not pairs:
        return 0
    contained = common / len(pairs)
    alike = 2 * common / (len(wanted) + len(pairs))
    return min(MOST_BY_WORDS, round(100 * (0.7 * contained + 0.3 * alike)))


def pieces_named(text: str) -> int:
    """How many pieces a title speaks of: `石けん 3個セット` is 3; 1 when it names none."""
    found = _PIECES.search(compared(text))
    pieces = int(found[1]) if found else 1
    return pieces or 1


def needs_hs_code(service: str) -> bool:
    """Whether a carrier's service takes no parcel without the HS code of each thing in it (A099)."""
    return service in CROSS_BORDER_SERVICES


def counted(proposals: Mapping[int, Proposal], whys: Sequence[Why]) -> int:
    """How many of the proposals stand on one of these signs."""
    return sum(proposal.why in whys for proposal in proposals.values())
