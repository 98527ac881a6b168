"""Orders get their stock or one reason per line; promises are taken back, and asked for again."""

from __future__ import annotations

import pytest

from tests.books import findings, fingerprint
from tests.world import NOON, WORLD, a_draft, a_seller, a_sku, a_warehouse, acting_for, an_order, judged, stock_of
from toiya.core.errors import NotFound
from toiya.core.models import EventRow
from toiya.domain.allocation import jobs
from toiya.domain.allocation.actions.promising import (
    AllocationPassed,
    NothingPromised,
    Outcome,
    allocate_orders,
    take_back_allocation,
)
from toiya.domain.allocation.models import Allocation, WaitReason
from toiya.domain.allocation.queries import allocations_of, reasons_of
from toiya.domain.catalog.models import Sku
from toiya.domain.members.models import Seller
from toiya.domain.orders.actions.placing import place_orders
from toiya.domain.orders.models import Order
from toiya.domain.outbound.actions.waves import release_wave
from toiya.domain.stock.actions.goods import adjust_stock
from toiya.domain.stock.models import Balance, Movement
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db


@pytest.fixture
def warehouse(db: None) -> Warehouse:
    return a_warehouse()


@pytest.fixture
def seller(db: None) -> Seller:
    return a_seller()


@pytest.fixture
def sku(seller: Seller, warehouse: Warehouse) -> Sku:
    """LT-NVM with three pieces."""
    sku = a_sku(seller)
    stock_of(sku, warehouse, 3)
    return sku


def state(order: Order) -> tuple[str, str]:
    order.refresh_from_db()
    return order.status, order.waiting_reason


def reasons(order: Order) -> list[tuple[str, dict[str, object]]]:
    return [(waiting.code, dict(waiting.details)) for waiting in reasons_of([order.pk]).get(order.pk, [])]


def take_back(order: Order) -> None:
    take_back_allocation(order_code=order.code, actor=acting_for(order.seller), at=NOON)


def told(name: str, order: Order) -> list[dict[str, object]]:
    return list(EventRow.objects.filter(name=name, subject=order.code).order_by("pk").values_list("data", flat=True))


def test_an_order_whose_pieces_are_there_is_promised_all_of_them(sku: Sku, warehouse: Warehouse) -> None:
    order = an_order(sku.seller, {"LT-NVM": 2})
    outcome = allocate_orders(seller_id=order.seller_id, order_ids=[order.pk], actor=WORLD, at=NOON)
    assert outcome == Outcome((order.pk,), {})
    assert state(order) == ("allocated", "")
    assert [(a.line_id, a.sku_id, a.warehouse_id, a.quantity) for a in allocations_of(order.pk)] == [
        (order.lines.get().pk, sku.pk, warehouse.pk, 2)
    ]
    assert (Balance.objects.get().allocated, Balance.objects.get().available) == (2, 1)
    movement = Movement.objects.get(kind=Movement.Kind.ALLOCATE)
    assert (movement.quantity, movement.source, movement.actor) == (2, order.code, "world")
    assert told("order.allocated", order) == [{"warehouse_id": warehouse.pk, "pieces": 2}]
    assert findings() == []


def test_judging_it_again_promises_nothing_twice(sku: Sku) -> None:
    order = judged(an_order(sku.seller))[0]
    before = fingerprint()
    judged(order)
    assert fingerprint() == before


@pytest.mark.seed("A104")
def test_an_order_for_more_than_is_free_waits_and_says_so(sku: Sku) -> None:
    order = judged(an_order(sku.seller, {"LT-NVM": 4}))[0]
    assert state(order) == ("waiting", "not_enough_stock")
    assert reasons(order) == [("not_enough_stock", {"sku_id": sku.pk, "needed": 4, "available": 3})]
    assert (Allocation.objects.count(), Balance.objects.get().allocated) == (0, 0)
    assert told("order.waits", order) == [
        {"reason": "not_enough_stock", "details": {"sku_id": sku.pk, "needed": 4, "available": 3}}
    ]
    assert findings() == []


@pytest.mark.seed("A104")
def test_an_order_for_a_sku_of_which_nothing_is_there_waits(seller: Seller, warehouse: Warehouse) -> None:
    empty = a_sku(seller)
    order = judged(an_order(seller))[0]
    assert reasons(order) == [("not_enough_stock", {"sku_id": empty.pk, "needed": 1, "available": 0})]


def test_each_line_of_a_waiting_order_has_one_reason_and_the_order_the_leading_one(sku: Sku) -> None:
    order = judged(an_order(sku.seller, {"LT-NVM": 1, "UNKNOWN": 2}))[0]
    assert state(order) == ("waiting", "no_sku")
    assert reasons(order) == [("other_lines", {"sku_id": sku.pk}), ("no_sku", {"code": "UNKNOWN", "needed": 2})]
    assert findings() == []


def test_a_reason_that_stays_is_told_once_and_its_numbers_are_fresh(sku: Sku, warehouse: Warehouse) -> None:
    order = judged(an_order(sku.seller, {"LT-NVM": 9}))[0]
    stock_of(sku, warehouse, 2)
    judged(order)
    assert reasons(order) == [("not_enough_stock", {"sku_id": sku.pk, "needed": 9, "available": 5})]
    assert len(told("order.waits", order)) == 1


