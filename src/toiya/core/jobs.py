"""The one door through which work is woken. A wake-up cannot be lost (F01-F03)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, connection, transaction

from toiya.core.copying import text_array

_INSERT = """
INSERT INTO procrastinate_jobs (queue_name, task_name, priority, lock, queueing_lock, args, status)
SELECT queue, task, 0, key, key, args, 'todo'
FROM unnest(%s::text[], %s::text[], %s::text[], %s::jsonb[]) WITH ORDINALITY AS w (queue, task, key, args, place)
ORDER BY place
ON CONFLICT (queueing_lock) WHERE status = 'todo' DO NOTHING
RETURNING queueing_lock
"""
# A worker skips locked rows, so it cannot fetch this job before we commit what we want it to see.
_HOLD = """
SELECT queueing_lock FROM procrastinate_jobs WHERE queueing_lock = ANY(%s::text[]) AND status = 'todo'
ORDER BY queueing_lock FOR KEY SHARE
"""


@dataclass(frozen=True, slots=True, order=True)
class WakeUp:
    """Run `task` with the one argument `argument`=`value` soon; wishes for the same are one wish."""

    task: str
    argument: str
    value: int
    queue: str = "default"

    @property
    def key(self) -> str:
        """What makes two wake-ups the same."""
        return f"{self.task}/{self.value}"


def wake(task: str, argument: str, value: int, queue: str = "default") -> None:
    """Wake one job. The last statement of an action (F02)."""
    wake_all([WakeUp(task, argument, value, queue)])


def wake_all(wake_ups: Iterable[WakeUp]) -> None:
    """Wake several jobs in one order, so that two actions never wait for each other crosswise (F02)."""
    missing = sorted(set(wake_ups))
    while missing:
        woken = _insert(missing)
        missing = [wake_up for wake_up in missing if wake_up.key not in woken]
        held = _hold(missing) if missing else set()
        missing = [wake_up for wake_up in missing if wake_up.key not in held]


def _insert(wake_ups: Sequence[WakeUp]) -> set[str]:
    """Store what is not waiting yet; returns the keys that were stored."""
    arguments = [json.dumps({wake_up.argument: wake_up.value}) for wake_up in wake_ups]
    values = [
        text_array(wake_up.queue for wake_up in wake_ups),
        text_array(wake_up.task for wake_up in wake_ups),
        text_array(wake_up.key for wake_up in wake_ups),
        text_array(arguments),
    ]
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, values)
        return {row[0] for row in cursor.fetchall()}


def _hold(wake_ups: Sequence[WakeUp]) -> set[str]:
    """Keep those that wait from starting until we commit; returns their keys, without any that was just fetched."""
    with connection.cursor() as cursor:
        cursor.execute(_HOLD, [text_array(wake_up.key for wake_up in wake_ups)])
        return {row[0] for row in cursor.fetchall()}


# A worker that is gone has no row any more, or one without a recent sign of life (F05).
_STALLED = """
SELECT j.id FROM procrastinate_jobs j LEFT JOIN procrastinate_workers w ON w.id = j.worker_id
WHERE j.status = 'doing' AND (w.id IS NULL OR w.last_heartbeat < now() - make_interval(secs => %s))
ORDER BY j.id FOR UPDATE OF j SKIP LOCKED
"""
# Where a newer wake-up waits already, that one does the work (F03); a job that ends its workers is not tried for ever.
_REVIVE = """
UPDATE procrastinate_jobs j SET attempts = attempts + 1, worker_id = NULL, abort_requested = false, status = CASE
    WHEN EXISTS (SELECT 1 FROM procrastinate_jobs n WHERE n.queueing_lock = j.queueing_lock AND n.status = 'todo')
        THEN 'cancelled'::procrastinate_job_status
    WHEN j.attempts + 1 >= %s THEN 'failed'::procrastinate_job_status
    ELSE 'todo'::procrastinate_job_status END
WHERE j.id = %s
"""
MOST_TRIES = 5


def revive_stalled(silent_seconds: float) -> int:
    """
    Give the jobs of workers that died back to the others, and free their locks; returns how many.

    Such a job runs again, so every job must bear that (F04). One that was tried five times ends as failed.

    :param silent_seconds: how long a worker gave no sign of life to count as dead; the same in all workers
    """
    revived = 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_STALLED, [float(silent_seconds)])
        for (job_id,) in cursor.fetchall():
            try:
                with transaction.atomic():
                    cursor.execute(_REVIVE, [MOST_TRIES, job_id])
            except IntegrityError:  # a wake-up came in between: it is found waiting at the next look
                continue
            revived += 1
    return revived
