"""A person moves one order between Fulfilment and Smart Delivery, until work on it has begun."""

from __future__ import annotations

import pytest

from tests.books import findings, fingerprint
from tests.floor_world import a_service
from tests.smart_world import handed_in, serves, with_label
from tests.world import NOON, a_seller, a_sku, a_warehouse, acting_for, an_allocated_order, an_order, money_in, stock_of
from tests.world import judged as judged_only
from toiya.domain.carriers.models import Service
from toiya.domain.orders.models import Order
from toiya.domain.orders.ways import Way
from toiya.domain.outbound.actions.ways import LabelIsMade, WorkHasBegun, choose_way
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre(db: None) -> Warehouse:
    return a_warehouse()


@pytest.fixture
def service(db: None) -> Service:
    return a_service()


def test_a_person_moves_an_order_between_the_services(centre: Warehouse) -> None:
    both = serves(a_seller(), fulfilment=True, smart_delivery=True)
    order = an_allocated_order(both, centre)
    actor = acting_for(both)

    for _ in range(2):
        choose_way(order_code=order.code, way=Way.SMART_DELIVERY, actor=actor, at=NOON)
    order.refresh_from_db()
    assert order.status == Order.Status.TO_HAND_IN
    assert order.chosen_way.way == "smart_delivery"
    assert findings() == []

    for _ in range(2):
        choose_way(order_code=order.code, way=Way.FULFILMENT, actor=actor, at=NOON)
    order.refresh_from_db()
    assert order.status == Order.Status.RECEIVED
    (order,) = judged_only(order)
    assert order.status == Order.Status.ALLOCATED
    assert findings() == []


def test_an_order_that_waits_for_stock_may_be_packed_by_its_seller(centre: Warehouse) -> None:
    both = serves(a_seller(), fulfilment=True, smart_delivery=True)
    (order,) = judged_only(an_order(both, {"NOBODYS": 1}))

    choose_way(order_code=order.code, way=Way.SMART_DELIVERY, actor=acting_for(both), at=NOON)

    order.refresh_from_db()
    assert (order.status, order.waiting_reason) == (Order.Status.TO_HAND_IN, "")
    assert findings() == []


def test_the_service_stays_once_work_began_or_a_label_is_there(centre: Warehouse, service: Service) -> None:
    both = serves(a_seller(), fulfilment=True, smart_delivery=True)
    money_in(both, 1_000)
    order = an_allocated_order(both, centre)
    stock_of(a_sku(both, "OTHER"), centre, 1)
    actor = acting_for(both)
    choose_way(order_code=order.code, way=Way.SMART_DELIVERY, actor=actor, at=NOON)
    order.refresh_from_db()
    parcel = with_label(order, centre, service)

    for refusal in (LabelIsMade, WorkHasBegun):
        before = fingerprint()
        with pytest.raises(refusal):
            choose_way(order_code=order.code, way=Way.FULFILMENT, actor=actor, at=NOON)
        assert fingerprint() == before
        if refusal is LabelIsMade:
            handed_in(parcel)
