"""Carts asked for by code (seller code, item code, option code) instead of by listing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from random import Random
from typing import Any

from toiya.sandbox.site import people
from toiya.sandbox.site.models import Listing, Option, Shop
from toiya.sandbox.site.models.listings import AXIS_SEPARATOR
from toiya.sandbox.site.ordering.placing import WantedCart, WantedLine
from toiya.sandbox.site.ordering.refusals import OrderingRefused


@dataclass(frozen=True)
class LinePlan:
    """
    One line by codes; an item code wins over a seller code, an empty option code means no option.

    Of a listing with single options, the code joins one option's code of each name with two pipes and an asterisk.
    """

    seller_code: str
    item_code: str
    option_code: str
    quantity: int
    price: Decimal | None = None
    discount: Decimal = Decimal(0)


@dataclass(frozen=True)
class CartPlan:
    """One cart by codes. Whatever buyer and receiver leave out is invented."""

    lines: Sequence[LinePlan]
    ordered_at: datetime
    paid_at: datetime | None
    visible_from: datetime
    buyer: dict[str, str] = field(default_factory=dict)
    receiver: dict[str, str] = field(default_factory=dict)
    pack_no: int | None = None
    notes: dict[str, str] = field(default_factory=dict)
    shipping_rate: Decimal = Decimal(0)


class Catalogue:
    """What a shop offers, read once and found by code."""

    def __init__(self, shop: Shop) -> None:
        """Read the shop's listings and options."""
        self._shop = shop
        listings = list(Listing.objects.filter(shop=shop))
        self._by_item_code = {listing.item_code: listing for listing in listings}
        self._by_seller_code = {listing.seller_code: listing for listing in listings}
        self._options: dict[tuple[int, str], Option] = {}
        self._with_options: set[int] = set()
        for option in Option.objects.filter(listing__shop=shop).select_related("listing"):
            self._options[option.listing.pk, option.code] = option
            self._with_options.add(option.listing.pk)

    def cart(self, plan: CartPlan, chance: Random) -> WantedCart:
        """
        Turn a plan into a cart.

        :raises OrderingRefused: a code is not on offer in this shop, or a field of a person is unknown
        """
        buyer, receiver = people.invent_buyer(chance), people.invent_receiver(chance)
        unknown = sorted((plan.buyer.keys() - buyer.keys()) | (plan.receiver.keys() - receiver.keys()))
        if unknown:
            raise OrderingRefused(f"A buyer or receiver has unknown fields: {', '.join(unknown)}. Remove them.")
        return WantedCart(
            lines=[self._line(line) for line in plan.lines],
            buyer=buyer | plan.buyer,
            receiver=receiver | plan.receiver,
            ordered_at=plan.ordered_at,
            paid_at=plan.paid_at,
            visible_from=plan.visible_from,
            pack_no=plan.pack_no,
            notes=plan.notes,
            shipping_rate=plan.shipping_rate,
        )

    def _line(self, plan: LinePlan) -> WantedLine:
        found = self._by_item_code.get(plan.item_code) if plan.item_code else self._by_seller_code.get(plan.seller_code)
        if found is None:
            code = plan.item_code or plan.seller_code
            raise OrderingRefused(f"Shop {self._shop} does not offer {code}. Add the listing first.")
        option = self._options.get((found.pk, plan.option_code)) if plan.option_code else None
        singles = _singles(found, plan.option_code) if option is None and plan.option_code else ()
        if option is None and not singles and (plan.option_code or found.pk in self._with_options):
            raise OrderingRefused(f"Listing {found} has no option {plan.option_code!r}. Give one it has.")
        return WantedLine(found, option, plan.quantity, plan.price, plan.discount, singles)


def _singles(listing: Listing, joined: str) -> tuple[dict[str, Any], ...]:
    """The single options that these joined codes choose, one of each name; () when they choose none."""
    by_code = {str(row.get("OptionCode", "")): row for row in listing.single_options}
    chosen = [by_code.get(code) for code in joined.split(AXIS_SEPARATOR)]
    rows = tuple(row for row in chosen if row is not None)
    names = {row["Name"] for row in listing.single_options}
    return rows if len(rows) == len(chosen) and {row["Name"] for row in rows} == names else ()
