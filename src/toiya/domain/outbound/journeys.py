"""Parcels that left and need a look: delivered before they left by our book, or not scanned for long."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from toiya.domain.carriers.models import Contract, State
from toiya.domain.orders.models import Order
from toiya.domain.outbound.models import Parcel

MOST_AT_ONCE = 1000
_AWAY = {"status": Parcel.Status.SHIPPED, "order__status": Order.Status.SHIPPED}


def delivered_labels() -> list[int]:
    """Labels whose parcels are with their receivers, and whose orders do not say so yet."""
    found = Parcel.objects.filter(**_AWAY, label__journey__state=State.DELIVERED)
    return list(found.order_by("pk").values_list("label_id", flat=True)[:MOST_AT_ONCE])


def unseen_labels(contract: Contract, at: datetime) -> list[int]:
    """Labels of the carrier's parcels that were not scanned for the days agreed, and that nobody told of yet."""
    since = at - timedelta(days=contract.lost_after_days)
    unseen = Q(label__journey=None) | Q(label__journey__seen_at=None) | Q(label__journey__seen_at__lte=since)
    away = Parcel.objects.filter(
        unseen,
        **_AWAY,
        label__carrier=contract.carrier,
        label__journey__suspected_at=None,
        shipped_at__lte=since,
    ).exclude(label__journey__state__in=[State.DELIVERED, State.RETURNED])
    return list(away.order_by("pk").values_list("label_id", flat=True)[:MOST_AT_ONCE])
