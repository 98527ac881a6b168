"""COPY into a table on Django's own connection: the fast way in for sets of rows."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from itertools import chain, groupby, repeat
from typing import Any, TypeVar

from django.db import connection

_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_needs_quoting = re.compile(r'["\\]').search
NULL = "".join(("\\", "N"))  # compared by identity: someone's own text may read the same

Column = str | Sequence[str]  # what stands in every row, or the cells
Row = TypeVar("Row")
_AT_ONCE = 500  # rows sent together


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
    """One value as a cell of `copy_columns`: None is NULL, dicts become JSON, instants ISO."""
    if value is None:
        return NULL
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return str(value)


def copy_rows(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Append rows to a table; values in the order of `columns`. Table and column names are ours, never input."""
    if rows:
        copy_columns(table, columns, [[[text(value) for value in column] for column in zip(*rows, strict=True)]])


def copy_columns(table: str, columns: Sequence[str], parts: Iterable[Sequence[Column]]) -> None:
    """
    Append rows, given column by column: a list of cells, or one text that stands in every row.

    Cells are texts as the column's type reads them, `NULL` for nothing at all. Several parts are several times so
    many rows, and may be made on the way: the server stores the first of them while the next are made. Making them
    must not use the database.
    """
    whole = iter(parts)
    first = next(whole, None)
    if first is None:
        return
    statement = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
    # Django does not see COPY, so without the wrapper the driver's own errors would escape instead of Django's.
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
        for part in chain([first], whole):
            copy.write(_lines(part))


def in_parts(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    """The rows in pieces that are worth sending apart."""
    for start in range(0, len(rows), _AT_ONCE):
        yield rows[start : start + _AT_ONCE]


def _lines(part: Sequence[Column]) -> str:
    if len({len(column) for column in part if not isinstance(column, str)}) != 1:
        raise ValueError("columns of one part are equally long, and one at least is a list")
    cells: list[Iterable[str]] = []
    for is_same, group in groupby(part, key=_is_same):
        together = list(group)
        cells.extend(
            [repeat("\t".join([_escaped(str(cell)) for cell in together]))] if is_same else map(_cells, together)
        )
    return "\n".join(map("\t".join, zip(*cells))) + "\n"  # noqa: B905  what is the same in every row has no end


def _is_same(column: Column) -> bool:
    return isinstance(column, str)


def _cells(column: Sequence[str]) -> Sequence[str]:
    # Looking at all of them for what must be escaped is many times cheaper than looking at each cell.
    together = "".join(column)
    if "\\" in together or "\t" in together or "\n" in together or "\r" in together:
        return list(map(_escaped, column))
    return column


def _escaped(cell: str) -> str:
    return cell if cell is NULL else cell.translate(_ESCAPES)


@contextmanager
def planned_anew() -> Iterator[None]:
    """
    Statements in here are planned with the values they get, each time: for look-ups of many keys in a growing table.

    A prepared one keeps the plan it got while the table was small, until the table is analysed. Going through all its
    rows and comparing each with ten thousand keys in turn, it took a minute.
    """
    driver = connection.connection
    before, driver.prepare_threshold = driver.prepare_threshold, None
    try:
        yield
    finally:
        driver.prepare_threshold = before


def next_ids(sequence: str, count: int) -> list[int]:
    """Draw `count` ids at once, so that rows and their children can be written in one go."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(nextval(%s::regclass)::text, ',') FROM generate_series(1, %s)", [sequence, count]
        )
        drawn: str | None = cursor.fetchone()[0]
    return list(map(int, drawn.split(","))) if drawn else []
