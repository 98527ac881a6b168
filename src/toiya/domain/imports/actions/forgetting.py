"""What stood in a file is forgotten at its deadline: rows of order files hold buyers' names and addresses (R25)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from toiya.core import events
from toiya.core.actor import Actor
from toiya.domain.imports.events import RowsForgotten, SheetThrownAway
from toiya.domain.imports.models import ImportRow, ImportSession
from toiya.domain.imports.queries import Kept, to_forget

Status = ImportSession.Status


@transaction.atomic
def forget_rows(*, session_id: int, kept: Kept, actor: Actor, at: datetime) -> None:
    """
    Empty the cells of a session whose time is over; its rows keep their state, key and subject, so that it
    can still be counted and undone. A file that nobody decided about is thrown away; of one applied in part the rest is
    given up. Forgetting it twice changes nothing.
    """
    session: ImportSession | None = to_forget(at, kept).filter(pk=session_id).lock().first()
    if session is None:
        return

    happened: list[RowsForgotten | SheetThrownAway] = []
    if session.status == Status.CHECKED and session.rows_applied:
        session.move_to(Status.DONE)
    elif session.status in (Status.READING, Status.CHECKED):
        session.move_to(Status.DROPPED)
        session.import_rows.all().delete()
        happened.append(SheetThrownAway(seller_id=session.seller_id, subject=session.code))
    session.ended_at = session.ended_at or at
    session.forgotten_at, session.problem = at, ""
    session.details = {name: kept for name, kept in session.details.items() if name == "headings"}
    session.save(update_fields=["status", "ended_at", "forgotten_at", "problem", "details"])
    rows = ImportRow.objects.filter(session=session).update(cells={}, changes=[], flaws=[])

    happened.append(RowsForgotten(seller_id=session.seller_id, subject=session.code, rows=rows))
    events.record_all(happened, actor=actor, at=at)
