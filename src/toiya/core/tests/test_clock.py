"""The clock of rehearsals runs faster, the real one as it is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from toiya.core import clock

SINCE = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


def test_a_fast_clock_was_right_when_it_began_and_runs_ahead() -> None:
    assert clock.at_rate(SINCE, 30, SINCE) == SINCE
    assert clock.at_rate(SINCE + timedelta(seconds=2), 30, SINCE) == SINCE + timedelta(minutes=1)


def test_our_clock_tells_the_present_in_utc() -> None:
    before = datetime.now(UTC)
    now = clock.now()
    assert before <= now <= datetime.now(UTC)
    assert now.utcoffset() == timedelta(0)
