"""Files for carriers' programs: the labels that wait for one, written once and kept as they were made."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.codes import code_for
from toiya.core.copying import next_ids
from toiya.core.errors import NotFound, Refusal
from toiya.domain.carriers.events import CarrierFileMade
from toiya.domain.carriers.field_rules import key_of
from toiya.domain.carriers.models import CarrierFile, Contract, FileEntry, Label, Way
from toiya.domain.carriers.plugs import carriers
from toiya.domain.carriers.port import FileCarrier, FileRow, Shipper, WrittenFile
from toiya.domain.carriers.queries import request_of

MOST_ROWS = 1000


class NothingForFile(Refusal):
    """No label waits for a file of this carrier."""

    code = "nothing_for_file"
    message = gettext_lazy("No parcel waits for a file of %(carrier)s. Seal parcels first, or name those to repeat.")


class NoRowCarried(Refusal):
    """None of the labels can be written."""

    code = "no_row_carried"
    message = gettext_lazy("None of the parcels can be written: %(told)s. Mend the addresses first.")


@dataclass(frozen=True, slots=True)
class FileWish:
    """Which file: empty `parcels` are all that wait and are in no file yet; named ones go in once more."""

    carrier: str
    layout: str
    parcels: Sequence[str] = ()


@transaction.atomic
def make_file(*, wish: FileWish, actor: Actor, at: datetime) -> CarrierFile:
    """
    Write the labels that wait into one file. A label in a file is not written again unless it is named.

    Nothing else changes: a file is no hand-over, and labels wait until their numbers come back.

    :raises NotFound: no such carrier, or it takes no such files
    :raises NothingForFile: :raises NoRowCarried:
    """
    plug = carriers().get(wish.carrier)
    if plug is None or not isinstance(plug, FileCarrier) or wish.layout not in plug.layouts:
        raise NotFound(kind=str(gettext_lazy("layout")), code=f"{wish.carrier} {wish.layout}"[:40])
    labels = _lock_waiting(wish)
    if not labels:
        raise NothingForFile(carrier=plug.label)

    by_key = {key_of(label.reference): label for label in labels}
    rows = [FileRow(key, request_of(label)) for key, label in by_key.items()]
    written = plug.write(wish.layout, rows, _shipper(wish.carrier))
    if not written.keys:
        told = "; ".join(f"{each.key} {each.field} {each.letters}".strip() for each in written.problems[:3])
        raise NoRowCarried(told=told)

    made = _store(wish, written, actor, at)
    FileEntry.objects.bulk_create([FileEntry(file=made, label=by_key[key], key=key) for key in written.keys])

    event = CarrierFileMade(
        seller_id=None,
        subject=made.code,
        carrier=made.carrier,
        layout=made.layout,
        labels=made.rows,
        left_out=len(labels) - made.rows,
    )
    events.record(event, actor=actor, at=at)
    return made


def _lock_waiting(wish: FileWish) -> list[Label]:
    waiting = Label.objects.filter(
        carrier=wish.carrier, way=Way.FILE, status=Label.Status.WANTED, tracking_number=""
    ).defer("document")
    if wish.parcels:
        waiting = waiting.filter(reference__in=wish.parcels)
        return list(waiting.lock()[:MOST_ROWS])
    locked = list(waiting.filter(entries__isnull=True).lock()[:MOST_ROWS])
    # Whoever waited for the lock sees the entries of the file before it only now.
    written = set(FileEntry.objects.filter(label__in=locked).values_list("label_id", flat=True))
    return [label for label in locked if label.pk not in written]


def _shipper(carrier: str) -> Shipper:
    contract = Contract.objects.filter(carrier=carrier).first()
    if contract is None:
        return Shipper()
    return Shipper(contract.customer_code, contract.billing_class, contract.fare_code)


def _store(wish: FileWish, written: WrittenFile, actor: Actor, at: datetime) -> CarrierFile:
    number = next_ids("carriers_carrierfile_id_seq", 1)[0]
    code = code_for("CF", number)
    return CarrierFile.objects.create(
        id=number,
        code=code,
        carrier=wish.carrier,
        layout=wish.layout,
        name=f"{wish.layout}-{code}.csv",
        content=written.content,
        sha256=hashlib.sha256(written.content).hexdigest(),
        rows=len(written.keys),
        left_out=[[each.key, each.field, each.problem, each.letters] for each in written.problems],
        made_by=actor.name,
        made_at=at,
    )
