"""Files that come back from carriers: numbers for labels, and scans on the way. Each row is taken once, alone."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.codes import code_for
from toiya.core.copying import next_ids
from toiya.core.errors import NotFound, Refusal, Rejected
from toiya.domain.carriers.actions.journeys import note_scan
from toiya.domain.carriers.answer_rules import typed_scans
from toiya.domain.carriers.events import AnswerHandedIn, LabelNumbered
from toiya.domain.carriers.models import Answer, AnswerRow, FileEntry, Label, LabelVoid, Way
from toiya.domain.carriers.plugs import carriers
from toiya.domain.carriers.port import Carrier, FileCarrier, NumberRow, ScanFiles, ScanRow

MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS = 5000
_AHEAD = timedelta(days=1)  # a scan later than that is a slip of the pen
_Outcome = AnswerRow.Outcome


class AnswerNotRead(Refusal):
    """The file is not one of this carrier's."""

    code = "answer_not_read"
    message = gettext_lazy("The file cannot be read as one of %(carrier)s: %(told)s Choose the right file and carrier.")


class AnswerTooLarge(Refusal):
    """More than a day's work."""

    code = "answer_too_large"
    message = gettext_lazy("The file has more than %(most)s rows. Hand it in in parts.")


@dataclass(frozen=True, slots=True)
class AnswerDraft:
    """A file as it was handed in: of which carrier, `kind` of `Answer.Kind`, its name and bytes."""

    carrier: str
    kind: str
    name: str
    content: bytes


@transaction.atomic
def hand_in_answer(*, draft: AnswerDraft, actor: Actor, at: datetime) -> Answer:
    """
    Keep the rows of a carrier's file; a job takes them one by one. The same file twice does no harm.

    :raises NotFound: no such carrier
    :raises AnswerNotRead: :raises AnswerTooLarge:
    """
    plug = carriers().get(draft.carrier)
    if plug is None or draft.kind not in Answer.Kind.values:
        raise NotFound(kind=str(gettext_lazy("carrier")), code=draft.carrier[:20])
    if len(draft.content) > MOST_BYTES:
        raise AnswerTooLarge(most=MOST_ROWS)
    found = _read(plug, draft)
    if len(found) > MOST_ROWS:
        raise AnswerTooLarge(most=MOST_ROWS)

    number = next_ids("carriers_answer_id_seq", 1)[0]
    answer = Answer.objects.create(
        id=number,
        code=code_for("CA", number),
        carrier=draft.carrier,
        kind=draft.kind,
        name=draft.name[:100],
        sha256=hashlib.sha256(draft.content).hexdigest(),
        taken_by=actor.name,
        taken_at=at,
    )
    AnswerRow.objects.bulk_create([_row(answer, place, row) for place, row in enumerate(found, start=1)])

    event = AnswerHandedIn(
        seller_id=None, subject=answer.code, answer_id=answer.pk, carrier=answer.carrier, rows=len(found)
    )
    events.record(event, actor=actor, at=at)
    return answer


def _read(plug: Carrier, draft: AnswerDraft) -> Sequence[NumberRow | ScanRow]:
    try:
        if draft.kind == Answer.Kind.NUMBERS:
            if not isinstance(plug, FileCarrier):
                raise Rejected("no_files", "This carrier gives no files.")
            return plug.read_numbers(draft.content)
        if isinstance(plug, ScanFiles):
            try:
                return plug.read_scans(draft.content)
            except Rejected:
                pass  # rows typed by a person, perhaps
        scans = typed_scans(draft.content)
    except Rejected as refused:
        raise AnswerNotRead(carrier=plug.label, told=refused.message) from refused
    if not scans:
        raise AnswerNotRead(carrier=plug.label, told="–")
    return scans


def _row(answer: Answer, place: int, read: NumberRow | ScanRow) -> AnswerRow:
    row = AnswerRow(answer=answer, place=place, key=read.key[:60], tracking_number=read.tracking_number[:60])
    if isinstance(read, ScanRow):
        row.state, row.happened_at = read.state, read.happened_at
    elif not read.is_printed:
        row.outcome = _Outcome.NOT_PRINTED
    elif not read.tracking_number:
        row.outcome = _Outcome.BAD_NUMBER
    return row


@transaction.atomic
def take_row(*, row_id: int, actor: Actor, at: datetime) -> AnswerRow:
    """Do what one row says, if it was not done; what became of it stands in the row."""
    row: AnswerRow = AnswerRow.objects.filter(pk=row_id).lock().select_related("answer").get()
    if row.outcome != _Outcome.OPEN:
        return row

    label = _label_of(row)
    if label is None:
        row.outcome = _Outcome.UNKNOWN
    elif row.answer.kind == Answer.Kind.SCANS:
        row.outcome = _scan(row, label, actor, at)
    else:
        row.outcome = _number(row, label, actor, at)
    row.label = label
    row.save(update_fields=["outcome", "label"])
    return row


def _label_of(row: AnswerRow) -> Label | None:
    """The label of a row, locked: by our control number, a scan's by its tracking number too."""
    carrier = row.answer.carrier
    labels = Label.objects.filter(carrier=carrier).defer("document")
    found: Label | None = None
    if row.answer.kind == Answer.Kind.SCANS and row.tracking_number:
        found = labels.filter(tracking_number=row.tracking_number).lock().first()
    if found is None and row.key:
        entry = FileEntry.objects.filter(file__carrier=carrier, key=row.key).order_by("-pk").first()
        found = labels.filter(pk=entry.label_id).lock().first() if entry else None
    return found


def _scan(row: AnswerRow, label: Label, actor: Actor, at: datetime) -> str:
    if not row.state or row.happened_at is None or row.happened_at > at + _AHEAD:
        return _Outcome.BAD_SCAN
    is_new = note_scan(label=label, state=row.state, happened_at=row.happened_at, actor=actor, at=at)
    return _Outcome.TAKEN if is_new else _Outcome.SAME


def _number(row: AnswerRow, label: Label, actor: Actor, at: datetime) -> str:
    number = row.tracking_number
    if label.tracking_number:
        return _Outcome.SAME if label.tracking_number == number else _Outcome.OTHER_NUMBER
    if LabelVoid.objects.filter(carrier=label.carrier, tracking_number=number).exists():
        return _Outcome.VOIDED
    if Label.objects.filter(carrier=label.carrier, tracking_number=number).exists():
        return _Outcome.USED
    if label.status != Label.Status.WANTED or label.way != Way.FILE:
        return _Outcome.NOT_WANTED

    label.tracking_number, label.next_try_at = number, at
    label.save(update_fields=["tracking_number", "next_try_at"])

    event = LabelNumbered(
        seller_id=label.seller_id,
        subject=label.shipment["order_code"],
        label_id=label.pk,
        parcel=label.reference,
        carrier=label.carrier,
        tracking_number=number,
    )
    events.record(event, actor=actor, at=at)
    return _Outcome.TAKEN
