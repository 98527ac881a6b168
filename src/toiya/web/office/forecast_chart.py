"""
The arithmetic of the forecast's chart: parcels packed by the hour, the line of what is left, and when trucks leave.

Drawn by `office/forecast_chart.html` with SVG presentation attributes alone; places are text, so that no language
writes them with a comma.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from toiya.domain.outbound.hour_rules import HOUR, Hour
from toiya.web.office.today import Truck
from toiya.web.shared import formats

WIDTH, HEIGHT = 360, 180
LEFT, RIGHT, TOP, FLOOR = 34, 356, 26, 156  # where the plot begins and ends; words stand around it
GAP = 3


@dataclass(frozen=True, slots=True)
class Bar:
    """Parcels packed in one hour."""

    x: str
    y: str
    width: str
    height: str
    is_forecast: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on the time axis with its instant; of a truck also whose it is."""

    x: str
    at: datetime
    clock: str  # in an SVG no element of HTML is drawn
    word: Any = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """All that is drawn, in a box of WIDTH × HEIGHT; `most` is the number at the upper line."""

    bars: Sequence[Bar]
    measured: str
    coming: str
    trucks: Sequence[Mark]
    hours: Sequence[Mark]
    most: int


class _Scale(NamedTuple):
    """Where an instant and a count lie, and the building's time."""

    zone: ZoneInfo
    begins: datetime
    hours: int
    most: int

    @property
    def hour(self) -> float:
        return (RIGHT - LEFT) / self.hours

    def across(self, instant: datetime) -> float:
        return LEFT + self.hour * ((instant - self.begins) / HOUR)

    def up(self, count: int) -> float:
        return FLOOR - (FLOOR - TOP) * count / self.most

    def mark(self, instant: datetime, word: Any = "") -> Mark:
        return Mark(f"{self.across(instant):.1f}", instant, formats.clock(instant, self.zone), word)


def chart_of(hours: Sequence[Hour], trucks: Sequence[Truck], at: datetime, zone: ZoneInfo) -> Chart:
    """
    The hours side by side. What was left stands at the end of its hour, in the present one at this moment; from there
    on it is a forecast. Trucks that leave outside of these hours are not drawn.
    """
    most = max(max(max(hour.packed, hour.left) for hour in hours), 1)
    scale = _Scale(zone, hours[0].begins, len(hours), most)
    measured = [hour for hour in hours if not hour.is_forecast]
    coming = [hour for hour in hours if hour.is_forecast]
    end = hours[-1].begins + HOUR
    return Chart(
        bars=[_bar(scale, hour) for hour in hours if hour.packed],
        measured=" ".join(_point(scale, hour, at) for hour in measured),
        coming=" ".join(_point(scale, hour, at) for hour in [*measured[-1:], *coming]) if coming else "",
        trucks=[scale.mark(truck.leaves_at, truck.label) for truck in trucks if scale.begins < truck.leaves_at <= end],
        hours=[scale.mark(hour.begins) for hour in hours[::3]],
        most=most,
    )


def _bar(scale: _Scale, hour: Hour) -> Bar:
    top = scale.up(hour.packed)
    x, width = scale.across(hour.begins) + GAP, scale.hour - 2 * GAP
    return Bar(f"{x:.1f}", f"{top:.1f}", f"{width:.1f}", f"{FLOOR - top:.1f}", hour.is_forecast)


def _point(scale: _Scale, hour: Hour, at: datetime) -> str:
    ends = hour.begins + HOUR
    return f"{scale.across(ends if hour.is_forecast else min(ends, at)):.1f},{scale.up(hour.left):.1f}"
