"""The instant of the request and the zone of the warehouse, as templates find them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.template import Context
from django.utils import timezone

HOME_ZONE = ZoneInfo("Asia/Tokyo")


def now_of(context: Context) -> datetime:
    """`request.at`, the one instant of this request; a template drawn without a request takes the clock."""
    at: datetime | None = getattr(context.get("request"), "at", None)
    return at or timezone.now()


def zone_of(context: Context, given: Any) -> ZoneInfo:
    """A zone by name or object; else the context's `zone` or its warehouse's; else Tokyo."""
    chosen = given or context.get("zone") or getattr(context.get("warehouse"), "time_zone", None) or HOME_ZONE
    return chosen if isinstance(chosen, ZoneInfo) else ZoneInfo(str(chosen))
