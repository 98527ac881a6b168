"""Pages about shops: the list of shops, what one offers, what was ordered there."""

from typing import TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Count, Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from toiya.sandbox.site.models import Line, Listing, Option, Shop
from toiya.sandbox.site.models.orders import Status

ROWS_PER_PAGE = 100

Row = TypeVar("Row", bound=Model)


@require_safe
def shop_list(request: HttpRequest) -> HttpResponse:
    """Show all shops with the number of their listings and of the orders not shipped yet."""
    is_open = Q(lines__status__lt=Status.ON_DELIVERY, lines__is_cancelled=False)
    shops = Shop.objects.order_by("id").annotate(
        listing_count=Count("listings", distinct=True),
        open_count=Count("lines", filter=is_open, distinct=True),
    )
    return render(request, "pages/shops.html", {"shops": shops})


@require_safe
def listing_list(request: HttpRequest, login_id: str) -> HttpResponse:
    """Show what a shop offers, each option with its stock."""
    shop = get_object_or_404(Shop, login_id=login_id)
    page = _page(request, Listing.objects.filter(shop=shop).order_by("item_code"))
    options: dict[int, list[Option]] = {}
    for option in Option.objects.filter(listing__in=page.object_list).select_related("listing"):
        options.setdefault(option.listing.pk, []).append(option)
    rows = [(listing, options.get(listing.pk, [])) for listing in page.object_list]
    return render(request, "pages/listings.html", {"shop": shop, "rows": rows, "page": page})


@require_safe
def order_list(request: HttpRequest, login_id: str) -> HttpResponse:
    """Show the order lines of a shop, newest first."""
    shop = get_object_or_404(Shop, login_id=login_id)
    lines = Line.objects.filter(shop=shop).select_related("cart").order_by("-order_no")
    return render(request, "pages/orders.html", {"shop": shop, "page": _page(request, lines)})


def _page(request: HttpRequest, rows: QuerySet[Row]) -> Page[Row]:
    return Paginator(rows, ROWS_PER_PAGE).get_page(request.GET.get("page"))
