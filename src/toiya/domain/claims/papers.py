"""
Papers of claims on A4: the claim as it is handed to a carrier, and the evidence of a late order for its seller.

Both are lists of rows and pictures; what the rows say comes in words of the reader's language.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from django.utils.translation import gettext as _
from django.utils.translation import override
from PIL import Image

from toiya.core import papers
from toiya.core.documents import Box, Style
from toiya.core.documents.pdf_labels import LabelPage
from toiya.domain.claims.models import Claim, ClaimLine, Evidence
from toiya.domain.outbound.customs_paper import amount
from toiya.domain.outbound.models import ParcelPhoto

CARRIERS_LANGUAGE = "ja"
MOST_PICTURES = 8
_TOP_MM, _END_MM, _ROW_MM = 40, 275, 8
_PLAIN = Style(9, 5, middle=True)
_BOLD = Style(11, 6, bold=True, middle=True)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a paper: what, and what of it; a row without the second is a heading."""

    left: str
    right: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture and the words under it."""

    content: bytes
    words: str


def listed(title: str, under: str, rows: Sequence[Row], pictures: Sequence[Picture]) -> bytes:
    """A paper of rows, then two pictures a page."""
    page = LabelPage(210, 297, title=title)
    top = _head(page, title, under)
    for row in rows:
        if top + _ROW_MM > _END_MM:
            page.next()
            top = _head(page, title, under)
        _row(page, row, top)
        top += _ROW_MM
    for number, picture in enumerate(pictures):
        if number % 2 == 0:
            page.next()
            _head(page, title, under)
        start = _TOP_MM + (number % 2) * 120
        page.picture(picture.content, Box(15, start, 180, 105))
        page.words(picture.words, Box(15, start + 107, 180, 6), _PLAIN)
    return page.finish().pdf


def claim_paper(claim: Claim, carrier: str) -> bytes:
    """The claim for its carrier, in Japanese: what was sent, what it is worth, what is asked for, and the proof."""
    with override(CARRIERS_LANGUAGE):
        rows = [*_facts(claim, carrier), *_goods(claim), *_scans(claim)]
        return listed(_("Claim %(code)s") % {"code": claim.code}, claim.warehouse.name, rows, pictures_of(claim))


def pictures_of(claim: Claim) -> list[Picture]:
    """The pictures taken when the parcel was packed, then those that people added."""
    found = photos_of([claim.parcel_id] if claim.parcel_id else [])
    added = Evidence.objects.filter(claim=claim).exclude(media_type=papers.PDF).order_by("pk")
    shown = [_picture(row.storage_key, f"{row.file_name} · {_when(row.added_at)}") for row in added]
    return [*found, *(each for each in shown if each is not None)][:MOST_PICTURES]


def photos_of(parcel_ids: Sequence[int]) -> list[Picture]:
    """The pictures of parcels, with the hash that says they are unchanged."""
    photos = ParcelPhoto.objects.filter(parcel_id__in=parcel_ids).select_related("parcel").order_by("pk")
    shown = [
        _picture(
            photo.storage_key,
            f"{photo.parcel.code} · {photo.get_moment_display()} · {_when(photo.taken_at)} · {photo.sha256[:16]}",
        )
        for photo in photos[:MOST_PICTURES]
    ]
    return [each for each in shown if each is not None]


def _facts(claim: Claim, carrier: str) -> list[Row]:
    facts = claim.facts
    told = [
        (_("To"), carrier),
        (_("What happened"), str(claim.get_kind_display())),
        (_("Parcel"), facts.get("parcel", "")),
        (_("Tracking number"), facts.get("tracking_number", "")),
        (_("Service"), facts.get("service", "")),
        (_("Weight"), f"{facts.get('weight_g', 0)} g"),
        (_("Left"), _short(facts.get("shipped_at", ""))),
        (_("File by"), claim.due_on.isoformat()),
        (_("Note"), claim.note[:200]),
    ]
    return [Row(word, value) for word, value in told if value]


def _goods(claim: Claim) -> list[Row]:
    lines = ClaimLine.objects.filter(claim=claim).select_related("sku").order_by("pk")
    rows = [Row(_("Goods"))]
    for line in lines:
        worth = f"{line.quantity} × {amount(line.unit_value_minor, claim.currency)} {claim.currency}"
        rows.append(Row(f"{line.sku.name} {line.sku.option}".strip(), worth))
    rows.append(Row(_("Value"), f"{amount(claim.value_minor, claim.currency)} {claim.currency}"))
    rows.append(Row(_("Asked for"), f"{amount(claim.most_minor, claim.currency)} {claim.currency}"))
    return rows


def _scans(claim: Claim) -> list[Row]:
    scans = claim.facts.get("scans", [])
    return [Row(_("Scans")), *(Row(_short(at), state) for state, at in scans)] if scans else []


def _head(page: LabelPage, title: str, under: str) -> float:
    page.words(title, Box(15, 12, 180, 11), Style(18, 9, bold=True, middle=True))
    page.words(under, Box(15, 24, 180, 8), Style(11, 6, middle=True))
    page.line(15, 35, 180, thick=0.5)
    return _TOP_MM


def _row(page: LabelPage, row: Row, top: float) -> None:
    if not row.right:
        page.words(row.left, Box(15, top, 180, _ROW_MM - 1), _BOLD)
    else:
        page.words(row.left, Box(15, top, 55, _ROW_MM - 1), _PLAIN)
        page.words(row.right, Box(72, top, 123, _ROW_MM - 1), _PLAIN)
    page.line(15, top + _ROW_MM - 0.5, 180, thick=0.125)


def _picture(key: str, words: str) -> Picture | None:
    """A kept picture; None when its file is gone or broken, so that the rest can still be shown."""
    try:
        with papers.cupboard().open(key, "rb") as stored:
            content: bytes = stored.read()
        with Image.open(BytesIO(content)) as picture:
            picture.verify()
    except (OSError, SyntaxError, ValueError):
        return None
    return Picture(content, words)


def _when(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"


def _short(at: str) -> str:
    return f"{datetime.fromisoformat(at):%Y-%m-%d %H:%M} UTC" if at else ""
