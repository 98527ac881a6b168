"""The packing list of a delivery on A4: what is in which box, with the bundle's code to scan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import override

from toiya.core.documents import Box, Style
from toiya.core.documents.pdf_labels import LabelPage
from toiya.domain.inbound.models import CargoBundle, Carton
from toiya.domain.inbound.papers import LANGUAGE, Content, contents_of, goods_of

ROWS_A_PAGE = 34
_FIRST_ROW_MM = 76
_ROW_MM = 6
_COLUMNS = ((15, 14), (31, 36), (69, 34), (105, 70), (177, 18))  # left and width


@dataclass(frozen=True, slots=True)
class _Row:
    """One SKU of one box; the first of a box names it."""

    box: str
    content: Content


def packing_list(bundle: CargoBundle) -> bytes:
    """The list as PDF, in the warehouse's language; without cartons, the goods of the whole delivery."""
    cartons = list(Carton.objects.filter(bundle=bundle).order_by("number"))
    rows = _rows_of(bundle, cartons)
    pages = max(1, -(-len(rows) // ROWS_A_PAGE))
    with override(LANGUAGE):
        page = LabelPage(210, 297, title=bundle.code)
        for number in range(pages):
            if number:
                page.next()
            _draw_head(page, bundle, (number + 1, pages))
            for place, row in enumerate(rows[number * ROWS_A_PAGE : (number + 1) * ROWS_A_PAGE]):
                _draw_row(page, row, _FIRST_ROW_MM + place * _ROW_MM, bundle.seller.language)
        _draw_sum(page, rows, len(cartons))
        return page.finish().pdf


def _rows_of(bundle: CargoBundle, cartons: Sequence[Carton]) -> list[_Row]:
    if not cartons:
        return [_Row("", content) for content in goods_of(bundle)]
    contents = contents_of(cartons)
    return [
        _Row(f"{carton.number} / {len(cartons)}" if place == 0 else "", content)
        for carton in cartons
        for place, content in enumerate(contents.get(carton.pk) or [Content(carton.code, "", "", 0)])
    ]


def _draw_head(page: LabelPage, bundle: CargoBundle, at: tuple[int, int]) -> None:
    line = Style(11, 6, middle=True)
    page.words(_("Packing list"), Box(15, 12, 120, 10), Style(20, 10, bold=True, middle=True))
    page.words(bundle.code, Box(15, 23, 120, 10), Style(22, 10, bold=True, middle=True))
    page.words(f"{bundle.seller.name} {bundle.seller.code}", Box(15, 34, 120, 7), line)
    page.words(f"{bundle.warehouse.name} 〒{bundle.warehouse.postal_code}", Box(15, 41, 120, 7), line)
    page.words(bundle.warehouse.address, Box(15, 48, 120, 7), line)
    arrives = _("Arrives about %(day)s") % {"day": bundle.estimated_on.isoformat()}
    counted = _("Page %(page)s of %(pages)s") % {"page": at[0], "pages": at[1]}
    page.words(f"{arrives} · {counted}", Box(15, 55, 120, 7), line)
    page.square(bundle.code, Box(155, 12, 40, 40))
    heads = (_("Box"), _("SKU"), _("Seller code"), _("Goods"), _("Pieces"))
    for word, (left, width) in zip(heads, _COLUMNS, strict=True):
        page.words(word, Box(left, 67, width, 6), Style(8, 5, middle=True))
    page.line(15, 74, 180, thick=0.5)


def _draw_row(page: LabelPage, row: _Row, top: float, tongue: str) -> None:
    content = row.content
    words = (row.box, content.code, content.seller_code, content.name)
    for word, (left, width) in zip(words, _COLUMNS[:-1], strict=True):
        page.words(word, Box(left, top, width, _ROW_MM - 0.5), Style(9, 5, middle=True), tongue)
    left, width = _COLUMNS[-1]
    pieces = str(content.quantity) if content.quantity else ""
    page.words(pieces, Box(left, top, width, _ROW_MM - 0.5), Style(9, 5, bold=True, middle=True, align="right"))
    page.line(15, top + _ROW_MM - 0.2, 180, thick=0.125)


def _draw_sum(page: LabelPage, rows: Sequence[_Row], cartons: int) -> None:
    pieces = sum(row.content.quantity for row in rows)
    told = _("Boxes: %(boxes)s · pieces: %(pieces)s") % {"boxes": cartons, "pieces": pieces}
    page.words(told, Box(15, 283, 180, 7), Style(11, 6, bold=True, middle=True, align="right"))
