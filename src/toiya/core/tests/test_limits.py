"""The brake lets so many through, fills again with time, and cannot be outrun by many at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections

from toiya.core import limits
from toiya.core.limits import Limit, TooManyTries
from toiya.core.models import LimitRow

NOON = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
CODES = Limit("codes", 3, timedelta(minutes=15))


def is_let_through(key: str, at: datetime = NOON) -> bool:
    try:
        limits.take(CODES, key, at=at)
    except TooManyTries:
        return False
    return True


@pytest.mark.django_db
def test_so_many_pass_and_then_one_each_third_of_the_window() -> None:
    assert [is_let_through("mika") for _ in range(4)] == [True, True, True, False]
    assert not is_let_through("mika", NOON + timedelta(minutes=4, seconds=59))
    assert is_let_through("mika", NOON + timedelta(minutes=5))
    assert not is_let_through("mika", NOON + timedelta(minutes=5))
    later = NOON + timedelta(hours=2)
    assert [is_let_through("mika", later) for _ in range(4)] == [True, True, True, False]


@pytest.mark.django_db
def test_each_key_has_its_own_and_is_kept_as_a_hash() -> None:
    assert [is_let_through("Mika@toiya.example") for _ in range(3)] == [True] * 3
    assert not is_let_through(" mika@toiya.example ")
    assert is_let_through("ken@toiya.example")
    assert not LimitRow.objects.filter(key__contains="mika").exists()


@pytest.mark.django_db
def test_a_clock_that_steps_back_gives_nothing() -> None:
    assert [is_let_through("mika") for _ in range(3)] == [True] * 3
    assert not is_let_through("mika", NOON - timedelta(days=1))
    assert not is_let_through("mika", NOON + timedelta(minutes=1))


@pytest.mark.django_db
def test_the_refusal_says_how_long_to_wait_and_success_forgets() -> None:
    for _ in range(3):
        limits.take(CODES, "mika", at=NOON)
    with pytest.raises(TooManyTries, match="Wait 5 min"):
        limits.take(CODES, "mika", at=NOON)
    limits.forget(CODES, "mika")
    assert is_let_through("mika")


@pytest.mark.django_db
def test_old_buckets_are_swept() -> None:
    limits.take(CODES, "mika", at=NOON)
    limits.take(CODES, "ken", at=NOON + timedelta(days=2))
    assert limits.sweep(before=NOON + timedelta(days=1)) == 1
    assert LimitRow.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_many_at_once_do_not_slip_through() -> None:
    def one_try(_number: int) -> bool:
        try:
            return is_let_through("mika")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(one_try, range(24))) == 3
