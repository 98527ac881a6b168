"""A page in millimetres from its top left corner, drawn into a PDF with the same bytes every time."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Final, Literal

from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from toiya.core.documents.barcodes import DOT, Bars
from toiya.core.documents.fitting import LEADING, Room, fit
from toiya.core.documents.fonts import ASCENT, FONT, Replaced, font, printable, width

_FILL: Final = 0
_FILL_AND_STROKE: Final = 2
_BOLD = 0.035  # our one font has one weight: bold is an outline of this part of the size


@dataclass(frozen=True, slots=True)
class Box:
    """A place on the page in millimetres from the top left."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set: sizes in points, from the one wished for down to the smallest that reads well."""

    largest: float
    smallest: float = 6.0
    bold: bool = False
    align: Literal["left", "centre", "right"] = "left"
    middle: bool = False
    white: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A finished PDF, and the characters that had to be replaced in it."""

    pdf: bytes
    replaced: tuple[Replaced, ...]


class Page:
    """One page after the other; `finish` gives the document."""

    def __init__(self, width: float, height: float, *, title: str) -> None:
        """:param width, height: of each page, in millimetres"""
        font()
        self._buffer = BytesIO()
        self._height = height
        # invariant: no clock and no random id in the file, so a reprint is the same bytes
        self._canvas = Canvas(self._buffer, pagesize=(width * mm, height * mm), invariant=1, pageCompression=1)
        self._canvas.setTitle(title)
        self._canvas.setCreator("Toiya")
        self._replaced: list[Replaced] = []

    def write(self, text: str, box: Box, style: Style) -> None:
        """
        Set a text in a box: at the wished size, else smaller, over as many lines as the box is high.

        :raises TextDoesNotFit: there is no room even at the smallest size; nothing was drawn
        """
        shown, replaced = printable(text)
        if not shown:
            return
        fitted = fit(shown, Room(box.width * mm, box.height * mm, style.largest, style.smallest))
        self._replaced.extend(item for item in replaced if item not in self._replaced)
        size = fitted.size
        used = size * (1 + LEADING * (len(fitted.lines) - 1))
        top = self._up(box.top) - (max(0.0, box.height * mm - used) / 2 if style.middle else 0)
        # The render mode outlives the text object and a plain one is never written: it is kept to this text.
        self._canvas.saveState()
        pen = self._canvas.beginText()
        pen.setFont(FONT, size)
        pen.setTextRenderMode(_FILL_AND_STROKE if style.bold else _FILL)
        self._canvas.setLineWidth(size * _BOLD)
        self._ink(white=style.white)
        for number, line in enumerate(fitted.lines):
            spare = box.width * mm - width(line, size)
            indent = {"left": 0.0, "centre": spare / 2, "right": spare}[style.align]
            pen.setTextOrigin(box.left * mm + indent, top - size * (ASCENT + LEADING * number))
            pen.textOut(line)
        self._canvas.drawText(pen)
        self._canvas.restoreState()

    def bars(self, bars: Bars, *, left: float, top: float) -> None:
        """Draw a barcode with its white margin's corner at (left, top), moved onto the printer's dots."""
        left, top = round(left / DOT) * DOT, round(top / DOT) * DOT
        self._ink(white=False)
        path = self._canvas.beginPath()  # one path: neighbours of a QR code show no seam
        for x, y, wide, high in bars.rectangles:
            path.rect((left + x) * mm, self._up(top + y + high), wide * mm, high * mm)
        self._canvas.drawPath(path, stroke=0, fill=1)

    def line(self, left: float, top: float, length: float, *, thick: float = 0.25, dashed: bool = False) -> None:
        """A horizontal line, `thick` millimetres."""
        self._ink(white=False)
        self._canvas.setLineWidth(thick * mm)
        self._canvas.setDash([1 * mm, 1 * mm] if dashed else [])
        self._canvas.line(left * mm, self._up(top), (left + length) * mm, self._up(top))
        self._canvas.setDash([])

    def upright(self, left: float, top: float, length: float, *, thick: float = 0.25) -> None:
        """A vertical line, `thick` millimetres."""
        self._ink(white=False)
        self._canvas.setLineWidth(thick * mm)
        self._canvas.line(left * mm, self._up(top), left * mm, self._up(top + length))

    def frame(self, box: Box, *, thick: float = 0.375) -> None:
        """The outline of a box."""
        self._ink(white=False)
        self._canvas.setLineWidth(thick * mm)
        self._canvas.rect(*self._placed(box), stroke=1, fill=0)

    def block(self, box: Box) -> None:
        """A black box, for white words."""
        self._ink(white=False)
        self._canvas.rect(*self._placed(box), stroke=0, fill=1)

    def picture(self, content: bytes, box: Box) -> None:
        """A JPG or PNG as large as the box allows, in its proportions, at its top left."""
        shown = ImageReader(BytesIO(content))
        wide, high = shown.getSize()
        scale = min(box.width / wide, box.height / high)
        place = self._placed(Box(box.left, box.top, wide * scale, high * scale))
        self._canvas.drawImage(shown, *place, mask="auto")

    def next(self) -> None:
        """Begin another page."""
        self._canvas.showPage()

    def finish(self) -> Document:
        """Close the document; the page may not be drawn on afterwards."""
        self._canvas.save()
        return Document(self._buffer.getvalue(), tuple(self._replaced))

    def _up(self, top: float) -> float:
        return (self._height - top) * mm

    def _placed(self, box: Box) -> tuple[float, float, float, float]:
        return box.left * mm, self._up(box.top + box.height), box.width * mm, box.height * mm

    def _ink(self, *, white: bool) -> None:
        grey = 1 if white else 0
        self._canvas.setFillGray(grey)
        self._canvas.setStrokeGray(grey)
