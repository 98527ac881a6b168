"""Whose an order's time was: every second once, and one fault for a missed day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from toiya.domain.outbound.clock_rules import Mark, fault, stretches
from toiya.domain.outbound.promises import MARKS, whose

DAY = datetime(2026, 11, 20, tzinfo=UTC)
CUT_OFF = DAY + timedelta(hours=16)
OWNERS = whose()


def at(hour: float) -> datetime:
    return DAY + timedelta(hours=hour)


def marks(*told: tuple[float, str] | tuple[float, str, str]) -> list[Mark]:
    return [Mark(at(each[0]), *each[1:]) for each in told]


ALLOCATED, RELEASED, PICKED = "order.allocated", "order.released", "order.all_picked"


@pytest.mark.seed("L31", "L47", "A180")
@pytest.mark.parametrize(
    ("told", "cause"),
    [
        ([], ("not_judged", "warehouse")),
        ([(9, ALLOCATED)], ("not_released", "warehouse")),
        ([(9, ALLOCATED), (10, RELEASED), (11, PICKED)], ("not_packed", "warehouse")),
        ([(9, "order.waits", "not_enough_stock")], ("not_enough_stock", "seller")),
        # freed twenty minutes before the cut-off: not the warehouse's fault
        ([(9, "order.waits", "no_sku"), (15.7, ALLOCATED)], ("no_sku", "seller")),
        # freed in good time: the warehouse had it
        ([(9, "order.waits", "no_sku"), (12, ALLOCATED)], ("not_released", "warehouse")),
        ([(9, ALLOCATED), (10, "order.hold_placed", "wallet_too_low")], ("wallet_too_low", "seller")),
        ([(9, ALLOCATED), (10, "order.hold_placed", "carrier_waits")], ("carrier_waits", "carrier")),
        (
            [(9, ALLOCATED), (10, "order.hold_placed", "not_paid"), (15, "order.hold_lifted", "not_paid")],
            ("not_paid", "site"),
        ),
        ([(9, ALLOCATED), (10, RELEASED), (12, "order.picked_short")], ("short_on_floor", "warehouse")),
        # the warehouse's own hold is the warehouse's fault
        ([(9, ALLOCATED), (10, "order.hold_placed", "goods_in_doubt")], ("goods_in_doubt", "warehouse")),
        ([(9, ALLOCATED), (10, PICKED), (11, "parcel.label_wanted")], ("no_label", "carrier")),
        ([(9, ALLOCATED), (10, PICKED), (11, "parcel.ready")], ("not_loaded", "warehouse")),
        # what comes after the cut-off is no excuse
        ([(9, ALLOCATED), (17, "order.hold_placed", "wallet_too_low")], ("not_released", "warehouse")),
    ],
)
def test_a_missed_day_has_one_cause_and_one_owner(
    told: list[tuple[float, str] | tuple[float, str, str]], cause: tuple[str, str]
) -> None:
    had = stretches(marks(*told), placed_at=at(8.9), until=at(24), owners=OWNERS)
    assert fault(had, missed=CUT_OFF) == cause


def test_of_two_holds_the_first_counts_until_it_is_lifted() -> None:
    told = marks((10, "order.hold_placed", "not_paid"), (11, "order.hold_placed", "wallet_too_low"),
                 (12, "order.hold_lifted", "not_paid"))  # fmt: skip
    had = stretches(told, placed_at=at(9), until=at(13), owners=OWNERS)
    assert [(each.owner, each.cause, each.span) for each in had] == [
        ("warehouse", "not_judged", timedelta(hours=1)),
        ("site", "not_paid", timedelta(hours=2)),
        ("seller", "wallet_too_low", timedelta(hours=1)),
    ]


_MARK = st.builds(
    Mark,
    st.integers(0, 72).map(lambda hours: DAY + timedelta(hours=hours)),
    st.sampled_from(sorted(MARKS)),
    st.sampled_from(["", "not_paid", "wallet_too_low", "no_sku", "attempted", "moving", "nobody_knows"]),
)


@pytest.mark.seed("L31")
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(_MARK, max_size=12), st.integers(0, 96))
def test_the_stretches_are_the_whole_time_without_gaps(found: list[Mark], hours: int) -> None:
    until = DAY + timedelta(hours=hours)
    told = sorted(found, key=lambda mark: mark.at)
    had = stretches(told, placed_at=DAY, until=until, owners=OWNERS)
    ends = [mark.at for mark in told if mark.name in {"order.delivered", "order.cancelled"}]
    end = min([until, *ends])
    assert sum((each.span for each in had), timedelta()) == end - DAY
    assert all(each.owner in {"seller", "warehouse", "carrier", "site", "buyer"} and each.span for each in had)
    assert [each.until for each in had[:-1]] == [each.since for each in had[1:]]
    assert fault(had, missed=CUT_OFF)[1] in {"seller", "warehouse", "carrier", "site", "buyer"}
