"""Bins and what lies in them."""

from __future__ import annotations

from django.db.models import Q, Sum
from django.http import HttpResponse
from django.shortcuts import render

from toiya.core.actor import Permission
from toiya.core.codes import folded
from toiya.domain.stock.models import BinStock
from toiya.domain.warehouses.models import Bin
from toiya.web.office.access import building, desk
from toiya.web.office.orders import clean
from toiya.web.shared.paging import page_of
from toiya.web.shared.reader import Request


@desk(Permission.SEE_STOCK)
def stock(request: Request) -> HttpResponse:
    """Search by bin, SKU, barcode or name; one row per bin, SKU and lot."""
    warehouse = building(request)
    words, kind = clean(request.GET.get("q", "")), request.GET.get("kind", "")
    lying = BinStock.objects.visible_to(request.actor).filter(warehouse=warehouse, quantity__gt=0)
    if kind in Bin.Kind.values:
        lying = lying.filter(bin__kind=kind)
    if words:
        code = folded(words)
        lying = lying.filter(
            Q(bin__code__startswith=code.removeprefix("BIN-"))
            | Q(sku__code__startswith=code)
            | Q(sku__seller_code__iexact=words)
            | Q(sku__name__icontains=words)
            | Q(sku__option__icontains=words)
            | Q(sku__barcodes__barcode=words)
            | Q(seller__name__icontains=words)
        ).distinct()
    page = page_of(lying.select_related("bin", "sku", "seller"), request.GET, ("bin_id", "id"))
    context = {
        "page": page,
        "warehouse": warehouse,
        "words": words,
        "kind": kind,
        "kinds": Bin.Kind.choices,
        "pieces": lying.aggregate(sum=Sum("quantity"))["sum"] or 0,
    }
    return render(request, "office/stock.html#list" if request.htmx else "office/stock.html", context)
