"""Pages about orders: placing one, looking at one, cancelling a line."""

from datetime import timedelta
from random import Random

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from toiya.sandbox.pages.forms import OrderForm
from toiya.sandbox.site import clock, people
from toiya.sandbox.site.models import Claim, Line, LineCall, Listing, Option, Shop
from toiya.sandbox.site.ordering import claiming, placing
from toiya.sandbox.site.ordering.refusals import OrderingRefused

ON_SALE = "S2"


@require_safe
def order_page(request: HttpRequest, login_id: str, order_no: int, refusal: str = "") -> HttpResponse:
    """Show one order line: what, for whom, where the parcel is, its claims and the calls that named it."""
    shop = get_object_or_404(Shop, login_id=login_id)
    line = get_object_or_404(Line.objects.select_related("cart"), shop=shop, order_no=order_no)
    shown = {
        "shop": shop,
        "line": line,
        "neighbours": Line.objects.filter(cart=line.cart).exclude(pk=line.pk),
        "claims": Claim.objects.filter(line=line),
        "attempts": LineCall.objects.filter(line=line),
        "may_cancel": not line.is_cancelled and line.shipped_at is None,
        "refusal": refusal,
    }
    return render(request, "pages/order.html", shown, status=409 if refusal else 200)


@require_POST
def cancel_order(request: HttpRequest, login_id: str, order_no: int) -> HttpResponse:
    """Cancel a line as its buyer would."""
    shop = get_object_or_404(Shop, login_id=login_id)
    try:
        with transaction.atomic():
            line = get_object_or_404(Line.objects.select_related("listing", "option"), shop=shop, order_no=order_no)
            claiming.claim(line, claiming.Wish(reason="お客様都合"), at=clock.now())
    except OrderingRefused as refused:
        request.method = "GET"
        return order_page(request, login_id, order_no, refusal=str(refused))
    return redirect("order", login_id=login_id, order_no=order_no)


def place_order(request: HttpRequest, login_id: str) -> HttpResponse:
    """Show the order form with an invented receiver; place the order that is sent with it."""
    shop = get_object_or_404(Shop, login_id=login_id)
    goods = _goods(shop)
    choices = [(value, title) for value, (title, _, _) in goods.items()]
    if request.method == "POST":
        form = OrderForm(request.POST, goods=choices)
        if form.is_valid():
            try:
                placed = placing.place_carts(shop, [_wanted(form, goods)])
                return redirect("order", login_id=login_id, order_no=placed[0][1][0].order_no)
            except OrderingRefused as refused:
                form.add_error(None, str(refused))
    else:
        form = OrderForm(goods=choices, initial=people.invent_receiver(Random()))  # noqa: S311
    return render(request, "pages/place_order.html", {"shop": shop, "form": form, "has_goods": bool(goods)})


def _goods(shop: Shop) -> dict[str, tuple[str, Listing, Option | None]]:
    """What may be ordered, by the value of the form's choice: listings without options, and options."""
    listings = {item.pk: item for item in Listing.objects.filter(shop=shop, status=ON_SALE)}
    options = list(Option.objects.filter(listing__in=listings).select_related("listing"))
    with_options = {option.listing.pk for option in options}
    goods: dict[str, tuple[str, Listing, Option | None]] = {}
    for listing in listings.values():
        if listing.pk not in with_options:
            title = f"{listing.title} [{listing.seller_code}] · {listing.quantity} left"
            goods[f"{listing.pk}"] = (title, listing, None)
    for option in options:
        listing = listings[option.listing.pk]
        title = f"{listing.title} · {option.text} [{option.code}] · {option.quantity} left"
        goods[f"{listing.pk}-{option.pk}"] = (title, listing, option)
    return goods


def _wanted(form: OrderForm, goods: dict[str, tuple[str, Listing, Option | None]]) -> placing.WantedCart:
    now = clock.now()
    paid = form.cleaned_data["paid"]
    paid_at = now - timedelta(seconds=int(paid)) if paid else None
    ordered_at = (paid_at or now) - timedelta(seconds=90)
    receiver = {"tel": "", **form.receiver()}
    buyer = {"email": "buyer@example.invalid", "tel": "", "mobile": receiver["mobile"]}
    lines = [placing.WantedLine(goods[value][1], goods[value][2], pieces) for value, pieces in form.chosen_lines()]
    return placing.WantedCart(
        lines=lines,
        buyer={**buyer, "name": receiver["name"], "kana": receiver["kana"]},
        receiver=receiver,
        ordered_at=ordered_at,
        paid_at=paid_at,
        visible_from=ordered_at,
        notes={"message": form.cleaned_data["message"]},
    )
