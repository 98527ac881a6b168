"""Claims that a machine drafts from what carriers and the floor told; each cause once, and a person decides (D-10)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from toiya.core import events
from toiya.core.actor import Actor
from toiya.domain.carriers.models import CarrierScan, Journey, State
from toiya.domain.claims import rules, valuing
from toiya.domain.claims.actions.opening import Drafted, opened, parcel_cause, parcel_draft, write_claim
from toiya.domain.claims.events import ClaimDeclined
from toiya.domain.claims.models import Claim
from toiya.domain.outbound.models import Parcel
from toiya.domain.stock.models import Movement, StockNote

Kind, Status = Claim.Kind, Claim.Status
Reason = StockNote.Reason
_LOST, _BLOCKED = int(Movement.Kind.LOST), int(Movement.Kind.BLOCK)
# What movement, for which reasons, is damage or loss that the warehouse may answer for.
HOUSE_KINDS = {
    _LOST: ({Reason.COUNTED, Reason.LOST}, Kind.WAREHOUSE_LOSS),
    _BLOCKED: ({Reason.DAMAGED}, Kind.WAREHOUSE_DAMAGE),
}
FOUND_AGAIN = frozenset({State.PICKED_UP, State.MOVING, State.OUT, State.ATTEMPTED, State.KEPT, State.DELIVERED})


@transaction.atomic
def follow_parcel(*, parcel_id: int, actor: Actor, at: datetime) -> Claim | None:
    """
    Draft a claim when the carrier's word says so: not scanned for the days agreed, looked for, or come back although
    its receiver was not missed. A draft for a loss ends when the parcel is seen again. Running twice changes nothing.
    """
    parcel: Parcel = Parcel.objects.filter(pk=parcel_id).lock().get()
    journey = Journey.objects.filter(label=parcel.label).first()
    claim: Claim | None = Claim.objects.filter(seller_id=parcel.seller_id, cause=parcel_cause(parcel)).lock().first()

    kind = _told_by(journey)
    if claim is not None and journey is not None:
        if _is_found_again(claim, journey):
            _drop(claim, actor, at)
        return claim
    if kind is None or parcel.shipped_at is None:
        return None

    claim = write_claim(parcel_draft(parcel, kind, is_by_machine=True), actor, at)

    events.record(opened(claim), actor=actor, at=at)
    return claim


@transaction.atomic
def follow_note(*, note_id: int, actor: Actor, at: datetime) -> Claim | None:
    """
    Draft a claim against the warehouse for pieces that a count did not find, or that were set aside as damaged.

    Pieces are booked in after inspection only, so the operator answers for them (A067). Running twice changes nothing.
    """
    note: StockNote = StockNote.objects.filter(pk=note_id).lock().get()
    cause = f"note {note.code}"
    if Claim.objects.filter(seller_id=note.seller_id, cause=cause).exists():
        return None
    moved = Movement.objects.filter(sku_id=note.sku_id, source=note.code, kind__in=HOUSE_KINDS)
    movements = [each for each in moved.order_by("id") if note.reason in HOUSE_KINDS[each.kind][0]]
    if not movements:
        return None

    sku, currency = note.sku, note.sku.item.currency
    lines = [valuing.valued(sku, sum(each.quantity for each in movements), currency)]
    draft = Drafted(
        seller_id=note.seller_id,
        kind=HOUSE_KINDS[movements[0].kind][1],
        cause=cause,
        warehouse=note.warehouse,
        currency=currency,
        lines=lines,
        known_at=note.at,
        stock_note=note,
        is_by_machine=True,
    )
    claim = write_claim(draft, actor, at)

    events.record(opened(claim), actor=actor, at=at)
    return claim


def _told_by(journey: Journey | None) -> str | None:
    if journey is None:
        return None
    if journey.suspected_at is not None or journey.state == State.INQUIRY:
        return Kind.CARRIER_LOSS
    if journey.state == State.RETURNED:
        states = CarrierScan.objects.filter(label_id=journey.label_id).values_list("state", flat=True)
        return Kind.CARRIER_DAMAGE if rules.came_back_damaged(states) else None
    return None


def _is_found_again(claim: Claim, journey: Journey) -> bool:
    is_open = claim.status == Status.DRAFTED and claim.is_by_machine and claim.kind == Kind.CARRIER_LOSS
    return is_open and journey.suspected_at is None and journey.state in FOUND_AGAIN


def _drop(claim: Claim, actor: Actor, at: datetime) -> None:
    claim.move_to(Status.DECLINED)
    claim.ground, claim.reason = Claim.Ground.CAME_TO_LIGHT, "–"  # the ground says it, in the reader's language
    claim.decided_at, claim.decided_by = at, actor.name
    claim.save(update_fields=["status", "ground", "reason", "decided_at", "decided_by"])
    told = ClaimDeclined(
        seller_id=claim.seller_id, subject=claim.code, claim_id=claim.pk, ground=claim.ground, reason=claim.reason
    )
    events.record(told, actor=actor, at=at)
