"""The patience with a silent carrier."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from toiya.domain.carriers.rules import LONGEST_WAIT, PATIENCE, SHORTEST_WAIT, next_try

START = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def test_the_waits_double_up_to_half_an_hour_and_end_after_twelve_hours() -> None:
    tries = [START]
    while (following := next_try(wanted_at=START, at=tries[-1])) is not None:
        tries.append(following)
    minutes = [(at - START) / timedelta(minutes=1) for at in tries]
    assert minutes[:9] == [0, 0.5, 1, 2, 4, 8, 16, 32, 62]
    assert len(tries) == 31
    assert tries[-1] - START == PATIENCE + timedelta(minutes=2)


@given(st.timedeltas(timedelta(0), timedelta(days=2)))
def test_a_wait_is_never_shorter_or_longer_than_said(waited: timedelta) -> None:
    following = next_try(wanted_at=START, at=START + waited)
    if waited >= PATIENCE:
        assert following is None
    else:
        assert following is not None
        assert SHORTEST_WAIT <= following - (START + waited) <= LONGEST_WAIT
