"""
Words as dots: the faces of Chinese, Korean and Japanese, and a line drawn with one of them.

The embedded font has no Korean and only the Chinese characters Japanese uses too. For the rest a Noto Sans CJK of the
machine is used (Debian: fonts-noto-cjk); without it those characters are printed as 〓.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from toiya.core.documents.fonts import MISSING, font_file, has, plain, printable, width

JAPANESE, KOREAN, CHINESE, TRADITIONAL = "ja", "ko", "zh-hans", "zh-hant"
_FACES = {JAPANESE: 0, KOREAN: 1, CHINESE: 2, TRADITIONAL: 3}  # their places in the collection
_SHELVES = (
    "/usr/share/fonts/opentype/noto",
    "/usr/share/fonts/noto-cjk",
    "/usr/share/fonts/google-noto-cjk",
    "/usr/local/share/fonts",
)
_MEASURED_AT = 200  # pixels: widths are in proportion


@dataclass(frozen=True, slots=True)
class Face:
    """One face of a font file."""

    file: str
    place: int


def tongue_of(text: str, otherwise: str = JAPANESE) -> str:
    """The language a text is set in: by its own letters, and for Chinese characters alone by its writer's language."""
    if any("가" <= letter <= "힣" or "ᄀ" <= letter <= "ᇿ" or "ㄱ" <= letter <= "ㆎ" for letter in text):
        return KOREAN
    if any("ぁ" <= letter <= "ヿ" for letter in text):
        return JAPANESE
    return otherwise.lower() if otherwise.lower() in {CHINESE, TRADITIONAL} else JAPANESE


def face_for(text: str, tongue: str, *, bold: bool = False) -> Face | None:
    """The face for a text that the embedded font cannot set as its language wants it; None: that font does."""
    is_japanese = tongue not in _FACES or tongue == JAPANESE
    if has(plain(text)) and (is_japanese or text.isascii()):
        return None
    file = _collection(bold=bold)
    return Face(file, _FACES.get(tongue, 0)) if file else None


@lru_cache(maxsize=2)
def _collection(*, bold: bool) -> str:
    for weight in ("Bold", "Regular") if bold else ("Regular",):
        for shelf in _SHELVES:
            file = Path(shelf) / f"NotoSansCJK-{weight}.ttc"
            if file.is_file():
                return str(file)
    return ""


def settable(text: str, face: Face | None) -> str:
    """The text as the face can set it, 〓 for what it lacks."""
    if face is None:
        return printable(text)[0]
    return "".join(letter if _draws(face, letter) else MISSING for letter in plain(text))


def measured(face: Face | None) -> Callable[[str, float], float]:
    """How wide a text is in a face, in the unit of the size."""
    if face is None:
        return width
    font = _font(face, _MEASURED_AT)

    def measure(text: str, size: float) -> float:
        return font.getlength(text) / _MEASURED_AT * size

    return measure


def drawn(line: str, face: Face | None, size: int) -> Image.Image:
    """One line, black on white, as high as its size of `size` dots and a little more for what hangs below."""
    font = _font(face or Face(font_file(), 0), size)
    picture = Image.new("1", (max(1, int(font.getlength(line)) + 2), size + size // 4), 1)
    pen = ImageDraw.Draw(picture)
    pen.fontmode = "1"
    pen.text((0, int(size * 0.88)), line, font=font, fill=0, anchor="ls")
    return picture


@lru_cache(maxsize=64)
def _font(face: Face, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(face.file, size, index=face.place, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=4096)
def _draws(face: Face, letter: str) -> bool:
    """Whether the face has the letter: it is drawn otherwise than one that cannot be."""
    if letter.isspace():
        return True
    font = _font(face, 40)
    mask, absent = font.getmask(letter, mode="1"), font.getmask("\U0010ffff", mode="1")
    return mask.size != absent.size or bytes(mask) != bytes(absent)
