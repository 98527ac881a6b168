"""Sellers hear of a lot once, when its last usable day comes near; how near is their own choice."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import Refusal
from toiya.domain.inbound import sql
from toiya.domain.inbound.events import LotDaysSet, LotsNearEnd
from toiya.domain.inbound.models import LotRules
from toiya.domain.members.models import Seller

MOST_DAYS = 999


class LotDaysOff(Refusal):
    """A number of days that is none."""

    code = "lot_days_off"
    message = gettext_lazy("%(days)s days: enter a whole number from 1 to %(most)s.")


@transaction.atomic
def warn_of_lots(*, seller_id: int, actor: Actor, at: datetime) -> int:
    """Write down every lot that is near its last day and tell of them together; returns how many are new."""
    seller = Seller.objects.get(pk=seller_id)

    made = sql.write_warnings(seller_id, at)

    if made:
        near = LotsNearEnd(seller_id=seller_id, subject=seller.code, lots=len(made), first_warning=min(made))
        events.record(near, actor=actor, at=at)
    return len(made)


@transaction.atomic
def set_lot_days(*, seller_id: int, days: int, actor: Actor, at: datetime) -> None:
    """From now on the seller hears so many days before. :raises LotDaysOff:"""
    seller = Seller.objects.get(pk=seller_id)
    if not 1 <= days <= MOST_DAYS:
        raise LotDaysOff(days=days, most=MOST_DAYS)

    LotRules.objects.update_or_create(seller=seller, defaults={"days": days})

    events.record(LotDaysSet(seller_id=seller.pk, subject=seller.code, days=days), actor=actor, at=at)
