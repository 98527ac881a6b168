"""Handing in a file, saying which column is what, throwing it away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.codes import code_for
from toiya.core.copying import next_ids
from toiya.core.errors import NotFound, Refusal
from toiya.core.papers import StoredPaper
from toiya.domain.imports.events import ColumnsNamed, SheetHandedIn, SheetThrownAway
from toiya.domain.imports.kinds import kind_of
from toiya.domain.imports.models import ImportSession, KnownHeading
from toiya.domain.imports.rules import folded_heading
from toiya.domain.members.models import Seller

Status = ImportSession.Status
COLUMNS_WANTED = "columns_wanted"
_LIVING = (Status.READING, Status.CHECKED, Status.APPLYING, Status.DONE, Status.UNDOING)


class NotYours(Refusal):
    """The actor may not hand in files of this kind."""

    code = "sheet_not_allowed"
    message = gettext_lazy("Your role does not take in files of this kind. Ask the owner of the shop.")


class ColumnsNotWanted(Refusal):
    """The columns of this file are known."""

    code = "columns_not_wanted"
    message = gettext_lazy("The columns of %(code)s are known already. Reload the page to see its state.")


class ColumnsMissing(Refusal):
    """A column that must be there was not named."""

    code = "columns_missing"
    message = gettext_lazy("Nothing is chosen for %(columns)s. Choose the column of the file that holds it.")


class TooLateToThrowAway(Refusal):
    """Its rows are applied."""

    code = "too_late_to_throw_away"
    message = gettext_lazy("%(code)s is applied already. Undo it instead.")


@dataclass(frozen=True, slots=True)
class HandIn:
    """What the form gave: the kind, the stored file, what was asked besides it; `again` reads a known file anew."""

    kind: str
    file: StoredPaper
    language: str
    options: Mapping[str, str] = field(default_factory=dict)
    again: bool = False


@dataclass(frozen=True, slots=True)
class HandedIn:
    """The session of the file; `is_known` when the same file was here before and nothing new was made."""

    session: ImportSession
    is_known: bool


@transaction.atomic
def hand_in(*, seller_id: int, sheet: HandIn, actor: Actor, at: datetime) -> HandedIn:
    """
    Take a file in, to be read by a job. The same file of the same kind is the same session, unless asked for anew.

    :raises NotYours: the actor may not
    """
    if not actor.may(kind_of(sheet.kind).permission):
        raise NotYours()
    Seller.objects.filter(pk=seller_id).select_for_update(no_key=True).get()  # two uploads of one file take turns
    known = ImportSession.objects.filter(
        seller_id=seller_id,
        kind=sheet.kind,
        sha256=sheet.file.sha256,
        options=dict(sheet.options),
        status__in=_LIVING if not sheet.again else [Status.READING, Status.APPLYING],
    ).order_by("-pk")
    if found := known.first():
        return HandedIn(found, is_known=True)

    number = next_ids("imports_importsession_id_seq", 1)[0]
    session = ImportSession.objects.create(
        pk=number,
        seller_id=seller_id,
        code=code_for("IMP", number),
        kind=sheet.kind,
        file_name=sheet.file.file_name,
        storage_key=sheet.file.storage_key,
        sha256=sheet.file.sha256,
        options=dict(sheet.options),
        language=sheet.language,
        started_by_id=int(actor.id),
        wanted_by_id=int(actor.id),
        started_at=at,
    )

    made = SheetHandedIn(
        seller_id=seller_id, subject=session.code, session_id=number, kind=sheet.kind, file_name=session.file_name
    )
    events.record(made, actor=actor, at=at)
    return HandedIn(session, is_known=False)


@transaction.atomic
def name_columns(*, session_code: str, meanings: Mapping[int, str], actor: Actor, at: datetime) -> None:
    """
    Say which column of the file is what, by place; kept for the seller's next file of this kind. It is read then.

    :raises ColumnsNotWanted: the file does not wait for that
    :raises ColumnsMissing: a column that must be there is not among them
    """
    session = lock_session(session_code, actor)

    if session.status != Status.READING or session.problem != COLUMNS_WANTED:
        raise ColumnsNotWanted(code=session.code)
    columns = kind_of(session.kind).columns
    names = {column.name for column in columns}
    lacking = [column for column in columns if column.is_required and column.name not in meanings.values()]
    if lacking:
        raise ColumnsMissing(columns=", ".join(column.titles.get(session.language, column.name) for column in lacking))

    headings = session.details["headings"]
    said = {
        folded_heading(heading): meanings.get(place, "") if meanings.get(place, "") in names else ""
        for place, heading in enumerate(headings)
        if folded_heading(heading)
    }
    KnownHeading.objects.bulk_create(
        [
            KnownHeading(seller_id=session.seller_id, kind=session.kind, heading=heading, column=column)
            for heading, column in said.items()
        ],
        update_conflicts=True,
        unique_fields=["seller", "kind", "heading"],
        update_fields=["column"],
    )
    session.problem, session.details, session.wanted_by_id = "", {}, int(actor.id)
    session.save(update_fields=["problem", "details", "wanted_by_id"])

    told = ColumnsNamed(seller_id=session.seller_id, subject=session.code, session_id=session.pk)
    events.record(told, actor=actor, at=at)


@transaction.atomic
def throw_away(*, session_code: str, actor: Actor, at: datetime) -> None:
    """
    Forget a file that was not applied, with its rows. Throwing it away twice changes nothing.

    :raises TooLateToThrowAway: rows of it are applied
    """
    session = lock_session(session_code, actor)

    if session.status == Status.DROPPED:
        return
    if session.status not in (Status.READING, Status.CHECKED) or session.rows_applied:
        raise TooLateToThrowAway(code=session.code)

    session.move_to(Status.DROPPED)
    session.ended_at, session.problem = at, ""
    session.details.pop("samples", None)
    session.save(update_fields=["status", "ended_at", "problem", "details"])
    session.import_rows.all().delete()

    events.record(SheetThrownAway(seller_id=session.seller_id, subject=session.code), actor=actor, at=at)


def lock_session(code: str, actor: Actor) -> ImportSession:
    """
    The locked session, for an actor who may touch its kind.

    :raises NotFound: no such session for this reader
    :raises NotYours: the actor may not
    """
    session: ImportSession | None = ImportSession.objects.visible_to(actor).filter(code=code).lock().first()
    if session is None:
        raise NotFound(kind="import", code=code)
    if not actor.may(kind_of(session.kind).permission):
        raise NotYours()
    return session
