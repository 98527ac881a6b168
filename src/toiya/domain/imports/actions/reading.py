"""The steps of reading a file: a set of judged rows is one transaction, so a killed job costs one set at most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from toiya.core import events
from toiya.core.actor import Actor
from toiya.domain.imports import sql
from toiya.domain.imports.actions.handing_in import COLUMNS_WANTED
from toiya.domain.imports.events import SheetChecked, SheetRefused
from toiya.domain.imports.models import ImportRow, ImportSession
from toiya.domain.imports.port import Verdict
from toiya.domain.imports.rules import Layout, ReadRow

Status = ImportSession.Status


@dataclass(frozen=True, slots=True)
class Found:
    """What the file turned out to be: its letters, its columns, how many rows, and the session it goes on with."""

    encoding: str
    layout: Layout
    rows: int
    continues: str = ""


@dataclass(frozen=True, slots=True)
class JudgedSet:
    """One set; `before` is how many rows were judged before it."""

    number: int
    before: int
    rows: Sequence[ReadRow]
    verdicts: Sequence[Verdict]


@transaction.atomic
def begin_reading(*, session_id: int, found: Found, actor: Actor, at: datetime) -> bool:
    """Start from the first row, whatever a killed job left; False when the file is not to be read any more."""
    session = ImportSession.objects.filter(pk=session_id).lock().get()
    if session.status != Status.READING or session.problem:
        return False
    session.import_rows.all().delete()
    session.rows_read, session.rows, session.encoding = 0, found.rows, found.encoding
    session.columns = dict(found.layout.columns)
    session.details = {"headings": list(found.layout.headings)}
    session.continues = found.continues
    session.save(update_fields=["rows_read", "rows", "encoding", "columns", "details", "continues"])
    return True


@transaction.atomic
def store_set(*, session_id: int, judged: JudgedSet, actor: Actor, at: datetime) -> bool:
    """Keep a judged set; False when another job reads this file, or it was thrown away meanwhile."""
    session = ImportSession.objects.filter(pk=session_id).lock().get()
    if session.status != Status.READING or session.rows_read != judged.before:
        return False
    sql.write_set(session, judged.number, judged.rows, judged.verdicts)
    session.rows_read += len(judged.rows)
    session.save(update_fields=["rows_read"])
    return True


@transaction.atomic
def end_reading(*, session_id: int, actor: Actor, at: datetime) -> None:
    """Every row is judged: the seller decides now."""
    session = ImportSession.objects.filter(pk=session_id).lock().get()
    if session.status != Status.READING or session.rows_read != session.rows:
        return
    session.move_to(Status.CHECKED)
    session.effects = sql.effects(session_id)
    session.save(update_fields=["status", "effects"])
    to_mend = sql.tallies(session_id).get(ImportRow.State.TO_MEND, 0)
    told = SheetChecked(seller_id=session.seller_id, subject=session.code, rows=session.rows, to_mend=to_mend)
    events.record(told, actor=actor, at=at)


@transaction.atomic
def ask_columns(
    *, session_id: int, layout: Layout, samples: Sequence[Sequence[str]], actor: Actor, at: datetime
) -> None:
    """Columns that must be there are not found: the seller says which they are."""
    session = ImportSession.objects.filter(pk=session_id).lock().get()
    if session.status != Status.READING:
        return
    session.problem = COLUMNS_WANTED
    headings = list(layout.headings)
    session.details = {"headings": headings, "missing": list(layout.missing), "samples": [list(row) for row in samples]}
    session.save(update_fields=["problem", "details"])


@transaction.atomic
def refuse_file(*, session_id: int, problem: str, details: dict[str, Any], actor: Actor, at: datetime) -> None:
    """The file cannot be taken: why, as a code and its numbers."""
    session = ImportSession.objects.filter(pk=session_id).lock().get()
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
