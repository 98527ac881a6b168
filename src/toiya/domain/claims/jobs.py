"""Background doors of claims and credits."""

from __future__ import annotations

from datetime import timedelta

from procrastinate.contrib.django import app

from toiya.core import clock
from toiya.core.actor import system_actor
from toiya.domain.claims import late
from toiya.domain.claims.actions.crediting import credit_delays
from toiya.domain.claims.actions.drafting import follow_note, follow_parcel
from toiya.domain.claims.models import CreditRule
from toiya.domain.claims.queries import notes_to_claim, parcels_to_follow
from toiya.domain.outbound.models import Parcel

ACTOR = system_actor("claims")
QUEUE = "default"


@app.task(name="claims.follow_label", queue=QUEUE)
def follow_label(label_id: int) -> None:
    """The carrier said something of a parcel: it may be lost, may have come back damaged, or was found again."""
    for parcel_id in Parcel.objects.filter(label_id=label_id).order_by("pk").values_list("pk", flat=True):
        follow_parcel(parcel_id=parcel_id, actor=ACTOR, at=clock.now())


@app.periodic(cron="29 * * * *")
@app.task(name="claims.sweep", queue=QUEUE)
def sweep(timestamp: int) -> None:
    """Drafts whose parcel was seen again end; parcels that may be lost and have no claim get their draft."""
    for parcel_id in parcels_to_follow():
        follow_parcel(parcel_id=parcel_id, actor=ACTOR, at=clock.now())


@app.task(name="claims.follow_stock", queue=QUEUE)
def follow_stock(seller_id: int) -> None:
    """Pieces of the seller were counted fewer or set aside as damaged: a draft for each note without one."""
    at = clock.now()
    for note_id in notes_to_claim(seller_id, at - timedelta(days=7)):
        follow_note(note_id=note_id, actor=ACTOR, at=at)


@app.periodic(cron="8-59/15 * * * *")
@app.task(name="claims.credit_delays", queue=QUEUE)
def credit_all(timestamp: int) -> None:
    """Every order that was late by our fault and left: its credit, each seller by itself."""
    if not CreditRule.objects.exists():
        return
    at = clock.now()
    by_seller: dict[int, list[int]] = {}
    for seller_id, order_id in late.waiting(at):
        by_seller.setdefault(seller_id, []).append(order_id)
    for seller_id, order_ids in by_seller.items():
        for start in range(0, len(order_ids), late.MOST_AT_ONCE):
            part = order_ids[start : start + late.MOST_AT_ONCE]
            credit_delays(seller_id=seller_id, order_ids=part, actor=ACTOR, at=at)
