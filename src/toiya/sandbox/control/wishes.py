"""Reads shops, listings and carts out of control bodies."""

from datetime import datetime, timedelta
from decimal import Decimal

from toiya.sandbox.control.bodies import Body
from toiya.sandbox.site.ordering.plans import CartPlan, LinePlan
from toiya.sandbox.site.ordering.shopkeeping import NewListing, NewOption
from toiya.sandbox.site.world import ShopPlan

USUAL_PRICE = Decimal(1800)
USUAL_QUANTITY = 100
# Between putting something in the cart and paying for it.
ORDER_BEFORE_PAYMENT = timedelta(seconds=90)
CONTACT = ("email", "contact_name", "phone", "country", "postal_code", "address", "company_name")
NOTES = ("desired_delivery", "message", "payment_method", "gift")


def read_shop(body: Body, *, at: datetime) -> ShopPlan:
    """Read one shop of a demo, with its listings and carts."""
    login_id = body.text("login_id")
    plan = ShopPlan(
        login_id=login_id,
        password=body.text("password", "demo-pass"),
        name=body.text("name", login_id),
        api_key=body.text("api_key", ""),
        contact=read_contact(body),
        listings=[read_listing(listing) for listing in body.bodies("listings")],
        carts=[read_cart(cart, at=at) for cart in body.bodies("carts")],
    )
    body.end()
    return plan


def read_contact(body: Body) -> dict[str, str]:
    """Read who stands behind a shop, as far as it is told."""
    return {name: body.text(name) for name in CONTACT if body.has(name)}


def read_listing(body: Body) -> NewListing:
    """Read one listing with its options."""
    seller_code = body.text("seller_code", "")
    listing = NewListing(
        seller_code=seller_code,
        title=body.text("title", seller_code or "無題の商品"),
        price=body.decimal("price", USUAL_PRICE),
        quantity=body.integer("quantity", USUAL_QUANTITY),
        item_code=body.text("item_code", ""),
        status=body.text("status", "S2"),
        options=[_read_option(option) for option in body.bodies("options")],
        single_options=[dict(option) for option in body.list_of("single_options") if isinstance(option, dict)],
    )
    body.end()
    return listing


def read_cart(body: Body, *, at: datetime) -> CartPlan:
    """
    Read one cart. Paid now unless it says ``age_seconds`` (paid so long ago), ``paid_at`` or null for unpaid;
    ``visible_after_seconds`` or ``visible_from`` let the API show it later than it was paid.
    """
    is_unpaid = body.is_null("paid_at")
    usual = at - timedelta(seconds=body.integer("age_seconds", 0))
    paid_at = None if is_unpaid else body.moment("paid_at", usual)
    if is_unpaid:
        body.drop("paid_at")
    ordered_at = body.moment("ordered_at", (paid_at or usual) - ORDER_BEFORE_PAYMENT)
    is_late = body.has("visible_after_seconds")
    usual_start = body.after("visible_after_seconds", at) if is_late else min(at, ordered_at)
    visible_from = body.moment("visible_from", usual_start)
    plan = CartPlan(
        lines=[_read_line(line) for line in body.bodies("lines")],
        ordered_at=ordered_at,
        paid_at=paid_at,
        visible_from=visible_from,
        buyer=body.texts("buyer"),
        receiver=body.texts("receiver"),
        pack_no=body.integer_or_none("pack_no"),
        notes={name: body.text(name) for name in NOTES if body.has(name)},
        shipping_rate=body.decimal("shipping_rate", Decimal(0)),
    )
    body.end()
    return plan


def _read_option(body: Body) -> NewOption:
    option = NewOption(
        name=body.text("name"),
        value=body.text("value"),
        code=body.text("code", ""),
        price=body.decimal("price", Decimal(0)),
        quantity=body.integer("quantity", USUAL_QUANTITY),
    )
    body.end()
    return option


def _read_line(body: Body) -> LinePlan:
    line = LinePlan(
        seller_code=body.text("seller_code", ""),
        item_code=body.text("item_code", ""),
        option_code=body.text("option_code", ""),
        quantity=body.integer("quantity", 1),
        price=body.decimal_or_none("price"),
        discount=body.decimal("discount", Decimal(0)),
    )
    body.end()
    return line
