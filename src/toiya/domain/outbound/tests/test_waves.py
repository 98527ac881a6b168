"""Releasing orders to the floor."""

from __future__ import annotations

from datetime import date

import pytest

from tests.floor_world import a_coded_sku, bins_agree, books, on_the_floor, released
from tests.world import NOON, WORLD, a_seller, an_order, held, judged, stock_of
from toiya.domain.members.models import Seller
from toiya.domain.orders.models import Order
from toiya.domain.outbound.actions.waves import NothingToRelease
from toiya.domain.outbound.models import PickList, PickTask, Wave
from toiya.domain.stock.actions.goods import Arrival, receive_stock
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db


def test_a_release_puts_the_order_on_a_walk_and_every_task_names_bin_and_slot(
    seller: Seller, warehouse: Warehouse
) -> None:
    stock_of(a_coded_sku(seller, "A"), warehouse, 5, bin_code="A01-02-1")
    release, [order] = on_the_floor(seller, warehouse, {"A": 2})

    assert release.released == (order.code,)
    assert order.status == Order.Status.PICKING
    task = PickTask.objects.get()
    assert (task.bin.code, task.quantity, task.slot.number) == ("A01-02-1", 2, 1)


def test_the_lot_that_expires_first_is_picked_first(seller: Seller, warehouse: Warehouse) -> None:
    sku = a_coded_sku(seller, "A")
    near, far = warehouse.bins.get(code="A01-01-1"), warehouse.bins.get(code="A01-05-1")
    arrivals = [
        Arrival(sku.pk, near.pk, 4, "L2", date(2027, 6, 1)),
        Arrival(sku.pk, far.pk, 4, "L1", date(2027, 1, 1)),
    ]
    receive_stock(
        seller_id=seller.pk, warehouse_id=warehouse.pk, arrivals=arrivals, source="CB-1", actor=WORLD, at=NOON
    )
    on_the_floor(seller, warehouse, {"A": 5})
    tasks = PickTask.objects.order_by("sequence").values_list("bin__code", "lot", "quantity")
    assert sorted(tasks) == [("A01-01-1", "L2", 1), ("A01-05-1", "L1", 4)]


def test_stops_follow_the_walk(seller: Seller, warehouse: Warehouse) -> None:
    for code, place in (("A", "A01-04-1"), ("B", "A01-01-1"), ("C", "A01-03-1")):
        stock_of(a_coded_sku(seller, code), warehouse, 5, bin_code=place)
    on_the_floor(seller, warehouse, {"A": 1, "B": 1, "C": 1})
    stops = PickTask.objects.order_by("sequence").values_list("bin__code", flat=True)
    assert list(stops) == ["A01-01-1", "A01-03-1", "A01-04-1"]


def test_pieces_that_one_walk_counts_on_are_not_offered_to_the_next(seller: Seller, warehouse: Warehouse) -> None:
    sku = a_coded_sku(seller, "A")
    stock_of(sku, warehouse, 2, bin_code="A01-01-1")
    stock_of(sku, warehouse, 2, bin_code="A01-02-1")
    on_the_floor(seller, warehouse, {"A": 2})
    on_the_floor(seller, warehouse, {"A": 2})
    assert sorted(PickTask.objects.values_list("bin__code", "quantity")) == [("A01-01-1", 2), ("A01-02-1", 2)]


def test_nine_orders_are_two_walks(seller: Seller, warehouse: Warehouse) -> None:
    stock_of(a_coded_sku(seller, "A"), warehouse, 20)
    release, _ = on_the_floor(seller, warehouse, *[{"A": 1}] * 9)
    assert [pick_list.slots.count() for pick_list in release.pick_lists] == [8, 1]


def test_orders_of_two_sellers_are_one_wave(seller: Seller, warehouse: Warehouse) -> None:
    other = a_seller("Kumo")
    orders = []
    for owner in (seller, other):
        stock_of(a_coded_sku(owner, "A"), warehouse, 1)
        orders += judged(an_order(owner, {"A": 1}))
    release = released(warehouse, *orders)
    assert set(release.released) == {order.code for order in orders}
    assert Wave.objects.count() == 1
    assert PickList.objects.count() == 2


def test_a_held_order_stays_behind_and_is_named(seller: Seller, warehouse: Warehouse) -> None:
    stock_of(a_coded_sku(seller, "A"), warehouse, 2)
    held_order, free = judged(an_order(seller, {"A": 1}), an_order(seller, {"A": 1}))
    held(held_order, "cancel_asked")
    release = released(warehouse, held_order, free)
    assert release.released == (free.code,)
    assert release.left == {held_order.code: "held"}
    assert Order.objects.get(pk=held_order.pk).status == Order.Status.ALLOCATED


def test_nothing_ready_is_refused_and_leaves_no_wave_behind(seller: Seller, warehouse: Warehouse) -> None:
    stock_of(a_coded_sku(seller, "A"), warehouse, 1)
    [only] = judged(an_order(seller, {"A": 1}))
    held(only, "cancel_asked")
    before = books()
    with pytest.raises(NothingToRelease):
        released(warehouse, only)
    assert books() == before
    assert not Wave.objects.exists()
    assert not PickList.objects.exists()


def test_releasing_twice_makes_one_walk(seller: Seller, warehouse: Warehouse) -> None:
    stock_of(a_coded_sku(seller, "A"), warehouse, 5)
    _, [order] = on_the_floor(seller, warehouse, {"A": 1})
    with pytest.raises(NothingToRelease):
        released(warehouse, order)
    assert PickTask.objects.count() == 1
    assert bins_agree()
