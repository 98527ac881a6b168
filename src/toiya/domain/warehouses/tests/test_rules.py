"""When a truck leaves: local times, closed days, and days that are 23 or 25 hours long."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toiya.domain.warehouses.rules import DEFAULT_CUT_OFFS, Calendar, next_cut_off

JAPAN = ZoneInfo("Asia/Tokyo")
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
FUNABASHI = Calendar(JAPAN, DEFAULT_CUT_OFFS, frozenset())


def japan(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November 2026 in Japan; the 20th is a Friday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=JAPAN)


@pytest.mark.seed("A055")
@pytest.mark.parametrize(
    ("after", "leaves"),
    [
        (japan(20, 12), japan(20, 16)),
        (japan(20, 16), japan(20, 16)),
        (japan(20, 16, 1), japan(21, 16)),
        (japan(20, 0), japan(20, 16)),
        (japan(20, 23, 59), japan(21, 16)),
    ],
)
def test_a_qoo10_order_up_to_four_in_the_afternoon_leaves_today(after: datetime, leaves: datetime) -> None:
    assert next_cut_off(FUNABASHI, "qoo10", after) == leaves


@pytest.mark.seed("A170")
@pytest.mark.parametrize(
    ("after", "leaves"),
    [(japan(20, 12, 59), japan(20, 13)), (japan(20, 13), japan(20, 13)), (japan(20, 13, 1), japan(21, 13))],
)
def test_an_order_of_any_other_site_before_one_leaves_today(after: datetime, leaves: datetime) -> None:
    assert next_cut_off(FUNABASHI, "shopify", after) == leaves
    assert next_cut_off(FUNABASHI, "", after) == leaves


def test_the_day_is_the_warehouses_not_ours() -> None:
    late_in_utc = datetime(2026, 11, 20, 23, 0, tzinfo=UTC)  # eight in the morning of the 21st in Japan
    assert next_cut_off(FUNABASHI, "qoo10", late_in_utc) == japan(21, 16)


def test_the_answer_is_in_utc() -> None:
    answer = next_cut_off(FUNABASHI, "qoo10", japan(20, 12))
    assert (answer.tzinfo, answer.isoformat()) == (UTC, "2026-11-20T07:00:00+00:00")


@pytest.mark.seed("A055")
def test_closed_days_are_passed_over() -> None:
    closed = Calendar(JAPAN, DEFAULT_CUT_OFFS, frozenset({date(2026, 11, 21), date(2026, 11, 22)}))
    assert next_cut_off(closed, "qoo10", japan(20, 17)) == japan(23, 16)
    assert next_cut_off(closed, "qoo10", japan(21, 9)) == japan(23, 16)
    assert next_cut_off(closed, "qoo10", japan(20, 15)) == japan(20, 16)


def test_a_warehouse_that_is_closed_for_a_year_has_no_answer() -> None:
    days = frozenset(date(2026, 11, 20) + timedelta(days=day) for day in range(400))
    with pytest.raises(ValueError, match="closed for a year"):
        next_cut_off(Calendar(JAPAN, DEFAULT_CUT_OFFS, days), "qoo10", japan(20, 12))


def test_a_warehouse_has_its_own_times() -> None:
    own = Calendar(JAPAN, {"qoo10": time(10, 30), "": time(9, 0)}, frozenset())
    assert next_cut_off(own, "qoo10", japan(20, 10)) == japan(20, 10, 30)
    assert next_cut_off(own, "shopify", japan(20, 10)) == japan(21, 9)


def test_without_any_time_of_its_own_the_usual_one_holds() -> None:
    assert next_cut_off(Calendar(JAPAN, {}, frozenset()), "shopify", japan(20, 10)) == japan(20, 13)


@pytest.mark.parametrize(
    ("zone", "after", "leaves"),
    [
        # Berlin puts its clocks forward on 29 March 2026 and back on 25 October 2026.
        ("Europe/Berlin", datetime(2026, 3, 28, 16, 0, tzinfo=UTC), datetime(2026, 3, 29, 14, 0, tzinfo=UTC)),
        ("Europe/Berlin", datetime(2026, 3, 27, 16, 0, tzinfo=UTC), datetime(2026, 3, 28, 15, 0, tzinfo=UTC)),
        ("Europe/Berlin", datetime(2026, 10, 24, 15, 0, tzinfo=UTC), datetime(2026, 10, 25, 15, 0, tzinfo=UTC)),
        ("Asia/Seoul", datetime(2026, 11, 20, 3, 0, tzinfo=UTC), datetime(2026, 11, 20, 7, 0, tzinfo=UTC)),
    ],
)
def test_summer_time_moves_the_instant_and_not_the_time_on_the_wall(
    zone: str, after: datetime, leaves: datetime
) -> None:
    calendar = Calendar(ZoneInfo(zone), DEFAULT_CUT_OFFS, frozenset())
    assert next_cut_off(calendar, "qoo10", after) == leaves


def test_a_cut_off_in_the_hour_that_comes_twice_is_the_first_of_the_two() -> None:
    calendar = Calendar(ZoneInfo("Europe/Berlin"), {"": time(2, 30)}, frozenset())
    before = datetime(2026, 10, 24, 22, 0, tzinfo=UTC)
    assert next_cut_off(calendar, "", before) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    for hour, minute in ((0, 45), (1, 15)):  # the first half past two is over, the second is to come
        between = datetime(2026, 10, 25, hour, minute, tzinfo=UTC)
        assert next_cut_off(calendar, "", between) == datetime(2026, 10, 26, 1, 30, tzinfo=UTC)


INSTANTS = st.integers(0, 4 * 366 * 24 * 60).map(lambda minutes: NEW_YEAR + timedelta(minutes=minutes))
ZONES = st.sampled_from(["Asia/Tokyo", "Europe/Berlin", "America/New_York", "Asia/Kolkata"]).map(ZoneInfo)


@given(ZONES, INSTANTS, st.sets(st.dates(date(2026, 1, 1), date(2030, 2, 1)), max_size=5))
def test_a_cut_off_is_never_before_its_order_nor_on_a_closed_day(
    zone: ZoneInfo, after: datetime, closed: set[date]
) -> None:
    answer = next_cut_off(Calendar(zone, DEFAULT_CUT_OFFS, frozenset(closed)), "qoo10", after)
    local = answer.astimezone(zone)
    assert answer >= after
    assert (local.time(), local.date() in closed) == (time(16, 0), False)
    first = after.astimezone(zone).date()
    passed_over = [first + timedelta(days=days) for days in range(1, (local.date() - first).days)]
    assert set(passed_over) <= closed, "no open day is left out"
