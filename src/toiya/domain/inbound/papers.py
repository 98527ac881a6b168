"""Labels for the boxes of a delivery: which box it is, where it goes, what is in it (L19, A134)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override

from toiya.core.documents import Box, Style
from toiya.core.documents.labels import Batch, Drawing, Format, Paper
from toiya.core.documents.marks import freight_mark
from toiya.core.documents.pdf_labels import pdf_of
from toiya.core.documents.zpl import zpl_of
from toiya.core.errors import Refusal
from toiya.domain.inbound.models import BundleLine, CargoBundle, Carton, CartonLine
from toiya.domain.members.models import Seller
from toiya.domain.warehouses.models import Warehouse

LANGUAGE = "ja"  # of those who read the box: our warehouses are in Japan
_WIDE, _HIGH = 100, 148  # the drawing is made for this; other sizes are in proportion
_ROWS = 8


class NoBoxes(Refusal):
    """A bundle without a carton list, or none ticked."""

    code = "no_boxes"
    message = gettext_lazy("There is no box to print a label for. List the boxes of %(bundle)s first, then tick some.")


@dataclass(frozen=True, slots=True)
class Content:
    """So many pieces of a SKU."""

    code: str
    seller_code: str
    name: str
    quantity: int


@dataclass(frozen=True, slots=True)
class BoxLabel:
    """What one box says."""

    bundle_code: str
    carton_code: str
    number: int
    count: int
    estimated_on: date
    seller: Seller
    warehouse: Warehouse
    contents: Sequence[Content] = ()
    weight_g: int = 0
    sides_mm: tuple[int, int, int] = (0, 0, 0)


def box_labels(bundle: CargoBundle, carton_ids: Sequence[int], form: Format, *, skip: int = 0) -> bytes:
    """
    The labels of the chosen boxes as the file their printer takes: a PDF or ZPL.

    :raises NoBoxes: none of them is a box of the bundle
    """
    labels = labels_of(bundle, carton_ids)
    if not labels:
        raise NoBoxes(bundle=bundle.code)
    with override(LANGUAGE):
        batches = [Batch(box_drawing(label)) for label in labels]
        if form.dots_an_inch:
            return "".join(zpl_of(batches, form.layout, form.dots_an_inch)).encode()
        return pdf_of(batches, form.layout, title=bundle.code, skip=skip).pdf


def labels_of(bundle: CargoBundle, carton_ids: Sequence[int]) -> list[BoxLabel]:
    """What the chosen boxes of a bundle say, in their order."""
    cartons = list(Carton.objects.filter(bundle=bundle).order_by("number"))
    chosen = [carton for carton in cartons if carton.pk in set(carton_ids)]
    contents = contents_of(chosen)
    return [
        BoxLabel(
            bundle_code=bundle.code,
            carton_code=carton.code,
            number=carton.number,
            count=len(cartons),
            estimated_on=bundle.estimated_on,
            seller=bundle.seller,
            warehouse=bundle.warehouse,
            contents=contents.get(carton.pk, []),
            weight_g=carton.weight_g,
            sides_mm=(carton.length_mm, carton.width_mm, carton.height_mm),
        )
        for carton in chosen
    ]


def contents_of(cartons: Sequence[Carton]) -> dict[int, list[Content]]:
    """What is in each carton, as the seller told it."""
    found: dict[int, list[Content]] = {}
    lines = CartonLine.objects.filter(carton_id__in=[carton.pk for carton in cartons])
    for line in lines.select_related("sku").order_by("pk"):
        found.setdefault(line.carton_id, []).append(_content(line, line.quantity))
    return found


def goods_of(bundle: CargoBundle) -> list[Content]:
    """What is told for the whole delivery."""
    lines = BundleLine.objects.filter(bundle=bundle).select_related("sku").order_by("pk")
    return [_content(line, line.told) for line in lines]


def _content(line: BundleLine | CartonLine, quantity: int) -> Content:
    sku = line.sku
    return Content(sku.code, sku.seller_code, f"{sku.name} {sku.option}".strip(), quantity)


def box_drawing(label: BoxLabel) -> Drawing:
    """The drawing of one box's label, in proportion to its paper; words in the active language."""

    def draw(paper: Paper, box: Box) -> None:
        sheet = _Sheet(paper, box, label.seller.language)
        _draw_head(sheet, label)
        _draw_codes(sheet, label)
        _draw_address(sheet, label)
        _draw_contents(sheet, label)

    return draw


