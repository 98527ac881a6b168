"""Labels in a PDF: each drawn once and stamped as often as it is wanted, so thousands are one small file."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from PIL import Image
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont

from toiya.core.documents import glyphs
from toiya.core.documents.barcodes import DOT, linear, qr
from toiya.core.documents.fitting import LEADING, Fitted, Room, fit_or_cut
from toiya.core.documents.fonts import ASCENT
from toiya.core.documents.labels import Batch, Drawing, Kind, runs_of
from toiya.core.documents.page import Box, Document, Page, Style
from toiya.core.documents.stickers import Layout

_DOTS_AN_INCH = 600  # of words drawn as dots: twice the finest label printer
_UNSEEN: Final = 3  # text that is not painted, only found and read out
# For words drawn as dots: fonts every PDF reader knows by name, for what is not painted nothing need be embedded.
_SPOKEN = {glyphs.KOREAN: "HYSMyeongJo-Medium", glyphs.CHINESE: "STSong-Light", glyphs.TRADITIONAL: "MSung-Light"}
_SPOKEN_ELSE = "HeiseiKakuGo-W5"


def pdf_of(batches: Sequence[Batch], layout: Layout, *, title: str, skip: int = 0) -> Document:
    """
    The labels on as many pages as they need; the first `skip` places of the first page are used up already.

    :raises ValueError: there is nothing to print
    :raises CodeDoesNotFit: a code has no room on the label
    """
    if not any(batch.copies > 0 for batch in batches):
        raise ValueError("There are no labels to print")
    per_page = layout.columns * layout.rows
    page = LabelPage(layout.paper_width, layout.paper_height, title=title)
    place = skip % per_page
    for number, batch in enumerate(batches):
        if batch.copies > 0:
            page.draw_once(f"label{number}", batch.draw, Box(0, 0, layout.width, layout.height))
        for _ in range(batch.copies):
            if place == per_page:
                page.next()
                place = 0
            page.stamp(f"label{number}", layout.place(place))
            place += 1
    return page.finish()


class LabelPage(Page):
    """A page to draw labels on; a `labels.Paper`."""

    def words(self, text: str, box: Box, style: Style, tongue: str = "") -> None:
        """A text in its box: smaller, over lines, at last cut with …; in the face of its language."""
        tongue = glyphs.tongue_of(text, tongue)
        face = glyphs.face_for(text, tongue, bold=style.bold)
        shown = glyphs.settable(text, face)
        if not shown:
            return
        room = Room(box.width * mm, box.height * mm, style.largest, style.smallest, glyphs.measured(face))
        fitted = fit_or_cut(shown, room)
        if face is None:
            self.write(fitted.text, box, style)
            return
        for number, line in enumerate(fitted.lines):
            self._draw_line(line, face, tongue, _Spot(box, style, fitted, number))

    def linear(self, kind: Kind, text: str, box: Box) -> None:
        """A linear barcode, in the middle of the box and as high. :raises CodeDoesNotFit:"""
        bars = linear(runs_of(kind, text), text, width=box.width, height=box.height)
        self.bars(bars, left=box.left + (box.width - bars.width) / 2, top=box.top)

    def square(self, text: str, box: Box) -> Box:
        """A QR code as large as the box allows, at its top left; the place it takes. :raises CodeDoesNotFit:"""
        bars = qr(text, side=min(box.width, box.height))
        self.bars(bars, left=box.left, top=box.top)
        return Box(box.left, box.top, bars.width, bars.height)

    def dots(self, picture: Image.Image, box: Box) -> None:
        """A picture of black and white, stretched over the box."""
        left, bottom, width, height = self._placed(box)
        self._canvas.drawImage(ImageReader(picture), left, bottom, width, height)

    def draw_once(self, name: str, draw: Drawing, box: Box) -> None:
        """Keep a drawing under a name, to be stamped."""
        self._canvas.beginForm(name, 0, 0, box.width * mm, self._height * mm)
        draw(self, box)
        self._canvas.endForm()

    def stamp(self, name: str, place: Box) -> None:
        """Put a kept drawing down, on the dots of the printer."""
        left, top = round(place.left / DOT) * DOT, round(place.top / DOT) * DOT
        self._canvas.saveState()
        self._canvas.translate(left * mm, -top * mm)
        self._canvas.doForm(name)
        self._canvas.restoreState()

    def _draw_line(self, line: str, face: glyphs.Face, tongue: str, spot: _Spot) -> None:
        picture = glyphs.drawn(line, face, round(spot.size / 72 * _DOTS_AN_INCH))
        width, height = (side / _DOTS_AN_INCH * 72 for side in picture.size)
        left = spot.left(width)
        top = self._up(spot.box.top) - spot.down
        self._canvas.drawImage(ImageReader(picture), left, top - height, width, height)
        self._canvas.saveState()
        pen = self._canvas.beginText()
        pen.setFont(_spoken(tongue), spot.size)
        pen.setTextRenderMode(_UNSEEN)
        pen.setTextOrigin(left, top - spot.size * ASCENT)
        pen.textOut("".join(letter for letter in line if ord(letter) < 0x10000))
        self._canvas.drawText(pen)
        self._canvas.restoreState()


class _Spot:
    """Where one line of a fitted text goes, in points."""

    def __init__(self, box: Box, style: Style, fitted: Fitted, number: int) -> None:
        self.box, self.size, self._align = box, fitted.size, style.align
        used = fitted.size * (1 + LEADING * (len(fitted.lines) - 1))
        middle = max(0.0, box.height * mm - used) / 2 if style.middle else 0.0
        self.down = middle + fitted.size * LEADING * number

    def left(self, width: float) -> float:
        spare = max(0.0, self.box.width * mm - width)
        return self.box.left * mm + {"left": 0.0, "centre": spare / 2, "right": spare}[self._align]


@lru_cache(maxsize=8)
def _spoken(tongue: str) -> str:
    name = _SPOKEN.get(tongue, _SPOKEN_ELSE)
    pdfmetrics.registerFont(UnicodeCIDFont(name))
    return name
