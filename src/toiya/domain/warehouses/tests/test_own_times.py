"""Cut-offs per channel, carrier, weekday and season; holidays; peak days that announce a delay."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from toiya.domain.warehouses.queries import is_holiday
from toiya.domain.warehouses.rules import Calendar, OwnTime, first_on, next_cut_off, promised_cut_off

JAPAN, BERLIN = ZoneInfo("Asia/Tokyo"), ZoneInfo("Europe/Berlin")
USUAL = {"qoo10": time(16), "": time(13)}
WORKDAYS = frozenset(range(5))
OWN = (
    OwnTime("", "yamato", time(17)),
    OwnTime("qoo10", "sagawa", time(15), WORKDAYS),
    OwnTime("qoo10", "", time(12), starts_on=date(2026, 12, 28), ends_on=date(2026, 12, 30)),
    OwnTime("rakuten", "", time(11), WORKDAYS),
    OwnTime("rakuten", "", time(10), WORKDAYS, starts_on=date(2026, 12, 1)),
)
CLOSED = frozenset({date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 2), date(2027, 1, 3)})
HOUSE = Calendar(JAPAN, USUAL, CLOSED, OWN, {date(2026, 12, 10): 2, date(2026, 12, 30): 1}, is_holiday)


def japan(month: int, day: int, hour: int, minute: int = 0, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=JAPAN)


@pytest.mark.seed("L46")
@pytest.mark.parametrize(
    ("channel", "carrier", "after", "leaves"),
    [
        ("qoo10", "", japan(11, 20, 12), japan(11, 20, 16)),  # the channel's own
        ("shopify", "", japan(11, 20, 12), japan(11, 20, 13)),  # all others
        ("shopify", "yamato", japan(11, 20, 14), japan(11, 20, 17)),  # the carrier's before all others'
        ("qoo10", "yamato", japan(11, 20, 16, 30), japan(11, 20, 17)),  # the carrier's before the channel's
        ("qoo10", "sagawa", japan(11, 20, 15), japan(11, 20, 15)),  # exactly at the minute
        ("qoo10", "sagawa", japan(11, 20, 15, 1), japan(11, 24, 15)),  # Friday to Tuesday: Monday is a holiday
        ("rakuten", "", japan(11, 21, 9), japan(11, 24, 11)),  # a weekend, and a holiday
        ("rakuten", "", japan(12, 1, 10, 30), japan(12, 2, 10)),  # the time that began later leads
        ("qoo10", "", japan(12, 28, 12, 30), japan(12, 29, 12)),  # the season's before the usual
        ("qoo10", "", japan(12, 30, 12, 1), japan(1, 4, 16, year=2027)),  # over the year's end, the season is over
        ("qoo10", "", japan(5, 2, 17), japan(5, 7, 16)),  # Golden Week: Sunday, then three holidays and one in lieu
    ],
)
def test_the_most_exact_cut_off_of_the_day_counts(
    channel: str, carrier: str, after: datetime, leaves: datetime
) -> None:
    assert next_cut_off(HOUSE, channel, after, carrier) == leaves


@pytest.mark.seed("A058")
@pytest.mark.parametrize(
    ("after", "leaves"),
    [
        (japan(12, 9, 9), japan(12, 9, 16)),  # the day before the peak
        (japan(12, 9, 17), japan(12, 12, 16)),  # due on the peak day: two days later
        (japan(12, 10, 9), japan(12, 12, 16)),
        (japan(12, 30, 9), japan(1, 4, 16, year=2027)),  # one day later is closed: the next open one
    ],
)
def test_what_is_due_on_a_peak_day_is_promised_later(after: datetime, leaves: datetime) -> None:
    assert promised_cut_off(HOUSE, "qoo10", after) == leaves


def test_a_cut_off_on_some_weekdays_replaces_the_usual_one_on_the_others_too() -> None:
    six_days = Calendar(JAPAN, {}, frozenset(), (OwnTime("", "", time(13), frozenset(range(6))),))
    assert next_cut_off(six_days, "", japan(11, 21, 14)) == japan(11, 23, 13)
    assert six_days.time_on(date(2026, 11, 22), "qoo10") is None


@pytest.mark.parametrize(
    ("day", "hour_in_utc"), [(date(2026, 3, 28), 15), (date(2026, 3, 29), 14), (date(2026, 10, 25), 15)]
)
def test_summer_time_moves_the_instant_and_not_the_time_on_the_wall(day: date, hour_in_utc: int) -> None:
    found = first_on(Calendar(BERLIN, {"": time(16)}, frozenset()), "", day)
    assert (found.date(), found.hour) == (day, hour_in_utc)
