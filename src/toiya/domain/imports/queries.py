"""What jobs and pages ask of files that were handed in."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Q
from django.db.models.functions import Coalesce

from toiya.core.rows import OwnedRows
from toiya.domain.imports.actions.handing_in import COLUMNS_WANTED
from toiya.domain.imports.kinds import naming_buyers
from toiya.domain.imports.models import ImportSession

Status = ImportSession.Status


class Kept(NamedTuple):
    """For how many days what stood in files is kept, and buyers after their orders are over."""

    days: int
    buyer_days: int


def to_forget(at: datetime, kept: Kept) -> OwnedRows:
    """
    Sessions that still hold their content and ended so long ago, or were handed in so long ago and never ended.

    A file that names buyers goes so long after it was handed in: none of its orders can be over for as long yet. One
    day less, so that it goes in the night before them at the latest.
    """
    held = ImportSession.objects.filter(forgotten_at=None).exclude(status__in=[Status.APPLYING, Status.UNDOING])
    ended = Q(over_at__lt=at - timedelta(days=kept.days))
    bought = Q(kind__in=naming_buyers(), started_at__lt=at - timedelta(days=kept.buyer_days - 1))
    found: OwnedRows = held.annotate(over_at=Coalesce("ended_at", "started_at")).filter(ended | bought)
    return found


def may_read_anew(session: ImportSession) -> bool:
    """Whether another encoding or sheet may be chosen: nothing of it is applied, and the file itself is here."""
    is_asking = session.status == Status.READING and session.problem == COLUMNS_WANTED
    return bool(session.storage_key) and not session.rows_applied and (is_asking or session.status == Status.CHECKED)
