"""A house with an order in every state has nothing wrong in it."""

from __future__ import annotations

import pytest

from tests.verify.whole_house import LATER, House
from toiya.cli.verify import Report
from toiya.config.truths import all_checks, all_counts
from toiya.core.checks import count, run
from toiya.domain.orders.models import Order

pytestmark = pytest.mark.django_db
Status = Order.Status


def test_the_house_has_an_order_in_every_state_the_floor_can_reach(house: House) -> None:
    states = {name: order.status for name, order in house.one.orders.items()}
    assert states == {
        "short": Status.WAITING,
        "shipped": Status.SHIPPED,
        "labelled": Status.READY,
        "boxed": Status.READY,
        "numbered": Status.PACKING,
        "sealed": Status.PACKING,
        "packing": Status.PACKING,
        "picking": Status.PICKING,
        "allocated": Status.ALLOCATED,
        "waiting": Status.WAITING,
        "unknown": Status.WAITING,
        "received": Status.RECEIVED,
        "cancelled": Status.CANCELLED,
        "taken_back": Status.WAITING,
        "own_asked": Status.TO_HAND_IN,
        "own_printed": Status.TO_HAND_IN,
        "own_anew": Status.TO_HAND_IN,
        "own_here": Status.HANDED_IN,
        "own_gone": Status.SHIPPED,
        "stopped": Status.CANCELLED,
        "put_back": Status.CANCELLED,
        "divided": Status.ALLOCATED,
        "part": Status.ALLOCATED,
        "sent_what_is_there": Status.ALLOCATED,
        "rest": Status.WAITING,
        "took_over": Status.WAITING,
        "asked_by_program": Status.WAITING,
        "merged_away": Status.CANCELLED,
    }


def test_nothing_is_wrong_open_or_worth_a_note(house: House) -> None:
    found = [problem.message for finding in run(all_checks(), at=LATER) for problem in finding.problems]
    assert found == []


def test_the_counts_say_how_much_was_checked(house: House) -> None:
    counted = count(all_counts())
    assert {name: counted[name] for name in ("sellers", "orders", "shipped_parcels", "write_backs_accepted")} == {
        "sellers": 4,
        "orders": 76,
        "shipped_parcels": 4,
        "write_backs_accepted": 4,
    }


def test_the_report_says_that_everything_agrees(house: House) -> None:
    report = Report(tuple(run(all_checks(), at=LATER)), count(all_counts()))
    lines = list(report.lines())
    assert report.is_ok
    assert lines[0] == f"I01  {'on_hand_is_sum_of_movements':<44} ok"
    assert lines[-1] == "Everything agrees."
    assert report.as_data()["problems"] == []
