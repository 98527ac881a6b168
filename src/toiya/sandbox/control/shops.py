"""Control of shops: open them, give them keys and listings, fill a whole demo."""

from datetime import datetime
from random import Random

from django.db import transaction
from django.http import HttpRequest

from toiya.sandbox.control.bodies import Body, ControlRefused
from toiya.sandbox.control.doors import door, find_shop
from toiya.sandbox.control.states import cart_state, key_state, line_states, listing_states, shop_state
from toiya.sandbox.control.wishes import read_cart, read_contact, read_listing, read_shop
from toiya.sandbox.site import clock
from toiya.sandbox.site.models import Line, Listing, SellerKey, Shop
from toiya.sandbox.site.ordering.shopkeeping import offer, open_shop
from toiya.sandbox.site.qapi.authentication import issue_seller_key
from toiya.sandbox.site.world import fill_demo, place_plans

GRANT_CODES = {-90002, -90003}


@door("GET", "POST")
def shops(request: HttpRequest) -> dict[str, object]:
    """GET lists the shops; POST opens one."""
    if request.method == "GET":
        return {"shops": [shop_state(shop) for shop in Shop.objects.order_by("id")]}
    body = Body.of(request)
    login_id = body.text("login_id")
    password, name = body.text("password", "demo-pass"), body.text("name", login_id)
    api_key, contact = body.text("api_key", ""), read_contact(body)
    body.end()
    return shop_state(open_shop(login_id, password, name, api_key, contact))


@door("GET", "POST")
def one_shop(request: HttpRequest, login_id: str) -> dict[str, object]:
    """GET shows a shop; POST changes its password or contact, suspends it, or takes methods away from it."""
    shop = find_shop(login_id)
    if request.method == "POST":
        body = Body.of(request)
        shop.password = body.text("password", shop.password)
        shop.is_suspended = body.flag("is_suspended", shop.is_suspended)
        if body.has("not_granted"):
            shop.not_granted = body.record("not_granted")
        for name, value in read_contact(body).items():
            setattr(shop, name, value)
        body.end()
        if not set(shop.not_granted.values()) <= GRANT_CODES:
            raise ControlRefused("not_granted gives a code other than -90002 or -90003. Use one of them.")
        shop.save()
    return shop_state(shop)


@door("POST")
def keys(request: HttpRequest, login_id: str) -> dict[str, object]:
    """Issue a seller key at once, as the method itself would."""
    Body.of(request).end()
    return key_state(issue_seller_key(find_shop(login_id), at=clock.now()))


@door("POST")
def key_expiry(request: HttpRequest, login_id: str) -> dict[str, object]:
    """Let every seller key of a shop expire now."""
    Body.of(request).end()
    shop = find_shop(login_id)
    SellerKey.objects.filter(shop=shop, expires_at__gt=clock.now()).update(expires_at=clock.now())
    return shop_state(shop)


@door("GET", "POST")
def listings(request: HttpRequest, login_id: str) -> dict[str, object]:
    """GET lists what a shop offers, with stock; POST adds listings with options."""
    shop = find_shop(login_id)
    if request.method == "POST":
        body = Body.of(request)
        wanted = [read_listing(listing) for listing in body.bodies("listings")]
        body.end()
        return {"listings": listing_states(offer(shop, wanted, at=clock.now()))}
    return {"listings": listing_states(Listing.objects.filter(shop=shop).order_by("item_code"))}


@door("POST")
def carts(request: HttpRequest, login_id: str) -> dict[str, object]:
    """Place carts in a shop, all or none."""
    shop = find_shop(login_id)
    body = Body.of(request)
    plans = [read_cart(cart, at=clock.now()) for cart in body.bodies("carts")]
    seed = body.integer("seed", Line.objects.count())
    body.end()
    placed = place_plans(shop, plans, Random(seed))  # noqa: S311 (invented people, not secrets)
    return {"carts": [cart_state(cart, lines) for cart, lines in placed]}


@door("GET")
def orders(request: HttpRequest, login_id: str) -> dict[str, object]:
    """Return every order line of a shop."""
    del request
    lines = Line.objects.filter(shop=find_shop(login_id)).select_related("cart", "shop")
    return {"orders": line_states(lines)}


@door("POST")
@transaction.atomic
def demo(request: HttpRequest) -> dict[str, object]:
    """Open shops, offer listings and place carts in one go, all or nothing."""
    body = Body.of(request)
    at: datetime = clock.now()
    plans = [read_shop(shop, at=at) for shop in body.bodies("shops")]
    seed = body.integer("seed", 1)
    body.end()
    answers = []
    for filled in fill_demo(plans, seed=seed, at=at):
        placed = [cart_state(cart, lines) for cart, lines in filled.carts]
        offered = listing_states(Listing.objects.filter(shop=filled.shop).order_by("item_code"))
        answers.append({**shop_state(filled.shop), "listings": offered, "carts": placed})
    return {"shops": answers}
