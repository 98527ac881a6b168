"""A bin that holds fewer pieces than the book."""

from __future__ import annotations

import pytest

from tests.floor_world import a_coded_sku, acting_as, bins_agree, books, in_bin, on_the_floor, walked
from tests.world import NOON, stock_of
from toiya.domain.allocation.models import Allocation, WaitReason
from toiya.domain.members.models import Seller, Staff
from toiya.domain.orders.models import Order
from toiya.domain.outbound.actions.picking import Effect, TooMany, confirm_bin, pick_pieces, start_walk, tie_tote
from toiya.domain.outbound.actions.short_picks import pick_short
from toiya.domain.outbound.models import PickList, PickTask, Slot
from toiya.domain.stock.models import Balance, CountTask, Movement
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db


def at_the_bin(picker: Staff, code: str, *, picked: int = 0) -> PickTask:
    """The picker stands at the first bin with a tote, and took so many pieces."""
    actor = acting_as(picker)
    step = start_walk(pick_list_code=code, user_id=picker.user_id, actor=actor, at=NOON)
    assert step.walk.slot is not None
    step = tie_tote(slot_id=step.walk.slot.slot_id, scan="T-001", actor=actor, at=NOON)
    assert step.walk.stop is not None
    task_id = step.walk.stop.task_id
    confirm_bin(task_id=task_id, scan=step.walk.stop.bin_code, actor=actor, at=NOON)
    for _ in range(picked):
        pick_pieces(task_id=task_id, scan=step.walk.stop.sku_code, quantity=1, actor=actor, at=NOON)
    return PickTask.objects.get(pk=task_id)


def test_missing_pieces_come_from_another_bin(seller: Seller, warehouse: Warehouse, picker: Staff) -> None:
    sku = a_coded_sku(seller, "A")
    stock_of(sku, warehouse, 3, bin_code="A01-01-1")
    stock_of(sku, warehouse, 3, bin_code="A01-05-1")
    release, _ = on_the_floor(seller, warehouse, {"A": 3})
    task = at_the_bin(picker, release.pick_lists[0].code, picked=1)

    short = pick_short(task_id=task.pk, found=1, actor=acting_as(picker), at=NOON)

    assert short.other_bins == ("A01-05-1",)
    assert short.waiting_order == ""
    count = CountTask.objects.get()
    assert (count.bin.code, count.sku, count.cause) == ("A01-01-1", sku, CountTask.Cause.SHORT)
    balance = Balance.objects.get()
    assert (balance.on_hand, balance.allocated) == (5, 3)
    assert Movement.objects.filter(kind=Movement.Kind.LOST).get().quantity == 1
    assert short.step.walk.stop is not None
    assert (short.step.walk.stop.bin_code, short.step.walk.stop.missing) == ("A01-01-1", 1)
    walked(release.pick_lists[0].code, picker)
    assert in_bin(warehouse, "T-001") == 3
    assert Order.objects.get().status == Order.Status.PACKING
    assert bins_agree()


def test_an_empty_bin_with_another_one_full_goes_on_there(seller: Seller, warehouse: Warehouse, picker: Staff) -> None:
    sku = a_coded_sku(seller, "A")
    stock_of(sku, warehouse, 2, bin_code="A01-01-1")
    stock_of(sku, warehouse, 2, bin_code="A01-05-1")
    release, _ = on_the_floor(seller, warehouse, {"A": 2})
    task = at_the_bin(picker, release.pick_lists[0].code)
    short = pick_short(task_id=task.pk, found=0, actor=acting_as(picker), at=NOON)
    assert PickTask.objects.get(pk=task.pk).status == PickTask.Status.SHORT
    assert short.step.walk.stop is not None
    assert (short.step.walk.stop.bin_code, short.step.walk.stop.missing) == ("A01-05-1", 2)
    assert bins_agree()


def test_without_another_bin_the_order_waits_and_its_pieces_go_back(
    seller: Seller, warehouse: Warehouse, picker: Staff
) -> None:
    stock_of(a_coded_sku(seller, "A"), warehouse, 3)
    release, [order] = on_the_floor(seller, warehouse, {"A": 3})
    task = at_the_bin(picker, release.pick_lists[0].code, picked=1)

    short = pick_short(task_id=task.pk, found=1, actor=acting_as(picker), at=NOON)

    order.refresh_from_db()
    assert (order.status, order.waiting_reason) == (Order.Status.WAITING, "short_on_floor")
    assert WaitReason.objects.get().code == "short_on_floor"
    assert not Allocation.objects.exists()
    balance = Balance.objects.get()
    assert (balance.on_hand, balance.allocated) == (2, 0)
    assert (in_bin(warehouse, "A01-01-1"), in_bin(warehouse, "T-001")) == (2, 0)
    assert short.waiting_order == order.code
    assert [(back.quantity, back.tote_code, back.bin_code) for back in short.returns] == [(1, "T-001", "A01-01-1")]
    assert short.step.is_done
    assert PickList.objects.get().status == PickList.Status.DONE
    assert Slot.objects.get().is_closed
    assert bins_agree()


def test_pieces_promised_to_others_are_not_taken_for_the_missing_ones(
    seller: Seller, warehouse: Warehouse, picker: Staff
) -> None:
    sku = a_coded_sku(seller, "A")
    stock_of(sku, warehouse, 2, bin_code="A01-01-1")
    stock_of(sku, warehouse, 2, bin_code="A01-05-1")
    release, [order] = on_the_floor(seller, warehouse, {"A": 2})
    on_the_floor(seller, warehouse, {"A": 2})
    task = at_the_bin(picker, release.pick_lists[0].code)
    pick_short(task_id=task.pk, found=1, actor=acting_as(picker), at=NOON)
    assert Order.objects.get(pk=order.pk).status == Order.Status.WAITING
    balance = Balance.objects.get()
    assert (balance.on_hand, balance.allocated) == (3, 2)
    assert bins_agree()


@pytest.mark.parametrize("found", [2, 3, -1])
def test_a_number_that_is_not_short_is_refused(seller: Seller, warehouse: Warehouse, picker: Staff, found: int) -> None:
    stock_of(a_coded_sku(seller, "A"), warehouse, 3)
    release, _ = on_the_floor(seller, warehouse, {"A": 3})
    task = at_the_bin(picker, release.pick_lists[0].code, picked=1)
    before = books()
    with pytest.raises(TooMany):
        pick_short(task_id=task.pk, found=found, actor=acting_as(picker), at=NOON)
    assert books() == before


def test_saying_short_twice_is_once(seller: Seller, warehouse: Warehouse, picker: Staff) -> None:
    stock_of(a_coded_sku(seller, "A"), warehouse, 3)
    release, _ = on_the_floor(seller, warehouse, {"A": 3})
    task = at_the_bin(picker, release.pick_lists[0].code)
    pick_short(task_id=task.pk, found=0, actor=acting_as(picker), at=NOON)
    before = books()
    again = pick_short(task_id=task.pk, found=0, actor=acting_as(picker), at=NOON)
    assert again.step.effect is Effect.OUTDATED
    assert books() == before
