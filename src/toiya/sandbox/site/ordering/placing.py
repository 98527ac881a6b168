"""Buyers' orders: carts with lines, paid or not, shown to the API at once or later."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from django.db import transaction
from django.db.models import Max, Model

from toiya.sandbox.site.clock import JAPAN
from toiya.sandbox.site.models import Cart, Line, Listing, Option, Shop
from toiya.sandbox.site.models.listings import AXIS_SEPARATOR
from toiya.sandbox.site.models.orders import Status
from toiya.sandbox.site.ordering import stock
from toiya.sandbox.site.ordering.refusals import OrderingRefused

FIRST_PACK_NUMBER = 310_045_001
FIRST_ORDER_NUMBER = 1_100_450_011
# How long after payment the site expects a parcel until the seller says otherwise; ours.
USUAL_SHIPPING_DAYS = 3


@dataclass(frozen=True)
class WantedLine:
    """
    One line a buyer wants; without a price the listing's own is taken.

    ``singles`` are the single options chosen, one row {Name, Value, Price, OptionCode} of each name.
    """

    listing: Listing
    option: Option | None
    quantity: int
    price: Decimal | None = None
    discount: Decimal = Decimal(0)
    singles: tuple[dict[str, Any], ...] = ()

    @property
    def option_text(self) -> str:
        """The option as orders show it."""
        if self.option:
            return self.option.text
        joined = " / ".join(f"{row['Name']}:{row['Value']}" for row in self.singles)
        return f"{joined}({self.option_price:+.0f}円)" if self.option_price else joined

    @property
    def option_code(self) -> str:
        """The seller's code of the option; of single options, their codes joined."""
        if self.option:
            return self.option.code
        return AXIS_SEPARATOR.join(str(row.get("OptionCode", "")) for row in self.singles)

    @property
    def option_price(self) -> Decimal:
        """What the option adds to the price."""
        if self.option:
            return self.option.price
        return sum((Decimal(str(row.get("Price", 0))) for row in self.singles), Decimal(0))


@dataclass(frozen=True)
class WantedCart:
    """One cart a buyer wants. ``paid_at`` None means not paid yet."""

    lines: Sequence[WantedLine]
    buyer: dict[str, str]
    receiver: dict[str, str]
    ordered_at: datetime
    paid_at: datetime | None
    visible_from: datetime
    pack_no: int | None = None
    notes: dict[str, str] = field(default_factory=dict)
    shipping_rate: Decimal = Decimal(0)


@transaction.atomic
def place_carts(shop: Shop, wanted: Sequence[WantedCart]) -> list[tuple[Cart, list[Line]]]:
    """
    Place carts in a shop and return them with their lines.

    :raises OrderingRefused: a cart is empty or its number taken, or there are fewer pieces than wanted
    """
    if any(not cart.lines for cart in wanted):
        raise OrderingRefused("A cart has no lines. Give each cart at least one line.")
    stock.take((line.listing, line.option, line.quantity) for cart in wanted for line in cart.lines)
    pack_numbers = count(_next_number(Cart, "pack_no", FIRST_PACK_NUMBER))
    order_numbers = count(_next_number(Line, "order_no", FIRST_ORDER_NUMBER))
    taken = set(Cart.objects.filter(shop=shop).values_list("pack_no", flat=True))
    carts = []
    for order in wanted:
        pack_no = next(pack_numbers) if order.pack_no is None else order.pack_no
        if pack_no in taken:
            raise OrderingRefused(f"Cart number {pack_no} is taken in shop {shop}. Give another one.")
        taken.add(pack_no)
        carts.append(_cart(shop, order, pack_no))
    Cart.objects.bulk_create(carts)
    placed = [
        (cart, [_line(cart, line, next(order_numbers)) for line in order.lines])
        for cart, order in zip(carts, wanted, strict=True)
    ]
    Line.objects.bulk_create([line for _, lines in placed for line in lines])
    return placed


@transaction.atomic
def pay(cart: Cart, *, at: datetime) -> None:
    """Take the buyer's payment for an unpaid cart: its lines are now requested."""
    cart.paid_at = at
    cart.save()
    Line.objects.filter(cart=cart, status=Status.AWAITING_SHIPPING, is_cancelled=False).update(
        status=Status.ON_REQUEST,
        estimated_shipping_on=(at.astimezone(JAPAN) + timedelta(days=USUAL_SHIPPING_DAYS)).date(),
    )


def _next_number(model: type[Model], name: str, first: int) -> int:
    highest = model._default_manager.aggregate(highest=Max(name))["highest"]
    return first if highest is None else max(first, highest + 1)


def _cart(shop: Shop, order: WantedCart, pack_no: int) -> Cart:
    return Cart(
        shop=shop,
        pack_no=pack_no,
        ordered_at=order.ordered_at.replace(microsecond=0),
        paid_at=order.paid_at.replace(microsecond=0) if order.paid_at else None,
        visible_from=order.visible_from,
        buyer=order.buyer,
        receiver=order.receiver,
        shipping_rate=order.shipping_rate,
        **order.notes,
    )


def _line(cart: Cart, wanted: WantedLine, order_no: int) -> Line:
    if wanted.quantity < 1:
        raise OrderingRefused("A line has no pieces. Give a quantity of 1 or more.")
    listing, option = wanted.listing, wanted.option
    paid_at = cart.paid_at
    usual = timedelta(days=USUAL_SHIPPING_DAYS)
    return Line(
        cart=cart,
        shop=cart.shop,
        order_no=order_no,
        status=Status.ON_REQUEST if paid_at else Status.AWAITING_SHIPPING,
        listing=listing,
        option=option,
        item_code=listing.item_code,
        seller_item_code=listing.seller_code,
        item_title=listing.title,
        option_text=wanted.option_text,
        option_code=wanted.option_code,
        price=listing.price if wanted.price is None else wanted.price,
        option_price=wanted.option_price,
        quantity=wanted.quantity,
        discount=wanted.discount,
        estimated_shipping_on=(paid_at.astimezone(JAPAN) + usual).date() if paid_at else None,
    )
