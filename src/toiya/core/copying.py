"""COPY into a table on Django's own connection: the fast way in for sets of rows."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection

_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_needs_escape = re.compile(r"[\\\t\n\r]").search
_needs_escape_in_row = re.compile(r"[\\\n\r]").search
_needs_quoting = re.compile(r'["\\]').search


def text(value: Any) -> str:
    """One value in COPY's text form: None is NULL, dicts become JSON, instants ISO."""
    kind = value.__class__
    if kind is str:
        return value.translate(_ESCAPES) if _needs_escape(value) else value  # type: ignore[no-any-return]
    if kind is int:
        return str(value)
    if value is None:
        return "\\N"
    if kind is bool:
        return "t" if value else "f"
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    return str(value).translate(_ESCAPES)


def text_row(values: Sequence[str]) -> str:
    """One line of COPY's text form from texts that may hold anything; looks at the whole line first, which is fast."""
    line = "\t".join(values)
    if _needs_escape_in_row(line) or line.count("\t") != len(values) - 1:
        line = "\t".join([value.translate(_ESCAPES) for value in values])
    return line + "\n"


def int_array(values: Iterable[int]) -> str:
    """Whole numbers as one array parameter, for `%s::bigint[]`. Ten times faster than the driver's own form."""
    return "{" + ",".join(map(str, values)) + "}"


def optional_int_array(values: Iterable[int | None]) -> str:
    """Whole numbers or NULLs as one array parameter."""
    return "{" + ",".join(["NULL" if value is None else str(value) for value in values]) + "}"


def text_array(values: Iterable[str]) -> str:
    """Texts as one array parameter, for `%s::text[]`."""
    return "{" + ",".join([_quoted(value) for value in values]) + "}"


def optional_text_array(values: Iterable[str | None]) -> str:
    """Texts or NULLs as one array parameter."""
    return "{" + ",".join(["NULL" if value is None else _quoted(value) for value in values]) + "}"


def _quoted(value: str) -> str:
    if _needs_quoting(value):
        value = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{value}"'


def copy_rows(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Append rows to a table; values in the order of `columns`. Table and column names are ours, never input."""
    lines = "".join(["\t".join([text(value) for value in row]) + "\n" for row in rows])
    copy_lines(table, columns, lines)


def copy_lines(table: str, columns: Sequence[str], lines: str) -> None:
    """Append ready-made lines in COPY's text form, each ended by a line feed."""
    statement = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
    # Django does not see COPY, so without the wrapper the driver's own errors would escape instead of Django's.
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write(lines)


def next_ids(sequence: str, count: int) -> list[int]:
    """Draw `count` ids at once, so that rows and their children can be written in one go."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s::regclass) FROM generate_series(1, %s)", [sequence, count])
        return [row[0] for row in cursor.fetchall()]
