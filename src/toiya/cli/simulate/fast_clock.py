"""The clock of the simulated house: it comes to a wanted moment at a wanted time, and runs fast."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from toiya.core.clock import at_rate

JAPAN = ZoneInfo("Asia/Tokyo")


@dataclass(frozen=True, slots=True)
class FastClock:
    """Right at `since`, and so many times as fast; every process of the house reads the same."""

    since: datetime
    rate: float

    def now(self) -> datetime:
        """What it shows now."""
        return at_rate(datetime.now(UTC), self.rate, self.since)

    def environment(self) -> dict[str, str]:
        """What makes a process read it."""
        return {"TOIYA_CLOCK_RATE": str(self.rate), "TOIYA_CLOCK_FAST_SINCE": self.since.isoformat()}


def clock_showing(wanted: datetime, real: datetime, rate: float) -> FastClock:
    """The clock that shows `wanted` at the real instant `real`; it was right so long before as it took to gain that."""
    return FastClock(real - (wanted - real) / (rate - 1), rate)


def free_day(now: datetime) -> datetime:
    """The day after tomorrow in Japan: all of it lies ahead, whatever the hour is."""
    return now.astimezone(JAPAN) + timedelta(days=2)
