"""The slip in a parcel, A6, in the buyer's language: what is in it, from whom, and what the seller wants to say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import override

from toiya.core.documents import Box, Style
from toiya.core.documents.pdf_labels import LabelPage
from toiya.domain.catalog.models import Sku
from toiya.domain.outbound.models import Content, Parcel
from toiya.domain.outbound.purchases import purchase_of

LANGUAGES = ("ja", "zh-hans", "ko", "en")
_OF_COUNTRY: Mapping[str, str] = {"JP": "ja", "CN": "zh-hans", "TW": "zh-hans", "HK": "zh-hans", "KR": "ko"}
_ROWS_A_PAGE = 12
_FIRST_ROW_MM = 44
_ROW_MM = 6.5


def language_of(country: str) -> str:
    """The language of a slip that goes to this country."""
    return _OF_COUNTRY.get(country.upper(), "en")


def packing_slip(parcel: Parcel, language: str, message: str) -> bytes:
    """The slip as PDF. What the buyer ordered stands there in the seller's words, everything else in the language."""
    rows = _rows_of(parcel)
    pages = [rows[start : start + _ROWS_A_PAGE] for start in range(0, len(rows), _ROWS_A_PAGE)] or [[]]
    with override(language):
        which = _which_of(parcel)
        page = LabelPage(105, 148, title=parcel.code)
        for number, shown in enumerate(pages):
            if number:
                page.next()
            _draw_head(page, parcel, which)
            for place, (name, pieces) in enumerate(shown):
                top = _FIRST_ROW_MM + place * _ROW_MM
                page.words(name, Box(8, top, 76, _ROW_MM - 0.5), Style(9, 5, middle=True), language)
                page.words(str(pieces), Box(85, top, 12, _ROW_MM - 0.5), Style(9, 5, middle=True, align="right"))
                page.line(8, top + _ROW_MM - 0.2, 89, thick=0.125)
        if message:
            page.words(message, Box(8, 125, 89, 18), Style(9, 5), language)
        return page.finish().pdf


def _rows_of(parcel: Parcel) -> Sequence[tuple[str, int]]:
    contents = Content.objects.filter(parcel=parcel).order_by("pk").values_list("sku_id", "quantity")
    pieces: dict[int, int] = {}
    for sku_id, quantity in contents:
        pieces[sku_id] = pieces.get(sku_id, 0) + quantity
    names = {sku.pk: f"{sku.name} {sku.option}".strip() for sku in Sku.objects.filter(pk__in=pieces)}
    return [(names[sku_id], quantity) for sku_id, quantity in pieces.items()]


def _which_of(parcel: Parcel) -> str:
    """Which of several parcels this is, so that its buyer waits for the others too; '' for the only one."""
    purchase = purchase_of(parcel.order_id)
    number = purchase.place_of(parcel.pk)
    if not number or not purchase.is_several:
        return ""
    if purchase.is_growing:
        return _("Parcel %(number)s. The rest comes in other parcels.") % {"number": number}
    return _("Parcel %(number)s of %(total)s") % {"number": number, "total": purchase.total}


def _draw_head(page: LabelPage, parcel: Parcel, which: str) -> None:
    page.words(_("Packing slip"), Box(8, 8, 60, 9), Style(16, 9, bold=True, middle=True))
    page.words(parcel.seller.name, Box(8, 18, 65, 7), Style(11, 6, middle=True))
    ordered = _("Order %(code)s") % {"code": parcel.order.external_id or parcel.order.code}
    page.words(ordered, Box(8, 25, 65, 6), Style(9, 5, middle=True))
    if which:
        page.words(which, Box(8, 31, 65, 6), Style(9, 5, bold=True, middle=True))
    page.square(parcel.code, Box(77, 8, 20, 20))
    page.words(_("Goods"), Box(8, 37, 76, 5), Style(8, 5, middle=True))
    page.words(_("Pieces"), Box(80, 37, 17, 5), Style(8, 5, middle=True, align="right"))
    page.line(8, 42.5, 89, thick=0.5)
