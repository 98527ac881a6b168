"""The rows of a file, written and counted in sets. The session's row is locked by the caller."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection

from toiya.core.copying import copy_rows, int_array, text, text_array
from toiya.domain.imports.flaws import as_kept
from toiya.domain.imports.models import ImportRow, ImportSession
from toiya.domain.imports.port import Verdict
from toiya.domain.imports.rules import ReadRow

_COLUMNS = ("seller_id", "session_id", "number", "cells", "state", "key", "changes", "flaws", "effects")
_OWN = ("set_number", "subject", "undo")
_JUDGED = """
UPDATE imports_importrow r
SET cells = n.cells, state = n.state, key = n.key, changes = n.changes, flaws = n.flaws, effects = n.effects
FROM unnest(%s::bigint[], %s::jsonb[], %s::text[], %s::text[], %s::jsonb[], %s::jsonb[], %s::jsonb[])
    AS n (id, cells, state, key, changes, flaws, effects)
WHERE r.id = n.id
"""
_APPLIED = """
UPDATE imports_importrow r SET state = n.state, flaws = n.flaws, subject = n.subject, undo = n.undo
FROM unnest(%s::bigint[], %s::text[], %s::jsonb[], %s::text[], %s::jsonb[]) AS n (id, state, flaws, subject, undo)
WHERE r.id = n.id
"""
_TALLIES = "SELECT state, count(*) FROM imports_importrow WHERE session_id = %s GROUP BY state"
_EFFECTS = """
SELECT e.key, sum(e.value::bigint)::bigint FROM imports_importrow r CROSS JOIN LATERAL jsonb_each_text(r.effects) e
WHERE r.session_id = %s AND r.state IN ('new', 'changed') GROUP BY e.key ORDER BY e.key
"""
_MEND = """
UPDATE imports_importrow SET cells = jsonb_set(cells, ARRAY[%(column)s], to_jsonb(%(mend)s::text))
WHERE session_id = %(session)s AND state = 'to_mend' AND (%(number)s = 0 OR number = %(number)s)
  AND coalesce(cells ->> %(column)s, '') = %(old)s
RETURNING set_number
"""
_REPEATS = """
SELECT p.name, p.value, count(*)
FROM unnest(%s::text[], %s::text[]) AS p (name, value)
JOIN imports_importrow r ON r.session_id = %s AND r.state = 'to_mend' AND coalesce(r.cells ->> p.name, '') = p.value
GROUP BY p.name, p.value
"""


def write_set(session: ImportSession, number: int, rows: Sequence[ReadRow], verdicts: Sequence[Verdict]) -> None:
    """Append a set of judged rows."""
    owner = (session.seller_id, session.pk)
    written = [
        (*owner, row.number, dict(row.cells), *_verdict(verdict), number, "", {})
        for row, verdict in zip(rows, verdicts, strict=True)
    ]
    copy_rows("imports_importrow", (*_COLUMNS, *_OWN), written)


def write_verdicts(rows: Sequence[ImportRow], verdicts: Sequence[Verdict]) -> None:
    """Judge rows that are here already once more."""
    told = [_verdict(verdict) for verdict in verdicts]
    state, key, changes, flaws, effects = zip(*told, strict=True) if told else ((),) * 5
    values = [
        int_array(row.pk for row in rows),
        text_array(text(row.cells) for row in rows),
        text_array(state),
        text_array(key),
        *(text_array(map(text, column)) for column in (changes, flaws, effects)),
    ]
    with connection.cursor() as cursor:
        cursor.execute(_JUDGED, values)


def write_outcomes(rows: Sequence[ImportRow]) -> None:
    """What became of rows: their state, flaws, subject and what takes them back."""
    values = [
        int_array(row.pk for row in rows),
        text_array(row.state for row in rows),
        text_array(text(row.flaws) for row in rows),
        text_array(row.subject for row in rows),
        text_array(text(row.undo) for row in rows),
    ]
    with connection.cursor() as cursor:
        cursor.execute(_APPLIED, values)


def mend(session_id: int, column: str, change: tuple[str, str], number: int) -> list[int]:
    """Put another value in the cells to mend that hold the old one, of one row or (0) of all; the set of each."""
    old, new = change
    values: dict[str, int | str] = {"session": session_id, "column": column, "old": old, "mend": new, "number": number}
    with connection.cursor() as cursor:
        cursor.execute(_MEND, values)
        return [row[0] for row in cursor.fetchall()]


def tallies(session_id: int) -> dict[str, int]:
    """How many rows are in each state."""
    return dict(_all(_TALLIES, session_id))


def repeats(session_id: int, cells: Sequence[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """In how many rows to mend each of these cells (column, value) stands."""
    if not cells:
        return {}
    names, values = zip(*sorted(set(cells)), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(_REPEATS, [text_array(names), text_array(values), session_id])
        return {(row[0], row[1]): row[2] for row in cursor.fetchall()}


def effects(session_id: int) -> dict[str, int]:
    """What the rows that can be applied would do, summed."""
    return dict(_all(_EFFECTS, session_id))


def _all(statement: str, session_id: int) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [session_id])
        rows: list[Any] = cursor.fetchall()
        return rows


def _verdict(verdict: Verdict) -> tuple[Any, ...]:
    changes = [{"column": each.column, "old": each.old, "new": each.new} for each in verdict.changes]
    return verdict.state, verdict.key[:120], changes, [as_kept(flaw) for flaw in verdict.flaws], dict(verdict.effects)
