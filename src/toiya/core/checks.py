"""What must always be true, as named statements that return the rows where it is not. Run by `./toiya verify`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import connection

MOST_SHOWN = 50
_LOOPS = "SELECT set_config('enable_nestloop', %s, true)"


class Level(StrEnum):
    """What a found row means: damage, work that is still under way, or something worth knowing."""

    PROBLEM = "problem"
    OPEN = "open"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Check:
    """
    One truth. `statement` selects the rows that break it; its column `subject` is the public code of the object.

    `message` is a sentence whose placeholders are columns. `at`, the instant of asking, is always a parameter, so a
    literal percent sign is written twice. `invariant` is a number of docs/guides/verify.md.
    """

    invariant: str
    code: str
    statement: str
    message: str
    level: Level = Level.PROBLEM
    parameters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reference:
    """A column that holds another table's id without a foreign key that Django knows of."""

    table: str
    column: str
    parent: str


@dataclass(frozen=True, slots=True)
class Guard:
    """Something in the database's own catalog that keeps a truth: `kind` is a key of `guards.PRESENT`."""

    kind: str
    table: str
    name: str


@dataclass(frozen=True, slots=True)
class Truths:
    """Everything one package knows about itself. `counts` are statements that say how much was checked."""

    checks: tuple[Check, ...] = ()
    counts: Mapping[str, str] = field(default_factory=dict)
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """One row that breaks a truth, in words."""

    invariant: str
    code: str
    subject: str
    message: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found: how many rows, and at most 50 of them in words."""

    check: Check
    count: int
    problems: tuple[Problem, ...]


def run(checks: Iterable[Check], *, at: datetime) -> list[Finding]:
    """Run the checks, one statement each. They only read; open a REPEATABLE READ transaction around them."""
    with connection.cursor() as cursor:
        # They join whole tables. The planner, which may believe that a table which just grew is empty, could else walk
        # through all of it once for each row of another.
        cursor.execute(_LOOPS, ["off"])
        found = [_find(check, at) for check in checks]
        cursor.execute(_LOOPS, ["on"])
    return found


def count(counts: Mapping[str, str]) -> dict[str, int]:
    """How many rows of each kind there are."""
    found = {}
    with connection.cursor() as cursor:
        for name, statement in counts.items():
            cursor.execute(statement)
            found[name] = int(cursor.fetchone()[0])
    return found


def _find(check: Check, at: datetime) -> Finding:
    statement = (
        f"WITH found AS MATERIALIZED ({check.statement}) "  # noqa: S608
        f"SELECT (SELECT count(*) FROM found) AS found_in_all, * FROM found ORDER BY subject LIMIT {MOST_SHOWN}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, {"at": at, **check.parameters})
        names = [column.name for column in cursor.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    problems = tuple(Problem(check.invariant, check.code, str(row["subject"]), check.message % row) for row in rows)
    return Finding(check, rows[0]["found_in_all"] if rows else 0, problems)
