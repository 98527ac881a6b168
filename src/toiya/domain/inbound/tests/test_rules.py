"""The pure rules of taking in: limits, fees and the line."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.world import NOON
from toiya.domain.inbound.rules import (
    Asked,
    Breach,
    Delivery,
    Estimate,
    Fees,
    InLine,
    Limits,
    Rule,
    Size,
    Step,
    estimate,
    fee_entries,
    is_confirmed_at_once,
    is_large,
    judge_delivery,
    judge_request,
    line_up,
    missing_steps,
    pace,
)
from toiya.domain.pricing.rules import Card, Period, rate


@pytest.mark.seed("A136")
def test_without_limits_everything_is_taken() -> None:
    assert judge_request(Limits(), quantity=1_000_000, open_pieces=1_000_000) is None
    assert judge_delivery(Limits(), Delivery({1: 1_000_000})) is None


@pytest.mark.seed("A137")
def test_kinds_are_packed_apart() -> None:
    limits = Limits(most_kinds_a_carton=1)
    mixed = Delivery({1: 2, 2: 2}, cartons=[{1: 2}, {1: 0, 2: 2}])
    assert judge_delivery(limits, mixed) == Breach(Rule.KINDS_A_CARTON, 1, 2)
    assert judge_delivery(limits, Delivery({1: 2, 2: 2}, cartons=[{1: 2}, {2: 2}])) is None


@pytest.mark.seed("A137")
def test_several_kinds_need_a_carton_list_of_every_piece() -> None:
    told = {1: 2, 2: 3}
    assert missing_steps(Limits(), Delivery(told)) == (Step.CARTON_LIST,)
    assert missing_steps(Limits(), Delivery(told, cartons=[{1: 2}, {2: 2}])) == (Step.CARTON_LIST,)
    assert missing_steps(Limits(), Delivery(told, cartons=[{1: 2}, {2: 2}, {2: 1}])) == ()
    assert missing_steps(Limits(), Delivery({1: 500})) == ()
    assert missing_steps(Limits(needs_carton_list=False), Delivery(told)) == ()


@pytest.mark.seed("A138", "L15")
@pytest.mark.parametrize(
    ("delivery", "large"),
    [
        (Delivery({1: 100}), False),
        (Delivery({1: 60, 2: 41}), True),
        (Delivery({1: 1}, sizes=[Size(1, 1801, 1)]), True),
        (Delivery({1: 1}, sizes=[Size(1800, 1800, 1800, 30_000)]), False),
        (Delivery({1: 1}, sizes=[Size(weight_g=30_001)]), True),
    ],
)
def test_what_is_large_or_oversize(delivery: Delivery, large: bool) -> None:
    limits = Limits(large_pieces=100, oversize_mm=1800, oversize_g=30_000, needs_carton_list=False)
    assert is_large(limits, delivery) is large
    assert missing_steps(limits, delivery) == ((Step.DOCK_SLOT,) if large else ())


@pytest.mark.seed("L15")
def test_the_rules_alone_confirm_where_no_approval_is_needed() -> None:
    limits = Limits(large_pieces=10, needs_approval=False)
    assert is_confirmed_at_once(limits, Delivery({1: 10}))
    assert not is_confirmed_at_once(limits, Delivery({1: 11}))
    assert is_confirmed_at_once(limits, Delivery({1: 11}, has_slot=True))
    assert not is_confirmed_at_once(Limits(), Delivery({1: 10}))


@pytest.mark.seed("A139")
def test_freight_collect_is_not_taken_unless_the_warehouse_does() -> None:
    collect = Delivery({1: 1}, is_freight_collect=True)
    assert judge_delivery(Limits(), collect) == Breach(Rule.FREIGHT_COLLECT)
    assert judge_delivery(Limits(takes_freight_collect=True), collect) is None


def fee_of(fees: Fees, asked: Asked) -> Estimate:
    """By the list prices."""
    entries = fee_entries(fees, asked, subject="CB-1", on=NOON.date(), facts={})
    return estimate(rate(Card("", 0, "JPY"), entries, Period.day(NOON.date())), "JPY")


@pytest.mark.seed("L20")
def test_the_fee_is_the_sum_of_its_parts() -> None:
    fees = Fees(per_piece_minor=5, per_carton_minor=100, check_per_piece_minor=15, express_percent=50)
    plain = fee_of(fees, Asked(80, 4))
    assert (plain.pieces_minor, plain.cartons_minor, plain.check_minor, plain.express_minor) == (400, 400, 0, 0)
    both = fee_of(fees, Asked(81, 0, wants_check=True, is_express=True))
    assert (both.pieces_minor, both.cartons_minor, both.check_minor, both.express_minor) == (405, 100, 1215, 860)
    labels = fee_of(fees, Asked(81, 1, wants_labels=True, is_express=True))
    assert (labels.labels_minor, labels.express_minor) == (810, 253)  # labels are no part of the express lane
    assert both.total_minor == 2580


@pytest.mark.seed("L17")
def test_the_express_lane_goes_first_and_then_who_came_first() -> None:
    waiting = [
        InLine("CB-C", 30, False, NOON),
        InLine("CB-B", 100, False, NOON - timedelta(hours=1)),
        InLine("CB-A", 20, True, NOON + timedelta(hours=1)),
    ]
    places = line_up(waiting, pieces_an_hour=50, at=NOON)
    assert [(code, each.position, each.pieces_before) for code, each in places.items()] == [
        ("CB-A", 1, 0),
        ("CB-B", 2, 20),
        ("CB-C", 3, 120),
    ]
    assert [(each.booked_at - NOON).total_seconds() / 60 for each in places.values()] == [24, 144, 180]


def test_the_pace_is_measured_and_else_given() -> None:
    assert pace(1200, 4, 200) == 300
    assert pace(0, 0, 200) == 200
    assert pace(5, 0, 0) == 1
