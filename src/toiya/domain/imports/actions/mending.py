"""Mending cells on the page: another value, and the rows of its set judged once more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import Refusal
from toiya.domain.imports import sql
from toiya.domain.imports.actions.handing_in import lock_session
from toiya.domain.imports.events import CellsMended
from toiya.domain.imports.judging import Judge
from toiya.domain.imports.kinds import kind_of
from toiya.domain.imports.models import ImportRow, ImportSession
from toiya.domain.imports.port import Sender
from toiya.domain.imports.rules import ReadRow, cleaned
from toiya.domain.imports.senders import sender_of

Status = ImportSession.Status
State = ImportRow.State
JUDGED_NOW = 3  # sets; more are judged by a job


class NothingToMend(Refusal):
    """No such cell waits for another value."""

    code = "nothing_to_mend"
    message = gettext_lazy("Nothing in %(code)s waits for this value any more. Reload the page to see its state.")


@dataclass(frozen=True, slots=True)
class Mend:
    """Another value for a cell to mend: of the row with that number, or (0) of all rows that hold the same."""

    column: str
    old: str
    new: str
    number: int = 0


@transaction.atomic
def mend_cells(*, session_code: str, mend: Mend, actor: Actor, at: datetime) -> int:
    """
    Put another value in cells to mend and judge their rows again; returns how many rows it were.

    :raises NothingToMend: no row to mend holds the old value there, or the file is not open for it
    """
    session = lock_session(session_code, actor)

    column = next((each for each in kind_of(session.kind).columns if each.name == mend.column), None)
    if session.status != Status.CHECKED or column is None:
        raise NothingToMend(code=session.code)
    new = cleaned(mend.new, is_text=column.is_text)
    sets = sql.mend(session.pk, column.name, (mend.old, new), mend.number)
    if not sets:
        raise NothingToMend(code=session.code)

    session.wanted_by_id = int(actor.id)
    touched = sorted(set(sets))
    if len(touched) <= JUDGED_NOW:
        judge_again(session, touched, at)
    else:
        session.move_to(Status.READING)
        session.details |= {"again": touched}
    session.save(update_fields=["status", "details", "wanted_by_id", "effects", "problem"])

    told = CellsMended(
        seller_id=session.seller_id, subject=session.code, session_id=session.pk, column=column.name, rows=len(sets)
    )
    events.record(told, actor=actor, at=at)
    return len(sets)


@transaction.atomic
def end_judging(*, session_id: int, actor: Actor, at: datetime) -> None:
    """Judge the sets that wait for it since cells in them were mended."""
    session = ImportSession.objects.filter(pk=session_id).select_related("seller").lock().get()
    if session.status != Status.READING or "again" not in session.details:
        return
    judge_again(session, session.details.pop("again"), at)
    session.move_to(Status.CHECKED)
    session.save(update_fields=["status", "details", "effects", "problem"])


def judge_again(session: ImportSession, sets: Iterable[int], at: datetime) -> None:
    """Judge whole sets of a locked session anew; what is applied already stays as it is."""
    sender = sender_of(session, at)
    if sender is None:
        session.problem = "not_allowed"
        return
    with translation.override(session.language):
        for number in sets:
            _judge_set(session, sender, number)
    session.effects = sql.effects(session.pk)


def _judge_set(session: ImportSession, sender: Sender, number: int) -> None:
    found = session.import_rows.filter(set_number=number).exclude(state__in=[State.APPLIED, State.UNDONE])
    rows = list(found.order_by("number"))
    others = session.import_rows.exclude(set_number=number).exclude(key="").order_by("-number")
    judge = Judge(kind_of(session.kind), sender, dict(others.values_list("key", "number")))
    sql.write_verdicts(rows, judge.judge([ReadRow(row.number, row.cells) for row in rows]))
