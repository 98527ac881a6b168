"""Eight threads at one range of numbers, and a control that shows the race without the lock."""

from collections.abc import Callable, Iterator
from threading import Barrier, Thread

import pytest
from django.db import connection, transaction
from pytest_django.plugin import DjangoDbBlocker

from toiya.domain.carriers.actions.contracts import NumberRangeUsedUp, draw_number
from toiya.domain.carriers.models import NumberRange
from toiya.domain.carriers.tests.scripted_carrier import ScriptedCarrier

FIRST, COUNT, THREADS = 99_900_000_001, 60, 8
CARRIER = ScriptedCarrier("race")


@pytest.fixture
def committed_range(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A range that other connections see: committed, and taken away afterwards."""
    with django_db_blocker.unblock():
        last = FIRST + COUNT - 1
        NumberRange.objects.create(carrier="race", first_body=FIRST, last_body=last, next_body=FIRST)
        yield
        NumberRange.objects.filter(carrier="race").delete()
        connection.close()


def together(work: Callable[[], None]) -> None:
    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    threads = [Thread(target=run) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)


def test_eight_threads_draw_every_number_once_and_then_are_refused(committed_range: None) -> None:
    drawn: list[str] = []
    refused: list[str] = []

    def draw_until_refused() -> None:
        for _ in range(COUNT + 1):
            try:
                with transaction.atomic():
                    drawn.append(draw_number(CARRIER))
            except NumberRangeUsedUp as refusal:
                refused.append(refusal.code)
                return

    together(draw_until_refused)
    assert sorted(drawn) == [CARRIER.check_digit(FIRST + number) for number in range(COUNT)]
    assert refused == ["number_range_used_up"] * THREADS


def test_without_the_lock_all_threads_draw_the_same_number(committed_range: None) -> None:
    drawn: list[int] = []
    everybody_has_read = Barrier(THREADS, timeout=30)

    def draw_unlocked() -> None:
        row = NumberRange.objects.get(carrier="race")
        everybody_has_read.wait()
        drawn.append(row.next_body)
        row.next_body += 1
        row.save()

    together(draw_unlocked)
    assert drawn == [FIRST] * THREADS
