"""Taking a whole file back by counter-entries, where the world allows it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import Refusal
from toiya.domain.imports import progress, sql
from toiya.domain.imports.actions.handing_in import lock_session
from toiya.domain.imports.events import SheetUndone, UndoWanted
from toiya.domain.imports.flaws import as_kept
from toiya.domain.imports.kinds import kind_of
from toiya.domain.imports.models import ImportRow, ImportSession
from toiya.domain.imports.port import Applied, CannotUndo, Sender

Status = ImportSession.Status
State = ImportRow.State


class NothingToUndo(Refusal):
    """The file was not applied."""

    code = "nothing_to_undo"
    message = gettext_lazy("%(code)s is not applied, so there is nothing to undo.")


class UndoneElsewhere(Refusal):
    """Rows of this kind are not taken back by a file."""

    code = "undone_elsewhere"
    message = gettext_lazy("%(why)s Nothing was changed.")


@transaction.atomic
def want_undo(*, session_code: str, actor: Actor, at: datetime) -> None:
    """
    Have the file taken back by a job. A second press changes nothing.

    :raises NothingToUndo: it was not applied
    :raises UndoneElsewhere: the kind cannot
    """
    session = lock_session(session_code, actor)

    if session.status in (Status.UNDOING, Status.UNDONE):
        return
    if session.status != Status.DONE:
        raise NothingToUndo(code=session.code)
    kind = kind_of(session.kind)
    if isinstance(kind, CannotUndo):
        raise UndoneElsewhere(why=kind.why_no_undo)

    session.move_to(Status.UNDOING)
    session.wanted_by_id, session.details = int(actor.id), session.details | {"undo_after": 0}
    session.save(update_fields=["status", "wanted_by_id", "details"])
    progress.forget(session.pk)

    told = UndoWanted(seller_id=session.seller_id, subject=session.code, session_id=session.pk)
    events.record(told, actor=actor, at=at)


@transaction.atomic
def undo_set(*, session_id: int, sender: Sender, actor: Actor, at: datetime) -> bool:
    """Take the next set back; rows that cannot be stay applied with their reason. False when none is left."""
    session = ImportSession.objects.filter(pk=session_id).select_related("seller").lock().get()
    if session.status != Status.UNDOING:
        return False
    left = session.import_rows.filter(state=State.APPLIED, set_number__gt=session.details["undo_after"])
    first = left.order_by("set_number").first()
    if first is None:
        return False
    rows = list(left.filter(set_number=first.set_number).order_by("number"))
    told = replace(sender, numbers=tuple(row.number for row in rows))
    with translation.override(session.language):
        outcomes = kind_of(session.kind).undo(told, [Applied(row.subject, row.undo) for row in rows])
        for row, flaw in zip(rows, outcomes, strict=True):
            row.flaws = [as_kept(flaw)] if flaw else []
            row.state = State.APPLIED if flaw else State.UNDONE
    sql.write_outcomes(rows)
    session.details["undo_after"] = first.set_number
    session.save(update_fields=["details"])
    progress.add(session_id, len(rows))
    return True


@transaction.atomic
def end_undo(*, session_id: int, actor: Actor, at: datetime) -> None:
    """Everything that can be is taken back; with rows that stay the file remains done, and undo may be tried again."""
    session = ImportSession.objects.filter(pk=session_id).lock().get()
    if session.status != Status.UNDOING:
        return
    counts = sql.tallies(session_id)
    stay = counts.get(State.APPLIED, 0)
    session.move_to(Status.DONE if stay else Status.UNDONE)
    session.rows_applied = stay
    session.ended_at = at
    session.details.pop("undo_after", None)
    session.save(update_fields=["status", "rows_applied", "ended_at", "details"])
    undone = counts.get(State.UNDONE, 0)
    told = SheetUndone(seller_id=session.seller_id, subject=session.code, rows=undone, stay=stay)
    events.record(told, actor=actor, at=at)
