"""Local time and places, for others to ask."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from toiya.domain.warehouses import rules
from toiya.domain.warehouses.models import Bin, Warehouse
from toiya.domain.warehouses.rules import Calendar


def calendar_of(warehouse: Warehouse) -> Calendar:
    """The warehouse's calendar (two queries)."""
    return Calendar(
        zone=ZoneInfo(warehouse.time_zone),
        cut_offs={cut_off.channel: cut_off.local_time for cut_off in warehouse.cut_offs.all()},
        closed=frozenset(warehouse.closed_days.values_list("day", flat=True)),
    )


def next_cut_off(warehouse: Warehouse, channel: str, after: datetime) -> datetime:
    """The next cut-off of this warehouse for that channel."""
    return rules.next_cut_off(calendar_of(warehouse), channel, after)


def staging_bin(warehouse_id: int) -> Bin:
    """Where packed parcels wait for the truck."""
    found: Bin = Bin.objects.filter(warehouse_id=warehouse_id, kind=Bin.Kind.STAGING).order_by("pk")[0]
    return found
