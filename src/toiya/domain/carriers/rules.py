"""How long we wait for a carrier that does not answer, and when we stop asking."""

from __future__ import annotations

from datetime import datetime, timedelta

CALL_LIMIT = timedelta(minutes=2)  # a call begun and not answered by then is asked again by the sweep
SHORTEST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=30)
PATIENCE = timedelta(hours=12)  # by then the next day's truck is near, and a person must know


def next_try(*, wanted_at: datetime, at: datetime) -> datetime | None:
    """
    When to ask again after a call at `at` had no answer, or None when it is time to stop.

    Each wait is as long as everything before it, so the tries come at 0, 30 s, 1, 2, 4, 8 … minutes.
    """
    waited = at - wanted_at
    if waited >= PATIENCE:
        return None
    return at + min(max(waited, SHORTEST_WAIT), LONGEST_WAIT)


_ON_THE_WAY = (
    *("picked_up", "moving", "out", "attempted", "kept", "inquiry"),
    *("returning", "returned", "delivered"),
)


def is_later(scan: tuple[datetime, str], newest: tuple[datetime | None, str]) -> bool:
    """Whether a scan comes after the newest one; of two at the same moment, the one further on the way."""
    moment, state = scan
    seen_at, seen = newest
    if seen_at is None or moment != seen_at:
        return seen_at is None or moment > seen_at
    return _ON_THE_WAY.index(state) > _ON_THE_WAY.index(seen)
