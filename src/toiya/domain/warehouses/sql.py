"""The hot statements of promising a truck: a warehouse's whole calendar at once. No locks."""

from __future__ import annotations

import json
from datetime import date, time
from typing import NamedTuple

from django.db import connection

from toiya.domain.warehouses.models import CutOff

_HOUSES = """
SELECT w.id, w.time_zone, w.closes_on_holidays,
  (SELECT json_agg(json_build_array(channel, carrier, local_time, weekdays, starts_on, ends_on) ORDER BY id)::text
   FROM warehouses_cutoff WHERE warehouse_id = w.id),
  (SELECT json_agg(day)::text FROM warehouses_closedday WHERE warehouse_id = w.id),
  (SELECT json_agg(json_build_array(day, extra_days))::text FROM warehouses_peakday WHERE warehouse_id = w.id)
FROM warehouses_warehouse w ORDER BY w.id
"""
_FIRST_HOUSE = _HOUSES + "LIMIT 1"


class House(NamedTuple):
    """What a warehouse's calendar is made of; the cut-offs are not saved rows."""

    time_zone: str
    closes_on_holidays: bool
    cut_offs: list[CutOff]
    closed: list[date]
    peaks: dict[date, int]


def first_house() -> House | None:
    """The calendar of the first warehouse; None while there is none."""
    with connection.cursor() as cursor:
        cursor.execute(_FIRST_HOUSE)
        found = cursor.fetchone()
    return _house(*found[1:]) if found else None


def houses() -> dict[int, House]:
    """The calendar of every warehouse, the first one first."""
    with connection.cursor() as cursor:
        cursor.execute(_HOUSES)
        return {house_id: _house(*rest) for house_id, *rest in cursor.fetchall()}


def _house(zone: str, closes: bool, *texts: str | None) -> House:
    cut_offs, closed, peaks = (json.loads(text or "[]") for text in texts)
    return House(
        time_zone=zone,
        closes_on_holidays=closes,
        cut_offs=[_cut_off(*row) for row in cut_offs],
        closed=[date.fromisoformat(day) for day in closed],
        peaks={date.fromisoformat(day): extra for day, extra in peaks},
    )


def _cut_off(channel: str, carrier: str, local_time: str, weekdays: int, *rest: str | None) -> CutOff:
    starts_on, ends_on = (date.fromisoformat(day) if day else None for day in rest)
    return CutOff(
        channel=channel,
        carrier=carrier,
        local_time=time.fromisoformat(local_time),
        weekdays=weekdays,
        starts_on=starts_on,
        ends_on=ends_on,
    )
