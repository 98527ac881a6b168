"""A stop against the people who pick, pack and label the order: one of two answers, and no piece is lost."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from tests.books import findings
from tests.orders_change_world import STEPS, STEPS_OF_BOXES, Road, a_road
from tests.races.together import together
from tests.world import NOON, acting_for
from toiya.core.errors import Refusal
from toiya.core.rows import LockableRows
from toiya.domain.orders.models import Order
from toiya.domain.outbound.actions import stopping
from toiya.domain.outbound.actions.cancelling import TooLateToCancel
from toiya.domain.outbound.actions.stopping import stop_order
from toiya.domain.outbound.models import Parcel, Slot, Stop

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 30
FIRST_SEAL = 9  # which step of an order of three pieces, a box each, seals its first box


def work_on(road: Road, order: Order) -> None:
    """What the floor does until nothing is left to do; a refused scan is looked at anew."""
    for _ in range(2 * STEPS_OF_BOXES):
        try:
            if not road.step(Order.objects.get(pk=order.pk)):
                return
        except (Refusal, Slot.DoesNotExist, IndexError):
            continue


def stop(order: Order) -> Stop:
    return stop_order(order_code=order.code, reason="by_seller", actor=acting_for(order.seller), at=NOON)


@pytest.mark.parametrize(("most_in_box", "pieces"), [(99, 2), (1, 3)], ids=["one_box", "several_boxes"])
@pytest.mark.seed("L04")
def test_a_stop_beside_the_work_of_the_floor_has_no_third_outcome(most_in_box: int, pieces: int) -> None:
    """With several boxes the first that is sealed decides for all: all of them leave, or none."""
    road, dice = a_road(pieces=1000, most_in_box=most_in_box), Random(3)  # noqa: S311 - a test's dice
    last = STEPS - 3 if most_in_box > 1 else FIRST_SEAL + 2
    outcomes = set()
    for _ in range(ROUNDS // 2):
        order = road.begin(pieces)
        for _ in range(dice.randint(0, last)):
            road.step(order)
        ends = together([lambda: work_on(road, order), lambda: stop(order)])  # noqa: B023 - both end in this round
        assert ends.troubles == []
        order.refresh_from_db()
        work_on(road, order)
        order.refresh_from_db()
        answer = Stop.objects.get(order=order)
        left = Parcel.objects.filter(order=order, status="shipped")
        outcomes.add((answer.outcome, order.status, left.count()))
        road.carry_all_back()
    boxes = 1 if most_in_box > 1 else pieces
    assert outcomes == {("stopped", "cancelled", 0), ("sealed", "shipped", boxes)}
    assert findings() == []


def test_control_without_the_orders_lock_a_box_is_sealed_behind_the_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who asked to stop found no sealed box; before the order is cancelled, its first box is."""
    road = a_road(most_in_box=1)
    order = road.begin(3)
    for _ in range(FIRST_SEAL - 1):
        road.step(order)
    look = stopping.answer_sealed

    def look_and_be_overtaken(**arguments: Any) -> Stop | None:
        found = look(**arguments)
        ends = together([lambda: road.step(Order.objects.get(pk=order.pk))])
        assert (ends.troubles, ends.refusals) == ([], [])
        return found

    with monkeypatch.context() as patch:
        patch.setattr(stopping, "answer_sealed", look_and_be_overtaken)
        patch.setattr(LockableRows, "lock", lambda rows: rows.order_by("pk"))
        with pytest.raises(TooLateToCancel):  # the third answer that the lock rules out
            stop(order)