def test_stock_that_arrives_goes_to_those_who_waited_in_the_order_they_came(sku: Sku, warehouse: Warehouse) -> None:
    first, second, third = (an_order(sku.seller, {"LT-NVM": pieces}) for pieces in (4, 4, 1))
    jobs.allocate_waiting(sku.seller_id)
    assert [state(order)[0] for order in (first, second, third)] == ["waiting", "waiting", "allocated"]
    stock_of(sku, warehouse, 3)
    jobs.allocate_waiting(sku.seller_id)
    assert [state(order)[0] for order in (first, second, third)] == ["allocated", "waiting", "allocated"]
    assert reasons(first) == []
    assert findings() == []


def test_the_last_piece_goes_to_one_of_two_orders(sku: Sku) -> None:
    orders = judged(an_order(sku.seller, {"LT-NVM": 2}), an_order(sku.seller, {"LT-NVM": 2}))
    assert [order.status for order in orders] == ["allocated", "waiting"]


def test_another_sellers_order_is_left_alone(sku: Sku) -> None:
    order = an_order(sku.seller)
    before = fingerprint()
    stranger = a_seller("Kaede")
    allocate_orders(seller_id=stranger.pk, order_ids=[order.pk], actor=WORLD, at=NOON)
    after = fingerprint()
    changed = {table for table in before if before[table] != after[table]}
    assert changed == {"members_seller", "core_event"}, "only the new seller and the event of its joining"


@pytest.mark.seed("A149")
def test_a_promise_is_given_back_and_stays_back_until_somebody_asks(sku: Sku, warehouse: Warehouse) -> None:
    order = judged(an_order(sku.seller, {"LT-NVM": 2}))[0]
    take_back(order)
    assert state(order) == ("waiting", "taken_back")
    assert reasons(order) == [("taken_back", {})]
    assert (Allocation.objects.count(), Balance.objects.get().allocated) == (0, 0)
    assert told("order.allocation_taken_back", order) == [{"reason": "taken_back"}]

    stock_of(sku, warehouse, 5)
    jobs.allocate_waiting(sku.seller_id)
    assert state(order) == ("waiting", "taken_back")

    judged(order)
    assert state(order) == ("allocated", "")
    assert reasons(order) == []
    assert findings() == []


def test_what_was_asked_for_again_in_vain_waits_for_stock_like_any_other(sku: Sku, warehouse: Warehouse) -> None:
    order = judged(an_order(sku.seller, {"LT-NVM": 3}))[0]
    take_back(order)
    place = warehouse.bins.get(code="A01-01-1")
    adjust_stock(sku=sku, place=place, difference=-1, lot="", reason="counted", actor=WORLD, at=NOON)
    judged(order)
    assert state(order) == ("waiting", "not_enough_stock")
    stock_of(sku, warehouse, 1)
    jobs.allocate_waiting(sku.seller_id)
    assert state(order) == ("allocated", "")


def test_pieces_given_back_go_to_the_next_who_waits(sku: Sku) -> None:
    first, second = judged(an_order(sku.seller, {"LT-NVM": 3}), an_order(sku.seller, {"LT-NVM": 3}))
    take_back(first)
    jobs.allocate_waiting(sku.seller_id)
    assert (state(first)[0], state(second)[0]) == ("waiting", "allocated")


def test_what_the_floor_has_is_not_taken_back(sku: Sku, warehouse: Warehouse) -> None:
    order = judged(an_order(sku.seller))[0]
    release_wave(warehouse_id=warehouse.pk, order_codes=[order.code], actor=WORLD, at=NOON)
    before = fingerprint()
    with pytest.raises(AllocationPassed, match=order.code):
        take_back(order)
    assert fingerprint() == before


def test_an_order_that_only_waits_has_nothing_to_give_back(sku: Sku) -> None:
    order = an_order(sku.seller)
    before = fingerprint()
    with pytest.raises(NothingPromised):
        take_back(order)
    assert fingerprint() == before


def test_another_sellers_promise_cannot_be_taken_back(sku: Sku) -> None:
    order = judged(an_order(sku.seller))[0]
    stranger = acting_for(a_seller("Kaede"))
    before = fingerprint()
    for code in (order.code, "ORD-NOWHERE"):
        with pytest.raises(NotFound):
            take_back_allocation(order_code=code, actor=stranger, at=NOON)
    assert fingerprint() == before


def test_the_job_goes_through_more_orders_than_one_set_holds(
    sku: Sku, warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "SET", 4)
    stock_of(sku, warehouse, 8)
    drafts = [a_draft(str(number), {"LT-NVM": 1}) for number in range(13)]
    place_orders(seller_id=sku.seller_id, drafts=drafts, actor=WORLD, at=NOON)
    jobs.allocate_waiting(sku.seller_id)
    by_arrival = list(Order.objects.order_by("pk").values_list("status", flat=True))
    assert by_arrival == ["allocated"] * 11 + ["waiting"] * 2
    assert WaitReason.objects.count() == 2
    assert findings() == []
