"""Labels to stick on goods: what one says, and how it is drawn on any size of label (A132, L33)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy

from toiya.core.documents import Box, CodeDoesNotFit, Style
from toiya.core.documents.ean import is_ean
from toiya.core.documents.labels import Batch, Drawing, Format, Kind, Paper
from toiya.core.documents.pdf_labels import pdf_of
from toiya.core.documents.zpl import zpl_of
from toiya.core.errors import Refusal
from toiya.domain.catalog.models import Barcode, Sku

MOST_LABELS = 5_000
_POINTS_A_MM = 72 / 25.4


class TooManyLabels(Refusal):
    """More labels than one file takes."""

    code = "too_many_labels"
    message = gettext_lazy("%(count)s labels are too many for one file. Print at most %(most)s at a time.")


class NoLabels(Refusal):
    """Every number is nothing."""

    code = "no_labels"
    message = gettext_lazy("There is nothing to print. Enter how many labels you want of at least one SKU.")


@dataclass(frozen=True, slots=True)
class GoodsLabel:
    """What one label says. `jan` is drawn as the code instead of the SKU's when it is there."""

    code: str
    name: str
    option: str = ""
    seller_code: str = ""
    jan: str = ""
    lot: str = ""
    expires_on: date | None = None
    tongue: str = ""  # of a name in Chinese characters alone: the seller's language


@dataclass(frozen=True, slots=True)
class Wanted:
    """So many labels of a SKU, perhaps with the lot that is stuck on."""

    sku: Sku
    copies: int
    lot: str = ""
    expires_on: date | None = None


def label_of(wanted: Wanted, *, jan: str = "") -> GoodsLabel:
    """What the label of a SKU says."""
    sku = wanted.sku
    return GoodsLabel(
        code=sku.code,
        name=sku.name,
        option=sku.option,
        seller_code=sku.seller_code,
        jan=jan,
        lot=wanted.lot,
        expires_on=wanted.expires_on,
        tongue=sku.seller.language,
    )


def jans_of(sku_ids: Iterable[int]) -> Mapping[int, str]:
    """The first JAN, EAN or UPC number of each SKU that has one."""
    found: dict[int, str] = {}
    barcodes = Barcode.objects.filter(sku_id__in=list(sku_ids)).order_by("pk")
    for sku_id, barcode in barcodes.values_list("sku_id", "barcode"):
        if is_ean(barcode):
            found.setdefault(sku_id, barcode)
    return found


def goods_labels(wanted: Sequence[Wanted], form: Format, *, skip: int = 0, with_jan: bool = False) -> bytes:
    """
    The labels as the file their printer takes: a PDF or ZPL.

    :param skip: places of the first sheet that are used up already
    :raises NoLabels, TooManyLabels: nothing, or more than one file takes
    """
    count = sum(each.copies for each in wanted)
    if count <= 0:
        raise NoLabels()
    if count > MOST_LABELS:
        raise TooManyLabels(count=count, most=MOST_LABELS)
    jans = jans_of(each.sku.pk for each in wanted) if with_jan else {}
    batches = [Batch(goods_drawing(label_of(each, jan=jans.get(each.sku.pk, ""))), each.copies) for each in wanted]
    if form.dots_an_inch:
        return "".join(zpl_of(batches, form.layout, form.dots_an_inch)).encode()
    return pdf_of(batches, form.layout, title="Labels", skip=skip).pdf


def goods_drawing(label: GoodsLabel) -> Drawing:
    """The drawing of one label; everything is in parts of its height, so one drawing serves every size."""

    def draw(paper: Paper, box: Box) -> None:
        pad = min(box.width, box.height) * 0.06
        inner = Box(box.left + pad, box.top + pad, box.width - 2 * pad, box.height - 2 * pad)
        point = inner.height * _POINTS_A_MM
        name = Style(point * 0.13, smallest=min(6.0, point * 0.1), bold=True)
        paper.words(label.name, _part(inner, 0, 0.24), name, label.tongue)
        option = Style(point * 0.11, smallest=4.5)
        paper.words(label.option, _part(inner, 0.24, 0.12), option, label.tongue)
        _draw_code(paper, inner, label, point)
        foot = Style(point * 0.1, smallest=4, align="centre")
        paper.words(_foot(label), _part(inner, 0.88, 0.12), foot, label.tongue)

    return draw


def _draw_code(paper: Paper, inner: Box, label: GoodsLabel, point: float) -> None:
    kind: Kind = "ean" if label.jan else "code128"
    printed = label.jan or label.code
    style = Style(point * 0.13, smallest=4, bold=True, align="centre")
    try:
        paper.linear(kind, printed, _part(inner, 0.38, 0.35))
    except CodeDoesNotFit:
        # Too narrow for bars: a square stands at the left, with the code beside it.
        square = paper.square(printed, _part(inner, 0.37, 0.5))
        left = inner.left + square.width + 0.5
        middle = square.top + (square.height - inner.height * 0.13) / 2
        paper.words(printed, Box(left, middle, inner.left + inner.width - left, inner.height * 0.13), style)
    else:
        paper.words(printed, _part(inner, 0.745, 0.13), style)


def _part(inner: Box, top: float, height: float) -> Box:
    return Box(inner.left, inner.top + inner.height * top, inner.width, inner.height * height)


def _foot(label: GoodsLabel) -> str:
    """What helps people: the seller's own code, the SKU's under a JAN, lot and use-by day as printed in the trade."""
    parts = [
        label.code if label.jan else "",
        label.seller_code,
        f"LOT {label.lot}" if label.lot else "",
        f"EXP {label.expires_on:%Y-%m-%d}" if label.expires_on else "",
    ]
    return " · ".join(part for part in parts if part)
