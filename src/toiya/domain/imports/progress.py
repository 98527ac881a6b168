"""How far the work on a file is, for who looks on. Nothing is decided by it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from datetime import datetime

from django.db import DatabaseError, connection

from toiya.domain.imports.models import ImportProgress

# Never waits: who holds the row begins or ends the work this very moment.
_ADD = """
UPDATE imports_importprogress SET rows_done = rows_done + %s
WHERE session_id IN (SELECT session_id FROM imports_importprogress WHERE session_id = %s FOR UPDATE SKIP LOCKED)
"""


def begin(session_id: int, rows_done: int, rows_in_all: int, at: datetime) -> None:
    """A job takes the work up, where an earlier one may have left it: its pace is measured from here."""
    values = {"began_at": at, "rows_before": rows_done, "rows_done": rows_done, "rows_in_all": rows_in_all}
    ImportProgress.objects.update_or_create(session_id=session_id, defaults=values)


def add(session_id: int, rows: int) -> None:
    """So many more are done, as soon as this transaction is."""
    with connection.cursor() as cursor:
        cursor.execute(_ADD, [rows, session_id])


@contextlib.contextmanager
def beside(session_id: int) -> Iterator[Callable[[int], None]]:
    """
    The same over a connection of its own, seen at once: for work that is one long transaction.

    Where no second connection can be had, the work goes on untold.
    """
    second = connection.copy()

    def add_beside(rows: int) -> None:
        with contextlib.suppress(DatabaseError), second.cursor() as cursor:
            cursor.execute(_ADD, [rows, session_id])

    try:
        yield add_beside
    finally:
        second.close()


def forget(session_id: int) -> None:
    """Other work is to begin: what is known of the last is over."""
    ImportProgress.objects.filter(session_id=session_id).delete()
