"""The price list on A4 (A196): the same bytes for the same prices and day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from toiya.core.documents import Box, Style
from toiya.core.documents.pdf_labels import LabelPage

_ROWS_A_PAGE = 34
_FIRST_ROW_MM = 48
_ROW_MM = 7
_COLUMNS = ((15, 78), (95, 68), (165, 30))  # left and width: what, where, price


@dataclass(frozen=True, slots=True)
class PriceLine:
    """One price in words; without a price it is a heading."""

    what: str
    where: str = ""
    price: str = ""


def price_list(title: str, sub: str, lines: Sequence[PriceLine]) -> bytes:
    """The lines in the language that is active."""
    pages = [lines[start : start + _ROWS_A_PAGE] for start in range(0, len(lines), _ROWS_A_PAGE)] or [()]
    page = LabelPage(210, 297, title=title)
    for number, shown in enumerate(pages, start=1):
        if number > 1:
            page.next()
        page.words(title, Box(15, 12, 180, 10), Style(20, 10, bold=True, middle=True))
        page.words(sub, Box(15, 23, 180, 7), Style(11, 6, middle=True))
        told = _("Page %(page)s of %(pages)s") % {"page": number, "pages": len(pages)}
        page.words(told, Box(15, 31, 180, 7), Style(9, 6, middle=True))
        for word, (left, width) in zip((_("What is priced"), _("Where"), _("Price")), _COLUMNS, strict=True):
            page.words(word, Box(left, 40, width, 6), Style(8, 5, middle=True))
        page.line(15, 47, 180, thick=0.5)
        for place, line in enumerate(shown):
            _draw(page, line, _FIRST_ROW_MM + place * _ROW_MM)
    return page.finish().pdf


def _draw(page: LabelPage, line: PriceLine, top: float) -> None:
    for word, (left, width) in zip((line.what, line.where, line.price), _COLUMNS, strict=True):
        if word:
            page.words(word, Box(left, top, width, _ROW_MM - 0.5), Style(9, 4.5, bold=not line.price, middle=True))
    page.line(15, top + _ROW_MM - 0.2, 180, thick=0.125)
