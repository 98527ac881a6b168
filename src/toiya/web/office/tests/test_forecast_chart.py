"""Where the forecast's chart draws what: nothing outside its box, hours side by side, trucks at their time."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from tests.world import NOON
from toiya.domain.outbound.hour_rules import HOUR, by_hour
from toiya.web.office.forecast_chart import FLOOR, LEFT, RIGHT, TOP, Bar, Mark, chart_of
from toiya.web.office.today import Truck
from toiya.web.shared.formats import clock

JAPAN = ZoneInfo("Asia/Tokyo")


def a_truck(hours: float) -> Truck:
    return Truck("qoo10", "Qoo10", NOON + timedelta(hours=hours), 0, 0, 0, 0, 0, None)


def test_the_hours_stand_side_by_side_with_the_line_of_what_is_left_and_the_trucks() -> None:
    at = NOON + timedelta(minutes=30)
    hours = by_hour(at, {NOON - HOUR: 20, NOON: 5}, {}, 40, 20)
    chart = chart_of(hours, [a_truck(2), a_truck(9)], at, JAPAN)

    wide = (RIGHT - LEFT) / len(hours)
    assert (chart.most, len(hours)) == (65, 11)
    assert chart.trucks == [Mark(f"{LEFT + 8 * wide:.1f}", NOON + 2 * HOUR, clock(NOON + 2 * HOUR, JAPAN), "Qoo10")]
    assert [bar.is_forecast for bar in chart.bars] == [False, False, True, True]
    assert chart.bars[0] == Bar(
        f"{LEFT + 5 * wide + 3:.1f}", f"{FLOOR - 130 * 20 / 65:.1f}", f"{wide - 6:.1f}", "40.0", False
    )
    points = [tuple(map(float, point.split(","))) for point in f"{chart.measured} {chart.coming}".split()]
    assert points[0] == (round(LEFT + wide, 1), TOP)
    assert points[6] == points[7] == (round(LEFT + 6.5 * wide, 1), round(FLOOR - 130 * 40 / 65, 1))
    assert points[-1] == (RIGHT, FLOOR)
    assert all(LEFT <= x <= RIGHT and TOP <= y <= FLOOR for x, y in points)


def test_a_day_without_work_or_pace_is_an_empty_chart() -> None:
    chart = chart_of(by_hour(NOON, {}, {}, 0, 0), [], NOON, JAPAN)
    assert (chart.bars, chart.coming, chart.trucks, chart.most) == ([], "", [], 1)
