"""The fault ledger: every second of an order's time is charged to one party, once (D-04)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from toiya.domain.claims.fault_rules import PARTIES, Times, charged, fault_ledger
from toiya.domain.outbound.clock_rules import Mark
from toiya.domain.outbound.promises import MARKS, whose

DAY = datetime(2026, 11, 20, tzinfo=UTC)
HOUR = timedelta(hours=1)
OWNERS = whose()


def at(hour: float) -> datetime:
    return DAY + timedelta(hours=hour)


@pytest.mark.seed("L47")
def test_an_order_is_charged_to_all_five_parties_in_turn() -> None:
    marks = [
        Mark(at(2), "order.placed"),
        Mark(at(2), "order.waits", "no_sku"),
        Mark(at(5), "order.allocated"),
        Mark(at(9), "parcel.label_wanted"),
        Mark(at(10), "parcel.ready"),
        Mark(at(12), "order.shipped"),
        Mark(at(14), "carrier.scanned", "moving"),
        Mark(at(20), "carrier.scanned", "attempted"),
        Mark(at(21), "carrier.scanned"),  # told late: the parcel is where the newest scan says
        Mark(at(30), "carrier.scanned", "out"),
        Mark(at(32), "order.delivered"),
    ]
    ledger = fault_ledger(marks, Times(at(0), at(2), at(99)), OWNERS)
    assert [(each.owner, each.cause, each.span / HOUR) for each in ledger] == [
        ("site", "not_told", 2),
        ("seller", "no_sku", 3),
        ("warehouse", "not_released", 4),
        ("carrier", "no_label", 1),
        ("warehouse", "not_loaded", 2),
        ("carrier", "on_the_road", 8),
        ("buyer", "nobody_at_home", 10),
        ("carrier", "on_the_road", 2),
    ]
    assert {party: span / HOUR for party, span in charged(ledger).items()} == {
        "site": 2,
        "seller": 3,
        "warehouse": 6,
        "carrier": 11,
        "buyer": 10,
    }


def test_a_scan_before_the_truck_left_by_our_book_changes_nothing() -> None:
    marks = [Mark(at(1), "parcel.ready"), Mark(at(2), "carrier.scanned", "attempted"), Mark(at(3), "order.shipped")]
    ledger = fault_ledger(marks, Times(None, at(0), at(4)), OWNERS)
    assert [(each.owner, each.span / HOUR) for each in ledger] == [("warehouse", 1), ("warehouse", 2), ("carrier", 1)]


def test_what_came_back_is_the_warehouses() -> None:
    marks = [Mark(at(1), "order.shipped"), Mark(at(5), "carrier.came_back")]
    ledger = fault_ledger(marks, Times(None, at(0), at(6)), OWNERS)
    assert [(each.owner, each.cause) for each in ledger][1:] == [("carrier", "on_the_road"), ("warehouse", "came_back")]


_MARK = st.builds(
    Mark,
    st.integers(0, 72).map(lambda hours: DAY + timedelta(hours=hours)),
    st.sampled_from(sorted(MARKS)),
    st.sampled_from(["", "not_paid", "wallet_too_low", "no_sku", "attempted", "kept", "moving", "nobody_knows"]),
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(_MARK, max_size=14), st.integers(0, 96), st.one_of(st.none(), st.integers(-48, 48)))
def test_the_segments_are_the_whole_time(found: list[Mark], hours: int, paid: int | None) -> None:
    marks = sorted(found, key=lambda mark: mark.at)
    times = Times(None if paid is None else at(paid), DAY, at(hours))
    ledger = fault_ledger(marks, times, OWNERS)
    ends = [mark.at for mark in marks if mark.name in {"order.delivered", "order.cancelled"}]
    end = min([times.until, *ends])
    assert sum(charged(ledger).values(), timedelta()) == end - times.began_at
    assert all(each.owner in PARTIES and each.span > timedelta() for each in ledger)
    assert [each.until for each in ledger[:-1]] == [each.since for each in ledger[1:]]
