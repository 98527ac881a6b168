"""Sheets of stickers and cards with one scannable code each: SKUs, bins, totes, badges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from toiya.core.documents.barcodes import Bars, CodeDoesNotFit, code128, qr
from toiya.core.documents.page import Box, Document, Page, Style


@dataclass(frozen=True, slots=True)
class Sticker:
    """What one sticker says: its code as barcode and as text, a title above and a note below."""

    code: str
    title: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """A paper with stickers on it, all in millimetres. `nudge_*` moves all for a printer that feeds askew."""

    paper_width: float
    paper_height: float
    columns: int
    rows: int
    width: float
    height: float
    left_margin: float = 0.0
    top_margin: float = 0.0
    column_gap: float = 0.0
    row_gap: float = 0.0
    nudge_x: float = 0.0
    nudge_y: float = 0.0

    def place(self, number: int) -> Box:
        """Where sticker `number` (from 0, row by row) is on its page."""
        row, column = divmod(number, self.columns)
        return Box(
            self.left_margin + column * (self.width + self.column_gap) + self.nudge_x,
            self.top_margin + row * (self.height + self.row_gap) + self.nudge_y,
            self.width,
            self.height,
        )


# Amazon-style sheets sold in Japan (reference/carriers.md 2.2); the margins are what is left, halved.
SHEET_A4_24 = Layout(210, 297, 3, 8, 66, 33.9, left_margin=6, top_margin=12.9)
ROLL_60_40 = Layout(60, 40, 1, 1, 60, 40)
CARD_A6 = Layout(148, 105, 1, 1, 148, 105)
LAYOUTS = {"a4-24": SHEET_A4_24, "roll-60x40": ROLL_60_40, "card-a6": CARD_A6}


def sticker_sheet(stickers: Sequence[Sticker], layout: Layout, *, skip: int = 0) -> Document:
    """
    The stickers on as many pages as they need; the first `skip` places of the first page are used up already.

    :raises ValueError: there is nothing to print
    :raises TextDoesNotFit: a title, code or note is too long for the sticker
    :raises CodeDoesNotFit: a code is too long for the sticker
    """
    if not stickers:
        raise ValueError("There are no stickers to print")
    per_page = layout.columns * layout.rows
    page = Page(layout.paper_width, layout.paper_height, title="Labels")
    for number, sticker in enumerate(stickers, start=skip % per_page):
        if number and number % per_page == 0:
            page.next()
        _draw(page, sticker, layout.place(number % per_page))
    return page.finish()


def _draw(page: Page, sticker: Sticker, box: Box) -> None:
    # Everything is in parts of the height, so a small sticker and an A6 card are one drawing.
    pad = min(box.width, box.height) * 0.07
    inner = Box(box.left + pad, box.top + pad, box.width - 2 * pad, box.height - 2 * pad)
    point = inner.height * 2.835
    title = Style(point * 0.16, smallest=5, bold=True)
    page.write(sticker.title, Box(inner.left, inner.top, inner.width, inner.height * 0.26), title)
    bars, is_square = _symbol(sticker.code, inner)
    below = inner.top + inner.height * 0.28
    if is_square:
        page.bars(bars, left=inner.left, top=below)
        words = Box(inner.left + bars.width + 1, below, inner.width - bars.width - 1, inner.height * 0.5)
        page.write(sticker.code, words, Style(point * 0.15, smallest=5, bold=True, middle=True))
    else:
        page.bars(bars, left=inner.left + (inner.width - bars.width) / 2, top=below)
        words = Box(inner.left, below + bars.height + inner.height * 0.02, inner.width, inner.height * 0.17)
        page.write(sticker.code, words, Style(point * 0.16, smallest=5, bold=True, align="centre"))
    foot = Box(inner.left, inner.top + inner.height * 0.88, inner.width, inner.height * 0.12)
    page.write(sticker.note, foot, Style(point * 0.1, smallest=5, align="left" if is_square else "centre"))


def _symbol(code: str, inner: Box) -> tuple[Bars, bool]:
    """Code 128 for the plain laser scanner; QR when the sticker is too narrow for it."""
    try:
        return code128(code, width=inner.width, height=inner.height * 0.38), False
    except CodeDoesNotFit:
        return qr(code, side=inner.height * 0.6), True
