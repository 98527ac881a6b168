"""The font we embed, IPAexGothic, and what becomes of characters it does not have (other scripts: `glyphs`)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

FONT = "IPAexGothic"
MISSING = "〓"  # the geta mark: printers' sign for a piece of type that was not at hand
ASCENT = 0.88
# Other forms of one and the same character, which readers take for it (reference/carriers.md 1.0).
_SAME_WORD = {"𠮷": "吉", "𡈽": "土", "𠀋": "丈"}
_PACKAGE = "matplotlib_fontja"  # used as a carrier of the font file only: importing it would need matplotlib
_FILE = "fonts/ipaexg.ttf"


@dataclass(frozen=True, slots=True)
class Replaced:
    """A character the font lacks, and what was printed in its place."""

    character: str
    by: str


@lru_cache(maxsize=1)
def font() -> TTFont:
    """The font, read once per process. :raises RuntimeError: the package that holds it is not installed"""
    loaded = TTFont(FONT, font_file())
    pdfmetrics.registerFont(loaded)
    return loaded


@lru_cache(maxsize=1)
def font_file() -> str:
    """Where the font lies. :raises RuntimeError: the package that holds it is not installed"""
    spec = find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError(f"The font package {_PACKAGE} is not installed. Install requirements.lock.")
    return str(Path(next(iter(spec.submodule_search_locations))) / _FILE)


def width(text: str, size: float) -> float:
    """How wide a printable text is, in the unit of `size`."""
    return float(font().stringWidth(text, size))


def printable(text: str) -> tuple[str, tuple[Replaced, ...]]:
    """
    The text as it can be printed, and each character that had to be replaced: by its plain form or by 〓.

    White space becomes single spaces; marks without a form of their own (variation selectors, joiners)
    are dropped.
    """
    written: list[str] = []
    replaced: list[Replaced] = []
    for character in plain(text):
        if has(character):
            written.append(character)
            continue
        by = _stand_in(character)
        replaced.append(Replaced(character, by))
        written.append(by)
    return "".join(written), tuple(replaced)


def plain(text: str) -> str:
    """The text with single spaces and without marks that have no form of their own."""
    return "".join(_visible(" ".join(unicodedata.normalize("NFC", text).split())))


def _visible(text: str) -> Iterator[str]:
    for character in text:
        is_selector = 0xFE00 <= ord(character) <= 0xFE0F or 0xE0100 <= ord(character) <= 0xE01EF
        if not is_selector and unicodedata.category(character) not in {"Cf", "Cc"}:
            yield character


def has(text: str) -> bool:
    """Whether the font has every character."""
    glyphs = font().face.charToGlyph
    return all(ord(character) in glyphs for character in text)


def _stand_in(character: str) -> str:
    plain = unicodedata.normalize("NFKD", character)
    base = "".join(part for part in plain if not unicodedata.combining(part))
    for candidate in (_SAME_WORD.get(character), unicodedata.normalize("NFKC", character), base):
        if candidate and has(candidate):
            return candidate
    return MISSING
