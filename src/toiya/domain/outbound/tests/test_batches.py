"""Many orders of one piece of the same SKU: one tote, one scan of the bin, sorted when packed."""

from __future__ import annotations

import pytest

from tests.floor_world import a_coded_sku, acting_as, bins_agree, in_bin, packed, walked
from tests.waves_world import a_wave
from tests.world import NOON, acting_for, stock_of
from toiya.domain.carriers.models import Service
from toiya.domain.members.models import Seller, Staff
from toiya.domain.orders.models import Order
from toiya.domain.outbound.actions.picking import ToteInUse, confirm_bin, start_walk, tie_tote
from toiya.domain.outbound.actions.stopping import stop_order
from toiya.domain.outbound.models import Parcel, PickList, PickTask, Slot
from toiya.domain.outbound.rules import Choice, Want
from toiya.domain.outbound.wave_rules import AUTOMATIC, BATCH, CLUSTER, DISCRETE, grouped
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db


def piece(order: int, sku: int = 1, quantity: int = 1) -> Choice:
    return Choice(Want(order, order, sku, quantity), 1, "", quantity, 1)


@pytest.mark.parametrize(
    ("method", "choices", "groups"),
    [
        (AUTOMATIC, [piece(n) for n in range(1, 5)], [(BATCH, 4)]),
        (AUTOMATIC, [piece(n) for n in range(1, 4)], [(CLUSTER, 3)]),
        (AUTOMATIC, [piece(n, quantity=2) for n in range(1, 11)], [(CLUSTER, 8), (CLUSTER, 2)]),
        (AUTOMATIC, [*[piece(n) for n in range(1, 6)], piece(6, sku=2)], [(BATCH, 5), (CLUSTER, 1)]),
        (AUTOMATIC, [piece(n) for n in range(1, 43)], [(BATCH, 40), (CLUSTER, 2)]),
        (BATCH, [piece(1), piece(2), piece(3, sku=2)], [(BATCH, 2), (CLUSTER, 1)]),
        (CLUSTER, [piece(n) for n in range(1, 10)], [(CLUSTER, 8), (CLUSTER, 1)]),
        (DISCRETE, [piece(1), piece(2)], [(DISCRETE, 1), (DISCRETE, 1)]),
    ],
)
def test_the_method_fits_what_the_orders_want(
    method: str, choices: list[Choice], groups: list[tuple[str, int]]
) -> None:
    found = grouped([choice.want.order_id for choice in choices], choices, method)
    assert [(group.method, len(group.order_ids)) for group in found] == groups
    assert sorted(order for group in found for order in group.order_ids) == [each.want.order_id for each in choices]


def test_a_batch_is_picked_into_one_tote_and_sorted_when_packed(
    seller: Seller, warehouse: Warehouse, picker: Staff, service: Service
) -> None:
    stock_of(a_coded_sku(seller, "A"), warehouse, 5)
    release = a_wave(seller, warehouse, *[{"A": 1}] * 4)
    [walk] = release.pick_lists
    assert walk.method == PickList.Method.BATCH

    walked(walk.code, picker, totes=["T-001"])
    assert (in_bin(warehouse, "A01-01-1"), in_bin(warehouse, "T-001")) == (1, 4)
    assert set(Order.objects.values_list("status", flat=True)) == {Order.Status.PACKING}
    for _ in range(4):
        packed("T-001", picker, service)
    assert Parcel.objects.values("order").distinct().count() == 4
    assert in_bin(warehouse, "T-001") == 0
    assert not Slot.objects.filter(is_closed=False).exists()
    assert bins_agree()


def test_one_scan_of_the_bin_stands_for_all_orders_of_the_batch(
    seller: Seller, warehouse: Warehouse, picker: Staff
) -> None:
    stock_of(a_coded_sku(seller, "A"), warehouse, 4)
    [walk] = a_wave(seller, warehouse, *[{"A": 1}] * 4).pick_lists
    actor = acting_as(picker)
    step = start_walk(pick_list_code=walk.code, user_id=picker.user_id, actor=actor, at=NOON)
    assert step.walk.slot is not None
    step = tie_tote(slot_id=step.walk.slot.slot_id, scan="T-001", actor=actor, at=NOON)
    assert step.walk.stop is not None
    confirm_bin(task_id=step.walk.stop.task_id, scan="A01-01-1", actor=actor, at=NOON)
    assert set(PickTask.objects.values_list("is_bin_confirmed", flat=True)) == {True}


def test_no_other_cart_takes_the_tote_of_a_batch_even_when_its_first_order_left(
    seller: Seller, warehouse: Warehouse, picker: Staff
) -> None:
    stock_of(a_coded_sku(seller, "A"), warehouse, 9)
    [walk] = a_wave(seller, warehouse, *[{"A": 1}] * 4).pick_lists
    stop_order(order_code=walk.slots.get(number=1).order.code, reason="by_seller", actor=acting_for(seller), at=NOON)
    actor = acting_as(picker)
    step = start_walk(pick_list_code=walk.code, user_id=picker.user_id, actor=actor, at=NOON)
    assert step.walk.slot is not None
    assert step.walk.slot.number == 2
    tie_tote(slot_id=step.walk.slot.slot_id, scan="T-001", actor=actor, at=NOON)
    ties = Slot.objects.filter(is_closed=False).order_by("number").values_list("tote__code", "shares_tote")
    assert list(ties) == [("T-001", False), ("T-001", True), ("T-001", True)]

    [other] = a_wave(seller, warehouse, {"A": 1}).pick_lists
    step = start_walk(pick_list_code=other.code, user_id=picker.user_id, actor=actor, at=NOON)
    assert step.walk.slot is not None
    with pytest.raises(ToteInUse):
        tie_tote(slot_id=step.walk.slot.slot_id, scan="T-001", actor=actor, at=NOON)