class _Sheet:
    """A paper measured as if it were 100 × 148 mm."""

    def __init__(self, paper: Paper, box: Box, tongue: str) -> None:
        self.paper = paper
        self._tongue = tongue  # the seller's
        self._scale = min(box.width / _WIDE, box.height / _HIGH)
        self._left = box.left + (box.width - _WIDE * self._scale) / 2
        self._top = box.top + (box.height - _HIGH * self._scale) / 2

    def place(self, left: float, top: float, width: float, height: float) -> Box:
        scale = self._scale
        return Box(self._left + left * scale, self._top + top * scale, width * scale, height * scale)

    def words(self, text: str, box: Box, size: float, style: Style) -> None:
        """Text of `size` points on the 100 × 148 mm sheet."""
        self.paper.words(text, box, self._sized(size, style), LANGUAGE)

    def own_words(self, text: str, box: Box, size: float, style: Style) -> None:
        """The same for what the seller wrote."""
        self.paper.words(text, box, self._sized(size, style), self._tongue)

    def _sized(self, size: float, style: Style) -> Style:
        return Style(size * self._scale, 5, style.bold, style.align, style.middle)

    def line(self, top: float) -> None:
        at = self.place(5, top, 90, 0)
        self.paper.line(at.left, at.top, at.width, thick=0.5)


_BOLD = Style(1, bold=True, middle=True)
_RIGHT = Style(1, bold=True, middle=True, align="right")
_MIDDLE = Style(1, bold=True, middle=True, align="centre")
_PLAIN = Style(1, middle=True)


def _draw_head(sheet: _Sheet, label: BoxLabel) -> None:
    seller = label.seller
    sheet.paper.dots(freight_mark(seller.mark_frame, seller.mark_character), sheet.place(5, 5, 17, 17))
    sheet.own_words(seller.name, sheet.place(24, 5, 36, 10), 13, _BOLD)
    sheet.words(seller.code, sheet.place(24, 15, 36, 7), 10, _PLAIN)
    which = {"number": label.number, "count": label.count}
    sheet.words(f"{label.number} / {label.count}", sheet.place(60, 4, 35, 12), 32, _RIGHT)
    sheet.words(_("box %(number)s of %(count)s") % which, sheet.place(60, 16, 35, 6), 10, Style(1, align="right"))
    sheet.line(24)


def _draw_codes(sheet: _Sheet, label: BoxLabel) -> None:
    sheet.words(label.bundle_code, sheet.place(5, 27, 56, 14), 30, _BOLD)
    arrives = _("Arrives about %(day)s") % {"day": label.estimated_on.isoformat()}
    sheet.words(arrives, sheet.place(5, 43, 56, 7), 11, _PLAIN)
    sheet.words(_measures(label), sheet.place(5, 50, 56, 7), 11, _PLAIN)
    sheet.paper.square(label.carton_code, sheet.place(63, 25, 32, 32))
    sheet.words(label.carton_code, sheet.place(61, 57, 34, 5), 9, _MIDDLE)
    sheet.line(63)


def _measures(label: BoxLabel) -> str:
    sides = " × ".join(f"{side / 10:g}" for side in label.sides_mm) + " cm" if all(label.sides_mm) else ""
    weight = f"{label.weight_g / 1000:g} kg" if label.weight_g else ""
    return "  ".join(part for part in (sides, weight) if part)


def _draw_address(sheet: _Sheet, label: BoxLabel) -> None:
    warehouse = label.warehouse
    sheet.words(warehouse.name, sheet.place(5, 65, 90, 8), 15, _BOLD)
    sheet.words(f"〒{warehouse.postal_code} {warehouse.address}", sheet.place(5, 73, 90, 9), 11, _PLAIN)
    sheet.words(warehouse.address_en, sheet.place(5, 82, 90, 7), 9, _PLAIN)
    phone = warehouse.receiving_phone or warehouse.phone
    sheet.words(f"TEL {phone}" if phone else "", sheet.place(5, 89, 90, 5), 9, _PLAIN)
    sheet.line(95)


def _draw_contents(sheet: _Sheet, label: BoxLabel) -> None:
    contents = label.contents
    pieces = sum(content.quantity for content in contents)
    words = ngettext("%(pieces)s piece, kinds: %(kinds)s", "%(pieces)s pieces, kinds: %(kinds)s", pieces)
    told = words % {"pieces": pieces, "kinds": len(contents)} if contents else _("Contents: see the packing list")
    sheet.words(told, sheet.place(5, 96, 90, 6), 11, _BOLD)
    # The last row says how many are left when not all have room.
    shown = contents if len(contents) <= _ROWS else contents[: _ROWS - 1]
    for row, content in enumerate(shown):
        top = 103 + row * 5.2
        sheet.words(content.seller_code or content.code, sheet.place(5, top, 30, 5), 8, _PLAIN)
        sheet.own_words(content.name, sheet.place(36, top, 43, 5), 8, _PLAIN)
        sheet.words(f"× {content.quantity}", sheet.place(80, top, 15, 5), 10, _RIGHT)
    if len(shown) < len(contents):
        more = _("and %(count)s more kinds: see the packing list") % {"count": len(contents) - len(shown)}
        sheet.words(more, sheet.place(5, 103 + (_ROWS - 1) * 5.2, 90, 5), 8, _PLAIN)
