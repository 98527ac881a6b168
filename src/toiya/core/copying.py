"""COPY into a table on Django's own connection: the fast way in for sets of rows."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import chain, islice
from typing import Any

from django.db import connection

_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_needs_quoting = re.compile(r'["\\]').search
NULL = "".join(("\\", "N"))  # compared by identity: someone's own text may read the same

_AT_ONCE = 250  # rows sent together


def int_array(values: Iterable[int]) -> str:
    """Whole numbers as one array parameter, for `%s::bigint[]`. Ten times faster than the driver's own form."""
    return "{" + ",".join(map(str, values)) + "}"


def optional_int_array(values: Iterable[int | None]) -> str:
    """Whole numbers or NULLs as one array parameter."""
    return "{" + ",".join(["NULL" if value is None else str(value) for value in values]) + "}"


def text_array(values: Iterable[str]) -> str:
    """Texts as one array parameter, for `%s::text[]`."""
    listed = list(values)
    if not listed:
        return "{}"
    joined = '","'.join(listed)
    if "\\" in joined or joined.count('"') != 2 * (len(listed) - 1):
        joined = '","'.join([value.replace("\\", "\\\\").replace('"', '\\"') for value in listed])
    return f'{{"{joined}"}}'


def optional_text_array(values: Iterable[str | None]) -> str:
    """Texts or NULLs as one array parameter."""
    return "{" + ",".join(["NULL" if value is None else _quoted(value) for value in values]) + "}"


def _quoted(value: str) -> str:
    if _needs_quoting(value):
        value = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{value}"'


def text(value: Any) -> str:
    """One value as a cell of `copy_texts`: None is NULL, dicts become JSON, instants ISO."""
    if value is None:
        return NULL
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return str(value)


def copy_rows(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Append rows to a table; values in the order of `columns`. Table and column names are ours, never input."""
    copy_texts(table, columns, [tuple([text(value) for value in row]) for row in rows])


def copy_texts(table: str, columns: Sequence[str], rows: Iterable[tuple[str, ...]]) -> None:
    """
    Append rows whose cells are texts already, as the column's type reads them; `NULL` for nothing at all.

    Rows may be made on the way: the server stores the first of them while the next are made. Making them must not
    use the database.
    """
    parts = _parts(iter(rows))
    first = next(parts, None)
    if first is None:
        return
    statement = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
    # Django does not see COPY, so without the wrapper the driver's own errors would escape instead of Django's.
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
        for part in chain([first], parts):
            copy.write(_lines(part, len(columns)))


def _parts(rows: Iterator[tuple[str, ...]]) -> Iterator[list[tuple[str, ...]]]:
    while part := list(islice(rows, _AT_ONCE)):
        yield part


def _lines(rows: Sequence[tuple[str, ...]], columns: int) -> str:
    lines = "\n".join(map("\t".join, rows)) + "\n"
    # Looking at all of them for what must be escaped is many times cheaper than looking at each cell.
    if _is_plain(lines, rows, columns):
        return lines
    return "".join(["\t".join(map(_escaped, row)) + "\n" for row in rows])


def _is_plain(lines: str, rows: Sequence[tuple[str, ...]], columns: int) -> bool:
    if "\r" in lines or lines.count("\t") != len(rows) * (columns - 1) or lines.count("\n") != len(rows):
        return False
    backslashes = lines.count("\\")
    return not backslashes or backslashes == len([1 for row in rows for cell in row if cell is NULL])


def _escaped(cell: str) -> str:
    return cell if cell is NULL else cell.translate(_ESCAPES)


def next_ids(sequence: str, count: int) -> list[int]:
    """Draw `count` ids at once, so that rows and their children can be written in one go."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s::regclass) FROM generate_series(1, %s)", [sequence, count])
        return [row[0] for row in cursor.fetchall()]
