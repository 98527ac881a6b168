"""Databases for tests: a name for each run, that two runs never meet, and an end to what killed runs left."""

import hashlib
import os
import re
import socket
from typing import Any
from urllib.parse import urlsplit

import psycopg
from django.core.management.commands import flush
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

PREFIX = "test_toiya"
GUARDS = """
SELECT relname, tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
WHERE NOT tgisinternal AND tgtype & 32 = 32 AND relnamespace = current_schema()::regnamespace
ORDER BY relname, tgname
"""  # 32: the trigger fires on TRUNCATE
EMPTY_THE_QUEUE = "TRUNCATE procrastinate_jobs, procrastinate_workers, procrastinate_periodic_defers CASCADE"


def name_of_this_run() -> str:
    """A database name of this machine and process."""
    return f"{PREFIX}_{_machine()}_{os.getpid()}"


def prefix_of_templates() -> str:
    """How the names of this machine's migrated databases begin."""
    return f"{PREFIX}_{_machine()}_migrated"


def clear_leftovers(url: str) -> list[str]:
    """
    Drop the test databases of runs on this machine whose process is gone; return their names.

    A database somebody is still connected to stays.
    """
    pattern = re.compile(rf"{PREFIX}_{_machine()}_(\d+)(_gw\d+)?")
    dropped = []
    with psycopg.connect(urlsplit(url)._replace(path="/postgres").geturl(), autocommit=True) as connection:
        names = [row[0] for row in connection.execute("SELECT datname FROM pg_database ORDER BY datname")]
        for name in names:
            found = pattern.fullmatch(name)
            if not found or _is_alive(int(found[1])):
                continue
            try:
                connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
            except (psycopg.errors.ObjectInUse, psycopg.errors.InsufficientPrivilege):
                continue
            dropped.append(name)
    return dropped


def let_flushes_pass(connection: BaseDatabaseWrapper) -> None:
    """
    Let Django's flush empty the append-only tables of a test database, in this process only, and the job queue too.

    It no longer writes the rights and kinds of content anew: nothing of ours reads them, and that took longer than
    emptying every table.

    The guards stand before and after it, so tests can still prove them. Changed is the class, because Django makes
    another connection as soon as an event loop runs in the thread, as it does behind a browser test.
    """
    operations: Any = type(connection.ops)
    plain = operations.sql_flush
    with connection.cursor() as cursor:
        cursor.execute(GUARDS)
        guards = cursor.fetchall()
    named = [(connection.ops.quote_name(table), connection.ops.quote_name(guard)) for table, guard in guards]

    def sql_flush(itself: Any, *arguments: Any, **options: Any) -> list[str]:
        statements = plain(itself, *arguments, **options)
        return [
            *(f"ALTER TABLE {table} DISABLE TRIGGER {guard}" for table, guard in named),
            *statements,
            EMPTY_THE_QUEUE,  # its tables are unmanaged, so Django passes over them
            *(f"ALTER TABLE {table} ENABLE TRIGGER {guard}" for table, guard in named),
        ]

    operations.sql_flush = sql_flush
    command: Any = flush
    command.emit_post_migrate_signal = _keep_silent


def _keep_silent(*_: object, **__: object) -> None:
    """Instead of the signal that follows every emptying."""


def _machine() -> str:
    """A short mark of this machine: a process number means nothing elsewhere."""
    return hashlib.sha256(socket.gethostname().encode()).hexdigest()[:4]


def _is_alive(process: int) -> bool:
    """Whether a process of that number exists."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
