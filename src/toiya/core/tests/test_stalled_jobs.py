"""A killed worker's jobs go to the others (F05), unless a newer wake-up does the work (F03), and not for ever."""

from __future__ import annotations

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from toiya.core.jobs import MOST_TRIES, revive_stalled, wake

pytestmark = pytest.mark.django_db


def a_worker(silent_seconds: int = 0) -> int:
    """A worker whose last sign of life is so long ago."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => %s)) "
            "RETURNING id",
            [float(silent_seconds)],
        )
        return int(cursor.fetchone()[0])


def fetched_by(worker: int) -> int | None:
    """The job that worker takes now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM procrastinate_fetch_job_v2(NULL, %s)", [worker])
        found: int | None = cursor.fetchone()[0]
        return found


def bury(worker: int) -> None:
    """What another worker's start does to one that is silent: its row goes."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_workers WHERE id = %s", [worker])


def states() -> list[str]:
    return list(ProcrastinateJob.objects.order_by("id").values_list("status", flat=True))


def test_the_job_of_a_silent_worker_is_taken_by_another() -> None:
    wake("tests.pull", "shop_id", 1)
    job = fetched_by(a_worker(silent_seconds=121))

    assert revive_stalled(120) == 1
    assert fetched_by(a_worker()) == job


def test_the_job_of_a_worker_that_is_gone_is_taken_by_another() -> None:
    wake("tests.pull", "shop_id", 1)
    killed = a_worker()
    job = fetched_by(killed)
    bury(killed)

    assert revive_stalled(120) == 1
    assert fetched_by(a_worker()) == job


def test_a_living_worker_keeps_its_job() -> None:
    wake("tests.pull", "shop_id", 1)
    fetched_by(a_worker(silent_seconds=60))

    assert revive_stalled(120) == 0
    assert states() == ["doing"]


def test_without_reviving_the_lock_of_a_dead_worker_keeps_every_later_job_back() -> None:
    wake("tests.pull", "shop_id", 1)
    fetched_by(a_worker(silent_seconds=121))
    wake("tests.pull", "shop_id", 1)
    assert fetched_by(a_worker()) is None

    assert revive_stalled(120) == 1
    assert states() == ["cancelled", "todo"]
    assert fetched_by(a_worker()) is not None


def test_a_job_that_ends_its_workers_is_not_tried_for_ever() -> None:
    wake("tests.pull", "shop_id", 1)
    for _ in range(MOST_TRIES):
        assert fetched_by(a_worker(silent_seconds=121)) is not None
        assert revive_stalled(120) == 1

    assert states() == ["failed"]
    assert fetched_by(a_worker()) is None
