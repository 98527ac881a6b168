"""
Buying a label, in three steps: claim the wish · ask the carrier with no transaction open (`jobs.py`) ·
record.

A job lock is no fence (F04): an answer counts only while the wish is wanted and its attempt is the last one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import Outside, Rejected, Unreachable
from toiya.domain.carriers import rules
from toiya.domain.carriers.events import LabelBought, LabelInDoubt, LabelRejected
from toiya.domain.carriers.models import Label, Way
from toiya.domain.carriers.plugs import carrier_of
from toiya.domain.carriers.port import LabelAnswer, LabelRequest
from toiya.domain.carriers.queries import request_of

_Status = Label.Status
_LONGEST_PROBLEM = 300


@dataclass(frozen=True, slots=True)
class Claim:
    """One attempt: ask this carrier for this, and give the attempt's number with the answer."""

    label_id: int
    attempt: int
    carrier: str
    request: LabelRequest


@transaction.atomic
def claim_label(*, label_id: int, at: datetime) -> Claim | None:
    """Begin an attempt; None when the label is not wanted any more and there is nothing to ask."""
    label: Label | None = Label.objects.filter(pk=label_id).defer("document").lock().first()
    if label is None or label.status != _Status.WANTED:
        return None
    if label.way != Way.ASK and not label.tracking_number:
        return None  # its number comes in a file, or from a person
    label.attempt += 1
    label.next_try_at = at + rules.CALL_LIMIT
    label.save(update_fields=["attempt", "next_try_at"])
    return Claim(label.pk, label.attempt, label.carrier, request_of(label))


@transaction.atomic
def record_bought(*, label_id: int, attempt: int, answer: LabelAnswer, actor: Actor, at: datetime) -> None:
    """
    Store the number and the document. An answer to an older attempt, or to a settled wish, is left aside.

    :raises ValueError: the carrier answered with another number than the one we gave it
    """
    label = _still_asking(label_id, attempt)
    if label is None:
        return
    if carrier_of(label.carrier).needs_number and answer.tracking_number != label.tracking_number:
        raise ValueError(f"{label.reference}: asked for {label.tracking_number}, got {answer.tracking_number}")

    label.move_to(_Status.BOUGHT)
    label.tracking_number = answer.tracking_number
    label.document = answer.document
    label.problem = "; ".join(answer.remarks)[:_LONGEST_PROBLEM]
    label.bought_at, label.next_try_at = at, None
    label.save()

    event = LabelBought(
        seller_id=label.seller_id,
        subject=label.shipment["order_code"],
        label_id=label.pk,
        parcel=label.reference,
        carrier=label.carrier,
        tracking_number=label.tracking_number,
    )
    events.record(event, actor=actor, at=at)


@transaction.atomic
def record_rejected(*, label_id: int, attempt: int, refused: Rejected, actor: Actor, at: datetime) -> None:
    """Store why the carrier declined; it is not asked again by itself. Late answers are left aside."""
    label = _still_asking(label_id, attempt)
    if label is None:
        return

    label.move_to(_Status.REJECTED)
    label.problem = _problem(refused)
    label.next_try_at = None
    label.save(update_fields=["status", "problem", "next_try_at"])

    event = LabelRejected(
        seller_id=label.seller_id,
        subject=label.shipment["order_code"],
        label_id=label.pk,
        parcel=label.reference,
        carrier=label.carrier,
        problem=label.problem,
    )
    events.record(event, actor=actor, at=at)


@transaction.atomic
def record_unreachable(*, label_id: int, attempt: int, failure: Unreachable, actor: Actor, at: datetime) -> None:
    """Store when to ask again; when patience ends, the label is in doubt and waits for a person."""
    label = _still_asking(label_id, attempt)
    if label is None:
        return
    next_try_at = rules.next_try(wanted_at=label.wanted_at, at=at)

    label.problem = _problem(failure)
    label.next_try_at = next_try_at
    if next_try_at is None:
        label.move_to(_Status.IN_DOUBT)
    label.save(update_fields=["status", "problem", "next_try_at"])

    if next_try_at is None:
        event = LabelInDoubt(
            seller_id=label.seller_id,
            subject=label.shipment["order_code"],
            label_id=label.pk,
            parcel=label.reference,
            carrier=label.carrier,
            problem=label.problem,
        )
        events.record(event, actor=actor, at=at)


def _still_asking(label_id: int, attempt: int) -> Label | None:
    """The wish, locked, if this attempt is its last and it is not settled."""
    label: Label = Label.objects.filter(pk=label_id).lock().get()
    return label if label.status == _Status.WANTED and label.attempt == attempt else None


def _problem(failure: Outside) -> str:
    return str(failure)[:_LONGEST_PROBLEM]
