"""
Labels for goods and boxes: one drawing, on a page of a PDF or in the language of a label printer (ZPL II).

A `Paper` is what a drawing draws on, in millimetres from its top left. Formats are data: sheets of A4 that start
at any place, rolls of one label a piece.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

from PIL import Image

from toiya.core.documents.barcodes import Runs, code128_runs, nw7_runs
from toiya.core.documents.ean import ean_runs
from toiya.core.documents.page import Box, Style
from toiya.core.documents.stickers import ROLL_60_40, SHEET_A4_24, Layout

Kind = Literal["code128", "ean", "nw7"]


class Paper(Protocol):
    """What a label is drawn on."""

    def words(self, text: str, box: Box, style: Style, tongue: str = "") -> None:
        """A text in its box: smaller, over lines, at last cut with …; in the face of its language."""

    def linear(self, kind: Kind, text: str, box: Box) -> None:
        """A linear barcode, in the middle of the box and as high. :raises CodeDoesNotFit:"""

    def square(self, text: str, box: Box) -> Box:
        """A QR code as large as the box allows, at its top left; the place it takes. :raises CodeDoesNotFit:"""

    def line(self, left: float, top: float, length: float, *, thick: float = 0.25) -> None:
        """A horizontal line."""

    def frame(self, box: Box, *, thick: float = 0.375) -> None:
        """The outline of a box."""

    def dots(self, picture: Image.Image, box: Box) -> None:
        """A picture of black and white, stretched over the box."""


Drawing = Callable[[Paper, Box], None]


@dataclass(frozen=True, slots=True)
class Batch:
    """One label and how often it is wanted."""

    draw: Drawing
    copies: int = 1


@dataclass(frozen=True, slots=True)
class Format:
    """A paper to choose: its code, its layout, and for label printers the dots an inch (0: a PDF)."""

    code: str
    layout: Layout
    dots_an_inch: int = 0

    @property
    def is_sheet(self) -> bool:
        """Whether several labels share a page, so that printing may start in the middle of it."""
        return self.per_page > 1

    @property
    def per_page(self) -> int:
        return self.layout.columns * self.layout.rows


_ROLLS = {"40x30": Layout(40, 30, 1, 1, 40, 30), "60x40": ROLL_60_40, "100x50": Layout(100, 50, 1, 1, 100, 50)}
_SHEETS = {
    "a4-24": SHEET_A4_24,
    "a4-12": Layout(210, 297, 2, 6, 86.4, 42.3, left_margin=18.6, top_margin=21.6),
    "a4-40": Layout(210, 297, 4, 10, 52.5, 29.7),
    "a4-44": Layout(210, 297, 4, 11, 48.3, 25.4, left_margin=8.4, top_margin=8.8),
    "a4-65": Layout(210, 297, 5, 13, 38.1, 21.2, left_margin=4.75, top_margin=10.7, column_gap=2.5),
}
GOODS_FORMATS = {
    made.code: made
    for made in (
        *(Format(name, layout) for name, layout in _SHEETS.items()),
        *(Format(f"roll-{name}", layout) for name, layout in _ROLLS.items()),
        *(Format(f"zpl{dpi}-{name}", layout, dpi) for dpi in (203, 300) for name, layout in _ROLLS.items()),
    )
}
_BOX_ROLL = Layout(100, 150, 1, 1, 100, 150)
BOX_FORMATS = {
    made.code: made
    for made in (
        Format("a4-4", Layout(210, 297, 2, 2, 105, 148.5)),
        Format("a4-1", Layout(210, 297, 1, 1, 210, 297)),
        Format("a6", Layout(105, 148, 1, 1, 105, 148)),
        Format("roll-100x150", _BOX_ROLL),
        Format("zpl203-100x150", _BOX_ROLL, 203),
        Format("zpl300-100x150", _BOX_ROLL, 300),
    )
}


def runs_of(kind: Kind, text: str) -> Runs:
    """The bars and gaps of a linear code. :raises ValueError: the text cannot be one"""
    if kind == "nw7":
        return nw7_runs(text)
    return ean_runs(text) if kind == "ean" else code128_runs(text)
