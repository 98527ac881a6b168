"""The only place that reads the clock. Views, jobs and commands pass the instant on as `at`."""

from __future__ import annotations

import os
from datetime import UTC, datetime

# For rehearsals only: from this instant on our clock runs so many times as fast, in all processes alike.
_RATE = float(os.environ.get("TOIYA_CLOCK_RATE", "1"))
_FAST_SINCE = datetime.fromisoformat(os.environ.get("TOIYA_CLOCK_FAST_SINCE", "2026-01-01T00:00:00+00:00"))


def now() -> datetime:
    """This instant, aware, in UTC."""
    return shown_at(datetime.now(UTC))


def shown_at(instant: datetime) -> datetime:
    """What our clock shows at a real instant: the same, but in rehearsals."""
    return at_rate(instant, _RATE, _FAST_SINCE)


def at_rate(instant: datetime, rate: float, since: datetime) -> datetime:
    """What a clock shows at `instant` that was right at `since` and runs `rate` times as fast."""
    return instant if rate == 1 else since + (instant - since) * rate
