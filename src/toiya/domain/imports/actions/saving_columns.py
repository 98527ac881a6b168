"""Keeping under a name which column of a platform's file is what."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import Refusal
from toiya.domain.imports.actions.handing_in import lock_session
from toiya.domain.imports.events import ColumnsSaved
from toiya.domain.imports.models import SavedColumns
from toiya.domain.imports.rules import folded_heading

MOST_LETTERS = 60
MOST_NAMES = 50


class NameNotUsable(Refusal):
    """No name, or one that is too long."""

    code = "name_not_usable"
    message = gettext_lazy("Enter a name of 1 to 60 letters, such as Amazon JP file.")


class TooManyNames(Refusal):
    """A seller keeps so many at most."""

    code = "too_many_names"
    message = gettext_lazy("You keep %(most)s names already. Save under one of them.")


class NothingToSave(Refusal):
    """The columns of the file are not known yet."""

    code = "nothing_to_save"
    message = gettext_lazy("The columns of %(code)s are not known yet. Say first which column is what.")


@transaction.atomic
def save_columns(*, session_code: str, name: str, actor: Actor, at: datetime) -> None:
    """
    Keep what the headings of this file were taken for; the same name again is the same mapping, as it is now.

    :raises NothingToSave: :raises NameNotUsable: :raises TooManyNames:
    """
    session = lock_session(session_code, actor)
    wanted = " ".join(name.split())
    headings = session.details.get("headings", [])
    mine = SavedColumns.objects.filter(seller_id=session.seller_id, kind=session.kind)

    if not session.columns or not headings:
        raise NothingToSave(code=session.code)
    if not wanted or len(wanted) > MOST_LETTERS or not wanted.isprintable():
        raise NameNotUsable()
    if mine.exclude(name=wanted).count() >= MOST_NAMES:
        raise TooManyNames(most=MOST_NAMES)

    meanings = {
        folded_heading(headings[place]): column for column, place in session.columns.items() if place < len(headings)
    }
    SavedColumns.objects.update_or_create(
        seller_id=session.seller_id,
        kind=session.kind,
        name=wanted,
        defaults={"meanings": meanings, "saved_at": at},
    )

    saved = ColumnsSaved(seller_id=session.seller_id, subject=session.code, name=wanted)
    events.record(saved, actor=actor, at=at)
