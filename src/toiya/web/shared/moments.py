"""A moment that a reader typed, in a building's local time."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo


def moment_of(text: str, zone: ZoneInfo) -> datetime | None:
    """The moment of `2026-11-20T12:00`, or None when it is none."""
    try:
        read = datetime.fromisoformat(text[:30])
    except ValueError:
        return None
    return read if read.tzinfo else read.replace(tzinfo=zone)
