"""Builds a whole pretend world in one go: shops, what they offer, and exactly the carts asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from django.db import transaction

from toiya.sandbox.site.models import Cart, Line, Shop
from toiya.sandbox.site.ordering.placing import place_carts
from toiya.sandbox.site.ordering.plans import CartPlan, Catalogue
from toiya.sandbox.site.ordering.shopkeeping import NewListing, offer, open_shop


@dataclass(frozen=True)
class ShopPlan:
    """One shop to open, with its listings and carts."""

    login_id: str
    password: str
    name: str
    api_key: str
    listings: Sequence[NewListing]
    carts: Sequence[CartPlan]
    contact: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class FilledShop:
    """One shop as it was opened."""

    shop: Shop
    carts: list[tuple[Cart, list[Line]]]


@transaction.atomic
def fill_demo(plans: Sequence[ShopPlan], *, seed: int, at: datetime) -> list[FilledShop]:
    """
    Open the shops and place their carts, all or nothing; the same seed invents the same people.

    :raises OrderingRefused: a code is taken or not on offer, or there are too few pieces
    """
    chance = Random(seed)  # noqa: S311 (invented people, not secrets)
    filled = []
    for plan in plans:
        shop = open_shop(plan.login_id, plan.password, plan.name, plan.api_key, plan.contact)
        offer(shop, plan.listings, at=at)
        filled.append(FilledShop(shop, place_plans(shop, plan.carts, chance)))
    return filled


def place_plans(shop: Shop, plans: Sequence[CartPlan], chance: Random) -> list[tuple[Cart, list[Line]]]:
    """
    Place carts given by codes in one shop.

    :raises OrderingRefused: a code is not on offer, or there are too few pieces
    """
    catalogue = Catalogue(shop)
    return place_carts(shop, [catalogue.cart(plan, chance) for plan in plans])
