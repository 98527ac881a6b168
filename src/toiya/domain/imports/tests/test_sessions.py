"""A file from upload to undo: judged without writing, applied in sets, never twice, continued, taken back."""

from __future__ import annotations

import pytest

from tests.imports_world import (
    applied,
    checked,
    csv_file,
    excel_file,
    flaws,
    handed_in,
    owner_of,
    states,
    undone,
    worked,
)
from tests.world import NOON, a_member, a_seller, actor_for
from toiya.core import papers
from toiya.core.models import EventRow
from toiya.core.sheets import read_sheet
from toiya.domain.imports import rules
from toiya.domain.imports.actions.applying import NotAllGood, NothingToApply, want_applying
from toiya.domain.imports.actions.handing_in import (
    ColumnsMissing,
    HandIn,
    NotYours,
    TooLateToThrowAway,
    hand_in,
    name_columns,
    throw_away,
)
from toiya.domain.imports.actions.mending import Mend, NothingToMend, mend_cells
from toiya.domain.imports.actions.undoing import NothingToUndo, UndoneElsewhere, want_undo
from toiya.domain.imports.flaws import told
from toiya.domain.imports.models import ImportRow, ImportSession
from toiya.domain.imports.papers import rows_to_mend, template
from toiya.domain.imports.tests.stand_in import Killed, NotesSheet
from toiya.domain.members.models import Seller

pytestmark = pytest.mark.django_db
HEAD = ["Key", "Amount", "Text"]


@pytest.fixture
def seller() -> Seller:
    return a_seller()


def many(count: int, first: int = 1) -> list[list[str]]:
    return [HEAD, *([f"K-{number}", str(number), "x"] for number in range(first, first + count))]


@pytest.mark.seed("L01", "A119")
def test_a_bad_row_never_stops_its_neighbours(seller: Seller, notes: NotesSheet) -> None:
    session = checked(seller, "notes", csv_file(HEAD, ["A", "1", ""], ["B", "１０個", ""], ["C", "3", ""]))
    assert (session.status, session.rows, session.effects) == ("checked", 3, {"new": 2, "sum": 4})
    assert states(session) == {2: "new", 3: "to_mend", 4: "new"}
    assert notes.notes == {}, "nothing is written before Apply"
    session = applied(session)
    assert (session.status, session.rows_applied) == ("done", 2)
    assert notes.notes == {"A": "1", "C": "3"}
    assert list(EventRow.objects.filter(subject=session.code).order_by("id").values_list("name", flat=True)) == [
        "import.handed_in",
        "import.checked",
        "import.applying_wanted",
        "import.applied",
    ]


@pytest.mark.seed("L01")
def test_all_or_nothing_waits_for_the_last_row_and_applies_none_when_one_fails(
    seller: Seller, notes: NotesSheet
) -> None:
    session = checked(seller, "notes", csv_file(HEAD, ["A", "1", ""], ["B", "x", ""]))
    with pytest.raises(NotAllGood):
        want_applying(session_code=session.code, is_all_or_nothing=True, actor=owner_of(seller), at=NOON)
    assert ImportSession.objects.get().status == "checked"
    mend_cells(session_code=session.code, mend=Mend("amount", "x", "2"), actor=owner_of(seller), at=NOON)
    notes.fails = {"B"}
    session.refresh_from_db()
    session = applied(session, whole=True)
    assert (session.status, session.problem, session.rows_applied) == ("checked", "not_all_applied", 0)
    assert (states(session), flaws(session)) == ({2: "new", 3: "to_mend"}, {3: [("key", "gone")]})


@pytest.mark.seed("L01")
def test_the_same_file_twice_is_one_session_and_changes_nothing(seller: Seller, notes: NotesSheet) -> None:
    content = csv_file(HEAD, ["A", "1", ""])
    first = applied(checked(seller, "notes", content))
    again = handed_in(seller, "notes", content)
    assert (again.is_known, again.session) == (True, first)
    assert ImportSession.objects.count() == 1
    other = checked(seller, "notes", csv_file(HEAD, ["A", "1", "same row in another file"]))
    assert states(other) == {2: "unchanged"}
    with pytest.raises(NothingToApply):
        want_applying(session_code=other.code, is_all_or_nothing=False, actor=owner_of(seller), at=NOON)
    assert notes.times_applied == {"A": 1}


