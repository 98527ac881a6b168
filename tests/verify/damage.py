"""How damage is planted: straight into the tables, past every action, constraint and guard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from tests.verify.whole_house import House

Plant = Callable[[House], str]


@dataclass(frozen=True)
class Damage:
    """What is planted, the check that must name it, and those that cannot help seeing it too."""

    check: str
    plant: Plant
    also: frozenset[str]


DAMAGES: list[Damage] = []


def breaks(check: str, *also: str) -> Callable[[Plant], Plant]:
    """The function plants what this check, and those others, must find; it returns the subject to be named."""

    def keep(plant: Plant) -> Plant:
        DAMAGES.append(Damage(check, plant, frozenset(also)))
        return plant

    return keep


def execute(statement: str, *values: Any) -> int:
    """Run one statement that must change exactly the rows it means to; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        changed: int = cursor.rowcount
    assert changed != 0, statement
    return changed


def one(statement: str, *values: Any) -> Any:
    """The first column of the first row."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        row = cursor.fetchone()
    assert row is not None, statement
    return row[0]


def forge(table: str, statement: str, *values: Any) -> None:
    """Change an append-only table behind the back of its guard, which stands again afterwards."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement, values or None)
        assert cursor.rowcount != 0, statement
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def drop(table: str, constraint: str) -> None:
    """Take a constraint away; verify must see that too."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {constraint}")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def drop_index(name: str) -> None:
    """Take a unique index away."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"DROP INDEX {name}")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
