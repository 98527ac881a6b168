"""Another encoding or another sheet of the workbook, chosen by who reads what we made of a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import Refusal
from toiya.core.sheets import ENCODINGS
from toiya.domain.imports import progress
from toiya.domain.imports.actions.handing_in import lock_session
from toiya.domain.imports.events import ReadingChosen
from toiya.domain.imports.models import ImportSession
from toiya.domain.imports.queries import may_read_anew

Status = ImportSession.Status


class TooLateToReadAnew(Refusal):
    """It is being read or applied, or over, or the file itself is gone."""

    code = "too_late_to_read_anew"
    message = gettext_lazy("%(code)s cannot be read anew now. Reload the page, or hand the file in once more.")


class NoSuchReading(Refusal):
    """Neither an encoding we know nor a sheet of this file."""

    code = "no_such_reading"
    message = gettext_lazy("This file cannot be read like that. Choose an encoding or a sheet from the list.")


@dataclass(frozen=True, slots=True)
class Choice:
    """How to read the file: the encoding of a CSV file, or the sheet of a workbook."""

    encoding: str = ""
    sheet: str = ""


@transaction.atomic
def choose_reading(*, session_code: str, choice: Choice, actor: Actor, at: datetime) -> None:
    """
    Have the file read anew, as chosen; the rows of before stay until it is known to be readable like that.

    :raises TooLateToReadAnew: it is no longer, or not yet, at that point; a second press of the same is none
    :raises NoSuchReading: the file has no such sheet, or is no CSV file
    """
    session = lock_session(session_code, actor)
    wish = {"sheet": choice.sheet} if session.encoding == "xlsx" else {"encoding": choice.encoding}

    if session.status == Status.READING and not session.problem and session.chosen == wish:
        return
    if not may_read_anew(session):
        raise TooLateToReadAnew(code=session.code)
    if (choice.sheet not in session.sheets) if session.encoding == "xlsx" else (choice.encoding not in ENCODINGS):
        raise NoSuchReading()

    if session.status == Status.CHECKED:
        session.move_to(Status.READING)
    session.chosen, session.problem, session.wanted_by_id = wish, "", int(actor.id)
    session.readings += 1
    session.save(update_fields=["status", "chosen", "problem", "wanted_by_id", "readings"])
    progress.forget(session.pk)

    told = ReadingChosen(
        seller_id=session.seller_id,
        subject=session.code,
        session_id=session.pk,
        encoding=wish.get("encoding", ""),
        sheet=wish.get("sheet", ""),
    )
    events.record(told, actor=actor, at=at)
