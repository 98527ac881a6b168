"""Applying what was judged: good rows set by set, or all of them in one transaction. A row is never applied twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import Refusal
from toiya.domain.imports import progress, sql
from toiya.domain.imports.actions.handing_in import lock_session
from toiya.domain.imports.events import ApplyingFailed, ApplyingWanted, SheetApplied
from toiya.domain.imports.flaws import as_kept, of_refusal, trouble
from toiya.domain.imports.kinds import kind_of
from toiya.domain.imports.models import ImportRow, ImportSession
from toiya.domain.imports.port import Applied, Flaw, GroupedRows, Sender
from toiya.domain.imports.rules import named

Status = ImportSession.Status
State = ImportRow.State
READY = (State.NEW, State.CHANGED)


class NothingToApply(Refusal):
    """No row would change anything."""

    code = "nothing_to_apply"
    message = gettext_lazy("No row of %(code)s would change anything. Mend its rows, or hand in another file.")


class NotAllGood(Refusal):
    """All or nothing was asked, and rows are to mend."""

    code = "not_all_good"
    message = gettext_lazy("Rows to mend: %(to_mend)s. Mend them first, or apply the good rows only.")


class NotChecked(Refusal):
    """The file is not at the point where it can be applied."""

    code = "sheet_not_checked"
    message = gettext_lazy("%(code)s cannot be applied now. Reload the page to see its state.")


class _NotAll(Exception):
    """A row of an all-or-nothing file failed: everything goes back."""

    def __init__(self, failed: Sequence[ImportRow]) -> None:
        super().__init__(len(failed))
        self.failed = failed


@transaction.atomic
def want_applying(*, session_code: str, is_all_or_nothing: bool, actor: Actor, at: datetime) -> None:
    """
    Have the rows applied by a job. A second press, also a late one, changes nothing.

    :raises NotChecked: the file was not read to its end, or is over
    :raises NothingToApply: no row would change anything
    :raises NotAllGood: all or nothing was asked, and a row is to mend
    """
    session = lock_session(session_code, actor)

    if session.status in (Status.APPLYING, Status.DONE):
        return
    if session.status != Status.CHECKED:
        raise NotChecked(code=session.code)
    counts = sql.tallies(session.pk)
    if not any(counts.get(state) for state in READY):
        raise NothingToApply(code=session.code)
    if is_all_or_nothing and counts.get(State.TO_MEND):
        raise NotAllGood(to_mend=counts[State.TO_MEND])

    session.move_to(Status.APPLYING)
    session.is_all_or_nothing, session.wanted_by_id, session.problem = is_all_or_nothing, int(actor.id), ""
    session.save(update_fields=["status", "is_all_or_nothing", "wanted_by_id", "problem"])
    progress.forget(session.pk)

    told = ApplyingWanted(
        seller_id=session.seller_id,
        subject=session.code,
        session_id=session.pk,
        is_all_or_nothing=is_all_or_nothing,
    )
    events.record(told, actor=actor, at=at)


@transaction.atomic
def apply_set(*, session_id: int, sender: Sender, actor: Actor, at: datetime) -> bool:
    """Apply the next set of good rows; False when none is left."""
    session = _lock(session_id)
    if session.status != Status.APPLYING:
        return False
    first = session.import_rows.filter(state__in=READY).order_by("set_number").first()
    if first is None:
        return False
    rows = _ready(session, first.set_number)
    failed = _apply(session, sender, rows)
    session.rows_applied += len(rows) - len(failed)
    session.save(update_fields=["rows_applied"])
    progress.add(session_id, len(rows))
    return True


def apply_whole(*, session_id: int, sender: Sender, actor: Actor, at: datetime) -> bool:
    """Apply every row in one transaction; False, with nothing applied and the reasons at the rows, when one cannot."""
    try:
        with progress.beside(session_id) as tell_done, transaction.atomic():
            session = _lock(session_id)
            if session.status != Status.APPLYING:
                return True
            sets = session.import_rows.filter(state__in=READY).order_by("set_number")
            for number in list(sets.values_list("set_number", flat=True).distinct()):
                rows = _ready(session, number)
                if failed := _apply(session, sender, rows):
                    raise _NotAll(failed)
                session.rows_applied += len(rows)
                tell_done(len(rows))
            session.save(update_fields=["rows_applied"])
    except _NotAll as trouble:
        _back_to_checked(session_id, trouble.failed, actor, at)
        return False
    return True


@transaction.atomic
def end_applying(*, session_id: int, actor: Actor, at: datetime) -> None:
    """Nothing is left to apply."""
    session = _lock(session_id)
    if session.status != Status.APPLYING:
        return
    session.move_to(Status.DONE)
    session.ended_at = at
    session.save(update_fields=["status", "ended_at"])
    told = SheetApplied(seller_id=session.seller_id, subject=session.code, rows=session.rows_applied)
    events.record(told, actor=actor, at=at)


@transaction.atomic
def stop_applying(*, session_id: int, problem: str, actor: Actor, at: datetime) -> None:
    """The person may no longer do this: what is applied stays, the rest waits."""
    session = _lock(session_id)
    if session.status == Status.APPLYING:
        session.move_to(Status.CHECKED)
        session.problem = problem
        session.save(update_fields=["status", "problem"])


@transaction.atomic
def _back_to_checked(session_id: int, failed: Sequence[ImportRow], actor: Actor, at: datetime) -> None:
    session = _lock(session_id)
    if session.status != Status.APPLYING:
        return
    sql.write_outcomes(failed)
    session.move_to(Status.CHECKED)
    session.problem, session.effects = "not_all_applied", sql.effects(session_id)
    session.save(update_fields=["status", "problem", "effects"])
    told = ApplyingFailed(seller_id=session.seller_id, subject=session.code, to_mend=len(failed))
    events.record(told, actor=actor, at=at)


def _lock(session_id: int) -> ImportSession:
    found: ImportSession = ImportSession.objects.filter(pk=session_id).select_related("seller").lock().get()
    return found


def _ready(session: ImportSession, number: int) -> list[ImportRow]:
    found = session.import_rows.filter(set_number=number, state__in=READY)
    return list(found.order_by("number"))


def _apply(session: ImportSession, sender: Sender, rows: Sequence[ImportRow]) -> list[ImportRow]:
    """Apply rows and write what became of them; returns those that could not be."""
    failed = []
    with translation.override(session.language):
        for row, outcome in zip(rows, _outcomes(session, sender, rows), strict=True):
            if isinstance(outcome, Flaw):
                row.state, row.flaws = State.TO_MEND, [as_kept(outcome)]
                failed.append(row)
            else:
                row.state, row.subject, row.undo = State.APPLIED, outcome.subject, dict(outcome.undo)
    sql.write_outcomes(rows)
    return failed


def _outcomes(session: ImportSession, sender: Sender, rows: Sequence[ImportRow]) -> list[Applied | Flaw]:
    """Together if that goes; a refusal the kind did not foresee stops only the rows it is about."""
    try:
        return _in_savepoint(session, sender, rows)
    except (Refusal, IntegrityError):
        outcomes: dict[int, Applied | Flaw] = {}
        for members in _groups(session, rows):
            try:
                found = _in_savepoint(session, sender, members)
            except Refusal as refusal:
                found = [of_refusal(refusal)] * len(members)
            except IntegrityError:
                found = [trouble("", "moved")] * len(members)
            outcomes |= {row.pk: outcome for row, outcome in zip(members, found, strict=True)}
        return [outcomes[row.pk] for row in rows]


def _in_savepoint(session: ImportSession, sender: Sender, rows: Sequence[ImportRow]) -> list[Applied | Flaw]:
    told = replace(sender, numbers=tuple(row.number for row in rows))
    with transaction.atomic():
        return kind_of(session.kind).apply(told, [named(row.cells) for row in rows])


def _groups(session: ImportSession, rows: Sequence[ImportRow]) -> list[list[ImportRow]]:
    kind = kind_of(session.kind)
    groups: dict[str, list[ImportRow]] = {}
    for row in rows:
        group = kind.group_of(named(row.cells)) if isinstance(kind, GroupedRows) else ""
        groups.setdefault(group or f"#{row.pk}", []).append(row)
    return list(groups.values())
