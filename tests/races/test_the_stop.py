"""A stop against the people who pick, pack and label the order: one of two answers, and no piece is lost."""

from __future__ import annotations

from random import Random

import pytest

from tests.books import findings
from tests.orders_change_world import STEPS, Road, a_road
from tests.races.together import together
from tests.world import NOON, acting_for
from toiya.core.errors import Refusal
from toiya.domain.orders.models import Order
from toiya.domain.outbound.actions.stopping import stop_order
from toiya.domain.outbound.models import Slot, Stop

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 30


def work_on(road: Road, order: Order) -> None:
    """What the floor does until nothing is left to do; a refused scan is looked at anew."""
    for _ in range(2 * STEPS):
        try:
            if not road.step(Order.objects.get(pk=order.pk)):
                return
        except (Refusal, Slot.DoesNotExist, IndexError):
            continue


def stop(order: Order) -> Stop:
    return stop_order(order_code=order.code, reason="by_seller", actor=acting_for(order.seller), at=NOON)


@pytest.mark.seed("L04")
def test_a_stop_beside_the_work_of_the_floor_has_no_third_outcome() -> None:
    road, dice = a_road(pieces=1000), Random(3)  # noqa: S311 - a test's dice
    outcomes = set()
    for _ in range(ROUNDS):
        order = road.begin()
        for _ in range(dice.randint(0, STEPS - 3)):
            road.step(order)
        ends = together([lambda: work_on(road, order), lambda: stop(order)])  # noqa: B023 - both end in this round
        assert ends.troubles == []
        order.refresh_from_db()
        work_on(road, order)
        order.refresh_from_db()
        answer = Stop.objects.get(order=order)
        outcomes.add((answer.outcome, order.status))
        road.carry_all_back()
    assert outcomes == {("stopped", "cancelled"), ("sealed", "shipped")}
    assert findings() == []
