"""Registering an item, three ways (A084): typed in, from a product on a sales site, from a sheet (imports)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from toiya.core.actor import Permission
from toiya.core.errors import Refusal
from toiya.domain.catalog.actions.registering import register_new_item
from toiya.domain.channels.actions.registering_products import Product, register_from_product
from toiya.domain.channels.products import products
from toiya.web.portal.access import for_sellers, shop_of
from toiya.web.portal.item_forms import (
    MOST_AXES,
    MOST_ROWS,
    ItemForm,
    OptionRow,
    axes_typed,
    new_sku,
    rows_of,
    rows_typed,
)
from toiya.web.shared.access import needs
from toiya.web.shared.reader import Request

SHOWN_PRODUCTS = 50


@needs(Permission.EDIT_CATALOG)
@for_sellers
@require_safe
def ways(request: Request) -> HttpResponse:
    """The three ways in, side by side."""
    return render(request, "portal/item_ways.html")


@needs(Permission.EDIT_CATALOG)
@for_sellers
@require_http_methods(["GET", "HEAD", "POST"])
def direct(request: Request) -> HttpResponse:
    """
    Typed in (A085). [Apply] makes the lines out of option names and values, nothing is stored; [Save] registers.
    """
    typed: Mapping[str, str] = request.POST if request.method == "POST" else {}
    form = ItemForm(request.POST if typed else None, initial={"currency": shop_of(request).currency})
    axes = axes_typed(typed)
    rows = rows_typed(typed, typed.get("currency", "")) if "row-1" in typed else []
    problem = ""
    if typed.get("step") == "save" and form.is_valid():
        rows = rows or rows_of([])
        problem = next((f"{row.text}: {row.problem}" for row in rows if row.problem), "")
        if not problem:
            saved = _saved(request, form, rows)
            if isinstance(saved, HttpResponse):
                return saved
            problem = saved
    elif typed.get("step") == "apply":
        rows = rows_of(axes)[: MOST_ROWS + 1]
        form = ItemForm(initial=request.POST.dict() | {"is_stocked_here": "is_stocked_here" in typed})
        if len(rows) > MOST_ROWS:
            problem = _("These are more than %(most)s SKUs. Use a sheet for so many.") % {"most": MOST_ROWS}
            rows = []
    context = {"form": form, "axes": _axis_fields(typed), "names": [name for name, _values in axes], "rows": rows}
    status = 422 if form.errors or problem else 200
    return render(request, "portal/item_new.html", context | {"problem": problem}, status=status)


def _saved(request: Request, form: ItemForm, rows: list[OptionRow]) -> HttpResponse | str:
    """The answer after registering, or why not."""
    names = tuple(name for name, _values in axes_typed(request.POST))
    if any(len(row.values) != len(names) for row in rows):
        return _("The options were changed after the lines were made. Press Apply once more.")
    try:
        item = register_new_item(
            seller_id=shop_of(request).pk,
            new=form.new(names),
            options=[new_sku(row, form.cleaned_data["currency"]) for row in rows],
            actor=request.actor,
            at=request.at,
        )
    except Refusal as refusal:
        return str(refusal)
    messages.success(request, _("Item %(code)s registered.") % {"code": item.code})
    return HttpResponseRedirect(reverse("portal:item", args=[item.code]))


def _axis_fields(typed: Mapping[str, str]) -> list[dict[str, Any]]:
    return [
        {"number": number, "name": typed.get(f"axis-{number}", ""), "values": typed.get(f"values-{number}", "")}
        for number in range(1, MOST_AXES + 1)
    ]


@needs(Permission.EDIT_CATALOG)
@for_sellers
@require_http_methods(["GET", "HEAD", "POST"])
def from_product(request: Request) -> HttpResponse:
    """From a product on a sales site (A087): find it, press; options are read in and listings tied at once."""
    problem = ""
    if request.method == "POST":
        product = Product(
            connection_code=request.POST.get("shop", "")[:20],
            external_id=request.POST.get("product", "").replace("\x00", "")[:60],
            follows_reference=request.POST.get("follows") == "yes",
        )
        try:
            item = register_from_product(product=product, actor=request.actor, at=request.at)
        except Refusal as refusal:
            problem = str(refusal)
        else:
            messages.success(request, _("Item registered, its listings are linked. Check prices and weights."))
            return HttpResponseRedirect(reverse("portal:item", args=[item.code]))
    by, words = request.GET.get("by", ""), request.GET.get("q", "").replace("\x00", "")[:100]
    found = list(products(request.actor, by, words)[: SHOWN_PRODUCTS + 1])
    context = {
        "products": found[:SHOWN_PRODUCTS],
        "has_more": len(found) > SHOWN_PRODUCTS,
        "by": by,
        "words": words,
        "problem": problem,
    }
    template = "portal/item_from_product.html#choices" if request.htmx else "portal/item_from_product.html"
    return render(request, template, context, status=409 if problem else 200)
