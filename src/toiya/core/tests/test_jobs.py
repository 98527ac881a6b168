"""The one door through which work is woken: wishes for the same are one wish, and none is lost (F01-F03)."""

from __future__ import annotations

from threading import Event, Thread

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from toiya.core.jobs import WakeUp, wake, wake_all


def jobs() -> list[tuple[str, str, dict[str, int]]]:
    return [(job.task_name, job.status, job.args) for job in ProcrastinateJob.objects.order_by("id")]


def fetch() -> int | None:
    """What a worker's look for work finds."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id")
        worker = cursor.fetchone()[0]
        cursor.execute("SELECT id FROM procrastinate_fetch_job_v2(NULL, %s)", [worker])
        found: int | None = cursor.fetchone()[0]
        return found


@pytest.mark.django_db
def test_wishes_for_the_same_are_one_job_and_others_have_their_own() -> None:
    for _ in range(3):
        wake("tests.sweep", "seller_id", 1)
    wake("tests.sweep", "seller_id", 2)
    wake_all([WakeUp("tests.count", "seller_id", 1), WakeUp("tests.count", "seller_id", 1)])
    assert jobs() == [
        ("tests.sweep", "todo", {"seller_id": 1}),
        ("tests.sweep", "todo", {"seller_id": 2}),
        ("tests.count", "todo", {"seller_id": 1}),
    ]


@pytest.mark.django_db
def test_a_wish_while_the_job_is_under_way_is_a_second_job() -> None:
    wake("tests.sweep", "seller_id", 1)
    assert fetch() is not None
    wake("tests.sweep", "seller_id", 1)
    assert [job[1] for job in jobs()] == ["doing", "todo"]


@pytest.mark.django_db
def test_several_are_woken_in_one_order_whatever_order_they_come_in() -> None:
    wake_all([WakeUp("b", "seller_id", 2), WakeUp("a", "seller_id", 9), WakeUp("b", "seller_id", 1)])
    assert [(task, args["seller_id"]) for task, _, args in jobs()] == [("a", 9), ("b", 1), ("b", 2)]


@pytest.mark.django_db
def test_a_wish_rolled_back_wakes_nobody() -> None:
    with transaction.atomic():
        wake("tests.sweep", "seller_id", 1)
        transaction.set_rollback(True)
    assert jobs() == []


@pytest.mark.parametrize("is_held", [True, False], ids=["through_the_door", "control_by_a_bare_queueing_lock"])
def test_a_worker_cannot_fetch_the_waiting_job_before_we_commit_what_it_must_see(
    transactional_db: None, is_held: bool
) -> None:
    """The control leaves the hold out: the worker runs the job too early and nobody is left to see our change."""
    wake("tests.sweep", "seller_id", 1)
    woken, looked = Event(), Event()

    def act() -> None:
        with transaction.atomic():
            if is_held:
                wake("tests.sweep", "seller_id", 1)
            else:
                with connection.cursor() as cursor:
                    cursor.execute(
                        "INSERT INTO procrastinate_jobs (queue_name, task_name, queueing_lock, status) "
                        "VALUES ('default', 'tests.sweep', 'tests.sweep/1', 'todo') "
                        "ON CONFLICT (queueing_lock) WHERE status = 'todo' DO NOTHING"
                    )
            woken.set()
            looked.wait(10)
        connection.close()

    thread = Thread(target=act)
    thread.start()
    assert woken.wait(10)
    before_the_commit = fetch()
    looked.set()
    thread.join(10)
    after_the_commit = fetch()

    if is_held:
        assert before_the_commit is None
        assert after_the_commit is not None
    else:
        assert before_the_commit is not None
        assert after_the_commit is None
