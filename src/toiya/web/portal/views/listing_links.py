"""Which listing on a sales site is which SKU: the list with proposals, one product with all its options."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from toiya.core.actor import Permission
from toiya.core.errors import Refusal
from toiya.core.jobs import wake
from toiya.domain.catalog.actions.customs import set_hs_code
from toiya.domain.catalog.models import Sku
from toiya.domain.channels import link_queries
from toiya.domain.channels.actions.telling import QUEUE
from toiya.domain.channels.models import Connection, Listing
from toiya.web.portal import link_rows
from toiya.web.portal.access import for_sellers
from toiya.web.portal.searching import clean
from toiya.web.shared.access import needs
from toiya.web.shared.paging import page_of
from toiya.web.shared.reader import Request

MOST_OPTIONS = 500


@needs(Permission.SEE_STOCK)
@for_sellers
@require_safe
def listings(request: Request) -> HttpResponse:
    """Listings by view, shop, SKU and words; those not linked first, each with its likeliest SKU."""
    query = request.GET
    view = query.get("view") or ("all" if query.get("sku") else "open")
    view = view if view in link_queries.VIEWS else "open"
    shops = list(Connection.objects.visible_to(request.actor).order_by("pk"))
    found = link_queries.listings(request.actor, view)
    sku = Sku.objects.visible_to(request.actor).filter(code=query.get("sku", "")).first() if query.get("sku") else None
    if query.get("sku"):
        found = found.filter(sku=sku, sku__isnull=False)
    if query.get("shop"):
        found = found.filter(connection__code=query["shop"])
    found = link_rows.listings_matching(found, query.get("q", ""))
    page = page_of(found, query, ("-option_code", "id") if view == "open" else ("title", "id"))
    counts = link_queries.counts(request.actor)
    context = {
        "page": page,
        "rows": link_rows.rows_of(request.actor, page.rows, request.at),
        "tabs": link_rows.tabs(view, counts, query),
        "view": view,
        "sku": sku,
        "shops": shops,
        "shop_code": query.get("shop", ""),
        "words": clean(query.get("q", "")),
        "counts": counts,
        "same_code": len(link_queries.same_code(request.actor)) if view == "open" else 0,
        "acts": link_queries.acts(request.actor),
        "read_at": min((shop.listings_read_at for shop in shops if shop.listings_read_at), default=None),
        "may_edit": request.actor.may(Permission.EDIT_CATALOG),
    }
    template = "portal/listing_links.html#list" if request.htmx else "portal/listing_links.html"
    return render(request, template, context)


@needs(Permission.EDIT_CATALOG)
@for_sellers
@require_POST
def read(request: Request) -> HttpResponse:
    """Read the listings of all shops now."""
    with transaction.atomic():
        for shop in Connection.objects.visible_to(request.actor).order_by("pk"):
            wake("channels.refresh_listings", "connection_id", shop.pk, QUEUE)
    messages.success(request, _("Reading what your shops offer. New listings appear within a minute."))
    return HttpResponseRedirect(reverse("portal:listing-links"))


def _product(request: Request, listing_id: int) -> list[Listing]:
    """All options of the product that this listing is one of."""
    one: Listing | None = Listing.objects.visible_to(request.actor).filter(pk=listing_id).first()
    if one is None:
        raise Http404
    same = Listing.objects.visible_to(request.actor).filter(connection_id=one.connection_id)
    found = same.filter(external_id=one.external_id).select_related("connection", "sku__item")
    return list(found.order_by("is_gone", "pk")[:MOST_OPTIONS])


@needs(Permission.SEE_STOCK)
@for_sellers
@require_safe
def product(request: Request, listing_id: int) -> HttpResponse:
    """One product of a shop with every option: links, pieces, HS codes (A096, A098)."""
    found = _product(request, listing_id)
    context: dict[str, Any] = {
        "rows": link_rows.rows_of(request.actor, found, request.at),
        "first": found[0],
        "listing_id": listing_id,
        "is_combined": any(row.option for row in found),
        "may_edit": request.actor.may(Permission.EDIT_CATALOG),
    }
    return render(request, "portal/listing_product.html", context)


@needs(Permission.EDIT_CATALOG)
@for_sellers
@require_POST
def hs_codes(request: Request, listing_id: int) -> HttpResponse:
    """The HS code of each option's SKU (A098, A099); those not sent stay."""
    found = _product(request, listing_id)
    skus = {row.sku.code: row.sku for row in found if row.sku is not None}
    changed = 0
    for code, sku in skus.items():
        wanted = request.POST.get(f"hs-{code}")
        if wanted is None or clean(wanted) == sku.hs_code:
            continue
        try:
            set_hs_code(sku_code=code, hs_code=clean(wanted), actor=request.actor, at=request.at)
            changed += 1
        except Refusal as refusal:
            messages.error(request, str(refusal))
    if changed:
        words = ngettext("%(count)s HS code saved.", "%(count)s HS codes saved.", changed)
        messages.success(request, words % {"count": changed})
    return HttpResponseRedirect(reverse("portal:listing-product", args=[listing_id]))
