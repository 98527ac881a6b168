"""How long stock lasts. Pure."""

from __future__ import annotations

from datetime import timedelta

WINDOW = timedelta(days=28)  # four whole weeks: every weekday counts alike
MOST_DAYS = 999
SOON_DAYS = 14  # what lasts shorter should be sent in now: an announced delivery takes its time


def cover_days(available: int, shipped: int) -> int | None:
    """
    Whole days that the available pieces last at the pace of the window; None: nothing was shipped in it, so nobody can
    say. More than 999 days are 999.
    """
    if shipped <= 0:
        return None
    return min(max(available, 0) * WINDOW.days // shipped, MOST_DAYS)
