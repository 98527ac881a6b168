"""Local time and places, for others to ask."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

import jpholiday

from toiya.domain.warehouses import rules
from toiya.domain.warehouses.models import Bin, CutOff, Warehouse
from toiya.domain.warehouses.rules import Calendar, OwnTime


def calendar_of(warehouse: Warehouse) -> Calendar:
    """The warehouse's calendar, without its peak days (two queries)."""
    cut_offs = list(warehouse.cut_offs.order_by("pk"))
    return Calendar(
        zone=ZoneInfo(warehouse.time_zone),
        cut_offs={cut_off.channel: cut_off.local_time for cut_off in cut_offs if cut_off.is_plain},
        closed=frozenset(warehouse.closed_days.values_list("day", flat=True)),
        own_times=[_own_time(cut_off) for cut_off in cut_offs if not cut_off.is_plain],
        is_holiday=is_holiday if warehouse.closes_on_holidays else rules.no_holidays,
    )


def _own_time(row: CutOff) -> OwnTime:
    return OwnTime(row.channel, row.carrier, row.local_time, row.days, row.starts_on, row.ends_on)


def promise_calendar(warehouse: Warehouse) -> Calendar:
    """The calendar that promises are made by: with the peak days (three queries)."""
    peaks = dict(warehouse.peak_days.values_list("day", "extra_days"))
    return replace(calendar_of(warehouse), peaks=peaks)


@lru_cache(maxsize=4096)
def is_holiday(day: date) -> bool:
    """Whether it is a public holiday in Japan."""
    return bool(jpholiday.is_holiday(day))


def next_cut_off(warehouse: Warehouse, channel: str, after: datetime) -> datetime:
    """The next cut-off of this warehouse for that channel."""
    return rules.next_cut_off(calendar_of(warehouse), channel, after)


def staging_bin(warehouse_id: int) -> Bin:
    """Where packed parcels wait for the truck."""
    found: Bin = Bin.objects.filter(warehouse_id=warehouse_id, kind=Bin.Kind.STAGING).order_by("pk")[0]
    return found


def local_day(warehouse: Warehouse, at: datetime) -> date:
    """The day of the instant on the warehouse's own calendar."""
    return at.astimezone(ZoneInfo(warehouse.time_zone)).date()
