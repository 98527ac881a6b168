"""The queue played through: sure things, hopeless ones, and how many people would save the day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toiya.domain.outbound.forecast_rules import RUNS, Job, Pace, outlook

AT = datetime(2026, 11, 20, 3, tzinfo=UTC)
PACE = Pace(pick_s=30, pack_s=60)


def queue(orders: int, *, minutes: int, pieces: int = 2) -> list[Job]:
    """Each takes one person two minutes."""
    return [Job(f"ORD-{number:03d}", AT + timedelta(minutes=minutes), pieces) for number in range(orders)]


@pytest.mark.parametrize(
    ("orders", "minutes", "people", "missed", "more"),
    [
        (10, 60, 1, 0, 0),  # twenty minutes of work, an hour left
        (30, 60, 2, 0, 0),
        (60, 60, 1, 30, 1),  # two hours of work, an hour left: the second half, or one more
        (0, 60, 1, 0, 0),
        (5, 60, 0, 5, 1),  # nobody is there
        (5, -1, 3, 5, 0),  # past already: nobody can save them
        (1000, 10, 1, 995, None),
    ],
)
def test_what_will_be_missed_and_who_would_save_it(
    orders: int, minutes: int, people: int, missed: int, more: int | None
) -> None:
    told = outlook(queue(orders, minutes=minutes), people, PACE, AT)
    assert abs(len(told.missed) - missed) <= 3, "chance moves the border by an order or two"
    assert told.more_people == more
    if missed in {0, orders}:
        assert len(told.missed) == missed


def test_the_earliest_cut_off_goes_first_and_the_last_in_turn_is_lost() -> None:
    late, soon = Job("ORD-B", AT + timedelta(minutes=3), 2), Job("ORD-A", AT + timedelta(minutes=3), 2)
    told = outlook([late, soon], 1, PACE, AT)
    assert [(each.job.code, each.percent >= 50) for each in told.chances] == [("ORD-A", True), ("ORD-B", False)]
    assert [each.job.code for each in told.missed] == ["ORD-B"]


@settings(deadline=None, max_examples=25)
@given(st.lists(st.tuples(st.integers(-30, 200), st.integers(0, 9)), max_size=12), st.integers(0, 4))
def test_the_same_queue_gives_the_same_answer_and_nobody_is_forgotten(rows: list[tuple[int, int]], people: int) -> None:
    jobs = [Job(f"ORD-{place}", AT + timedelta(minutes=row[0]), row[1]) for place, row in enumerate(rows)]
    told = outlook(jobs, people, PACE, AT)
    assert told == outlook(list(reversed(jobs)), people, PACE, AT)
    assert sorted(each.job.code for each in told.chances) == sorted(job.code for job in jobs)
    assert all(each.percent % (100 // RUNS) == 0 and 0 <= each.percent <= 100 for each in told.chances)
    assert all(each.percent == 0 for each in told.chances if each.job.due < AT)
