"""Standing still for a seller that has not paid: steps of `dues`, which records why."""

from __future__ import annotations

from datetime import datetime

from toiya.core.actor import Actor
from toiya.domain.members.models import Seller, Standstill


def stand_still(*, seller_id: int, stage: str, cause: str, actor: Actor, at: datetime) -> Standstill:
    """A step of a higher action: from now on this much is not done for the seller, because of that code."""
    Seller.objects.filter(pk=seller_id).lock().get()
    values = {"stage": stage, "cause": cause, "since": at}
    found: Standstill = Standstill.objects.update_or_create(seller_id=seller_id, defaults=values)[0]
    return found


def go_on(*, seller_id: int, actor: Actor, at: datetime) -> bool:
    """A step of a higher action: everything is done again. Whether anything stood still."""
    Seller.objects.filter(pk=seller_id).lock().get()
    return bool(Standstill.objects.filter(seller_id=seller_id).delete()[0])
