"""Paper of Smart Delivery: labels one by one or four on a page, and the list that goes with a hand-in."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import pikepdf
from django.utils.translation import gettext as _

from toiya.core.documents import Box, Page, Style
from toiya.core.documents.barcodes import code128
from toiya.core.documents.fitting import TextDoesNotFit
from toiya.domain.outbound.models import HandIn, HandInList
from toiya.web.shared import formats

_MM = 72 / 25.4
_A4_WIDTH, _A4_HEIGHT = 210 * _MM, 297 * _MM
_EDGE = 5 * _MM  # what an office printer leaves white
ROWS_A_PAGE = 34


def one_by_one(labels: Sequence[bytes]) -> bytes:
    """The labels as the carriers made them, one a page, for a label printer."""
    with pikepdf.new() as paper:
        for label in labels:
            with pikepdf.open(BytesIO(label)) as made:
                paper.pages.extend(made.pages)
        return _saved(paper)


def four_on_a_page(labels: Sequence[bytes]) -> bytes:
    """The labels on A4, four on a page, a little smaller so that an office printer's white edge cuts nothing off."""
    with pikepdf.new() as paper:
        for place, label in enumerate(labels):
            with pikepdf.open(BytesIO(label)) as made:
                if place % 4 == 0:
                    paper.add_blank_page(page_size=(_A4_WIDTH, _A4_HEIGHT))
                _put(paper, made.pages[0], place % 4)
        return _saved(paper)


def _put(paper: pikepdf.Pdf, label: pikepdf.Page, place: int) -> None:
    """Draw one label in a quarter of the last page, under a name that does not change from print to print."""
    width, height = (_A4_WIDTH - 2 * _EDGE) / 2, (_A4_HEIGHT - 2 * _EDGE) / 2
    left, bottom = _EDGE + place % 2 * width, _EDGE + (1 - place // 2) * height
    page = paper.pages[-1]
    drawing = paper.copy_foreign(label.as_form_xobject())
    name = page.add_resource(drawing, pikepdf.Name.XObject, pikepdf.Name(f"/Label{place}"))
    quarter = pikepdf.Rectangle(left, bottom, left + width, bottom + height)
    page.contents_add(page.calc_form_xobject_placement(drawing, name, quarter))


def _saved(paper: pikepdf.Pdf) -> bytes:
    out = BytesIO()
    paper.save(out, deterministic_id=True)
    return out.getvalue()


def hand_in_list(bundle: HandInList, hand_ins: Sequence[HandIn], seller_name: str, language: str) -> bytes:
    """The list of one hand-in on A4: its barcode to be scanned first, then every parcel with its number."""
    page = Page(210, 297, title=bundle.code)
    pages = max(1, -(-len(hand_ins) // ROWS_A_PAGE))
    for number in range(pages):
        if number:
            page.next()
        _head(page, bundle, seller_name, len(hand_ins), (number + 1, pages))
        rows = hand_ins[number * ROWS_A_PAGE : (number + 1) * ROWS_A_PAGE]
        for place, hand_in in enumerate(rows):
            _row(page, hand_in, number * ROWS_A_PAGE + place + 1, 72 + place * 6, language)
    return page.finish().pdf


def _head(page: Page, bundle: HandInList, seller_name: str, parcels: int, at: tuple[int, int]) -> None:
    page.write(_("Hand-in list"), Box(15, 12, 90, 10), Style(20, bold=True, middle=True))
    page.write(seller_name, Box(15, 23, 90, 8), Style(13, 7, middle=True))
    centre = _("For %(centre)s") % {"centre": bundle.warehouse.name}
    page.write(centre, Box(15, 31, 90, 7), Style(10, 6, middle=True))
    counted = _("Parcels: %(count)s · page %(page)s of %(pages)s") % {"count": parcels, "page": at[0], "pages": at[1]}
    page.write(counted, Box(15, 38, 90, 7), Style(10, 6, middle=True))
    page.bars(code128(bundle.code, width=85, height=16), left=110, top=14)
    page.write(bundle.code, Box(110, 32, 85, 7), Style(13, bold=True, middle=True, align="centre"))
    hint = _("At the counter: scan this code first, then the label of each parcel.")
    page.write(hint, Box(15, 48, 180, 7), Style(10, 6, middle=True))
    words = (_("No."), _("Tracking number"), _("Parcel"), _("Order"), _("Weight"), _("Here"))
    for word, (left, width) in zip(words, _COLUMNS, strict=True):
        page.write(word, Box(left, 62, width, 6), Style(8, 5, middle=True))
    page.line(15, 69, 180, thick=0.5)


_COLUMNS = ((15, 10), (26, 50), (77, 38), (116, 38), (155, 22), (180, 14))


def _row(page: Page, hand_in: HandIn, number: int, top: float, language: str) -> None:
    parcel = hand_in.parcel
    values = (
        str(number),
        parcel.label.tracking_number if parcel.label else "",
        parcel.code,
        hand_in.order.code,
        formats.weight(parcel.weight_g, language),
    )
    for value, (left, width) in zip(values, _COLUMNS, strict=False):
        try:
            page.write(value, Box(left, top, width, 5.5), Style(9, 5, middle=True))
        except TextDoesNotFit as long:
            page.write(f"{long.text.removesuffix(long.rest)}", Box(left, top, width, 5.5), Style(5, 4, middle=True))
    page.frame(Box(183, top + 1, 4, 4), thick=0.25)
    page.line(15, top + 6, 180, thick=0.125)
