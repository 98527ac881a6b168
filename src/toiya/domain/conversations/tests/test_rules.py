"""Promises count desk hours only; letters are collected."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toiya.domain.conversations.models import Conversation
from toiya.domain.conversations.rules import PROMISED_HOURS, Hours, is_letter_due, promised_at

TOKYO = ZoneInfo("Asia/Tokyo")
HOURS = Hours()


def tokyo(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=TOKYO)


@pytest.mark.parametrize(
    ("kind", "asked", "promised"),
    [
        ("order", tokyo(20, 12), tokyo(20, 14)),  # a Friday
        ("order", tokyo(20, 17), tokyo(23, 10)),  # one hour is left of Friday, the other one is Monday's
        ("order", tokyo(21, 12), tokyo(23, 11)),
        ("order", tokyo(20, 3), tokyo(20, 11)),
        ("sku", tokyo(20, 16), tokyo(23, 13)),
        ("seller", tokyo(20, 9), tokyo(20, 18)),
        ("seller", tokyo(20, 9, 1), tokyo(23, 9, 1)),
    ],
)
def test_a_promise_counts_desk_hours(kind: str, asked: datetime, promised: datetime) -> None:
    assert promised_at(kind, asked, HOURS) == promised


def test_closed_days_do_not_count() -> None:
    hours = Hours(closed={date(2026, 11, 23)})
    assert promised_at("order", tokyo(20, 17), hours) == tokyo(24, 10)


def test_where_the_desk_never_opens_plain_hours_count() -> None:
    closed = {date(2026, 11, 1) + timedelta(days=days) for days in range(120)}
    assert promised_at("order", tokyo(20, 12), Hours(closed=closed)) == tokyo(20, 14)


def test_every_kind_has_a_promise() -> None:
    assert set(PROMISED_HOURS) == set(Conversation.Kind.values)


@given(st.integers(0, 525_600), st.sampled_from(["order", "seller"]))
def test_a_promise_lies_within_desk_hours_and_not_before_its_hours_passed(minutes: int, kind: str) -> None:
    asked = tokyo(1, 0).astimezone(UTC) + timedelta(minutes=minutes)
    promised = promised_at(kind, asked, HOURS)
    local = promised.astimezone(TOKYO)
    assert promised - asked >= timedelta(hours=PROMISED_HOURS[kind])
    assert local.weekday() < 5
    assert HOURS.opens < local.time() <= HOURS.closes


def test_a_letter_waits_for_quiet_but_not_for_ever() -> None:
    first = tokyo(20, 12)
    assert not is_letter_due(first, first, tokyo(20, 12, 2))
    assert is_letter_due(first, first, tokyo(20, 12, 3))
    assert not is_letter_due(first, tokyo(20, 12, 10), tokyo(20, 12, 12))
    assert is_letter_due(first, tokyo(20, 12, 14), tokyo(20, 12, 15))
