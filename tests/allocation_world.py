"""Orders with deadlines, warehouses far apart, and rules of sellers, for the tests of allocation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from itertools import count

from tests.world import NOON, WORLD, a_draft
from toiya.domain.allocation.actions.policies import Policy, set_allocation_rules
from toiya.domain.members.models import Seller
from toiya.domain.orders.actions.placing import place_orders
from toiya.domain.orders.models import Order
from toiya.domain.warehouses.actions.setting_up import Building, NewBin, open_warehouse
from toiya.domain.warehouses.models import Bin, Warehouse

_numbers = count(1)


def a_due_order(
    seller: Seller,
    wants: Mapping[str, int],
    *,
    ship_by: datetime | None = None,
    paid_at: datetime | None = NOON,
    postal_code: str = "273-0012",
    at: datetime = NOON,
) -> Order:
    """An order with a deadline, a payment and a receiver's postal code."""
    draft = a_draft(f"due-{next(_numbers):06d}", wants)
    address = replace(draft.address, postal_code=postal_code)
    draft = replace(draft, ship_by=ship_by, paid_at=paid_at, address=address)
    placed = place_orders(seller_id=seller.pk, drafts=[draft], actor=WORLD, at=at)
    return Order.objects.get(code=placed.codes[draft.key])


def a_house(code: str, postal_code: str) -> Warehouse:
    """A warehouse somewhere in Japan with one bin and the place for packed parcels."""
    bins = [NewBin("A01-01-1", Bin.Kind.STORAGE, "A", 1), NewBin("OUT-1", Bin.Kind.STAGING, "", 0)]
    return open_warehouse(building=Building(code, code.title(), postal_code, "somewhere", "047-000-0000"), bins=bins)


def ruled(seller: Seller, policy: Policy, at: datetime = NOON) -> None:
    """The seller's rules in force."""
    set_allocation_rules(seller_id=seller.pk, policy=policy, actor=WORLD, at=at)
