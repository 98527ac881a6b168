"""Turns, reserves, shelf lives and warehouses: who gets which pieces when not all can have them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.allocation_world import a_due_order, a_house, ruled
from tests.books import findings
from tests.labels_world import lots_of
from tests.world import NOON, WORLD, a_seller, a_sku, a_warehouse, acting_for, judged, some_skus, stock_of
from toiya.core.errors import NotFound
from toiya.core.models import EventRow
from toiya.domain.allocation import jobs, sql
from toiya.domain.allocation.actions.policies import (
    Policy,
    RuleOutOfRange,
    set_allocation_rules,
    set_sku_buffer,
    shut_warehouse,
)
from toiya.domain.allocation.actions.promising import allocate_orders
from toiya.domain.allocation.models import Allocation, AllocationRules, SkuBuffer, WarehouseRank
from toiya.domain.allocation.queries import reasons_of
from toiya.domain.members.models import Seller
from toiya.domain.orders.models import Order
from toiya.domain.outbound.actions.waves import release_wave
from toiya.domain.outbound.models import PickTask
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def warehouse(db: None) -> Warehouse:
    return a_warehouse()


@pytest.fixture
def seller(warehouse: Warehouse) -> Seller:
    """Three pieces of LT-NVM."""
    seller = a_seller()
    stock_of(a_sku(seller), warehouse, 3)
    return seller


def status(order: Order) -> tuple[str, str]:
    order.refresh_from_db()
    return order.status, order.waiting_reason


def details(order: Order) -> dict[str, str | int]:
    return dict(reasons_of([order.pk])[order.pk][0].details)


def house_of(order: Order) -> str:
    return Warehouse.objects.get(pk=Allocation.objects.get(order_id=order.pk).warehouse_id).code


@pytest.mark.seed("A183")
def test_who_must_ship_first_is_served_first_then_who_paid_first(seller: Seller) -> None:
    """A183: a listing that ships within 14 days has the later deadline and so the later turn."""
    in_two_weeks = a_due_order(seller, {"LT-NVM": 1}, ship_by=NOON + 14 * DAY)
    paid_late = a_due_order(seller, {"LT-NVM": 1}, ship_by=NOON + DAY, paid_at=NOON)
    paid_early = a_due_order(seller, {"LT-NVM": 1}, ship_by=NOON + DAY, paid_at=NOON - DAY)
    today = a_due_order(seller, {"LT-NVM": 1}, ship_by=NOON)
    assert sql.waiting_in_turn(seller.pk) == [today.pk, paid_early.pk, paid_late.pk, in_two_weeks.pk]
    judged(in_two_weeks, paid_late, paid_early, today)
    assert [status(order)[0] for order in (today, paid_early, paid_late)] == ["allocated"] * 3
    assert status(in_two_weeks) == ("waiting", "not_enough_stock")
    assert findings() == []


def test_the_turns_hold_across_sets(seller: Seller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "SET", 1)
    late = [a_due_order(seller, {"LT-NVM": 1}, ship_by=NOON + 9 * DAY) for _ in range(3)]
    urgent = [a_due_order(seller, {"LT-NVM": 1}, ship_by=NOON + DAY) for _ in range(3)]
    jobs.allocate_waiting(seller.pk)
    assert [status(order)[0] for order in urgent] == ["allocated"] * 3
    assert {status(order)[0] for order in late} == {"waiting"}


def test_pieces_kept_back_are_not_promised_and_the_reason_says_so(seller: Seller) -> None:
    ruled(seller, Policy(buffer_pieces=2))
    one, two = a_due_order(seller, {"LT-NVM": 1}), a_due_order(seller, {"LT-NVM": 1})
    judged(one, two)
    assert status(one)[0] == "allocated"
    assert status(two) == ("waiting", "kept_back")
    assert (details(two)["available"], details(two)["kept"]) == (0, 2)
    sku = seller.sku_set.get()
    set_sku_buffer(sku_code=sku.code, pieces=0, actor=acting_for(seller), at=NOON)
    judged(two)
    assert status(two)[0] == "allocated"
    set_sku_buffer(sku_code=sku.code, pieces=None, actor=acting_for(seller), at=NOON)
    three = judged(a_due_order(seller, {"LT-NVM": 1}))[0]
    assert status(three) == ("waiting", "kept_back")
    names = EventRow.objects.filter(subject=sku.code, name__startswith="sku.buffer").order_by("pk")
    assert list(names.values_list("name", "data")) == [("sku.buffer_set", {"pieces": 0}), ("sku.buffer_dropped", {})]
    assert findings() == []


def test_pieces_that_expire_too_soon_are_neither_promised_nor_picked_first(warehouse: Warehouse) -> None:
    seller = a_seller("Kaede")
    sku = a_sku(seller, "TEA")
    soon, good = date(2026, 12, 1), date(2027, 5, 1)
    lots_of(sku, warehouse, {("OLD", soon): 4, ("NEW", good): 2})
    ruled(seller, Policy(expiry_days=30))
    one, two = a_due_order(seller, {"TEA": 2}), a_due_order(seller, {"TEA": 1})
    judged(one, two)
    assert status(two) == ("waiting", "expires_soon")
    assert (details(two)["available"], details(two)["soon"]) == (0, 4)
    release_wave(warehouse_id=warehouse.pk, order_codes=[one.code], actor=WORLD, at=NOON)
    assert list(PickTask.objects.values_list("lot", "quantity")) == [("NEW", 2)]
    assert findings() == []


@pytest.mark.seed("L45")
def test_the_nearest_warehouse_that_has_everything_serves_and_the_sellers_order_counts_more(seller: Seller) -> None:
    osaka = a_house("OSK", "530-0001")
    stock_of(seller.sku_set.get(), osaka, 9)
    near = [a_due_order(seller, {"LT-NVM": 1}, postal_code=code) for code in ("273-0012", "812-0011")]
    judged(*near)
    assert [house_of(order) for order in near] == ["FNB", "OSK"]
    ruled(seller, Policy(warehouses=("OSK", "FNB")))
    ranked = judged(a_due_order(seller, {"LT-NVM": 1}))[0]
    assert house_of(ranked) == "OSK"
    ruled(seller, Policy(warehouses=("FNB",)))
    only = judged(a_due_order(seller, {"LT-NVM": 5}))[0]
    assert status(only) == ("waiting", "not_enough_stock")
    assert findings() == []


def test_pieces_in_two_warehouses_make_no_parcel_and_the_reason_says_so(seller: Seller) -> None:
    stock_of(seller.sku_set.get(), a_house("OSK", "530-0001"), 2)
    order = judged(a_due_order(seller, {"LT-NVM": 5}))[0]
    assert status(order) == ("waiting", "spread_out")
    assert details(order)["available"] == 3


def test_a_shut_warehouse_gets_no_new_promises_until_it_opens(seller: Seller) -> None:
    before = judged(a_due_order(seller, {"LT-NVM": 1}))[0]
    shut_warehouse(warehouse_code="FNB", is_shut=True, actor=WORLD, at=NOON)
    order = judged(a_due_order(seller, {"LT-NVM": 1}))[0]
    assert (status(before)[0], status(order)) == ("allocated", ("waiting", "no_warehouse"))
    shut_warehouse(warehouse_code="FNB", is_shut=False, actor=WORLD, at=NOON)
    assert status(judged(order)[0])[0] == "allocated"
    with pytest.raises(NotFound):
        shut_warehouse(warehouse_code="XXX", is_shut=True, actor=WORLD, at=NOON)


@pytest.mark.parametrize("policy", [Policy(-1), Policy(expiry_days=0), Policy(unpaid_hours=9999)])
def test_rules_that_no_shop_means_are_refused(seller: Seller, policy: Policy) -> None:
    with pytest.raises(RuleOutOfRange):
        ruled(seller, policy)
    assert AllocationRules.objects.count() == 0


def test_rules_name_warehouses_that_are_there(seller: Seller) -> None:
    with pytest.raises(NotFound):
        set_allocation_rules(seller_id=seller.pk, policy=Policy(warehouses=("XXX",)), actor=WORLD, at=NOON)
    assert WarehouseRank.objects.count() == 0
    stranger = acting_for(a_seller("Kumo"))
    with pytest.raises(NotFound):
        set_sku_buffer(sku_code=seller.sku_set.get().code, pieces=1, actor=stranger, at=NOON)
    assert SkuBuffer.objects.count() == 0


def test_an_order_alone_is_judged_in_ten_statements(seller: Seller) -> None:
    order = a_due_order(seller, {"LT-NVM": 1})
    with CaptureQueriesContext(connection) as ran:
        allocate_orders(seller_id=seller.pk, order_ids=[order.pk], actor=WORLD, at=NOON)
    statements = [query["sql"] for query in ran.captured_queries if "SAVEPOINT" not in query["sql"]]
    assert len(statements) <= 10, statements


def test_with_every_rule_in_force_a_set_costs_no_more_statements_than_one_order(seller: Seller) -> None:
    a_house("OSK", "530-0001")
    some_skus(seller, 3)
    ruled(seller, Policy(buffer_pieces=1, expiry_days=10, warehouses=("FNB", "OSK")))
    counts = []
    for size in (1, 1, 4):  # the first one wakes what is awake already for the others
        orders = [a_due_order(seller, {"LT-NVM": 9, "T-001": 1}) for _ in range(size)]
        with CaptureQueriesContext(connection) as ran:
            judged(*orders)
        counts.append(len(ran.captured_queries))
    assert counts[1] == counts[2]
