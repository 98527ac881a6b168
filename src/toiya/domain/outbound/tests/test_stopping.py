"""An order that is stopped on the floor: one of two answers, and every piece is accounted for (D-08, L04)."""

from __future__ import annotations

import os
from datetime import timedelta
from random import Random

import pytest
from django.db import transaction

from tests.books import findings, fingerprint
from tests.floor_world import a_coded_sku, in_bin, labelled
from tests.orders_change_world import STEPS, STEPS_OF_BOXES, Road, a_road
from tests.world import NOON, WORLD, a_seller, acting_for, an_order, judged, stock_of
from toiya.core.errors import NotFound
from toiya.domain.carriers.models import Label
from toiya.domain.orders.models import Address, Order
from toiya.domain.orders.rules import AddressDraft
from toiya.domain.outbound.actions.packing import pack_piece
from toiya.domain.outbound.actions.picking import ToteInUse, pick_pieces, tie_tote
from toiya.domain.outbound.actions.readdressing import OrderIsOver, UnusableAddress, change_address
from toiya.domain.outbound.actions.remapping import LineStays, change_sku
from toiya.domain.outbound.actions.stopped import NotAShelf, ParcelStopped, carry_back
from toiya.domain.outbound.actions.stopping import stop_order
from toiya.domain.outbound.models import CarryBack, Content, Parcel, PickList, PickTask, Slot, Stop
from toiya.domain.stock.models import Balance

pytestmark = pytest.mark.django_db
TO = AddressDraft("佐藤 花", "03-1111-2222", "100-0001", "東京都千代田区千代田1-1")


@pytest.fixture
def road(db: None) -> Road:
    return a_road()


def after(road: Road, steps: int, *, pieces: int = 2, dice: Random | None = None) -> Order:
    """An order with so many steps of its way behind it."""
    order = road.begin(pieces)
    for _ in range(steps):
        road.step(order, dice)
    order.refresh_from_db()
    return order


def stop(order: Order) -> Stop:
    return stop_order(order_code=order.code, reason="by_seller", actor=acting_for(order.seller), at=NOON)


# Steps: 1 walk begun, 2 tote, 3 bin, 4-5 picked, 6 parcel, 7-8 packed, 9 sealed, 10 wanted, 11 bought, 12 labelled.
@pytest.mark.parametrize(("steps", "in_the_tote"), [(0, 0), (3, 0), (4, 1), (5, 2), (7, 2), (8, 2)])
@pytest.mark.seed("L04")
def test_before_the_seal_it_is_stopped_at_once_and_its_pieces_lie_in_the_tote(
    road: Road, steps: int, in_the_tote: int
) -> None:
    order = after(road, steps)
    answer = stop(order)

    order.refresh_from_db()
    assert (answer.outcome, answer.wish, order.status) == ("stopped", "cancel", Order.Status.CANCELLED)
    assert (in_bin(road.warehouse, "A01-01-1"), in_bin(road.warehouse, "T-001")) == (100 - in_the_tote, in_the_tote)
    balance = Balance.objects.get()
    assert (balance.on_hand, balance.allocated) == (100, 0)
    assert sum(CarryBack.objects.values_list("quantity", flat=True)) == in_the_tote
    assert PickList.objects.get().status == PickList.Status.DONE
    assert not Content.objects.exists()
    assert stop(order) == answer
    assert findings() == []


@pytest.mark.parametrize("steps", [9, 10, 11, 12, 13])
@pytest.mark.seed("L04", "A150")
def test_after_the_seal_the_answer_names_who_sealed_it_and_the_parcel_goes(road: Road, steps: int) -> None:
    order = after(road, steps)
    answer = stop(order)

    parcel = Parcel.objects.get()
    assert (answer.outcome, answer.parcel) == ("sealed", parcel)
    assert (parcel.packed_by, parcel.sealed_at) == (road.staff.user.name, NOON)
    before = fingerprint("orders", "outbound", "stock", "wallet")
    assert stop(order) == answer
    assert fingerprint("orders", "outbound", "stock", "wallet") == before
    while road.step(order):
        pass
    assert order.status == Order.Status.SHIPPED
    assert findings() == []


def test_a_pile_goes_into_the_bin_that_is_scanned_once(road: Road) -> None:
    order = after(road, 5)
    stop(order)
    pile = CarryBack.objects.get()
    before = fingerprint()
    with pytest.raises(NotAShelf):
        carry_back(carry_id=pile.pk, scan="T-002", actor=road.actor, at=NOON)
    with pytest.raises(NotFound):
        carry_back(carry_id=pile.pk + 1, scan="A01-02-1", actor=road.actor, at=NOON)
    assert fingerprint() == before

    for scan in ("bin-a01-02-1", "A01-03-1"):
        done = carry_back(carry_id=pile.pk, scan=scan, actor=road.actor, at=NOON)
        assert (done.put_into.code, done.put_by) == ("A01-02-1", road.staff.user.name)
    assert (in_bin(road.warehouse, "A01-02-1"), in_bin(road.warehouse, "T-001")) == (2, 0)
    assert findings() == []


