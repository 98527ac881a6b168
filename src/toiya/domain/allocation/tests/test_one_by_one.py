"""A set of orders ends as the same orders one by one in their turns (R10): with two warehouses, rules and deadlines."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.allocation_world import a_house, ruled
from tests.world import NOON, WORLD, a_draft, a_seller, a_warehouse, some_skus, stock_of
from toiya.core.models import EventRow
from toiya.domain.allocation.actions.policies import Policy
from toiya.domain.allocation.actions.promising import allocate_orders
from toiya.domain.allocation.models import Allocation, WaitReason
from toiya.domain.members.models import Seller
from toiya.domain.orders.actions.placing import place_orders
from toiya.domain.orders.models import Line, Order
from toiya.domain.orders.rules import OrderDraft
from toiya.domain.stock.models import Balance, Movement

CODES = st.sampled_from(["T-001", "T-002", "T-003", "UNKNOWN"])
WANT = st.tuples(st.dictionaries(CODES, st.integers(1, 3), min_size=1, max_size=3), st.integers(0, 2))
WANTS = st.lists(WANT, min_size=1, max_size=6)


@pytest.fixture
def seller(db: None) -> Seller:
    seller, warehouse, osaka = a_seller(), a_warehouse(), a_house("OSK", "530-0001")
    for sku, pieces in zip(some_skus(seller, 3), (6, 3, 1), strict=True):
        stock_of(sku, warehouse, pieces)
        stock_of(sku, osaka, 3)
    ruled(seller, Policy(buffer_pieces=1))
    return seller


def everything() -> list[Any]:
    """What stands in the tables, told by codes of the world outside instead of our ids."""
    names = dict(Order.objects.values_list("code", "external_id"))
    carts = dict(Order.objects.values_list("pk", "external_id"))
    lines = dict(Line.objects.values_list("pk", "external_id"))
    promised = Allocation.objects.values_list("line_id", "warehouse_id", "sku_id", "quantity")
    reasons = WaitReason.objects.values_list("line_id", "order_id", "code", "details")
    movements = Movement.objects.order_by("pk").values_list("kind", "sku_id", "quantity", "source")
    events = EventRow.objects.filter(name__startswith="order.").values_list("name", "subject", "data")
    return [
        list(
            Order.objects.order_by("external_id").values_list("external_id", "status", "waiting_reason", "total_minor")
        ),
        sorted((lines[line], *rest) for line, *rest in promised),
        sorted((lines[line], carts[order], code, str(details)) for line, order, code, details in reasons),
        list(Balance.objects.order_by("warehouse_id", "sku_id").values_list("sku_id", "on_hand", "allocated")),
        sorted((kind, sku, quantity, names.get(source, source)) for kind, sku, quantity, source in movements),
        sorted((name, names[subject], str(data)) for name, subject, data in events),
    ]


def outcome_of(seller: Seller, sets: list[list[OrderDraft]]) -> list[Any]:
    """Place and allocate the sets one after the other, look, and forget it all."""
    with transaction.atomic():
        for drafts in sets:
            place_orders(seller_id=seller.pk, drafts=drafts, actor=WORLD, at=NOON)
        for drafts in sets:
            carts = [draft.external_id for draft in drafts]
            ids = list(Order.objects.filter(external_id__in=carts).values_list("pk", flat=True))
            allocate_orders(seller_id=seller.pk, order_ids=ids, actor=WORLD, at=NOON)
        found = everything()
        transaction.set_rollback(True)
    return found


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(WANTS)
def test_a_set_ends_as_its_orders_one_by_one(seller: Seller, wants: list[tuple[dict[str, int], int]]) -> None:
    drafts = [
        replace(a_draft(str(701 + number), want), ship_by=NOON + timedelta(days=days))
        for number, (want, days) in enumerate(wants)
    ]
    in_turn = sorted(drafts, key=lambda draft: draft.ship_by or NOON)
    assert outcome_of(seller, [drafts]) == outcome_of(seller, [[draft] for draft in in_turn])
