"""The background door of files: does what a session's status asks for, from wherever a killed job left it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import translation
from procrastinate.contrib.django import app

from toiya.core import clock, papers
from toiya.core.actor import system_actor
from toiya.core.codes import is_code
from toiya.core.sheets import UnreadableSheet, read_sheet
from toiya.domain.imports import progress, rules, sql
from toiya.domain.imports.actions.applying import READY, apply_set, apply_whole, end_applying, stop_applying
from toiya.domain.imports.actions.forgetting import forget_rows
from toiya.domain.imports.actions.mending import end_judging
from toiya.domain.imports.actions.reading import (
    Found,
    JudgedSet,
    ask_columns,
    begin_reading,
    end_reading,
    forget_file,
    give_up_choice,
    refuse_file,
    store_set,
)
from toiya.domain.imports.actions.undoing import end_undo, undo_set
from toiya.domain.imports.judging import Judge
from toiya.domain.imports.kinds import kind_of
from toiya.domain.imports.meanings import meanings_for
from toiya.domain.imports.models import ImportRow, ImportSession
from toiya.domain.imports.port import GroupedRows, KindOfSheet
from toiya.domain.imports.queries import Kept, to_forget
from toiya.domain.imports.senders import sender_of

ACTOR = system_actor("imports")
Status = ImportSession.Status
_SAMPLES = 3
_SESSION = re.compile(r"IMP-[0-9A-Z]+-[0-9A-Z]")


@app.task(name="imports.work", queue="default")
def work(session_id: int) -> None:
    """Read, apply or undo a file, as its status says."""
    go_on(session_id, clock.now())


def go_on(session_id: int, at: datetime) -> None:
    """The same at a given instant."""
    session = _session(session_id)
    if session.status == Status.READING and "again" in session.details:
        end_judging(session_id=session_id, actor=ACTOR, at=at)
    elif session.status == Status.READING and not session.problem:
        _read(session, at)
    elif session.status == Status.APPLYING:
        _apply(session, at)
    elif session.status == Status.UNDOING:
        _undo(session, at)
    _empty_cupboard(session_id, at)


def _session(session_id: int) -> ImportSession:
    found: ImportSession = ImportSession.objects.select_related("seller").get(pk=session_id)
    return found


def _read(session: ImportSession, at: datetime) -> None:
    try:
        with papers.cupboard().open(session.storage_key) as stored:
            encoding, name = session.chosen.get("encoding", ""), session.chosen.get("sheet", "")
            sheet = read_sheet(stored.read(), encoding=encoding, name=name)
    except UnreadableSheet as refusal:
        details = {name: value for name, value in refusal.details.items() if name not in {"why", "reason"}}
        _decline(session, refusal.details["reason"], details, at)
        return
    except FileNotFoundError:
        refuse_file(session_id=session.pk, problem="file_lost", details={}, actor=ACTOR, at=at)
        return
    kind = kind_of(session.kind)
    layout = rules.find_layout([row.cells for row in sheet.rows], kind.columns, meanings_for(session))
    found = Found(sheet, layout, session.readings)
    if layout.twice:
        _decline(session, "heading_twice", {"headings": ", ".join(layout.twice)}, at)
    elif layout.missing:
        samples = [row.cells for row in sheet.rows[layout.first_row : layout.first_row + _SAMPLES]]
        ask_columns(session_id=session.pk, found=found, samples=samples, actor=ACTOR, at=at)
    else:
        _judge(session, found, at)


def _decline(session: ImportSession, problem: str, details: dict[str, Any], at: datetime) -> None:
    """The file cannot be taken; when only the way of reading it that was chosen cannot, the file is not refused."""
    if not {"encoding", "sheet"} & set(session.chosen):
        refuse_file(session_id=session.pk, problem=problem, details=details, actor=ACTOR, at=at)
        return
    is_unread = give_up_choice(
        session_id=session.pk, reading=session.readings, problem=problem, details=details, actor=ACTOR, at=at
    )
    if is_unread:
        _read(_session(session.pk), at)


def _judge(session: ImportSession, found: Found, at: datetime) -> None:
    kind = kind_of(session.kind)
    below = ((row.number, row.cells) for row in found.sheet.rows[found.layout.first_row :])
    rows = list(rules.rows_of(below, found.layout, kind.columns))
    if not rows:
        _decline(session, "no_rows", {}, at)
        return
    found = replace(found, rows=len(rows), continues=_continued(session, found.layout))
    if not begin_reading(session_id=session.pk, found=found, actor=ACTOR, at=at):
        return
    sender = sender_of(_session(session.pk), at)
    if sender is None:
        refuse_file(session_id=session.pk, problem="not_allowed", details={}, actor=ACTOR, at=at)
        return
    judge, before = Judge(kind, sender, {}), 0
    for number, each in enumerate(rules.in_sets(rows, _groups(kind, rows)), start=1):
        with translation.override(session.language):
            judged = JudgedSet(found.reading, number, before, each, judge.judge(each))
            if not store_set(session_id=session.pk, judged=judged, actor=ACTOR, at=at):
                return
        before += len(each)
    end_reading(session_id=session.pk, actor=ACTOR, at=at)


def _groups(kind: KindOfSheet, rows: Sequence[rules.ReadRow]) -> list[str]:
    if not isinstance(kind, GroupedRows):
        return [""] * len(rows)
    return [kind.group_of(rules.named(row.cells)) for row in rows]


def _continued(session: ImportSession, layout: rules.Layout) -> str:
    """The session whose rows to mend this file is: its code stands in the heading of the errors."""
    words = [word for heading in layout.headings for word in _SESSION.findall(heading)]
    codes = [word for word in words if is_code("IMP", word)]
    found = ImportSession.objects.filter(seller_id=session.seller_id, kind=session.kind, code__in=codes).first()
    return found.code if found else ""


def _apply(session: ImportSession, at: datetime) -> None:
    sender = sender_of(session, at)
    if sender is None:
        stop_applying(session_id=session.pk, problem="not_allowed", actor=ACTOR, at=at)
        return
    counts = sql.tallies(session.pk)
    progress.begin(
        session.pk, session.rows_applied, session.rows_applied + sum(counts.get(each, 0) for each in READY), at
    )
    if session.is_all_or_nothing:
        if not apply_whole(session_id=session.pk, sender=sender, actor=ACTOR, at=at):
            return
    else:
        while apply_set(session_id=session.pk, sender=sender, actor=ACTOR, at=at):
            pass
    end_applying(session_id=session.pk, actor=ACTOR, at=at)


def _undo(session: ImportSession, at: datetime) -> None:
    sender = sender_of(session, at)
    left = session.import_rows.filter(state=ImportRow.State.APPLIED, set_number__gt=session.details["undo_after"])
    progress.begin(session.pk, session.rows_applied - left.count(), session.rows_applied, at)
    while sender is not None and undo_set(session_id=session.pk, sender=sender, actor=ACTOR, at=at):
        pass
    end_undo(session_id=session.pk, actor=ACTOR, at=at)


def _empty_cupboard(session_id: int, at: datetime) -> None:
    """The file itself is no longer needed once its rows are applied, or it is over: it is not read anew then."""
    session = _session(session_id)
    is_open = session.status == Status.READING or (session.status == Status.CHECKED and not session.rows_applied)
    if session.storage_key and not is_open:
        papers.throw_away(session.storage_key)
        forget_file(session_id=session_id, actor=ACTOR, at=at)


@app.periodic(cron="17 3 * * *")
@app.task(name="imports.sweep", queue="default")
def sweep(timestamp: int) -> None:
    """What is over for long is forgotten; then files that nobody needs any more leave the cupboard."""
    sweep_at(clock.now())


def sweep_at(at: datetime) -> None:
    """The same at a given instant."""
    kept = Kept(settings.IMPORT_KEPT_DAYS, settings.BUYER_KEPT_DAYS)
    for session_id in to_forget(at, kept).order_by("pk").values_list("pk", flat=True):
        forget_rows(session_id=session_id, kept=kept, actor=ACTOR, at=at)
    stored = ImportSession.objects.exclude(storage_key="").exclude(status=Status.READING)
    for session_id in stored.order_by("pk").values_list("pk", flat=True):
        _empty_cupboard(session_id, at)