def test_a_tote_is_not_free_before_its_pieces_are_back(road: Road) -> None:
    stop(after(road, 5))
    after(road, 1)
    slot = Slot.objects.get(is_closed=False)
    with pytest.raises(ToteInUse):
        tie_tote(slot_id=slot.pk, scan="T-001", actor=road.actor, at=NOON)
    road.carry_all_back()
    tie_tote(slot_id=slot.pk, scan="T-001", actor=road.actor, at=NOON)
    assert Slot.objects.get(is_closed=False).tote.code == "T-001"


def test_scans_that_come_after_the_stop_change_nothing(road: Road) -> None:
    order = after(road, 4)
    task = PickTask.objects.get()
    stop(order)
    packing = after(road, 6)
    stop(packing)
    before = fingerprint()
    step = pick_pieces(task_id=task.pk, scan="A", quantity=1, actor=road.actor, at=NOON)
    assert step.walk.stopped_id == Stop.objects.get(order=order).pk
    with pytest.raises(ParcelStopped):
        pack_piece(parcel_code=Parcel.objects.get().code, scan="A", actor=road.actor, at=NOON)
    assert fingerprint() == before


# Three pieces, a box each: 1 walk, 2 tote, 3 bin, 4-6 picked, 7 first box, 8 packed, 9 sealed, 10 second, 11, 12 ...
@pytest.mark.parametrize("steps", [0, 5, 6, 7, 8])
@pytest.mark.seed("L04")
def test_before_its_first_box_is_sealed_an_order_of_several_is_stopped_whole(steps: int) -> None:
    road = a_road(most_in_box=1)
    order = after(road, steps, pieces=3)
    answer = stop(order)

    order.refresh_from_db()
    assert (answer.outcome, order.status) == ("stopped", Order.Status.CANCELLED)
    assert sum(CarryBack.objects.values_list("quantity", flat=True)) == max(0, min(3, steps - 3))
    assert set(Parcel.objects.values_list("status", flat=True)) <= {"cancelled"}
    assert Balance.objects.get().allocated == 0
    road.carry_all_back()
    assert in_bin(road.warehouse, "A01-01-1") == 100
    assert findings() == []


@pytest.mark.parametrize("steps", [9, 10, 11, 12, 13, 14, 15, 18])
@pytest.mark.seed("L04")
def test_the_first_sealed_box_decides_for_all_of_them(steps: int) -> None:
    road = a_road(most_in_box=1)
    order = after(road, steps, pieces=3)
    answer = stop(order)

    first = Parcel.objects.order_by("pk")[0]
    assert (answer.outcome, answer.parcel) == ("sealed", first)
    before = fingerprint("orders", "outbound", "stock", "wallet")
    assert stop(order) == answer
    assert fingerprint("orders", "outbound", "stock", "wallet") == before
    while road.step(order):
        pass
    assert (order.status, Parcel.objects.filter(status="shipped").count()) == (Order.Status.SHIPPED, 3)
    assert (in_bin(road.warehouse, "A01-01-1"), Balance.objects.get().on_hand) == (97, 97)
    assert stop(order) == answer
    assert findings() == []


@pytest.mark.parametrize("most_in_box", [99, 1], ids=["one_box", "several_boxes"])
def test_any_moment_of_the_road_has_one_of_the_two_answers(db: None, most_in_box: int) -> None:
    """
    In the suite 60 times, half of them with several boxes; STOPS=1000 in the environment asks for more. After 30 their
    rows go again: within one transaction the database clears nothing away, and each would take longer than the last.
    """
    dice, road = Random(7), a_road(pieces=10_000, most_in_box=most_in_box)  # noqa: S311 - a test's dice
    last, pieces = (STEPS, 2) if most_in_box > 1 else (STEPS_OF_BOXES, 3)
    left = int(os.environ.get("STOPS", "60")) // 2
    while left > 0:
        with transaction.atomic():
            for _ in range(min(left, 30)):
                order = after(road, dice.randint(0, last + 1), pieces=pieces, dice=dice)
                answer = stop(order)
                while road.step(order, dice):
                    pass
                assert (answer.outcome, order.status) in {("stopped", "cancelled"), ("sealed", "shipped")}
                road.carry_all_back()
            assert findings() == []
            transaction.set_rollback(True)
        left -= 30


