"""The page that prints labels for goods; the same for sellers and for the office, each with their own SKUs."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from toiya.core.documents.labels import GOODS_FORMATS
from toiya.core.errors import Refusal
from toiya.domain.catalog.papers import MOST_LABELS, Wanted, goods_labels
from toiya.web.shared.label_formats import label_file, paper_groups
from toiya.web.shared.label_rows import LabelRow, asked_rows, typed_rows
from toiya.web.shared.reader import Request
from toiya.web.shared.whole_numbers import whole_number

_USUAL = "a4-24"
_SOURCES = ("selected", "sku", "request", "bundle", "carton", "find")


def goods_page(request: Request, address: str, list_address: str) -> HttpResponse:
    """
    GET: the chosen SKUs with a number each. POST: the file to print.

    :param address: of this page; :param list_address: where SKUs are ticked
    """
    if request.method == "POST":
        return _printed(request, address, list_address)
    rows = asked_rows(request.GET, request.actor)
    return render(request, "toiya/labels/goods.html", _context(request.GET, rows, address, list_address))


def _printed(request: Request, address: str, list_address: str) -> HttpResponse:
    rows = typed_rows(request.POST, request.actor)
    form = GOODS_FORMATS.get(request.POST.get("paper", ""), GOODS_FORMATS[_USUAL])
    problem: Any = ""
    wanted: list[Wanted] = []
    for row in rows:
        made = row.wanted()
        if made is None and not problem:
            problem = _("The number or the day of %(sku)s cannot be read. Enter a whole number such as 24.")
            problem %= {"sku": row.sku.code}
        elif made is not None:
            wanted.append(made)
    start = whole_number(request.POST.get("start", "1")) or 1
    status = 422
    if not problem:
        try:
            content = goods_labels(wanted, form, skip=start - 1, with_jan=request.POST.get("symbol") == "jan")
            return label_file(content, form, "labels")
        except Refusal as refusal:
            problem, status = refusal, 409
    context = _context(request.POST, rows, address, list_address) | {"problem": problem}
    return render(request, "toiya/labels/goods.html", context, status=status)


def _context(asked: QueryDict, rows: list[LabelRow], address: str, list_address: str) -> dict[str, Any]:
    kept = [(name, value) for name in _SOURCES for value in asked.getlist(name) if value]
    return {
        "rows": rows,
        "groups": paper_groups(GOODS_FORMATS.values()),
        "paper": asked.get("paper", _USUAL),
        "start": asked.get("start", "1"),
        "symbol": asked.get("symbol", "sku"),
        "has_jan": any(row.jan for row in rows),
        "has_lots": any(row.lot or row.expires or row.sku.tracks_lots or row.sku.tracks_expiry for row in rows),
        "kept": [(name, value) for name, value in kept if name != "find"] + [("sku", row.sku.code) for row in rows],
        "fills": _fills(asked, kept),
        "address": address,
        "list_address": list_address,
        "most": MOST_LABELS,
    }


def _fills(asked: QueryDict, kept: list[tuple[str, str]]) -> list[dict[str, Any]]:
    """How the numbers are filled in: as told by the delivery, one of each, as many as in stock (A132)."""
    is_told = any(asked.getlist(name) for name in ("request", "bundle", "carton"))
    words = {"told": _("As announced")} if is_told else {}
    words |= {"one": _("One of each"), "stock": _("As many as in stock")}
    now = asked.get("fill", "told" if is_told else "one")
    return [
        {
            "label": word,
            "url": f"?{urlencode([*kept, ('fill', name)])}",
            "count": None,
            "current": name == now,
        }
        for name, word in words.items()
    ]
