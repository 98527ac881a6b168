"""Queued jobs worked off one by one in this process, in an order the test chooses."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

MOST_JOBS = 60
NOT_HERE = ("carriers.", "notifications.", "conversations.")  # they call others, or nobody of this story


def worked_off(first: Sequence[str] = ()) -> list[str]:
    """Run what is queued, and what that queues, until nothing is left; tasks named in `first` before all others."""
    done: list[str] = []
    for _ in range(MOST_JOBS):
        waiting = [job for job in _todo() if not job.task_name.startswith(NOT_HERE)]
        if not waiting:
            return done
        job = min(waiting, key=lambda each: (each.task_name not in first, each.pk))
        _forget(job.pk)
        app.tasks[job.task_name].func(**job.args)
        done.append(job.task_name)
    raise AssertionError(f"jobs wake each other without an end: {done}")


def _todo() -> list[ProcrastinateJob]:
    return list(ProcrastinateJob.objects.filter(status="todo").order_by("pk"))


def _forget(number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [number])
