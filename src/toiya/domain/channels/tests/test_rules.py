"""The decisions about windows, waits and answers, without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toiya.domain.channels import rules
from toiya.domain.channels.port import Abilities, LineAnswer, SiteLine, SiteOrder, SiteState
from toiya.domain.channels.rules import Outcome, Window, Word
from toiya.domain.channels.tests.pretend_site import RECEIVER
from toiya.domain.orders.rules import Flaw

NOON = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
SITE = Abilities("pretend", "Pretend", True, True, 90, 10, 500)


def test_the_first_pull_looks_thirty_days_back_and_ends_two_minutes_ago() -> None:
    windows = rules.pull_windows(None, NOON, SITE)

    assert windows == (Window(NOON - timedelta(days=30), NOON - timedelta(minutes=2)),)


def test_a_pull_begins_six_hours_before_what_we_have() -> None:
    windows = rules.pull_windows(NOON - timedelta(minutes=12), NOON, SITE)

    assert windows == (Window(NOON - timedelta(hours=6, minutes=12), NOON - timedelta(minutes=2)),)


def test_a_slow_site_is_overlapped_by_twice_its_delay() -> None:
    slow = replace(SITE, settles_after_minutes=240)

    windows = rules.pull_windows(NOON - timedelta(minutes=12), NOON, slow)

    assert windows[0].since == NOON - timedelta(hours=8, minutes=12)


def test_a_long_gap_is_read_in_windows_the_site_takes() -> None:
    windows = rules.pull_windows(NOON - timedelta(days=200), NOON, SITE)

    assert len(windows) == 3
    assert windows[0].until == windows[1].since
    assert max(window.until - window.since for window in windows) == timedelta(days=90)
    assert windows[-1].until == NOON - timedelta(minutes=2)


def test_a_clock_that_went_back_still_gives_a_window_or_none() -> None:
    assert rules.pull_windows(NOON + timedelta(days=1), NOON, SITE) == ()


@given(gap=st.timedeltas(min_value=timedelta(), max_value=timedelta(days=2000)), days=st.integers(1, 120))
def test_windows_cover_the_stretch_without_a_hole(gap: timedelta, days: int) -> None:
    windows = rules.split(NOON - gap, NOON, replace(SITE, longest_window_days=days))

    if not gap:
        assert windows == ()
        return
    assert windows[0].since == NOON - gap
    assert windows[-1].until == NOON
    assert all(earlier.until == later.since for earlier, later in pairwise(windows))
    assert all(window.until - window.since <= timedelta(days=days) for window in windows)


def test_waits_grow_and_stop_growing_at_half_an_hour() -> None:
    waits = [rules.wait_after(failures, 0.5) for failures in range(1, 9)]

    assert [wait.total_seconds() / 60 for wait in waits] == [1, 2, 4, 8, 16, 30, 30, 30]


@given(failures=st.integers(0, 10**6), chance=st.floats(0, 1))
def test_a_wait_is_spread_by_at_most_a_fifth(failures: int, chance: float) -> None:
    middle = rules.wait_after(failures, 0.5)

    assert middle * 0.8 <= rules.wait_after(failures, chance) <= middle * 1.2


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ([(True, False), (True, False)], Outcome.ACCEPTED),
        ([(True, False), (False, False)], Outcome.REJECTED),
        ([(False, False), (False, True)], Outcome.UNDECIDED),
        ([(True, False)], Outcome.UNDECIDED),
    ],
)
def test_a_wish_of_two_lines_is_accepted_only_when_both_are(answers: list[tuple[bool, bool]], outcome: Outcome) -> None:
    given_answers = [LineAnswer("1", is_accepted=yes, may_retry=again) for yes, again in answers]

    assert rules.word_on(given_answers, 2).outcome is outcome


def test_a_wish_is_given_up_after_seventy_two_hours_and_not_before() -> None:
    word = Word(Outcome.UNDECIDED, "timeout")
    early = rules.settlement(word, failures=4, due_since=NOON - timedelta(hours=71), at=NOON, chance=0.5)
    late = rules.settlement(word, failures=4, due_since=NOON - timedelta(hours=72), at=NOON, chance=0.5)

    assert (early.status, early.failures, early.next_try_at) == ("waiting", 5, NOON + timedelta(minutes=16))
    assert (late.status, late.problem) == ("given_up", "timeout")


def test_a_site_that_is_down_is_no_fault_of_the_wish() -> None:
    settled = rules.settlement(Word(Outcome.NOT_ASKED, "timeout"), failures=0, due_since=NOON, at=NOON, chance=0.5)

    assert (settled.status, settled.failures) == ("waiting", 0)


def test_the_day_of_leaving_that_we_name_is_never_today() -> None:
    assert rules.ship_on(None, NOON) == NOON + timedelta(days=1)
    assert rules.ship_on(NOON, NOON) == NOON + timedelta(days=1)
    assert rules.ship_on(NOON + timedelta(days=3), NOON) == NOON + timedelta(days=3)


def test_an_order_with_a_field_that_does_not_fit_is_strange() -> None:
    line = SiteLine("1", SiteState.PAID, "Tea", "", "T-001", "", 1, 1200)
    order = SiteOrder("7", (line,), RECEIVER, "JPY", 1200, "ring\x00twice", NOON, NOON, None)
    draft = rules.draft_of("qoo10", "CON-1", order, "7", order.lines)
    long_name = replace(draft, address=replace(draft.address, name="あ" * 101))
    broken = replace(draft, address=replace(draft.address, first_line="\udc80"))

    assert draft.note == "ringtwice"
    assert rules.why_strange(draft) is None
    assert rules.why_strange(long_name) == Flaw("receiver", "too_long")
    assert rules.why_strange(broken) == Flaw("address", "control_character")
