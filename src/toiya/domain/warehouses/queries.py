"""Local time and places, for others to ask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import jpholiday

from toiya.domain.warehouses import rules, sql
from toiya.domain.warehouses.models import Bin, CentreUse, CutOff, PalletPlace, PeakDay, Warehouse
from toiya.domain.warehouses.rules import Calendar, OwnTime

PEAK_NOTICE = timedelta(days=15)


def calendar_of(warehouse: Warehouse) -> Calendar:
    """The warehouse's calendar, without its peak days (two queries)."""
    cut_offs = list(warehouse.cut_offs.order_by("pk"))
    closed = list(warehouse.closed_days.values_list("day", flat=True))
    return _calendar(sql.House(warehouse.time_zone, warehouse.closes_on_holidays, cut_offs, closed, {}))


def promise_calendar(warehouse: Warehouse) -> Calendar:
    """The calendar that promises are made by: with the peak days (three queries)."""
    peaks = dict(warehouse.peak_days.values_list("day", "extra_days"))
    return replace(calendar_of(warehouse), peaks=peaks)


def _calendar(house: sql.House) -> Calendar:
    return Calendar(
        zone=ZoneInfo(house.time_zone),
        cut_offs={row.channel: row.local_time for row in house.cut_offs if row.is_plain},
        closed=frozenset(house.closed),
        own_times=[_own_time(row) for row in house.cut_offs if not row.is_plain],
        peaks=house.peaks,
        is_holiday=is_holiday if house.closes_on_holidays else rules.no_holidays,
    )


def _own_time(row: CutOff) -> OwnTime:
    return OwnTime(row.channel, row.carrier, row.local_time, row.days, row.starts_on, row.ends_on)


@lru_cache(maxsize=4096)
def is_holiday(day: date) -> bool:
    """Whether it is a public holiday in Japan."""
    return bool(jpholiday.is_holiday(day))


def first_calendar() -> Calendar | None:
    """The promise calendar of the first warehouse, whose trucks orders are promised as they come; one statement."""
    house = sql.first_house()
    return _calendar(house) if house else None


def promise_calendars() -> Mapping[int, Calendar]:
    """The promise calendar of every warehouse, the first one first; one statement."""
    return {warehouse_id: _calendar(house) for warehouse_id, house in sql.houses().items()}


def promised_trucks(channels: Iterable[str], at: datetime) -> Mapping[str, datetime]:
    """The cut-off that an order of each channel is promised for at that instant; none while there is no warehouse."""
    calendar = first_calendar()
    if calendar is None:
        return {}
    return {channel: rules.promised_cut_off(calendar, channel, at) for channel in channels}


def next_cut_off(warehouse: Warehouse, channel: str, after: datetime) -> datetime:
    """The next cut-off of this warehouse for that channel."""
    return rules.next_cut_off(calendar_of(warehouse), channel, after)


def staging_bin(warehouse_id: int) -> Bin:
    """Where packed parcels wait for the truck."""
    found: Bin = Bin.objects.filter(warehouse_id=warehouse_id, kind=Bin.Kind.STAGING).order_by("pk")[0]
    return found


def pallet_places(warehouse_id: int, on: date) -> list[int]:
    """The bins there that hold a whole pallet on that day (one query)."""
    said = PalletPlace.objects.filter(bin__warehouse_id=warehouse_id, from_on__lte=on)
    newest = said.order_by("bin_id", "-from_on", "-pk").distinct("bin_id").values_list("bin_id", "is_pallet")
    return [bin_id for bin_id, is_pallet in newest if is_pallet]


def local_day(warehouse: Warehouse, at: datetime) -> date:
    """The day of the instant on the warehouse's own calendar."""
    return at.astimezone(ZoneInfo(warehouse.time_zone)).date()


def coming_peak(at: datetime) -> PeakDay | None:
    """The nearest day of the coming two weeks on which a delay is announced, in any warehouse; one query."""
    first = at.date() - timedelta(days=1)  # behind UTC a local day may still be yesterday's
    coming = PeakDay.objects.filter(day__range=(first, first + PEAK_NOTICE)).select_related("warehouse")
    return next((peak for peak in coming.order_by("day", "pk") if peak.day >= local_day(peak.warehouse, at)), None)


def centres_of(seller_id: int) -> frozenset[int]:
    """The warehouses that the seller's agreement covers (A063)."""
    used = CentreUse.objects.filter(seller_id=seller_id, ended_at=None)
    return frozenset(used.values_list("warehouse_id", flat=True))
