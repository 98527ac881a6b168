"""Which orders' buyers are to be forgotten (R25)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from toiya.core.models import EventRow
from toiya.domain.orders.models import Order
from toiya.domain.outbound.events import OrderCancelled, OrderDelivered


def to_forget(at: datetime, days: int) -> QuerySet[Order]:
    """
    Orders whose buyers' time is over: so many days after delivery or cancelling, or twice as many after they left when
    nobody told of the delivery.
    """
    before = at - timedelta(days=days)
    names = (OrderDelivered.NAME, OrderCancelled.NAME)
    ended = Exists(EventRow.objects.filter(subject=OuterRef("code"), name__in=names, at__lte=before))
    over = Q(status__in=[Order.Status.DELIVERED, Order.Status.CANCELLED]) & Q(ended)
    left = Q(status=Order.Status.SHIPPED, shipped_at__lte=before - timedelta(days=days))
    return Order.objects.filter(over | left).filter(placed_at__lte=before).exclude(address__name="").order_by("pk")
