"""Orders of Smart Delivery are set apart: no stock is promised to them and none is said to be missing."""

from __future__ import annotations

import pytest

from tests.books import findings, fingerprint
from tests.smart_world import a_packing_seller, routed, serves
from tests.world import NOON, WORLD, a_seller, a_sku, a_warehouse, an_order, judged, stock_of
from toiya.core.models import EventRow
from toiya.domain.allocation import jobs
from toiya.domain.allocation.models import Allocation, WaitReason
from toiya.domain.orders.actions.ways import choose_shop_way
from toiya.domain.orders.models import Order
from toiya.domain.orders.ways import Way
from toiya.domain.stock.models import Movement

pytestmark = pytest.mark.django_db
Status = Order.Status


@pytest.mark.seed("A025")
def test_for_a_seller_that_only_hands_in_nothing_is_judged() -> None:
    seller = a_packing_seller()
    stock_of(a_sku(seller), a_warehouse(), 5)
    known, unknown = an_order(seller), an_order(seller, {"NOBODYS": 1})
    moved = Movement.objects.count()

    jobs.allocate_waiting(seller.pk)

    assert list(Order.objects.filter(pk__in=[known.pk, unknown.pk]).values_list("status", "waiting_reason")) == [
        ("to_hand_in", ""),
        ("to_hand_in", ""),
    ]
    assert (Allocation.objects.count(), WaitReason.objects.count()) == (0, 0)
    assert Movement.objects.count() == moved
    assert findings() == []


def test_orders_that_waited_for_stock_are_freed_when_the_seller_packs_itself_from_now_on() -> None:
    seller = a_seller()
    (order,) = judged(an_order(seller))
    assert order.status == Status.WAITING

    serves(seller, fulfilment=False, smart_delivery=True)
    (order,) = routed(order)

    assert (order.status, order.waiting_reason) == (Status.TO_HAND_IN, "")
    assert WaitReason.objects.count() == 0
    assert findings() == []


def test_a_shop_of_a_seller_with_both_goes_the_way_that_is_set_for_it() -> None:
    seller = serves(a_seller(), fulfilment=True, smart_delivery=True)
    stock_of(a_sku(seller), a_warehouse(), 5)
    choose_shop_way(seller_id=seller.pk, shop_code="CON-OWN", way=Way.SMART_DELIVERY, actor=WORLD, at=NOON)
    ours, theirs = an_order(seller, shop_code="CON-X"), an_order(seller, shop_code="CON-OWN")

    ours, theirs = routed(ours, theirs)

    assert (ours.status, theirs.status) == (Status.ALLOCATED, Status.TO_HAND_IN)
    assert list(Allocation.objects.values_list("order_id", flat=True)) == [ours.pk]


def test_an_order_that_was_judged_stays_when_its_shop_is_set_anew() -> None:
    seller = serves(a_seller(), fulfilment=True, smart_delivery=True)
    (order,) = routed(an_order(seller, shop_code="CON-OWN"))
    choose_shop_way(seller_id=seller.pk, shop_code="CON-OWN", way=Way.SMART_DELIVERY, actor=WORLD, at=NOON)

    (order,) = routed(order)

    assert order.status == Status.WAITING


def test_judging_again_changes_nothing_of_an_order_that_was_set_apart() -> None:
    seller = a_packing_seller()
    (order,) = routed(an_order(seller))
    before = fingerprint()

    routed(order)

    assert fingerprint() == before
    assert EventRow.objects.filter(name="order.smart_delivery_chosen", subject=order.code).count() == 1


def test_another_sellers_orders_are_left_alone() -> None:
    packing, other = a_packing_seller(), a_seller("Kaede")
    order = an_order(other)

    routed(an_order(packing))
    jobs.allocate_waiting(packing.pk)

    order.refresh_from_db()
    assert order.status == Status.RECEIVED
