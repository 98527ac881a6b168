"""How far the work is: seen by others while one long transaction works, and gone back to when it fails."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest
from django.db import connection

from tests.imports_world import applied, checked, csv_file, handed_in, owner_of, worked
from tests.world import NOON, a_seller
from toiya.domain.imports import kinds
from toiya.domain.imports.actions.applying import want_applying
from toiya.domain.imports.actions.undoing import want_undo
from toiya.domain.imports.jobs import go_on
from toiya.domain.imports.models import ImportProgress, ImportSession
from toiya.domain.imports.port import Applied, Cells, Flaw, Sender
from toiya.domain.imports.rules import seconds_left
from toiya.domain.imports.tests.stand_in import Killed, NotesSheet

ROWS = csv_file(["Key", "Amount"], *[[f"K-{number}", "1"] for number in range(1, 2501)])


@pytest.mark.parametrize(
    ("done", "in_all", "rows_since", "seconds_since", "left"),
    [
        (1000, 3000, 1000, 4.0, 8),
        (2000, 3000, 1000, 4.0, 4),  # taken up at 1,000 by another job
        (2999, 3000, 2999, 3.0, 1),
        (0, 3000, 0, 4.0, None),
        (1000, 3000, 1000, 0.0, None),
        (3000, 3000, 3000, 9.0, None),
    ],
)
def test_the_time_left_follows_from_the_measured_pace(
    done: int, in_all: int, rows_since: int, seconds_since: float, left: int | None
) -> None:
    assert seconds_left(done, in_all, rows_since, seconds_since) == left


class Watched(NotesSheet):
    """Notes how far the work seems to others while each set is applied."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[int, int]] = []

    def apply(self, sender: Sender, rows: Sequence[Cells]) -> list[Applied | Flaw]:
        """Look from outside first."""
        second = connection.copy()
        with second.cursor() as cursor:
            cursor.execute(
                "SELECT rows_done, rows_applied FROM imports_importprogress p"
                " JOIN imports_importsession s ON s.id = p.session_id"
            )
            self.seen.append(cursor.fetchone())
        second.close()
        return super().apply(sender, rows)


@pytest.mark.django_db(transaction=True)
def test_all_or_nothing_is_seen_to_go_on_while_nothing_of_it_is_applied(notes: NotesSheet) -> None:
    watched = Watched()
    kinds.install({**kinds.kinds(), notes.name: watched})
    session = checked(a_seller(), "notes", ROWS)
    watched.dies_at = "K-2100"
    with pytest.raises(Killed):
        applied(session, whole=True)
    assert (ImportProgress.objects.get().rows_done, ImportSession.objects.get().rows_applied) == (2000, 0)
    assert not session.import_rows.filter(state="applied").exists()
    watched.dies_at = ""
    session = worked(session)
    assert (session.status, session.rows_applied) == ("done", 2500)
    assert watched.seen == [(0, 0), (1000, 0), (2000, 0)] * 2, "what takes the work up begins its count anew"


@pytest.mark.django_db
def test_each_stage_counts_its_own_rows_and_a_job_that_takes_it_up_its_own_pace(notes: NotesSheet) -> None:
    session = handed_in(a_seller(), "notes", ROWS).session
    worked(session)
    told = ImportProgress.objects.get()
    assert (told.rows_before, told.rows_done, told.rows_in_all, told.began_at) == (0, 2500, 2500, NOON)
    owner = owner_of(session.seller)
    want_applying(session_code=session.code, is_all_or_nothing=False, actor=owner, at=NOON)
    assert not ImportProgress.objects.exists(), "no bar of the reading while the applying waits"
    notes.dies_at = "K-1001"
    with pytest.raises(Killed):
        go_on(session.pk, NOON)
    notes.dies_at = ""
    later = NOON + timedelta(minutes=5)
    worked(session, later)
    told = ImportProgress.objects.get()
    assert (told.rows_before, told.rows_done, told.rows_in_all, told.began_at) == (1000, 2500, 2500, later)
    want_undo(session_code=session.code, actor=owner, at=NOON)
    worked(session)
    told = ImportProgress.objects.get()
    assert (told.rows_before, told.rows_done, told.rows_in_all) == (0, 2500, 2500)