@pytest.mark.seed("L01")
@pytest.mark.parametrize(
    ("make", "ending"),
    [(lambda *rows: csv_file(*rows, encoding="cp932"), "csv"), (csv_file, "csv"), (excel_file, "xlsx")],
    ids=["cp932", "utf-8", "xlsx"],
)
def test_the_rows_to_mend_come_back_as_the_same_kind_of_file_and_that_file_goes_on(
    seller: Seller, notes: NotesSheet, make: object, ending: str
) -> None:
    content = make(["キー", "金額", "メモ"], ["A", "1", "よい"], ["B", "１０個", "=1+1"])  # type: ignore[operator]
    session = applied(checked(seller, "notes", content))
    file = rows_to_mend(session, "en")
    assert file.name == f"{session.code}.{ending}"
    sheet = read_sheet(file.content)
    assert sheet.encoding == session.encoding
    assert sheet.rows[0].cells == ("キー", "金額", "メモ", f"Errors ({session.code})")
    assert sheet.rows[1].cells[3] == "金額: “10個” is not a number. Write digits."

    mended = [[*sheet.rows[0].cells], ["B", "10", "よい", ""]]
    more = checked(seller, "notes", csv_file(*mended))
    assert (more.continues, states(more)) == (session.code, {2: "new"})
    applied(more)
    assert notes.notes == {"A": "1", "B": "10"}


@pytest.mark.parametrize(
    "words",
    [HEAD, ["キー", "金額", "文章"], ["键", "金额", "文字"], ["키", "금액", "글"], ["Ｋｅｙ *", "amount", "TEXT"]],
)
def test_headings_are_known_in_four_languages(seller: Seller, notes: NotesSheet, words: list[str]) -> None:
    session = checked(seller, "notes", csv_file(["title of the sheet"], words, ["A", "1", "x"]))
    assert (session.status, states(session)) == ("checked", {3: "new"})


def test_unknown_headings_are_asked_once_with_guesses_and_then_understood(seller: Seller, notes: NotesSheet) -> None:
    session = checked(seller, "notes", csv_file(["My keys", "Amounts"], ["A", "1"]))
    assert (session.status, session.problem, session.details["missing"]) == (
        "reading",
        "columns_wanted",
        ["key", "amount"],
    )
    assert rules.guesses(session.details["headings"], notes.columns) == {0: "key", 1: "amount"}
    owner = owner_of(seller)
    with pytest.raises(ColumnsMissing):
        name_columns(session_code=session.code, meanings={1: "amount"}, actor=owner, at=NOON)
    name_columns(session_code=session.code, meanings={0: "key", 1: "amount"}, actor=owner, at=NOON)
    assert worked(session).status == "checked"
    assert checked(seller, "notes", csv_file(["MY KEYS", "amounts"], ["B", "2"])).status == "checked"
    stranger = checked(a_seller("Kumo"), "notes", csv_file(["My keys", "Amounts"], ["B", "2"]))
    assert stranger.problem == "columns_wanted", "what one seller said is nothing to another"


def test_one_press_mends_all_cells_that_hold_the_same(seller: Seller, notes: NotesSheet) -> None:
    rows = [HEAD, *([f"K-{number}", "１０個", ""] for number in range(4500)), ["Z", "x", ""]]
    session = checked(seller, "notes", csv_file(*rows))
    owner = owner_of(seller)
    one = mend_cells(session_code=session.code, mend=Mend("amount", "10個", "10", 2), actor=owner, at=NOON)
    assert (one, states(session)[2], states(session)[3]) == (1, "new", "to_mend")
    rest = mend_cells(session_code=session.code, mend=Mend("amount", "10個", "10"), actor=owner, at=NOON)
    session.refresh_from_db()
    assert (rest, session.status) == (4499, "reading"), "many sets are judged by the job"
    session = worked(session)
    assert session.status == "checked"
    assert session.effects == {"new": 4500, "sum": 45_000}
    assert session.import_rows.filter(state="to_mend").count() == 1
    with pytest.raises(NothingToMend):
        mend_cells(session_code=session.code, mend=Mend("amount", "10個", "10"), actor=owner, at=NOON)


def test_a_key_twice_is_found_across_sets(seller: Seller, notes: NotesSheet) -> None:
    session = checked(seller, "notes", csv_file(*many(1500), ["K-1", "9", ""]))
    assert flaws(session) == {1502: [("", "twice")]}
    kept = session.import_rows.get(number=1502).flaws[0]
    assert told(notes, kept) == "K-1 stands in row 2 already. Delete one of the two."


def test_a_killed_reading_starts_again_and_gives_the_same(seller: Seller, notes: NotesSheet) -> None:
    session = handed_in(seller, "notes", csv_file(*many(2500))).session
    notes.dies_at = "K-1700"
    with pytest.raises(Killed):
        worked(session)
    session.refresh_from_db()
    assert (session.status, session.rows_read) == ("reading", 1000)
    notes.dies_at = ""
    session = worked(session)
    assert (session.status, session.rows_read, len(states(session))) == ("checked", 2500, 2500)
    key = session.storage_key
    assert papers.cupboard().exists(key), "it may be read anew until it is applied"
    assert applied(session).storage_key == ""
    assert not papers.cupboard().exists(key)


