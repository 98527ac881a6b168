"""Holds that people place: whose they are, how they end (L04)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.books import fingerprint
from tests.floor_world import a_person, acting_as
from tests.world import NOON, WORLD, a_seller, a_warehouse, acting_for, an_allocated_order, an_order
from toiya.core.errors import NotFound
from toiya.core.models import EventRow
from toiya.domain.orders.actions.hand_holds import (
    HandHold,
    HoldEndsInThePast,
    NothingToHold,
    NotYoursToPlace,
    end_hold,
    hold_order,
)
from toiya.domain.orders.actions.holds import NotYoursToLift, lift_hold
from toiya.domain.orders.hold_rules import BY_HAND, ENDS_BY_PAYING, OWNERS, may_lift, may_place
from toiya.domain.orders.jobs import end_holds
from toiya.domain.orders.models import Hold, Order
from toiya.domain.outbound.actions.waves import NothingToRelease, release_wave
from toiya.domain.stock.models import Balance

TOMORROW = NOON + timedelta(days=1)


@pytest.mark.parametrize("code", [*OWNERS, "of_tomorrow"])
def test_a_seller_lifts_what_it_could_have_placed_and_the_operator_all(code: str) -> None:
    if code in ENDS_BY_PAYING:
        assert not may_lift(code, is_operator=True)
        assert not may_lift(code, is_operator=False)
        return
    assert may_lift(code, is_operator=True)
    assert not may_place("of_tomorrow", is_operator=True)
    if code in BY_HAND:
        assert may_lift(code, is_operator=False) == may_place(code, is_operator=False)
    own = {"label_rejected", "goods_in_doubt", "warehouse_waits", "carrier_waits", "abroad"}
    assert may_lift(code, is_operator=False) == (code not in own)


@pytest.mark.django_db
def test_a_held_order_keeps_its_promise_and_is_not_released() -> None:
    seller, house = a_seller(), a_warehouse()
    order = an_allocated_order(seller, house)
    for code in ("seller_waits", "address_in_doubt"):
        hold_order(order_code=order.code, hold=HandHold(code, "gift"), actor=acting_for(seller), at=NOON)
    lift_hold(order_code=order.code, code="seller_waits", actor=acting_for(seller), at=NOON)
    with pytest.raises(NothingToRelease):
        release_wave(warehouse_id=house.pk, order_codes=[order.code], actor=WORLD, at=NOON)
    assert Balance.objects.get().allocated == 1
    lift_hold(order_code=order.code, code="address_in_doubt", actor=acting_for(seller), at=NOON)
    release = release_wave(warehouse_id=house.pk, order_codes=[order.code], actor=WORLD, at=NOON)
    assert release.released == (order.code,)


@pytest.mark.django_db
def test_each_lifts_its_own_and_the_office_lifts_all() -> None:
    seller, house = a_seller(), a_warehouse()
    order, office = an_order(seller), acting_as(a_person(house, "floor_lead"))
    for code in BY_HAND:
        hold_order(order_code=order.code, hold=HandHold(code), actor=office, at=NOON)
    before = fingerprint()
    for code in ("goods_in_doubt", "warehouse_waits", "carrier_waits"):
        with pytest.raises(NotYoursToLift):
            lift_hold(order_code=order.code, code=code, actor=acting_for(seller), at=NOON)
        with pytest.raises(NotYoursToPlace):
            hold_order(order_code=order.code, hold=HandHold(code), actor=acting_for(seller), at=NOON)
    assert fingerprint() == before
    for code in BY_HAND:
        lift_hold(order_code=order.code, code=code, actor=office, at=NOON)
    assert not Hold.objects.filter(lifted_at=None).exists()


@pytest.mark.django_db
def test_a_hold_with_an_end_is_lifted_by_itself_and_once(monkeypatch: pytest.MonkeyPatch) -> None:
    seller = a_seller()
    order, other = an_order(seller), an_order(seller)
    for each, until in ((order, TOMORROW), (other, TOMORROW + timedelta(days=1))):
        hold = HandHold("seller_waits", "", until)
        hold_order(order_code=each.code, hold=hold, actor=acting_for(seller), at=NOON)
    monkeypatch.setattr("toiya.core.clock.now", lambda: TOMORROW)
    for _ in range(2):
        end_holds(0)
    assert list(Hold.objects.filter(lifted_at=None).values_list("order_id", flat=True)) == [other.pk]
    end_hold(hold_id=other.holds.get().pk, actor=WORLD, at=TOMORROW)
    row = EventRow.objects.get(name="order.hold_lifted")
    assert (row.subject, row.actor_name) == (order.code, "holds")


@pytest.mark.django_db
def test_what_cannot_be_held_is_refused_and_nothing_changes() -> None:
    seller = a_seller()
    order, gone = an_order(seller), an_order(seller)
    Order.objects.filter(pk=gone.pk).update(status=Order.Status.CANCELLED)
    owner, stranger = acting_for(seller), acting_for(a_seller("Kumo"))
    before = fingerprint()
    with pytest.raises(NothingToHold):
        hold_order(order_code=gone.code, hold=HandHold("seller_waits"), actor=owner, at=NOON)
    with pytest.raises(HoldEndsInThePast):
        hold_order(order_code=order.code, hold=HandHold("seller_waits", "", NOON), actor=owner, at=NOON)
    with pytest.raises(NotFound):
        hold_order(order_code=order.code, hold=HandHold("seller_waits"), actor=stranger, at=NOON)
    assert fingerprint() == before
