"""The page that prints a delivery's papers: labels for its boxes, and the packing list."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from toiya.core.documents.labels import BOX_FORMATS
from toiya.core.errors import Refusal
from toiya.domain.inbound.models import CargoBundle, Carton
from toiya.domain.inbound.packing_paper import packing_list
from toiya.domain.inbound.papers import box_labels, contents_of
from toiya.web.shared.label_formats import label_file, paper_groups
from toiya.web.shared.reader import Request
from toiya.web.shared.whole_numbers import whole_number

_USUAL = "a4-4"


def box_page(request: Request, bundle: CargoBundle, goods_address: str) -> HttpResponse:
    """
    GET: the boxes to tick and the paper to choose. POST: the file to print.

    :param goods_address: of the page with labels for goods
    """
    if request.method == "POST":
        return _printed(request, bundle, goods_address)
    return _page(request, bundle, goods_address)


def _printed(request: Request, bundle: CargoBundle, goods_address: str) -> HttpResponse:
    form = BOX_FORMATS.get(request.POST.get("paper", ""), BOX_FORMATS[_USUAL])
    if request.POST.get("what") == "list":
        return label_file(packing_list(bundle), BOX_FORMATS[_USUAL], f"{bundle.code}-list")
    chosen = request.POST.getlist("selected")
    cartons = Carton.objects.filter(bundle=bundle, code__in=chosen).values_list("pk", flat=True)
    start = whole_number(request.POST.get("start", "1")) or 1
    try:
        content = box_labels(bundle, list(cartons), form, skip=start - 1)
    except Refusal as refusal:
        return _page(request, bundle, goods_address, problem=refusal, status=409)
    return label_file(content, form, bundle.code)


def _page(
    request: Request, bundle: CargoBundle, goods_address: str, *, problem: Any = "", status: int = 200
) -> HttpResponse:
    cartons = list(Carton.objects.filter(bundle=bundle).order_by("number"))
    contents = contents_of(cartons)
    chosen = set(request.POST.getlist("selected"))
    context = {
        "bundle": bundle,
        "rows": [(carton, contents.get(carton.pk, [])) for carton in cartons],
        "chosen": chosen if request.method == "POST" else {carton.code for carton in cartons},
        "groups": paper_groups(BOX_FORMATS.values()),
        "paper": request.POST.get("paper", _USUAL),
        "start": request.POST.get("start", "1"),
        "goods_address": goods_address,
        "problem": problem,
    }
    return render(request, "toiya/labels/boxes.html", context, status=status)
