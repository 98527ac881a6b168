"""Single values on the wire: dates, windows, phones, numbers."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toiya.domain.channels.port import DesiredDelivery
from toiya.integrations.channels.qoo10 import values
from toiya.integrations.channels.qoo10.tests.samples import instant

# Hypothesis takes its bounds without a zone.
FIRST, LAST = datetime(2001, 1, 1), datetime(2030, 12, 31)  # noqa: DTZ001
MOMENTS = st.datetimes(FIRST, LAST, timezones=st.just(UTC))


def test_times_on_the_wire_are_japans() -> None:
    assert values.moment("2026-04-01 10:01:40") == instant("2026-04-01 01:01:40")
    assert values.wire_moment(instant("2026-04-01 15:00:00")) == "20260402000000"


@pytest.mark.parametrize(
    "written", ["", "0001-01-01 00:00:00", "1900-01-01", "2026-02-30 10:00:00", "soon", "٢٠٢٦-٠٤-٠١"]
)
def test_what_is_no_date_is_none(written: str) -> None:
    assert values.moment(written) is None
    assert values.end_of_day(written) is None


def test_a_day_to_ship_by_ends_with_its_last_second_in_japan() -> None:
    assert values.end_of_day("2026-04-04 00:00:00") == instant("2026-04-04 14:59:59")


@given(MOMENTS)
def test_a_moment_survives_the_wire_to_the_second(moment: datetime) -> None:
    written = moment.astimezone(values.JAPAN).strftime("%Y-%m-%d %H:%M:%S")
    assert values.moment(written) == moment.replace(microsecond=0)


@pytest.mark.parametrize(
    ("written", "desired"),
    [
        ("2026-04-06 14:00~16:00", DesiredDelivery(date(2026, 4, 6), time(14), time(16))),
        ("2026-04-06", DesiredDelivery(date(2026, 4, 6))),
        ("2026/04/06 00:00:00", DesiredDelivery(date(2026, 4, 6))),
        ("19:00~21:00", DesiredDelivery(None, time(19), time(21))),
        ("20:00〜24:00", DesiredDelivery(None, time(20), time(23, 59))),
        ("2026-04-06 00:00:00 8:00~12:00", DesiredDelivery(date(2026, 4, 6), time(8), time(12))),
        ("", None),
        ("午前中", None),
        ("2026-02-31", None),
        ("2026-04-06 午前中", None),
        ("25:00~26:00", None),
    ],
)
def test_the_desired_delivery_is_a_day_hours_or_both(written: str, desired: DesiredDelivery | None) -> None:
    assert values.desired_delivery(written) == desired


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading_of_dates_and_states(written: str) -> None:
    values.desired_delivery(written)
    values.moment(written)
    values.bracketed_number(written)
    values.phone(written)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("On request(2)", 2),
        ("On Waiting(1)", 1),
        ("Delivere(5)", 5),
        ("配送中（4）", 4),
        ("Cancelled(16) ", 16),
        ("3", 3),
        ("On request", None),
        ("(2) On request", None),
        ("", None),
    ],
)
def test_a_state_is_the_number_in_brackets_at_the_end(written: str, number: int | None) -> None:
    assert values.bracketed_number(written) == number


@pytest.mark.parametrize("nothing", ["+81--", "+81", "", "-", "+65-"])
def test_an_empty_number_is_no_number(nothing: str) -> None:
    assert values.phone(nothing) == ""
    assert values.phone(nothing, "+81-3-0000-0000") == "+81-3-0000-0000"


def test_characters_that_no_database_takes_are_dropped() -> None:
    assert values.text({"a": "試\x00験\ud800 \u200b花\n子\x07 "}, "a") == "試験 \u200b花\n子"


def test_numbers_come_as_numbers_or_as_texts() -> None:
    assert values.amount({"p": "1,800.0000"}, "p") == Decimal("1800.0000")
    assert values.whole({"q": Decimal("2.0000")}, "q") == 2
    assert values.whole({"q": ""}, "q") is None


@pytest.mark.parametrize("written", ["2.5", "NaN", "1e400", "two", Decimal("1E+99")])
def test_a_number_that_is_none_is_unreadable(written: object) -> None:
    with pytest.raises(values.Unreadable, match="q"):
        values.whole({"q": written}, "q")


@pytest.mark.parametrize(
    ("ship_on", "at", "day"),
    [
        ("2026-04-03 01:00:00", "2026-04-01 01:00:00", "20260403"),
        ("2026-04-01 01:00:00", "2026-04-01 01:00:00", "20260402"),
        ("2026-03-01 01:00:00", "2026-04-01 14:59:59", "20260402"),
        ("2026-04-01 15:00:00", "2026-04-01 14:59:59", "20260402"),
        ("2026-04-01 15:00:00", "2026-04-01 15:00:00", "20260403"),
    ],
)
def test_a_ship_day_is_a_day_of_japan_and_tomorrow_at_the_earliest(ship_on: str, at: str, day: str) -> None:
    assert values.ship_day(instant(ship_on), instant(at)) == day


def test_a_key_made_on_a_leap_day_ends_on_the_28th() -> None:
    assert values.years_after(instant("2028-02-28 15:30:00"), 1) == instant("2029-02-27 15:30:00")


def test_a_span_is_cut_into_windows_that_share_their_ends() -> None:
    since, until = instant("2026-01-01 00:00:00"), instant("2026-03-10 00:00:00")
    assert values.windows(since, until, timedelta(days=30)) == [
        (since, instant("2026-01-31 00:00:00")),
        (instant("2026-01-31 00:00:00"), instant("2026-03-02 00:00:00")),
        (instant("2026-03-02 00:00:00"), until),
    ]
    assert values.windows(until, since, timedelta(days=30)) == []


@given(MOMENTS, st.timedeltas(timedelta(0), timedelta(days=400)), st.integers(1, 90))
def test_every_instant_of_a_span_lies_in_a_window(since: datetime, span: timedelta, days: int) -> None:
    longest = timedelta(days=days)
    cut = values.windows(since, since + span, longest)
    if not span:
        return
    assert cut[0][0] <= since
    assert cut[-1][1] >= since + span
    assert all(one[1] == next_one[0] for one, next_one in itertools.pairwise(cut))
    assert all(timedelta(0) < end - start <= longest for start, end in cut)
