"""What the hours of a building's day are counted from (three queries)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.db.models.functions import TruncHour

from toiya.domain.allocation.models import Allocation
from toiya.domain.orders.models import OpenOrder, Order
from toiya.domain.outbound.hour_rules import HOUR, HOURS_BACK, Hour, by_hour
from toiya.domain.outbound.models import Parcel
from toiya.domain.stock.models import Movement

_TO_DO = (Order.Status.ALLOCATED, Order.Status.PICKING, Order.Status.PACKING)


def hours_of(warehouse_id: int, at: datetime) -> list[Hour]:
    """The last hours and the coming ones. The pace is that of the last whole hour in which anything was packed."""
    since = at.replace(minute=0, second=0, microsecond=0) - HOURS_BACK * HOUR
    sealed = Parcel.objects.filter(warehouse_id=warehouse_id, sealed_at__gte=since, sealed_at__lte=at)
    packed = _counted(sealed.annotate(hour=TruncHour("sealed_at", tzinfo=UTC)))
    promises = Movement.objects.filter(
        warehouse_id=warehouse_id, kind=Movement.Kind.ALLOCATE, source__startswith="ORD-", at__gte=since, at__lte=at
    )
    came = _counted(promises.annotate(hour=TruncHour("at", tzinfo=UTC)), "source")
    here = Allocation.objects.filter(warehouse_id=warehouse_id).values("order_id")
    waits = Parcel.objects.filter(order=OuterRef("order_id"), status=Parcel.Status.SEALED)  # for its label only
    to_do = OpenOrder.objects.filter(~Exists(waits), order__status__in=_TO_DO, order_id__in=here).count()
    full = [count for hour, count in sorted(packed.items()) if hour + HOUR <= at]
    return by_hour(at, packed, came, to_do, full[-1] if full else max(packed.values(), default=0))


def _counted(rows: QuerySet[Any], what: str = "pk") -> dict[datetime, int]:
    counted = rows.order_by("hour").values_list("hour").annotate(count=Count(what, distinct=True))
    return {hour.astimezone(UTC): count for hour, count in counted}
