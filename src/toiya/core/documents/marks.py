"""Freight marks in black and white: the eight frames of ux.md 2, with the seller's character in them."""

from __future__ import annotations

from PIL import Image, ImageDraw, ImageFont

from toiya.core.documents.fonts import font_file

_SCALE = 8  # dots for each of the 48 units of a frame
_LINE = 3 * _SCALE
_UNITS = 48
# What is drawn, and the baseline and size of the character, in units.
_FRAMES: dict[str, tuple[tuple[tuple[int, ...], ...], int, int]] = {
    "maru": ((), 32, 22),
    "kaku": (((5, 5, 43, 5, 43, 43, 5, 43, 5, 5, 43, 5),), 33, 25),
    "hishi": (((24, 2, 46, 24, 24, 46, 2, 24, 24, 2, 46, 24),), 31, 19),
    "yama": (((3, 20, 24, 4, 45, 20),), 42, 26),
    "uroko": (((24, 4, 46, 43, 2, 43, 24, 4, 46, 43),), 38, 18),
    "igeta": (((13, 3, 13, 45), (35, 3, 35, 45), (3, 13, 45, 13), (3, 35, 45, 35)), 30, 18),
    "kikko": (((14, 4, 34, 4, 45, 24, 34, 44, 14, 44, 3, 24, 14, 4, 34, 4),), 32, 23),
    "kane": (((6, 4, 6, 42, 44, 42),), 33, 26),
}


def freight_mark(frame: str, character: str) -> Image.Image:
    """The mark as a picture; an unknown frame is a circle."""
    lines, baseline, size = _FRAMES.get(frame, _FRAMES["maru"])
    picture = Image.new("1", (_UNITS * _SCALE, _UNITS * _SCALE), 1)
    pen = ImageDraw.Draw(picture)
    pen.fontmode = "1"
    if not lines:
        pen.ellipse([4 * _SCALE, 4 * _SCALE, 44 * _SCALE, 44 * _SCALE], outline=0, width=_LINE)
    for line in lines:
        pen.line([unit * _SCALE for unit in line], fill=0, width=_LINE, joint="curve")
    font = ImageFont.truetype(font_file(), size * _SCALE, layout_engine=ImageFont.Layout.BASIC)
    pen.text((24 * _SCALE, baseline * _SCALE), character, font=font, fill=0, anchor="ms")
    return picture
