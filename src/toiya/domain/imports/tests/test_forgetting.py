"""What stood in a file is gone at its deadline, everywhere; what became of its rows stays."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection

from tests.imports_world import applied, checked, csv_file, owner_of, states, undone
from tests.world import NOON, a_seller
from toiya.core import papers
from toiya.core.models import EventRow
from toiya.domain.imports.actions.handing_in import throw_away
from toiya.domain.imports.jobs import sweep_at
from toiya.domain.imports.models import ImportSession
from toiya.domain.imports.tests.stand_in import NotesSheet
from toiya.domain.members.models import Seller

pytestmark = pytest.mark.django_db
HEAD = ["Key", "Amount", "Text"]
NAME = "田中みなみの住所"
DUE = NOON + timedelta(days=90, seconds=1)


@pytest.fixture
def seller() -> Seller:
    return a_seller()


def a_file(*rows: list[str]) -> bytes:
    return csv_file(HEAD, *(rows or (["A", "1", NAME], ["B", f"x{NAME}", ""])))


def places_of_the_name() -> set[str]:
    """Every table that holds the name in any of its columns."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s', [f"%{NAME}%"])
            if cursor.fetchone()[0]:
                found.add(table)
    return found


def swept(session: ImportSession, at: datetime) -> ImportSession:
    sweep_at(at)
    session.refresh_from_db()
    return session


def test_an_applied_file_is_forgotten_after_ninety_days_and_can_still_be_undone(
    seller: Seller, notes: NotesSheet
) -> None:
    session = applied(checked(seller, "notes", a_file()))
    assert swept(session, NOON + timedelta(days=90)).forgotten_at is None
    assert places_of_the_name() == {"imports_importrow"}
    session = swept(session, DUE)
    assert (session.status, session.forgotten_at, states(session)) == ("done", DUE, {2: "applied", 3: "to_mend"})
    assert (session.rows, session.rows_applied, session.effects) == (2, 1, {"new": 1, "sum": 1})
    assert places_of_the_name() == set()
    assert EventRow.objects.get(name="import.rows_forgotten").data == {"rows": 2}
    sweep_at(DUE + timedelta(days=1))
    assert EventRow.objects.filter(name="import.rows_forgotten").count() == 1
    assert (undone(session).status, notes.notes) == ("undone", {})


@pytest.mark.parametrize("content", [a_file(), csv_file(["My keys", "Amounts"], [NAME, "1"])], ids=["rows", "samples"])
def test_a_file_nobody_decided_about_is_thrown_away_with_the_file_itself(
    seller: Seller, notes: NotesSheet, content: bytes
) -> None:
    session = checked(seller, "notes", content)
    key = session.storage_key
    assert papers.cupboard().exists(key)
    session = swept(session, DUE)
    assert (session.status, session.storage_key, states(session)) == ("dropped", "", {})
    assert not papers.cupboard().exists(key)
    assert places_of_the_name() == set()


def test_what_is_thrown_away_is_gone_at_once_and_the_file_by_the_next_night(seller: Seller, notes: NotesSheet) -> None:
    for content in (a_file(), csv_file(["My keys", "Amounts"], [NAME, "1"])):
        session = checked(seller, "notes", content)
        throw_away(session_code=session.code, actor=owner_of(seller), at=NOON)
        assert places_of_the_name() == set()
        assert papers.cupboard().exists(session.storage_key)
        assert swept(session, NOON + timedelta(days=1)).storage_key == ""


def test_the_rest_of_a_file_applied_in_part_is_given_up_and_one_at_work_is_left(
    seller: Seller, notes: NotesSheet
) -> None:
    part = applied(checked(seller, "notes", a_file()))
    ImportSession.objects.filter(pk=part.pk).update(status="checked", ended_at=None)
    work = checked(seller, "notes", a_file(["C", "3", NAME]))
    ImportSession.objects.filter(pk=work.pk).update(status="applying")
    part = swept(part, DUE)
    assert (part.status, part.ended_at, states(part)) == ("done", DUE, {2: "applied", 3: "to_mend"})
    work.refresh_from_db()
    assert (work.status, work.forgotten_at, work.import_rows.get().cells["text"]) == ("applying", None, NAME)