def test_a_killed_apply_goes_on_and_applies_no_row_twice(seller: Seller, notes: NotesSheet) -> None:
    session = checked(seller, "notes", csv_file(*many(2500)))
    notes.dies_at = "K-1001"  # the first row of the second set
    with pytest.raises(Killed):
        applied(session)
    session.refresh_from_db()
    assert (session.status, session.rows_applied) == ("applying", 1000)
    notes.dies_at = ""
    session = worked(session)
    assert (session.status, session.rows_applied) == ("done", 2500)
    assert set(notes.times_applied.values()) == {1}
    worked(session)
    assert set(notes.times_applied.values()) == {1}


def test_two_presses_of_apply_are_one(seller: Seller, notes: NotesSheet) -> None:
    session = checked(seller, "notes", csv_file(*many(3)))
    for _ in range(2):
        want_applying(session_code=session.code, is_all_or_nothing=False, actor=owner_of(seller), at=NOON)
    worked(session)
    want_applying(session_code=session.code, is_all_or_nothing=False, actor=owner_of(seller), at=NOON)
    worked(session)
    assert set(notes.times_applied.values()) == {1}
    assert EventRow.objects.filter(name="import.applying_wanted").count() == 1


def test_undo_takes_the_whole_file_back_and_says_what_stays(seller: Seller, notes: NotesSheet) -> None:
    notes.notes = {"A": "7"}
    session = applied(checked(seller, "notes", csv_file(HEAD, ["A", "8", ""], ["B", "1", ""], ["C", "2", ""])))
    notes.fails = {"B"}
    session = undone(session)
    assert (session.status, states(session)) == ("done", {2: "undone", 3: "applied", 4: "undone"})
    assert (flaws(session), notes.notes) == ({3: [("", "in_use")]}, {"A": "7", "B": "1"})
    notes.fails = set()
    session = undone(session)
    assert (session.status, session.rows_applied, notes.notes) == ("undone", 0, {"A": "7"})
    fresh = handed_in(seller, "notes", csv_file(HEAD, ["A", "8", ""], ["B", "1", ""], ["C", "2", ""]))
    assert not fresh.is_known, "what was undone may be handed in again"


def test_a_kind_that_cannot_be_undone_says_what_to_do_instead(seller: Seller, notes: NotesSheet) -> None:
    session = applied(checked(seller, "notes", csv_file(*many(2))))
    setattr(notes, "why_no_undo", "Notes stay. Strike them out by hand.")  # noqa: B010  else it can
    with pytest.raises(UndoneElsewhere, match=r"Notes stay\. Strike them out by hand\. Nothing was changed\."):
        undone(session)
    session.refresh_from_db()
    assert (session.status, set(states(session).values())) == ("done", {"applied"})


def test_a_file_is_thrown_away_only_before_it_is_applied(seller: Seller, notes: NotesSheet) -> None:
    session = checked(seller, "notes", csv_file(*many(3)))
    throw_away(session_code=session.code, actor=owner_of(seller), at=NOON)
    session.refresh_from_db()
    assert (session.status, ImportRow.objects.count()) == ("dropped", 0)
    with pytest.raises(NothingToUndo):
        want_undo(session_code=session.code, actor=owner_of(seller), at=NOON)
    done = applied(checked(seller, "notes", csv_file(*many(2))))
    with pytest.raises(TooLateToThrowAway):
        throw_away(session_code=done.code, actor=owner_of(seller), at=NOON)
    assert len(states(done)) == 2


def test_who_may_not_hands_nothing_in_and_who_lost_the_right_applies_nothing(seller: Seller, notes: NotesSheet) -> None:
    clerk = actor_for(a_member(seller, "clerk"), seller)
    notes.permission = next(each for each in type(notes.permission) if not clerk.may(each))
    stored = papers.keep(papers.Paper("a.csv", "text/csv", b"Key,Amount\nA,1\n"), at=NOON)
    with pytest.raises(NotYours):
        hand_in(seller_id=seller.pk, sheet=HandIn("notes", stored, "en"), actor=clerk, at=NOON)
    assert not ImportSession.objects.exists()
    notes.permission = NotesSheet.permission
    session = checked(seller, "notes", csv_file(*many(2)))
    want_applying(session_code=session.code, is_all_or_nothing=False, actor=owner_of(seller), at=NOON)
    seller.memberships.all().delete()
    assert (worked(session).status, session.problem, notes.notes) == ("checked", "not_allowed", {})


@pytest.mark.parametrize(
    ("language", "headings"),
    [("en", HEAD), ("ja", ["キー", "金額", "文章"]), ("zh-hans", ["键", "金额", "文字"]), ("ko", ["키", "금액", "글"])],
)
def test_the_template_is_in_the_readers_language_and_its_example_is_not_a_row(
    seller: Seller, notes: NotesSheet, language: str, headings: list[str]
) -> None:
    content = template(notes, language).content
    rows = [row.cells for row in read_sheet(content).rows]
    assert rows == [tuple(headings), ("A-1", "7", "hello")]
    session = checked(seller, "notes", content)
    assert (session.status, session.problem) == ("refused", "no_rows")
    filled = checked(seller, "notes", excel_file(*rows, ["B", "2", "x"]))
    assert states(filled) == {3: "new"}
