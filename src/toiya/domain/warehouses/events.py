"""What the operator changes about a warehouse's trucks; the subject is the warehouse's code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from toiya.core.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CutOffSet(Event):
    """A cut-off holds from now on; '' is every channel, every carrier, or no end."""

    NAME: ClassVar[str] = "warehouse.cut_off_set"
    channel: str
    carrier: str
    local_time: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CutOffRemoved(Event):
    """A cut-off holds no longer."""

    NAME: ClassVar[str] = "warehouse.cut_off_removed"
    channel: str
    carrier: str
    local_time: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DayClosed(Event):
    """On that day nothing ships."""

    NAME: ClassVar[str] = "warehouse.day_closed"
    day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOpened(Event):
    """A day that was closed ships as usual."""

    NAME: ClassVar[str] = "warehouse.day_opened"
    day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PeakAnnounced(Event):
    """What is due on that day is promised so many days later."""

    NAME: ClassVar[str] = "warehouse.peak_announced"
    day: str
    extra_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PeakDropped(Event):
    """A peak day that was announced is an ordinary one."""

    NAME: ClassVar[str] = "warehouse.peak_dropped"
    day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HolidaysSet(Event):
    """Whether the warehouse ships on public holidays; 1: it does not."""

    NAME: ClassVar[str] = "warehouse.holidays_set"
    closes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BinsDescribed(Event):
    """
    Reserve or pick bin, pallet or shelf, place and room of some bins were said; `bins` as they were named, None: left
    as it is.
    """

    NAME: ClassVar[str] = "warehouse.bins_described"
    bins: str
    count: int
    is_reserve: bool | None = None
    aisle: int | None = None
    bay: int | None = None
    level: int | None = None
    holds_pieces: int | None = None
    is_pallet: bool | None = None
