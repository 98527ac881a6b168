"""Read in another encoding or another sheet: only before applying; what cannot be read so leaves what was read."""

from __future__ import annotations

from typing import Any

import pytest
from openpyxl import Workbook

from tests.imports_world import applied, checked, csv_file, owner_of, saved, states, worked
from tests.world import NOON, a_seller
from toiya.core.models import EventRow
from toiya.domain.imports.actions.reading import JudgedSet, store_set
from toiya.domain.imports.actions.rereading import Choice, NoSuchReading, TooLateToReadAnew, choose_reading
from toiya.domain.imports.flaws import problem_of
from toiya.domain.imports.jobs import go_on
from toiya.domain.imports.models import ImportSession
from toiya.domain.imports.rules import ReadRow
from toiya.domain.imports.tests.stand_in import Killed, NotesSheet
from toiya.domain.members.models import Seller

pytestmark = pytest.mark.django_db
HEAD = ["Key", "Amount", "Text"]
KOREAN = csv_file(HEAD, ["A", "1", "가나"], encoding="cp949")  # also letters of Shift_JIS, other ones


@pytest.fixture
def seller() -> Seller:
    return a_seller()


def a_book() -> bytes:
    book = Workbook()
    first: Any = book.active
    first.title = "April"
    for title, rows in {
        "May": [HEAD, ["B", 2, "y"], ["C", 3, "z"]],
        "Empty": [],
        "Other": [["Name", "Size"], ["D", 4]],
    }.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    for row in (HEAD, ["A", 1, "x"]):
        first.append(row)
    return saved(book)


def anew(session: ImportSession, **choice: str) -> ImportSession:
    choose_reading(session_code=session.code, choice=Choice(**choice), actor=owner_of(session.seller), at=NOON)
    return worked(session)


def text_of_first(session: ImportSession) -> str:
    return str(session.import_rows.get(number=2).cells["text"])


def test_letters_taken_for_others_are_read_as_the_reader_says(seller: Seller, notes: NotesSheet) -> None:
    session = checked(seller, "notes", KOREAN)
    assert (session.encoding, text_of_first(session) == "가나") == ("cp932", False)
    session = anew(session, encoding="cp949")
    assert (session.status, session.encoding, text_of_first(session)) == ("checked", "cp949", "가나")
    assert notes.notes == {}
    event = EventRow.objects.get(name="import.reading_chosen")
    assert (event.subject, event.data["encoding"], event.actor_kind) == (session.code, "cp949", "person")
    assert applied(session).status == "done"
    assert notes.notes == {"A": "1"}


def test_another_sheet_of_the_workbook_is_read(seller: Seller, notes: NotesSheet) -> None:
    session = checked(seller, "notes", a_book())
    assert (session.sheet, session.sheets, states(session)) == ("April", ["April", "May", "Empty", "Other"], {2: "new"})
    session = anew(session, sheet="May")
    assert (session.sheet, states(session), session.effects) == ("May", {2: "new", 3: "new"}, {"new": 2, "sum": 5})
    applied(session)
    assert notes.notes == {"B": "2", "C": "3"}


@pytest.mark.parametrize(
    ("content", "choice", "told"),
    [
        (KOREAN, {"encoding": "utf-8"}, "Line 2 holds letters that are not UTF-8. Choose another encoding."),
        (a_book(), {"sheet": "Empty"}, "The file is empty. Download it once more."),
    ],
    ids=["encoding", "sheet"],
)
def test_a_choice_that_cannot_be_read_leaves_what_was_read(
    seller: Seller, notes: NotesSheet, content: bytes, choice: dict[str, str], told: str
) -> None:
    session = anew(checked(seller, "notes", content), **choice)
    assert (session.status, states(session), problem_of(session)) == ("checked", {2: "new"}, told)
    assert (session.encoding, session.sheet) in {("cp932", ""), ("xlsx", "April")}
    assert notes.notes == {}


def test_where_columns_are_asked_for_the_reader_may_choose_too(seller: Seller, notes: NotesSheet) -> None:
    session = anew(checked(seller, "notes", a_book()), sheet="Other")
    assert (session.status, session.problem, session.rows, states(session)) == ("reading", "columns_wanted", 0, {})
    session = anew(session, sheet="Empty")
    assert (session.problem, problem_of(session)) == ("", "The file is empty. Download it once more.")
    assert (session.status, session.sheet) == ("checked", "April"), "read as we would, when nothing else is here"


def test_it_is_too_late_once_it_is_applied_and_only_what_is_listed_can_be_chosen(
    seller: Seller, notes: NotesSheet
) -> None:
    session = checked(seller, "notes", a_book())
    for wrong in (Choice(sheet="June"), Choice(encoding="cp932"), Choice()):
        with pytest.raises(NoSuchReading):
            choose_reading(session_code=session.code, choice=wrong, actor=owner_of(seller), at=NOON)
    applied(session)
    with pytest.raises(TooLateToReadAnew):
        choose_reading(session_code=session.code, choice=Choice(sheet="May"), actor=owner_of(seller), at=NOON)
    session.refresh_from_db()
    assert (session.status, session.readings, states(session)) == ("done", 0, {2: "applied"})


def test_a_reading_that_was_killed_goes_on_and_one_of_before_stores_nothing(seller: Seller, notes: NotesSheet) -> None:
    session = checked(seller, "notes", a_book())
    choice = Choice(sheet="May")
    for _ in range(2):
        choose_reading(session_code=session.code, choice=choice, actor=owner_of(seller), at=NOON)
    notes.dies_at = "C"
    with pytest.raises(Killed):
        worked(session)
    stale = JudgedSet(0, 1, 0, [ReadRow(2, {"key": "A"})], [])
    assert not store_set(session_id=session.pk, judged=stale, actor=owner_of(seller), at=NOON)
    notes.dies_at = ""
    go_on(session.pk, NOON)
    session.refresh_from_db()
    assert (session.status, session.readings, states(session)) == ("checked", 1, {2: "new", 3: "new"})
