"""What jobs and pages ask of files that were handed in."""

from __future__ import annotations

from datetime import datetime

from django.db.models.functions import Coalesce

from toiya.core.rows import OwnedRows
from toiya.domain.imports.actions.handing_in import COLUMNS_WANTED
from toiya.domain.imports.models import ImportSession

Status = ImportSession.Status


def held_since(before: datetime) -> OwnedRows:
    """Sessions that ended before then, or were handed in before then and never ended, and still hold their content."""
    held = ImportSession.objects.filter(forgotten_at=None).exclude(status__in=[Status.APPLYING, Status.UNDOING])
    found: OwnedRows = held.annotate(over_at=Coalesce("ended_at", "started_at")).filter(over_at__lt=before)
    return found


def may_read_anew(session: ImportSession) -> bool:
    """Whether another encoding or sheet may be chosen: nothing of it is applied, and the file itself is here."""
    is_asking = session.status == Status.READING and session.problem == COLUMNS_WANTED
    return bool(session.storage_key) and not session.rows_applied and (is_asking or session.status == Status.CHECKED)
