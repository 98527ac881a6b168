"""The papers one can print labels on, in the reader's words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext as _

from toiya.core.documents.labels import Format


@dataclass(frozen=True, slots=True)
class PaperGroup:
    """Papers of one kind of printer: (code, words)."""

    label: str
    choices: list[tuple[str, str]]


def paper_groups(formats: Iterable[Format]) -> list[PaperGroup]:
    """The papers by printer: sheets, rolls as PDF, label printers by their dots."""
    groups: dict[str, PaperGroup] = {}
    for each in formats:
        label = _printer(each)
        groups.setdefault(label, PaperGroup(label, [])).choices.append((each.code, _size(each)))
    return list(groups.values())


def _printer(each: Format) -> str:
    if each.dots_an_inch:
        return _("Label printer, ZPL, %(dots)s dpi") % {"dots": each.dots_an_inch}
    return _("Office printer, A4 (PDF)") if each.layout.paper_width == 210 else _("Label printer (PDF)")


def _size(each: Format) -> str:
    size = f"{each.layout.width:g} × {each.layout.height:g} mm"
    if each.per_page == 1:
        return size
    return _("%(count)s on a sheet, %(size)s") % {"count": each.per_page, "size": size}


def label_file(content: bytes, form: Format, name: str) -> HttpResponse:
    """The file to open or to send to the printer."""
    if not form.dots_an_inch:
        headers = {"Content-Disposition": f'inline; filename="{name}.pdf"'}
        return HttpResponse(content, content_type="application/pdf", headers=headers)
    headers = {"Content-Disposition": f'attachment; filename="{name}.zpl"'}
    return HttpResponse(content, content_type="text/plain; charset=utf-8", headers=headers)
