"""COPY and array parameters carry every text and number to the database and back unchanged."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from toiya.core.copying import NULL, copy_columns, copy_rows, int_array, next_ids, optional_int_array, text_array

# What a PostgreSQL text can hold: everything but NUL and lone surrogates.
LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
TROUBLE = st.sampled_from(["\t", "\n", "\r", "\\", "\\N", "\\.", '"', "'", "{", "}", ",", "NULL", "", " ", "\\t", "田"])
TEXTS = st.one_of(st.text(LETTERS), st.lists(TROUBLE).map("".join))
WHOLE = st.integers(min_value=-(2**63), max_value=2**63 - 1)
with_a_table = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)


@pytest.fixture
def table(db: None) -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE carried (place int, words text, number bigint, is_so boolean, day date, "
            "at timestamptz, data jsonb)"
        )
        yield "carried"
        cursor.execute("DROP TABLE carried")


def rows_of(table: str, columns: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {table} ORDER BY place")
        rows = cursor.fetchall()
        cursor.execute(f"DELETE FROM {table}")
        return rows


@with_a_table
@given(st.lists(st.tuples(st.one_of(st.none(), TEXTS), st.one_of(st.none(), WHOLE)), max_size=8))
def test_every_text_and_number_and_nothing_at_all_survive_a_copy(
    table: str, rows: list[tuple[str | None, int | None]]
) -> None:
    copy_rows(table, ("place", "words", "number"), [(place, *row) for place, row in enumerate(rows)])
    assert rows_of(table, "words, number") == rows


def test_booleans_days_instants_and_json_survive_a_copy(table: str) -> None:
    at, day = datetime(2026, 11, 22, 3, 4, 5, 678_900, tzinfo=UTC), date(2026, 2, 28)
    data = {"name": 'tab\there "quoted" \\ 田中', "numbers": [1, None, True]}
    copy_rows(table, ("place", "is_so", "day", "at", "data"), [(1, True, day, at, data), (2, False, None, None, [])])
    with connection.cursor() as cursor:
        cursor.execute("SELECT is_so, day, at, data = %s::jsonb FROM carried ORDER BY place", ['"x"'])
        assert [row[:3] for row in cursor.fetchall()] == [(True, day, at), (False, None, None)]
        cursor.execute("SELECT data ->> 'name', data #>> '{numbers,2}' FROM carried WHERE place = 1")
        assert cursor.fetchone() == (data["name"], "true")


@with_a_table
@given(st.lists(TEXTS, max_size=8))
def test_texts_survive_as_an_array_parameter(table: str, texts: list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t FROM unnest(%s::text[]) WITH ORDINALITY AS u (t, place) ORDER BY place", [text_array(texts)]
        )
        assert [row[0] for row in cursor.fetchall()] == texts


@with_a_table
@given(st.lists(st.one_of(st.none(), WHOLE), max_size=8))
def test_numbers_and_nothing_survive_as_an_array_parameter(table: str, numbers: list[int | None]) -> None:
    present = [number for number in numbers if number is not None]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ARRAY(SELECT unnest(%s::bigint[])), ARRAY(SELECT unnest(%s::bigint[]))",
            [optional_int_array(numbers), int_array(present)],
        )
        assert cursor.fetchone() == (numbers, present)


@pytest.mark.django_db
def test_ids_are_drawn_once_each() -> None:
    first, second = next_ids("orders_order_id_seq", 5), next_ids("orders_order_id_seq", 3)
    assert len({*first, *second}) == 8
    assert [*first, *second] == sorted([*first, *second])


def test_what_stands_in_every_row_is_escaped_as_well_and_may_be_nothing(table: str) -> None:
    places = [["1", "2"], ["3"]]
    copy_columns(table, ("place", "words", "number"), [(part, "tab\there \\N", NULL) for part in places])
    assert rows_of(table, "place, words, number") == [(place, "tab\there \\N", None) for place in (1, 2, 3)]


@pytest.mark.parametrize("part", [(["1", "2"], ["a"]), ("1", "a")])
def test_columns_of_unlike_length_and_rows_without_a_number_are_no_table(
    table: str, part: tuple[str | list[str], str | list[str]]
) -> None:
    with pytest.raises(ValueError, match="equally long"), transaction.atomic():
        copy_columns(table, ("place", "words"), [part])
    assert rows_of(table, "place") == []
