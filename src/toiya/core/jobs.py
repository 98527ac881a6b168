"""The one door through which work is woken. A wake-up cannot be lost (F01-F03)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection

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
_HOLD = "SELECT id FROM procrastinate_jobs WHERE queueing_lock = %s AND status = 'todo' FOR KEY SHARE"


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
        missing = [wake_up for wake_up in missing if wake_up.key not in woken and not _is_held(wake_up)]


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


def _is_held(wake_up: WakeUp) -> bool:
    """Whether the waiting job is now kept from starting until we commit; False when it has just been fetched."""
    with connection.cursor() as cursor:
        cursor.execute(_HOLD, [wake_up.key])
        return cursor.fetchone() is not None
