"""The time line of unpaid fees, day by day, on clocks that are right and on clocks that are late."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from toiya.domain.contracts.rules import LIMITS, STANDARD, Terms, first_flaw
from toiya.domain.dues import rules
from toiya.domain.dues.rules import Debt, Step, Sums

JP = STANDARD["JP"]
OCTOBER = date(2026, 10, 1)


def debt(done: dict[Step, date] | None = None, terms: Terms = JP) -> Debt:
    notice_on, due_on = rules.days_of_month(OCTOBER, terms)
    return Debt(notice_on, due_on, terms, done or {})


@pytest.mark.seed("A071", "L22")
def test_fees_of_october_that_nobody_pays() -> None:
    assert [(each.step.value, each.on.isoformat()) for each in rules.time_line(debt())] == [
        ("notice", "2026-11-15"),
        ("reminder", "2026-11-18"),
        ("suspension", "2026-11-21"),
        ("warning", "2027-01-07"),
        ("stop", "2027-01-21"),
        ("return", "2027-01-21"),
    ]


def test_days_of_grace_move_the_suspension_and_the_stop() -> None:
    days = {each.step: each.on for each in rules.time_line(debt(terms=replace(JP, grace_days=5)))}
    assert days[Step.SUSPENSION] == date(2026, 11, 26)
    assert days[Step.STOP] == date(2027, 1, 26)


def test_a_reminder_that_was_late_moves_the_suspension() -> None:
    late = debt({Step.NOTICE: date(2026, 11, 25), Step.REMINDER: date(2026, 11, 25)})
    days = {each.step: each.on for each in rules.time_line(late)}
    assert days[Step.SUSPENSION] == date(2026, 11, 28)
    assert days[Step.STOP] == date(2027, 1, 21)


def test_steps_are_taken_one_by_one_in_their_order() -> None:
    today = date(2027, 3, 1)
    done: dict[Step, date] = {}
    order = []
    while (step := rules.next_step(debt(done), today)) is not None:
        order.append(step.step)
        done[step.step] = today
    assert order == [Step.NOTICE, Step.REMINDER], "the suspension needs the days of warning first"
    assert rules.next_step(debt(done), today + timedelta(days=2)) is None
    following = rules.next_step(debt(done), today + timedelta(days=3))
    assert following is not None
    assert following.step is Step.SUSPENSION


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    figures=st.fixed_dictionaries({name: st.integers(least, min(most, 60)) for name, (least, most) in LIMITS.items()}),
    delays=st.lists(st.integers(0, 40), min_size=6, max_size=6),
    month=st.dates(date(2024, 1, 1), date(2030, 12, 31)),
)
def test_however_late_the_clock_nobody_is_suspended_or_stopped_without_the_days_of_warning(
    figures: dict[str, int], delays: list[int], month: date
) -> None:
    if first_flaw(figures, JP):
        return
    terms = replace(JP, **figures)  # type: ignore[arg-type]
    notice_on, due_on = rules.days_of_month(month, terms)
    done: dict[Step, date] = {}
    today = notice_on
    for delay in delays:
        coming = next(each for each in rules.time_line(Debt(notice_on, due_on, terms, done)) if not each.is_done)
        today = max(today, coming.on) + timedelta(days=delay)
        done[coming.step] = today
    assert list(done) == list(rules.ORDER)
    assert done[Step.SUSPENSION] > due_on + timedelta(days=terms.grace_days)
    assert done[Step.SUSPENSION] - done[Step.REMINDER] >= timedelta(days=terms.warn_days)
    assert done[Step.STOP] - done[Step.WARNING] >= timedelta(days=terms.stop_warn_days)
    assert done[Step.STOP] > rules.months_later(due_on, terms.stop_months)


def test_months_that_are_too_short_end_on_their_last_day() -> None:
    assert rules.months_later(date(2026, 12, 31), 2) == date(2027, 2, 28)
    assert rules.days_of_month(date(2026, 12, 31), JP) == (date(2027, 1, 15), date(2027, 1, 20))


def test_sums() -> None:
    assert Sums(100, paid=40, credited=10).owed == 50
    assert Sums(100, paid=100, credited=30).to_give_back == 30
    assert Sums(100, paid=100, credited=30, refunded=30).to_give_back == 0
    assert rules.is_pressing(Sums(100), 99)
    assert not rules.is_pressing(Sums(100), 100)
