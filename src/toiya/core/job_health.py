"""How the background jobs are doing, and starting an ended one again. Reads procrastinate's own tables."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy

from toiya.core.errors import NotFound

SILENT_AFTER = timedelta(seconds=60)  # a worker says every ten seconds that it lives

_QUEUES = """
SELECT j.queue_name, count(*) FILTER (WHERE j.status = 'todo'), count(*) FILTER (WHERE j.status = 'doing'),
       count(*) FILTER (WHERE j.status = 'failed'),
       count(*) FILTER (WHERE j.status = 'doing' AND (w.id IS NULL OR w.last_heartbeat < %(silent)s::timestamptz)),
       min(coalesce(j.scheduled_at, e.at)) FILTER (
           WHERE j.status = 'todo' AND coalesce(j.scheduled_at, e.at) <= %(at)s::timestamptz)
FROM procrastinate_jobs j
LEFT JOIN procrastinate_workers w ON w.id = j.worker_id
LEFT JOIN LATERAL (SELECT min(at) AS at FROM procrastinate_events WHERE job_id = j.id) e ON j.status = 'todo'
WHERE j.status IN ('todo', 'doing', 'failed') GROUP BY j.queue_name ORDER BY j.queue_name
"""
_WORKERS = "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat >= %s::timestamptz"
_FAILED = """
SELECT j.id, j.task_name, j.queue_name, j.args, j.attempts,
       (SELECT max(at) FROM procrastinate_events WHERE job_id = j.id)
FROM procrastinate_jobs j WHERE j.status = 'failed' ORDER BY j.id DESC LIMIT %s
"""
_AGAIN = """
UPDATE procrastinate_jobs SET status = 'todo', scheduled_at = NULL, worker_id = NULL
WHERE id = %s AND status = 'failed' RETURNING id
"""
_LET_GO = "UPDATE procrastinate_jobs SET status = 'cancelled' WHERE id = %s AND status = 'failed'"


@dataclass(frozen=True, slots=True)
class Queue:
    """The jobs of one queue by state; `oldest_due` has waited longest of those that could run."""

    name: str
    waiting: int
    running: int
    failed: int
    stalled: int
    oldest_due: datetime | None


@dataclass(frozen=True, slots=True)
class FailedJob:
    """A job that ended with an error; its words are in the worker's log."""

    job_id: int
    task: str
    queue: str
    arguments: dict[str, Any]
    attempts: int
    at: datetime | None


def queues(at: datetime) -> list[Queue]:
    """Every queue that has work, or work that failed."""
    with connection.cursor() as cursor:
        cursor.execute(_QUEUES, {"at": at, "silent": at - SILENT_AFTER})
        return [Queue(*row) for row in cursor.fetchall()]


def workers_alive(at: datetime) -> int:
    """Workers that said within the last minute that they live."""
    with connection.cursor() as cursor:
        cursor.execute(_WORKERS, [at - SILENT_AFTER])
        row = cursor.fetchone()
        return int(row[0])


def failed_jobs(limit: int = 50) -> Sequence[FailedJob]:
    """The jobs that failed last."""
    with connection.cursor() as cursor:
        cursor.execute(_FAILED, [limit])
        rows = cursor.fetchall()
    return [FailedJob(*[*row[:3], json.loads(row[3]), *row[4:]]) for row in rows]


@transaction.atomic
def run_again(*, job_id: int) -> None:
    """Put a failed job back into its queue; the same wish waiting there is enough. :raises NotFound:"""
    with connection.cursor() as cursor:
        try:
            with transaction.atomic():
                cursor.execute(_AGAIN, [job_id])
                found = cursor.fetchone()
        except IntegrityError:  # one with the same queueing lock waits
            cursor.execute(_LET_GO, [job_id])
            return
        if found is None:
            raise NotFound(kind=gettext_lazy("failed job"), code=str(job_id))
