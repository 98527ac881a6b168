"""Bundles of the test world, made by the app's own action."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from tests.floor_world import a_coded_sku
from tests.world import NOON, WORLD
from toiya.domain.allocation.actions.bundling import make_bundle
from toiya.domain.catalog.actions.bundles import Part
from toiya.domain.catalog.models import Sku
from toiya.domain.members.models import Seller
from toiya.domain.orders.models import Line, Order


def a_bundle(seller: Seller, code: str, parts: Mapping[str, int], at: datetime = NOON) -> Sku:
    """A virtual bundle of pieces by the seller's codes; makes its SKU and those of the parts when they are missing."""
    skus = {each: own_sku(seller, each) for each in (code, *parts)}
    made = [Part(skus[part].code, quantity) for part, quantity in parts.items()]
    return make_bundle(sku_code=skus[code].code, parts=made, actor=WORLD, at=at)


def own_sku(seller: Seller, code: str) -> Sku:
    """The seller's SKU with that code of its own."""
    return Sku.objects.filter(seller=seller, seller_code=code).first() or a_coded_sku(seller, code)


def in_packs_of(order: Order, pieces_each: int) -> Order:
    """An order whose lines each mean so many pieces of their SKU, as a listing's link says."""
    Line.objects.filter(order=order).update(pieces_each=pieces_each)
    return order
