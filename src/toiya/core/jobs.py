"""The one door through which work is woken. A wake-up cannot be lost (F01-F03)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from psycopg.types.json import Jsonb

_INSERT = """
INSERT INTO procrastinate_jobs (queue_name, task_name, priority, lock, queueing_lock, args, status)
VALUES (%s, %s, 0, %s, %s, %s, 'todo')
ON CONFLICT (queueing_lock) WHERE status = 'todo' DO NOTHING
RETURNING id
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
    for wake_up in sorted(set(wake_ups)):
        _wake(wake_up)


def _wake(wake_up: WakeUp) -> None:
    arguments = Jsonb({wake_up.argument: wake_up.value})
    values: list[Any] = [wake_up.queue, wake_up.task, wake_up.key, wake_up.key, arguments]
    with connection.cursor() as cursor:
        while True:
            cursor.execute(_INSERT, values)
            if cursor.fetchone():
                return
            cursor.execute(_HOLD, [wake_up.key])
            if cursor.fetchone():
                return
