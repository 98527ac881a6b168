"""Inventory items: the list, one item with its grid of SKUs, and both as sheets."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from toiya.core.actor import Permission
from toiya.core.errors import Refusal
from toiya.domain.catalog.actions.editing import edit_item, switch_item
from toiya.domain.catalog.actions.registering import NewSku, add_options
from toiya.domain.catalog.actions.removing import remove_item
from toiya.domain.catalog.models import InventoryItem, Sku
from toiya.domain.catalog.queries import shares_with
from toiya.domain.catalog.rules import SURCHARGED_BELOW_PERCENT, has_too_many_surcharges, surcharged_percent
from toiya.domain.channels.models import Listing
from toiya.web.portal.access import for_sellers
from toiya.web.portal.item_forms import ItemForm, item_initial
from toiya.web.portal.item_rows import Filters, grid_of, grid_rows, items_found
from toiya.web.portal.sku_forms import PartnerForm
from toiya.web.shared import sheet_files
from toiya.web.shared.access import needs
from toiya.web.shared.paging import page_of
from toiya.web.shared.reader import Request

MOST_IN_FILE = 20_000
SURCHARGE_LIMIT_AT = "qoo10"


@needs(Permission.SEE_STOCK)
@for_sellers
@require_safe
def items(request: Request) -> HttpResponse:
    """All items, narrowed by words, day of registration, and on or off (A073, A074)."""
    filters = Filters.of(request.GET)
    page = page_of(items_found(request.actor, filters), request.GET, ("-id",))
    context = {
        "page": page,
        "filters": filters,
        "has_any": bool(page.total) or filters.is_any,
        "may_edit": request.actor.may(Permission.EDIT_CATALOG),
        "shared": shares_with(request.actor).count(),
        "export_query": request.GET.urlencode(),
    }
    template = "portal/items.html#list" if request.htmx else "portal/items.html"
    return render(request, template, context)


@needs(Permission.SEE_STOCK)
@for_sellers
@require_safe
def items_file(request: Request) -> HttpResponse:
    """The list as it is narrowed, as xlsx (A073)."""
    found = items_found(request.actor, Filters.of(request.GET)).order_by("-id")[:MOST_IN_FILE]
    headings = [
        _("Seller product code"),
        _("Item number"),
        _("Name"),
        _("SKUs"),
        _("Own quantity"),
        _("On hand"),
        _("Kept here"),
        _("On sale"),
        _("Registered"),
    ]
    rows = (
        [
            item.seller_code,
            item.code,
            item.name,
            item.options,
            item.own_total,
            item.on_hand,
            _("Yes") if item.is_stocked_here else _("No"),
            _("On") if item.is_active else _("Off"),
            item.registered_at.date().isoformat() if item.registered_at else "",
        ]
        for item in found.iterator(chunk_size=1000)
    )
    return sheet_files.xlsx("items", headings, rows)


@needs(Permission.SEE_STOCK)
@for_sellers
@require_http_methods(["GET", "HEAD", "POST"])
def item(request: Request, code: str) -> HttpResponse:
    """One item: what is written about it, the grid of its SKUs. A POST changes the item."""
    found = item_of(request, code)
    form = ItemForm(initial=item_initial(found))
    if request.method == "POST":
        if not request.actor.may(Permission.EDIT_CATALOG):
            raise PermissionDenied
        form = ItemForm(request.POST)
        if form.is_valid():
            changed = edit_item(item_code=code, facts=form.facts(), actor=request.actor, at=request.at)
            messages.success(request, _("Item saved.") if changed else _("Nothing was changed."))
            return HttpResponseRedirect(reverse("portal:item", args=[code]))
    return show_item(request, found, {"form": form}, 422 if form.errors else 200)


def item_of(request: Request, code: str) -> InventoryItem:
    """The seller's item. :raises Http404:"""
    found: InventoryItem | None = InventoryItem.objects.visible_to(request.actor).filter(code=code).first()
    if found is None:
        raise Http404
    return found


