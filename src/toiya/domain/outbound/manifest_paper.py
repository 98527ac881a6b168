"""The list of a manifest on A4: what the driver counts and signs."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import override

from toiya.core.documents import Box, Style
from toiya.core.documents.pdf_labels import LabelPage
from toiya.domain.outbound.models import Manifest, ManifestParcel

LANGUAGE = "ja"
ROWS_A_PAGE = 34
_FIRST_ROW_MM = 60
_ROW_MM = 6
_COLUMNS = ((15, 12), (28, 34), (63, 46), (110, 65), (176, 19))  # left and width


def manifest_list(manifest: Manifest, carrier: str) -> bytes:
    """Every parcel with its number, the count, and a line to sign on; `carrier` is its name."""
    rows = list(
        ManifestParcel.objects.filter(manifest=manifest)
        .select_related("parcel__label", "seller")
        .defer("parcel__label__document", "parcel__label__shipment")
        .order_by("scanned_at", "parcel_id")
    )
    pages = max(1, -(-len(rows) // ROWS_A_PAGE))
    with override(LANGUAGE):
        page = LabelPage(210, 297, title=manifest.code)
        for number in range(pages):
            if number:
                page.next()
            _draw_head(page, manifest, carrier, (number + 1, pages))
            start = number * ROWS_A_PAGE
            for place, row in enumerate(rows[start : start + ROWS_A_PAGE]):
                _draw_row(page, row, start + place + 1, _FIRST_ROW_MM + place * _ROW_MM)
        _draw_foot(page, rows)
        return page.finish().pdf


def _draw_head(page: LabelPage, manifest: Manifest, carrier: str, at: tuple[int, int]) -> None:
    line = Style(11, 6, middle=True)
    page.words(_("Manifest"), Box(15, 12, 120, 10), Style(20, 10, bold=True, middle=True))
    page.words(f"{manifest.code} · {carrier}", Box(15, 23, 135, 10), Style(18, 10, bold=True, middle=True))
    page.words(f"{manifest.warehouse.name} · {manifest.service_day.isoformat()}", Box(15, 34, 120, 7), line)
    page.words(_("Page %(page)s of %(pages)s") % {"page": at[0], "pages": at[1]}, Box(15, 41, 120, 7), line)
    page.square(manifest.code, Box(160, 12, 35, 35))
    heads = ("", _("Parcel"), _("Tracking number"), _("Seller"), _("Weight"))
    for word, (left, width) in zip(heads, _COLUMNS, strict=True):
        page.words(word, Box(left, 52, width, 6), Style(8, 5, middle=True))
    page.line(15, 59, 180, thick=0.5)


def _draw_row(page: LabelPage, row: ManifestParcel, number: int, top: float) -> None:
    parcel = row.parcel
    tracking = parcel.label.tracking_number if parcel.label else ""
    words = (str(number), parcel.code, tracking, row.seller.name, f"{parcel.weight_g} g")
    for word, (left, width) in zip(words, _COLUMNS, strict=True):
        page.words(word, Box(left, top, width, _ROW_MM - 0.5), Style(9, 5, middle=True))
    page.line(15, top + _ROW_MM - 0.2, 180, thick=0.125)


def _draw_foot(page: LabelPage, rows: Sequence[ManifestParcel]) -> None:
    grams = sum(row.parcel.weight_g for row in rows)
    told = _("Parcels: %(parcels)s · together %(kilograms)s kg") % {
        "parcels": len(rows),
        "kilograms": f"{grams / 1000:.1f}",
    }
    page.words(told, Box(15, 268, 180, 7), Style(11, 6, bold=True, middle=True))
    page.words(_("Taken over by (name, time):"), Box(15, 279, 60, 7), Style(10, 6, middle=True))
    page.line(75, 286, 120, thick=0.25)
