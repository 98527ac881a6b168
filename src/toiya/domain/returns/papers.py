"""The paper a buyer puts on a parcel that comes back: where to, and which return it is (A193)."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from toiya.core.documents import Box, Style
from toiya.core.documents.pdf_labels import LabelPage
from toiya.core.errors import Refusal
from toiya.domain.returns.models import Return, ReturnsAddress

_LEFT, _WIDE = 6, 88


class NoReturnsAddress(Refusal):
    """The warehouse has not said where returns go."""

    code = "no_returns_address"
    message = gettext_lazy("%(warehouse)s has no address for returns yet. Ask the warehouse to enter one.")


def return_label(found: Return, language: str) -> bytes:
    """The label as PDF, 100 × 150 mm; the words in the reader's language. :raises NoReturnsAddress:"""
    where = ReturnsAddress.objects.filter(warehouse_id=found.warehouse_id).first()
    if where is None:
        raise NoReturnsAddress(warehouse=found.warehouse.name)
    line = Style(12, 7, middle=True)
    with override(language):
        page = LabelPage(100, 150, title=found.code)
        page.words(_("Return"), Box(_LEFT, 6, 60, 12), Style(24, 12, bold=True, middle=True))
        page.words(found.seller.name, Box(_LEFT, 19, 60, 7), line)
        page.square(found.code, Box(70, 6, 24, 24))
        page.line(_LEFT, 32, _WIDE, thick=0.5)
        page.words(f"〒{where.postal_code}", Box(_LEFT, 35, _WIDE, 7), Style(13, 7, bold=True, middle=True))
        page.words(where.address, Box(_LEFT, 43, _WIDE, 16), Style(13, 7))
        page.words(where.entrance, Box(_LEFT, 60, _WIDE, 12), Style(15, 7, bold=True, middle=True))
        page.words(where.name, Box(_LEFT, 73, _WIDE, 9), Style(14, 7, bold=True, middle=True))
        page.words(where.phone, Box(_LEFT, 83, _WIDE, 7), line)
        page.line(_LEFT, 93, _WIDE, thick=0.25)
        order = found.order.code if found.order else "–"
        page.words(_("Order %(code)s") % {"code": order}, Box(_LEFT, 95, _WIDE, 7), line)
        prepaid = _("Send it prepaid. A parcel that comes freight collect is not taken in.")
        page.words(prepaid, Box(_LEFT, 103, _WIDE, 12), Style(10, 6, bold=True))
        page.linear("code128", found.code, Box(_LEFT, 120, _WIDE, 14))
        page.words(found.code, Box(_LEFT, 135, _WIDE, 7), Style(14, 7, bold=True, middle=True, align="centre"))
        return page.finish().pdf
