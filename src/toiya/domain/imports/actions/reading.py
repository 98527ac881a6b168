"""The steps of reading a file: a set of judged rows is one transaction, so a killed job costs one set at most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.sheets import Sheet
from toiya.domain.imports import progress, sql
from toiya.domain.imports.actions.handing_in import COLUMNS_WANTED
from toiya.domain.imports.events import SheetChecked, SheetRefused
from toiya.domain.imports.models import ImportRow, ImportSession
from toiya.domain.imports.port import Verdict
from toiya.domain.imports.rules import Layout, ReadRow

Status = ImportSession.Status


@dataclass(frozen=True, slots=True)
class Found:
    """
    What the file turned out to be: the sheet with its letters, its columns, how many rows, and the session it goes on
    with; and which reading of the session this is.
    """

    sheet: Sheet
    layout: Layout
    reading: int
    rows: int = 0
    continues: str = ""


@dataclass(frozen=True, slots=True)
class JudgedSet:
    """One set of a reading; `before` is how many rows were judged before it."""

    reading: int
    number: int
    before: int
    rows: Sequence[ReadRow]
    verdicts: Sequence[Verdict]


@transaction.atomic
def begin_reading(*, session_id: int, found: Found, actor: Actor, at: datetime) -> bool:
    """Start from the first row, whatever a killed job left; False when the file is not to be read any more."""
    session = _lock(session_id)
    if not _is_current(session, found.reading):
        return False
    session.import_rows.all().delete()
    session.rows_read, session.rows = 0, found.rows
    session.columns = dict(found.layout.columns)
    session.continues = found.continues
    _keep_found(session, found, {})
    session.save(update_fields=["rows_read", "rows", "columns", "continues"])
    progress.begin(session_id, 0, found.rows, at)
    return True


@transaction.atomic
def store_set(*, session_id: int, judged: JudgedSet, actor: Actor, at: datetime) -> bool:
    """Keep a judged set; False when another job reads this file, or it was thrown away meanwhile."""
    session = _lock(session_id)
    if not _is_current(session, judged.reading) or session.rows_read != judged.before:
        return False
    sql.write_set(session, judged.number, judged.rows, judged.verdicts)
    session.rows_read += len(judged.rows)
    session.save(update_fields=["rows_read"])
    progress.add(session_id, len(judged.rows))
    return True


@transaction.atomic
def end_reading(*, session_id: int, actor: Actor, at: datetime) -> None:
    """Every row is judged: the seller decides now."""
    session = _lock(session_id)
    if session.status != Status.READING or session.rows_read != session.rows:
        return
    session.move_to(Status.CHECKED)
    session.effects = sql.effects(session_id)
    session.save(update_fields=["status", "effects"])
    to_mend = sql.tallies(session_id).get(ImportRow.State.TO_MEND, 0)
    told = SheetChecked(seller_id=session.seller_id, subject=session.code, rows=session.rows, to_mend=to_mend)
    events.record(told, actor=actor, at=at)


@transaction.atomic
def ask_columns(*, session_id: int, found: Found, samples: Sequence[Sequence[str]], actor: Actor, at: datetime) -> None:
    """Columns that must be there are not found: the seller says which they are."""
    session = _lock(session_id)
    if not _is_current(session, found.reading):
        return
    session.import_rows.all().delete()  # of an earlier reading, under other headings
    session.problem, session.rows, session.rows_read = COLUMNS_WANTED, 0, 0
    _keep_found(session, found, {"missing": list(found.layout.missing), "samples": [list(row) for row in samples]})
    session.save(update_fields=["problem", "rows", "rows_read"])


@transaction.atomic
def give_up_choice(
    *, session_id: int, reading: int, problem: str, details: Mapping[str, Any], actor: Actor, at: datetime
) -> bool:
    """
    The file cannot be read as its reader chose: what was read before stays, with why. True when nothing was, so that
    the file is to be read as we would.
    """
    session = _lock(session_id)
    if not _is_current(session, reading):
        return False
    session.chosen = {"failed": problem, **details}
    if session.rows:
        session.move_to(Status.CHECKED)
    session.save(update_fields=["chosen", "status"])
    return session.status == Status.READING


@transaction.atomic
def refuse_file(*, session_id: int, problem: str, details: dict[str, Any], actor: Actor, at: datetime) -> None:
    """The file cannot be taken: why, as a code and its numbers."""
    session = _lock(session_id)
    if session.status != Status.READING:
        return
    session.move_to(Status.REFUSED)
    session.problem, session.details, session.ended_at = problem, details, at
    session.save(update_fields=["status", "problem", "details", "ended_at"])
    session.import_rows.all().delete()
    events.record(SheetRefused(seller_id=session.seller_id, subject=session.code, problem=problem), actor=actor, at=at)


@transaction.atomic
def forget_file(*, session_id: int, actor: Actor, at: datetime) -> None:
    """The stored file is gone from the cupboard."""
    ImportSession.objects.filter(pk=session_id).update(storage_key="")


def _lock(session_id: int) -> ImportSession:
    found: ImportSession = ImportSession.objects.filter(pk=session_id).lock().get()
    return found


def _is_current(session: ImportSession, reading: int) -> bool:
    """Whether that reading is still wanted: not thrown away, waiting for its columns, or to be read otherwise."""
    return session.status == Status.READING and not session.problem and session.readings == reading


def _keep_found(session: ImportSession, found: Found, details: Mapping[str, Any]) -> None:
    session.encoding, session.sheet, session.sheets = found.sheet.encoding, found.sheet.name, list(found.sheet.names)
    session.details = {"headings": list(found.layout.headings), **details}
    session.save(update_fields=["encoding", "sheet", "sheets", "details"])
