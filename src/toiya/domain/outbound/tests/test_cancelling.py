"""Cancelling some lines of an order, or all of them."""

from __future__ import annotations

import pytest

from tests.books import findings, fingerprint
from tests.floor_world import a_coded_sku, packed, released, walked
from tests.world import NOON, WORLD, a_seller, acting_for, an_order, judged, stock_of
from toiya.core.errors import NotFound
from toiya.domain.allocation.models import Allocation
from toiya.domain.carriers.models import Service
from toiya.domain.members.models import Seller, Staff
from toiya.domain.orders.models import Line, Order
from toiya.domain.outbound.actions.cancelling import TooLateToCancel, cancel_lines, cancel_order
from toiya.domain.outbound.models import PickList, Stop
from toiya.domain.stock.models import Balance
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db


def two_lines(seller: Seller, warehouse: Warehouse) -> tuple[Order, list[Line]]:
    """An order of one A and one B, both promised."""
    for code in ("A", "B"):
        stock_of(a_coded_sku(seller, code), warehouse, 5)
    [order] = judged(an_order(seller, {"A": 1, "B": 1}))
    return order, list(order.lines.order_by("pk"))


def test_one_cancelled_line_gives_its_piece_back_and_the_rest_is_judged_again(
    seller: Seller, warehouse: Warehouse
) -> None:
    order, [first, _] = two_lines(seller, warehouse)
    cancel_lines(order_code=order.code, line_ids=[first.pk], reason="buyer", actor=WORLD, at=NOON)

    [order] = judged(order)
    assert order.status == Order.Status.ALLOCATED
    allocated = Balance.objects.filter(seller=seller).values_list("sku__seller_code", "allocated")
    assert dict(allocated) == {"A": 0, "B": 1}
    assert list(order.lines.filter(is_cancelled=True)) == [first]
    assert findings() == []


def test_the_last_line_cancels_the_whole_order(seller: Seller, warehouse: Warehouse) -> None:
    order, lines = two_lines(seller, warehouse)
    ids = [line.pk for line in lines]
    cancel_lines(order_code=order.code, line_ids=ids, reason="buyer", actor=WORLD, at=NOON)

    order.refresh_from_db()
    assert order.status == Order.Status.CANCELLED
    assert not Balance.objects.filter(seller=seller, allocated__gt=0).exists()
    assert findings() == []


def test_a_cancelled_line_of_an_order_on_the_floor_brings_the_order_back_and_the_rest_is_judged_again(
    seller: Seller, warehouse: Warehouse
) -> None:
    order, [first, second] = two_lines(seller, warehouse)
    released(warehouse, order)
    cancel_lines(order_code=order.code, line_ids=[first.pk], reason="buyer", actor=WORLD, at=NOON)

    order.refresh_from_db()
    assert order.status == Order.Status.WAITING
    assert PickList.objects.get().status == PickList.Status.DONE
    stop = Stop.objects.get(order=order)
    assert (stop.wish, stop.outcome, stop.reason) == ("lines", "stopped", "buyer")
    [order] = judged(order)
    assert list(Allocation.objects.values_list("line_id", "quantity")) == [(second.pk, 1)]
    assert findings() == []


def test_lines_in_a_sealed_parcel_and_orders_of_others_are_refused_and_nothing_changes(
    seller: Seller, warehouse: Warehouse, picker: Staff, service: Service
) -> None:
    order, [first, _] = two_lines(seller, warehouse)
    walked(released(warehouse, order).pick_lists[0].code, picker)
    packed("T-001", picker, service)
    stranger = acting_for(a_seller("Kumo"))
    before = fingerprint()

    with pytest.raises(TooLateToCancel):
        cancel_lines(order_code=order.code, line_ids=[first.pk], reason="x", actor=WORLD, at=NOON)
    with pytest.raises(TooLateToCancel):
        cancel_order(order_code=order.code, reason="x", actor=WORLD, at=NOON)
    with pytest.raises(NotFound):
        cancel_order(order_code=order.code, reason="x", actor=stranger, at=NOON)
    assert fingerprint() == before
