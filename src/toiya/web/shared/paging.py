"""Cursor paging over a queryset: exact to 10,000, constant number of queries, a deleted row never breaks it."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import Model, Q, QuerySet
from django.http import QueryDict

Row = TypeVar("Row", bound=Model)
EXACT_UP_TO = 10_000
PAGE_SIZE = 50
NAME = "at"


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """The rows of one page, where they stand, and the cursors of its neighbours (empty: none)."""

    rows: Sequence[Row]
    start: int
    total: int
    total_is_exact: bool
    previous: str = ""
    next: str = ""

    def __iter__(self) -> Any:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def end(self) -> int:
        return self.start + len(self.rows) - 1 if self.rows else 0


@dataclass(frozen=True, slots=True)
class _Cursor:
    values: list[Any]
    position: int
    is_backward: bool


def page_of(queryset: QuerySet[Row], query: QueryDict, order: Sequence[str], size: int = PAGE_SIZE) -> Page[Row]:
    """
    One page in `order`, read with two queries: the rows and the count.

    :param query: request.GET; the cursor is its `at`, one that cannot be read gives the first page
    :param order: names of columns that are never null, the last one unique, such as ("-placed_at", "-id")
    """
    total = queryset.order_by()[: EXACT_UP_TO + 1].count()
    cursor = _read(queryset.model, query.get(NAME, ""), order)
    is_backward = bool(cursor and cursor.is_backward)
    names = [_turned(name) for name in order] if is_backward else list(order)
    found = queryset.order_by(*names)
    if cursor:
        found = found.filter(_beyond(names, cursor.values))
    rows = list(found[: size + 1])
    has_more, rows = len(rows) > size, rows[:size]
    if is_backward:
        rows.reverse()
    start = _start(cursor, len(rows), has_more) if rows else 0
    has_previous, has_next = (has_more, True) if is_backward else (cursor is not None, has_more)
    return Page(
        rows=rows,
        start=start,
        total=min(total, EXACT_UP_TO),
        total_is_exact=total <= EXACT_UP_TO,
        previous=_write(rows[0], order, start, "b") if rows and has_previous else "",
        next=_write(rows[-1], order, start + len(rows) - 1, "f") if rows and has_next else "",
    )


def _start(cursor: _Cursor | None, count: int, has_more: bool) -> int:
    if cursor is None:
        return 1
    if cursor.is_backward:
        return max(cursor.position - count, 1) if has_more else 1
    return cursor.position + 1


def _turned(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _beyond(names: Sequence[str], values: Sequence[Any]) -> Q:
    """Rows after these values: for (a, b) it is a >= x and (a > x or (a = x and b > y)), which an index serves."""
    either, same = Q(), Q()
    for name, value in zip(names, values, strict=True):
        column, step = name.lstrip("-"), "lt" if name.startswith("-") else "gt"
        either |= same & Q(**{f"{column}__{step}": value})
        same &= Q(**{column: value})
    first = names[0]
    bound = "lte" if first.startswith("-") else "gte"
    return Q(**{f"{first.lstrip('-')}__{bound}": values[0]}) & either


def _write(row: Model, order: Sequence[str], position: int, way: str) -> str:
    values = [getattr(row, name.lstrip("-")) for name in order]
    told = json.dumps([way, position, *values], default=_plain, separators=(",", ":"))
    return base64.urlsafe_b64encode(told.encode()).rstrip(b"=").decode()


def _plain(value: Any) -> str:
    """Instants with their microseconds, which must come back equal."""
    return value.isoformat() if isinstance(value, date) else str(value)


def _read(model: type[Model], text: str, order: Sequence[str]) -> _Cursor | None:
    try:
        told = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        way, position, *values = told
        if way not in {"f", "b"} or len(values) != len(order):
            return None
        columns = [model._meta.get_field(name.lstrip("-")) for name in order]
        known = [column.to_python(value) for column, value in zip(columns, values, strict=True)]  # type: ignore[union-attr]
        return _Cursor(known, int(position), way == "b") if None not in known else None
    except (ValueError, TypeError, binascii.Error, ValidationError, FieldDoesNotExist, OverflowError, RecursionError):
        return None