@pytest.mark.parametrize("steps", [0, 5, 7, 9])
def test_a_new_address_before_the_label_is_wanted_is_the_one_on_the_label(road: Road, steps: int) -> None:
    order = after(road, steps)
    answer = change_address(order_code=order.code, address=TO, actor=acting_for(road.seller), at=NOON)
    assert answer is not None
    assert (answer.wish, answer.outcome) == ("address", "stopped")
    assert change_address(order_code=order.code, address=TO, actor=WORLD, at=NOON) is None
    while road.step(order):
        pass
    assert order.status == Order.Status.SHIPPED
    assert Label.objects.get().shipment["receiver"]["name"] == "佐藤 花"


def test_a_new_address_after_the_label_was_wanted_is_too_late(road: Road) -> None:
    order = after(road, 10)
    before = fingerprint("orders")
    answer = change_address(order_code=order.code, address=TO, actor=acting_for(road.seller), at=NOON)
    assert answer is not None
    assert (answer.outcome, answer.parcel) == ("sealed", Parcel.objects.get())
    assert fingerprint("orders") == before


def test_a_declined_label_is_asked_for_again_with_the_new_address(road: Road) -> None:
    order = after(road, 10)
    Label.objects.update(status=Label.Status.REJECTED, problem="no such town")
    answer = change_address(order_code=order.code, address=TO, actor=acting_for(road.seller), at=NOON)
    assert answer is not None
    assert answer.outcome == "stopped"
    parcel = labelled(Parcel.objects.get())
    assert parcel.label is not None
    assert parcel.label.shipment["receiver"]["name"] == "佐藤 花"


def test_an_address_that_is_none_is_refused_and_nothing_changes(road: Road) -> None:
    order = after(road, 0)
    stranger, gone = acting_for(a_seller("Kumo")), after(road, 0)
    stop(gone)
    before = fingerprint()
    nameless = AddressDraft(" ", "", "100-0001", "東京都千代田区千代田1-1")
    with pytest.raises(UnusableAddress):
        change_address(order_code=order.code, address=nameless, actor=WORLD, at=NOON)
    with pytest.raises(OrderIsOver):
        change_address(order_code=gone.code, address=TO, actor=WORLD, at=NOON)
    with pytest.raises(NotFound):
        change_address(order_code=order.code, address=TO, actor=stranger, at=NOON)
    assert fingerprint() == before
    assert Address.objects.get(order=order).name == "田中 みなみ"


@pytest.mark.parametrize(("steps", "in_the_tote"), [(0, 0), (5, 2), (7, 2)])
@pytest.mark.seed("L03", "A147")
def test_another_sku_takes_the_order_off_the_floor_and_it_is_promised_the_right_one(
    road: Road, steps: int, in_the_tote: int
) -> None:
    right = a_coded_sku(road.seller, "B")
    stock_of(right, road.warehouse, 5, bin_code="A01-02-1")
    order = after(road, steps)
    line = order.lines.get()
    answer = change_sku(line_id=line.pk, sku_code=right.code, actor=acting_for(road.seller), at=NOON)

    assert answer is not None
    assert (answer.wish, answer.outcome) == ("sku", "stopped")
    assert in_bin(road.warehouse, "T-001") == in_the_tote
    [order] = judged(order)
    assert order.status == Order.Status.ALLOCATED
    promised = dict(Balance.objects.values_list("sku__seller_code", "allocated"))
    assert promised == {"A": 0, "B": 2}
    assert change_sku(line_id=line.pk, sku_code=right.code, actor=WORLD, at=NOON) is None
    assert findings() == []


def test_a_line_of_a_sealed_or_cancelled_order_keeps_its_sku(road: Road) -> None:
    right = a_coded_sku(road.seller, "B")
    sealed, gone = after(road, 9), after(road, 0)
    stop(gone)
    answer = change_sku(line_id=sealed.lines.get().pk, sku_code=right.code, actor=WORLD, at=NOON)
    assert answer is not None
    assert answer.outcome == "sealed"
    before = fingerprint()
    with pytest.raises(LineStays):
        change_sku(line_id=gone.lines.get().pk, sku_code=right.code, actor=WORLD, at=NOON)
    for code, actor in (("399999999999-00001", WORLD), (right.code, acting_for(a_seller("Kumo")))):
        if actor is not WORLD:
            before = fingerprint()
        with pytest.raises(NotFound):
            change_sku(line_id=sealed.lines.get().pk, sku_code=code, actor=actor, at=NOON + timedelta(hours=1))
    assert fingerprint() == before


def test_an_order_that_waits_is_matched_as_before(road: Road) -> None:
    [order] = judged(an_order(road.seller, {"NOBODY": 1}))
    change_sku(line_id=order.lines.get().pk, sku_code=road.sku.code, actor=acting_for(road.seller), at=NOON)
    [order] = judged(order)
    assert order.status == Order.Status.ALLOCATED
    assert findings() == []
