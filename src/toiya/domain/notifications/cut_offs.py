"""Which orders still wait while their truck comes near."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from toiya.domain.orders.models import Hold, OpenOrder, Order

BEFORE = timedelta(hours=2)  # long enough to mend a link or to free a hold, and to pick and pack then
_WAITING = (Order.Status.RECEIVED, Order.Status.WAITING)


def cut_offs_to_tell(at: datetime) -> list[tuple[int, datetime]]:
    """Seller and cut-off of the orders that wait while it comes near; one query over what is open."""
    held = Hold.objects.filter(order=OuterRef("order_id"), lifted_at=None)
    waits = Q(order__status__in=_WAITING) | (Q(order__status=Order.Status.ALLOCATED) & Exists(held))
    near = OpenOrder.objects.filter(waits, order__promised_at__gt=at, order__promised_at__lte=at + BEFORE)
    pairs = near.order_by("seller_id", "order__promised_at").values_list("seller_id", "order__promised_at")
    return list(dict.fromkeys(pairs))


def waiting_at(seller_id: int, cut_off: datetime) -> Iterable[tuple[str, str, bool]]:
    """The seller's orders that wait for this cut-off: code, leading reason, whether a hold stops it."""
    held = Hold.objects.filter(order=OuterRef("pk"), lifted_at=None)
    waits = Q(status__in=_WAITING) | (Q(status=Order.Status.ALLOCATED) & Exists(held))
    open_orders = OpenOrder.objects.filter(seller_id=seller_id).values("order_id")
    orders = Order.objects.filter(waits, pk__in=open_orders, promised_at=cut_off).annotate(is_held=Exists(held))
    found: Iterable[tuple[str, str, bool]] = orders.order_by("pk").values_list("code", "waiting_reason", "is_held")
    return found
