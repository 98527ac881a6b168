"""The bar of a file that is worked on: how many rows, and about how long it still takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from toiya.domain.imports.models import ImportProgress, ImportSession
from toiya.domain.imports.rules import seconds_left

_MINUTE = 60
_AS_SECONDS = 90
Status = ImportSession.Status
LABELS = {
    Status.READING: _("Rows judged"),
    Status.APPLYING: _("Rows applied"),
    Status.UNDOING: _("Rows taken back"),
}
NOTES = {
    Status.READING: _("Nothing is written yet. You may leave this page."),
    Status.APPLYING: _("You may leave this page; it goes on by itself."),
    Status.UNDOING: _("You may leave this page; it goes on by itself."),
}


@dataclass(frozen=True, slots=True)
class Bar:
    """What the bar says."""

    label: Any
    value: int
    maximum: int
    left: str
    note: Any


def bar_of(session: ImportSession, at: datetime) -> Bar | None:
    """The bar, once a job has begun."""
    told = ImportProgress.objects.filter(session=session).first()
    if told is None:
        return None
    since = (at - told.began_at).total_seconds()
    seconds = seconds_left(told.rows_done, told.rows_in_all, told.rows_done - told.rows_before, since)
    status = Status(session.status)
    return Bar(LABELS[status], told.rows_done, told.rows_in_all, _left(seconds), NOTES[status])


def _left(seconds: int | None) -> str:
    if seconds is None:
        return ""
    if seconds <= _AS_SECONDS:
        return str(_("about %(seconds)s s left")) % {"seconds": seconds}
    return str(_("about %(minutes)s min left")) % {"minutes": round(seconds / _MINUTE)}
