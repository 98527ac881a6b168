"""A row that points to nothing, or to another seller's row, is named: for every column that points anywhere (I14)."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from tests.verify.whole_house import LATER, House
from toiya.config.truths import all_checks, all_references, all_tables
from toiya.core.checks import Problem, Reference, run
from toiya.core.references import key_of, of_partners

pytestmark = pytest.mark.django_db
TABLES = {model._meta.db_table: model for model in all_tables()}
NOWHERE = 999_999_999


def _has_seller(table: str) -> bool:
    return any(field.column == "seller_id" for field in TABLES[table]._meta.concrete_fields)


def _named(reference: Reference) -> str:
    return f"{reference.table}.{reference.column}"


def _key(table: str) -> str:
    return key_of(TABLES[table])


def _candidates(reference: Reference) -> list[tuple[int | str, int | str]]:
    """Pairs of a row of the table and a row of another seller it might point to."""
    child, parent = _key(reference.table), _key(reference.parent)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT c.{child}, p.{parent} FROM {reference.table} c "
            f"JOIN {reference.parent} p ON p.seller_id <> c.seller_id ORDER BY 2 DESC, 1 LIMIT 60"
        )
        return cursor.fetchall()


def _point(reference: Reference, row: int | str, target: int | str) -> None:
    statement = f"UPDATE {reference.table} SET {reference.column} = %s WHERE {_key(reference.table)} = %s"
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {reference.table} DISABLE TRIGGER USER")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(statement, [target, row])
        assert cursor.rowcount == 1


def _pointed_elsewhere(reference: Reference) -> int | str | None:
    """The row that now points to another seller's row; None when the column is unique and every one is taken."""
    for row, target in _candidates(reference):
        try:
            with transaction.atomic():
                _point(reference, row, target)
        except IntegrityError:
            continue
        return row
    return None


def _given_away(reference: Reference) -> int | str:
    """The row that now belongs to another seller than the one it points to."""
    row, target = _candidates(reference)[0]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT seller_id FROM {reference.parent} WHERE {_key(reference.parent)} = %s", [target])
        seller = cursor.fetchone()[0]
    _point(Reference(reference.table, "seller_id", "members_seller"), row, seller)
    return row


def _found(reference: Reference) -> list[Problem]:
    check = next(check for check in all_checks() if check.code == f"references_of_{reference.table}")
    return [problem for finding in run([check], at=LATER) for problem in finding.problems]


@pytest.mark.parametrize("reference", all_references(), ids=_named)
def test_a_row_that_points_to_nothing_is_named(house: House, reference: Reference) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT min({_key(reference.table)}) FROM {reference.table}")
        row = cursor.fetchone()[0]
    assert row is not None, f"the whole house has no row in {reference.table}"

    _point(reference, row, NOWHERE)

    fault = f"points by {reference.column} to {NOWHERE}, which does not exist."
    assert any(problem.message.endswith(fault) for problem in _found(reference))


@pytest.mark.parametrize(
    "reference",
    [
        each
        for each in all_references()
        if _has_seller(each.table) and _has_seller(each.parent) and each.column not in of_partners(TABLES[each.table])
    ],
    ids=_named,
)
def test_a_row_that_points_to_another_sellers_row_is_named_alone(house: House, reference: Reference) -> None:
    row = _pointed_elsewhere(reference) or _given_away(reference)

    (problem,) = [each for each in _found(reference) if f" by {reference.column} to " in each.message]
    assert problem.message.endswith("which belongs to another seller.")
    assert f" {row} (" in problem.message or reference.column == _key(reference.table)


def test_every_column_that_is_named_like_an_id_is_checked() -> None:
    known = {(reference.table, reference.column) for reference in all_references()}
    columns = {
        (table, field.column)
        for table, model in TABLES.items()
        for field in model._meta.concrete_fields
        if field.column.endswith("_id") and field.get_internal_type() != "CharField"
    }
    assert columns - known == set()
