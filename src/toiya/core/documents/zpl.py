"""
Labels in ZPL II, the language of label printers, for 203 and 300 dots an inch.

Codes are the printer's own (^BC, ^BE, ^B8, ^BK, ^BQ); words are drawn here and sent as dots (^GFA), because no
printer has the letters of all our languages. Equal labels are sent once with their number (^PQ).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from PIL import Image, ImageOps

from toiya.core.documents import glyphs
from toiya.core.documents.barcodes import QUIET, CodeDoesNotFit, modules_of, qr_modules
from toiya.core.documents.fitting import LEADING, Room, fit_or_cut
from toiya.core.documents.labels import Batch, Kind, runs_of
from toiya.core.documents.page import Box, Style
from toiya.core.documents.stickers import Layout

_MM_AN_INCH = 25.4
_POINTS_AN_INCH = 72
_TRUE_DOTS = {203: 203.2}  # 8 a millimetre
_NARROWEST_MM = 0.25  # a bar; below that hand scanners give up
_WIDEST_MM = 0.5
_WIDEST_SQUARE = 10  # dots: the printer's own limit for QR
_QR_QUIET = 4
_CONTROL = re.compile(r"[\^~_]")


def zpl_of(batches: Sequence[Batch], layout: Layout, dots_an_inch: int) -> Iterator[str]:
    """One label format after the other. :raises CodeDoesNotFit: a code has no room on the label"""
    for batch in batches:
        if batch.copies > 0:
            label = ZplLabel(layout, dots_an_inch)
            batch.draw(label, Box(0, 0, layout.width, layout.height))
            yield label.finish(batch.copies)


class ZplLabel:
    """One label for a printer; a `labels.Paper`."""

    def __init__(self, layout: Layout, dots_an_inch: int) -> None:
        self._inch = _TRUE_DOTS.get(dots_an_inch, dots_an_inch)
        self._size = (self._dots(layout.width), self._dots(layout.height))
        self._parts: list[str] = []

    def words(self, text: str, box: Box, style: Style, tongue: str = "") -> None:
        """A text in its box: smaller, over lines, at last cut with …; in the face of its language."""
        face = glyphs.face_for(text, glyphs.tongue_of(text, tongue), bold=style.bold)
        shown = glyphs.settable(text, face)
        if not shown:
            return
        point = _POINTS_AN_INCH / _MM_AN_INCH
        room = Room(box.width * point, box.height * point, style.largest, style.smallest, glyphs.measured(face))
        fitted = fit_or_cut(shown, room)
        size = fitted.size / _POINTS_AN_INCH * self._inch
        used = size * (1 + LEADING * (len(fitted.lines) - 1))
        top = self._dots(box.top) + (max(0.0, self._dots(box.height) - used) / 2 if style.middle else 0)
        for number, line in enumerate(fitted.lines):
            picture = glyphs.drawn(line, face, round(size))
            if style.bold and face is None:
                picture = _bolder(picture)
            spare = max(0, self._dots(box.width) - picture.width)
            indent = {"left": 0, "centre": spare // 2, "right": spare}[style.align]
            self._graphic(picture, self._dots(box.left) + indent, round(top + size * LEADING * number))

    def linear(self, kind: Kind, text: str, box: Box) -> None:
        """A linear barcode, in the middle of the box and as high. :raises CodeDoesNotFit:"""
        modules = modules_of(runs_of(kind, text))
        module = min(int(self._inch / _MM_AN_INCH * _WIDEST_MM), self._dots(box.width) // modules)
        if module < math.ceil(self._inch / _MM_AN_INCH * _NARROWEST_MM - 0.01):
            raise CodeDoesNotFit(text)
        left = self._dots(box.left) + (self._dots(box.width) - modules * module) // 2 + QUIET * module
        height = self._dots(box.height)
        self._parts.append(f"^FO{left},{self._dots(box.top)}^BY{module},3,{height}")
        if kind == "code128":
            self._parts.append(f"^BCN,{height},N,N,N,A{_field(text.replace('>', '>0'))}")
        elif kind == "nw7":
            self._parts.append(f"^BKN,N,{height},N,N,{text[0]},{text[-1]}{_field(text[1:-1])}")
        elif len(text) == 8:
            self._parts.append(f"^B8N,{height},N,N{_field(text[:7])}")
        else:
            self._parts.append(f"^BEN,{height},N,N{_field(text.zfill(13)[:12])}")

    def square(self, text: str, box: Box) -> Box:
        """A QR code as large as the box allows, at its top left; the place it takes. :raises CodeDoesNotFit:"""
        modules = qr_modules(text)
        module = min(_WIDEST_SQUARE, self._dots(min(box.width, box.height)) // modules)
        if module < math.ceil(self._inch / _MM_AN_INCH * _NARROWEST_MM - 0.01):
            raise CodeDoesNotFit(text)
        left, top = (self._dots(side) + _QR_QUIET * module for side in (box.left, box.top))
        self._parts.append(f"^FO{left},{top}^BQN,2,{module}{_field('MA,' + text)}")
        side = modules * module / self._inch * _MM_AN_INCH
        return Box(box.left, box.top, side, side)

    def line(self, left: float, top: float, length: float, *, thick: float = 0.25) -> None:
        """A horizontal line."""
        wide, high = self._dots(length), max(1, self._dots(thick))
        self._parts.append(f"^FO{self._dots(left)},{self._dots(top)}^GB{wide},{high},{high}^FS")

    def frame(self, box: Box, *, thick: float = 0.375) -> None:
        """The outline of a box."""
        wide, high, line = self._dots(box.width), self._dots(box.height), max(1, self._dots(thick))
        self._parts.append(f"^FO{self._dots(box.left)},{self._dots(box.top)}^GB{wide},{high},{line}^FS")

    def dots(self, picture: Image.Image, box: Box) -> None:
        """A picture of black and white, stretched over the box."""
        size = (max(1, self._dots(box.width)), max(1, self._dots(box.height)))
        self._graphic(picture.convert("L").resize(size).convert("1", dither=Image.Dither.NONE), *self._corner(box))

    def finish(self, copies: int) -> str:
        """The whole format: UTF-8, width, height, the drawing, and how many."""
        wide, high = self._size
        drawing = "\n".join(self._parts)
        return f"^XA^CI28^LH0,0^PW{wide}^LL{high}\n{drawing}\n^PQ{copies}^XZ\n"

    def _dots(self, millimetres: float) -> int:
        return round(millimetres / _MM_AN_INCH * self._inch)

    def _corner(self, box: Box) -> tuple[int, int]:
        return self._dots(box.left), self._dots(box.top)

    def _graphic(self, picture: Image.Image, left: int, top: int) -> None:
        row = (picture.width + 7) // 8
        black = ImageOps.invert(picture.convert("L")).convert("1").tobytes()
        rows = [black[start : start + row] for start in range(0, len(black), row)]
        self._parts.append(f"^FO{left},{top}^GFA,{len(black)},{len(black)},{row},{''.join(_packed(rows))}^FS")


def _bolder(picture: Image.Image) -> Image.Image:
    """The same words one dot thicker: the embedded font has one weight."""
    thick = picture.copy()
    thick.paste(0, (1, 0), ImageOps.invert(picture.convert("L")).convert("1"))
    return thick


def _field(text: str) -> str:
    """A field of data; signs that are commands to the printer are told by their number."""
    if not _CONTROL.search(text):
        return f"^FD{text}^FS"
    return f"^FH_^FD{_CONTROL.sub(lambda sign: f'_{ord(sign[0]):02X}', text)}^FS"


def _packed(rows: Sequence[bytes]) -> Iterator[str]:
    """Hexadecimal rows in ZPL's short form: runs counted, ends filled by , and !, equal rows by :"""
    before = None
    for row in rows:
        if row == before:
            yield ":"
            continue
        before = row
        digits = row.hex().upper()
        bare, end = digits.rstrip("0"), ","
        if digits.endswith("F"):
            bare, end = digits.rstrip("F"), "!"
        elif len(bare) == len(digits):
            end = ""
        for digit, group in groupby(bare):
            yield from _run(digit, len(list(group)))
        yield end


def _run(digit: str, count: int) -> Iterator[str]:
    while count >= 400:
        yield f"z{digit}"
        count -= 400
    many, few = divmod(count, 20)
    if many or few > 1:
        yield (chr(ord("f") + many) if many else "") + (chr(ord("F") + few) if few else "")
    if count:
        yield digit
