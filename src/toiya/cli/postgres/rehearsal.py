"""Databases for tests: a name for each run, that two runs never meet, and an end to what killed runs left."""

import hashlib
import os
import re
import socket
from collections.abc import Iterable, Sequence
from graphlib import TopologicalSorter
from typing import Any
from urllib.parse import urlsplit

import psycopg
from django.core.management.commands import flush
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

PREFIX = "test_toiya"
MOST_PLANS = 3_000
# Our own tables and the job queue's, whose models are unmanaged, so that Django passes over them.
TABLES = """
SELECT c.oid::regclass::text, EXISTS (SELECT FROM pg_trigger g WHERE g.tgrelid = c.oid AND NOT g.tgisinternal)
FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace
  AND c.relname <> 'django_migrations'
ORDER BY c.relname
"""
PARENTS = """
SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint
WHERE contype = 'f' AND connamespace = current_schema()::regnamespace AND conrelid <> confrelid
"""


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


def quicken_flushes(connection: BaseDatabaseWrapper) -> None:
    """
    Let Django's flush empty a test database in this process ten times as fast, past the append-only guards.

    It deletes from the tables that have rows, children first, where Django truncates all of them: that makes new files
    for every table and index each time. It waits for whoever still writes, as truncating does. Rights and kinds of
    content are not written anew: nothing of ours reads them.

    The guards stand before and after it, so tests can still prove them. Changed is the class, because Django makes
    another connection as soon as an event loop runs in the thread, as it does behind a browser test.
    """
    operations: Any = type(connection.ops)
    command: Any = flush
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        has_triggers = dict(cursor.fetchall())
        cursor.execute(PARENTS)
        tables = _children_first(sorted(has_triggers), cursor.fetchall())
    lock = f"LOCK TABLE {', '.join(tables)} IN SHARE ROW EXCLUSIVE MODE"
    look = f"SELECT ARRAY[{', '.join(f'EXISTS (SELECT FROM {table})' for table in tables)}]"  # noqa: S608

    def empty(itself: Any, _statements: Sequence[str]) -> None:
        with transaction.atomic(using=itself.connection.alias), itself.connection.cursor() as cursor:
            cursor.execute(lock)
            cursor.execute(look)
            filled = [table for table, is_filled in zip(tables, cursor.fetchone()[0], strict=True) if is_filled]
            guarded = [table for table in filled if has_triggers[table]]
            for table in guarded:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            for table in filled:
                cursor.execute(f"DELETE FROM {table}")  # noqa: S608
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no trigger may be pending where one is switched on
            for table in guarded:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")

    operations.execute_sql_flush = empty
    command.sql_flush = _nothing
    command.emit_post_migrate_signal = _keep_silent


def _children_first(tables: Sequence[str], parents: Iterable[tuple[str, str]]) -> list[str]:
    """The tables so that none comes after one that it points to."""
    children: dict[str, set[str]] = {table: set() for table in tables}
    for child, parent in parents:
        children[parent].add(child)
    return list(TopologicalSorter(children).static_order())


def _nothing(*_: object, **__: object) -> list[str]:
    """Instead of Django's statements, which truncate."""
    return []


def quicken_connection(connection: BaseDatabaseWrapper, **_: object) -> None:
    """
    Let a new connection keep the plans of all statements that it meets, and not wait for the disk.

    The driver keeps a hundred plans, and a look at everything that must be true is more than that: each statement
    would be planned anew every time. No test outlives a fall of the machine.
    """
    connection.connection.prepared_max = MOST_PLANS
    connection.connection.execute("SET synchronous_commit = off")  # past Django, which may be counting statements


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
