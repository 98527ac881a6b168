"""The only place that reads the clock. Views, jobs and commands pass the instant on as `at`."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    """This instant, aware, in UTC."""
    return datetime.now(UTC)