def show_item(request: Request, found: InventoryItem, more: dict[str, Any], status: int = 200) -> HttpResponse:
    """The page of an item, with what a view has to add: a form with errors, cells as typed, a problem."""
    page = page_of(grid_of(found, Sku.objects.visible_to(request.actor)), request.GET, ("id",))
    context = {
        "item": found,
        "form": ItemForm(initial=item_initial(found)),
        "partner_form": PartnerForm(),
        "page": page,
        "rows": grid_rows(found, page.rows),
        "may_edit": request.actor.may(Permission.EDIT_CATALOG),
        "too_many_surcharges": _too_many_surcharges(found),
        "percent": SURCHARGED_BELOW_PERCENT,
        "shares": list(found.shares.select_related("partner").order_by("-pk")[:20]),
    }
    return render(request, "portal/item.html", context | more, status=status)


def _too_many_surcharges(found: InventoryItem) -> dict[str, Any] | None:
    """The manual's limit on surcharged options (A092): a warning; where a Qoo10 listing is tied, the site refuses."""
    surcharges = list(found.skus.values_list("surcharge_minor", flat=True))
    if not has_too_many_surcharges(surcharges):
        return None
    on_site = Listing.objects.filter(
        seller_id=found.seller_id, sku__item=found, is_gone=False, connection__channel=SURCHARGE_LIMIT_AT
    )
    return {"percent": surcharged_percent(surcharges), "is_at_site": on_site.exists()}


@needs(Permission.SEE_STOCK)
@for_sellers
@require_safe
def item_file(request: Request, code: str) -> HttpResponse:
    """The grid of an item as xlsx (A086)."""
    found = item_of(request, code)
    rows = grid_rows(found, list(grid_of(found, Sku.objects.visible_to(request.actor)).order_by("pk")))
    names = [str(name) for name in found.option_names]
    headings = [
        *names,
        _("Quantity"),
        _("Surcharge"),
        _("Currency"),
        _("Seller code"),
        _("SKU"),
        _("Option"),
        _("Price"),
        _("On hand"),
        _("Allocated"),
        _("Links"),
    ]
    lines = (
        [
            *(
                row.sku.option_values[place] if place < len(row.sku.option_values) else ""
                for place in range(len(names))
            ),
            row.sku.own_quantity,
            row.surcharge,
            found.currency,
            row.sku.seller_code,
            row.sku.code,
            row.sku.option,
            row.price,
            row.sku.on_hand,
            row.sku.allocated,
            row.links,
        ]
        for row in rows
    )
    return sheet_files.xlsx(found.code, headings, lines)


@needs(Permission.EDIT_CATALOG)
@for_sellers
@require_POST
def options(request: Request, code: str) -> HttpResponse:
    """One more SKU for the item."""
    found = item_of(request, code)
    values = tuple(
        request.POST.get(f"value-{number}", "").strip()[:100] for number, _name in enumerate(found.option_names, 1)
    )
    new = NewSku(
        option=request.POST.get("option", "").strip()[:100] if not values else "",
        seller_code=request.POST.get("seller_code", "").strip()[:100],
        barcode=request.POST.get("barcode", "").strip()[:60],
        values=values,
    )
    if not new.text:
        return show_item(request, found, {"option_problem": _("Say what the option is, such as navy.")}, 422)
    try:
        (added,) = add_options(item_code=code, options=[new], actor=request.actor, at=request.at)
    except Refusal as refusal:
        return show_item(request, found, {"option_problem": str(refusal), "typed": request.POST}, 422)
    messages.success(request, _("SKU %(sku)s added.") % {"sku": added.code})
    return HttpResponseRedirect(reverse("portal:item", args=[code]))


@needs(Permission.EDIT_CATALOG)
@for_sellers
@require_POST
def switching(request: Request, code: str) -> HttpResponse:
    """The item off or on, with its SKUs."""
    found, is_active = item_of(request, code), request.POST.get("is_active") == "yes"
    switch_item(item_code=found.code, is_active=is_active, actor=request.actor, at=request.at)
    messages.success(request, _("Switched on.") if is_active else _("Switched off. Its stock and history stay."))
    return HttpResponseRedirect(reverse("portal:item", args=[code]))


@needs(Permission.EDIT_CATALOG)
@for_sellers
@require_POST
def deletion(request: Request, code: str) -> HttpResponse:
    """The item is deleted, if nothing ever used it; else the reason why not."""
    found = item_of(request, code)
    try:
        remove_item(item_code=found.code, actor=request.actor, at=request.at)
    except Refusal as refusal:
        return show_item(request, found, {"problem": str(refusal)}, 409)
    messages.success(request, _("Item %(code)s deleted.") % {"code": code})
    return HttpResponseRedirect(reverse("portal:items"))
