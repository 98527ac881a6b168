"""What others ask about promises and waiting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from toiya.domain.allocation.models import Allocation, AllocationRules, ShipDay, WaitReason
from toiya.domain.allocation.rules import Owner, Why
from toiya.domain.warehouses.models import Warehouse

OWNERS: Mapping[str, Owner] = {
    Why.NO_SKU: Owner.SELLER,
    Why.NO_WAREHOUSE: Owner.WAREHOUSE,
    Why.EXPIRES_SOON: Owner.SELLER,
    Why.KEPT_BACK: Owner.SELLER,
    Why.ELSEWHERE: Owner.SELLER,
    Why.SPREAD_OUT: Owner.SELLER,
    Why.PROMISE_EXPIRED: Owner.SITE,
    Why.NOT_ENOUGH_STOCK: Owner.SELLER,
    Why.OTHER_LINES: Owner.SELLER,
    Why.SHORT_ON_FLOOR: Owner.WAREHOUSE,
    Why.TAKEN_BACK: Owner.SELLER,
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """Why one line waits, for a screen."""

    line_id: int
    code: str
    owner: Owner
    details: dict[str, str | int]


def reasons_of(order_ids: Sequence[int]) -> dict[int, list[Waiting]]:
    """Why the lines of these orders wait, by order."""
    found: dict[int, list[Waiting]] = {}
    for reason in WaitReason.objects.filter(order_id__in=order_ids).order_by("order_id", "line_id"):
        waiting = Waiting(reason.line_id, reason.code, OWNERS[reason.code], reason.details)
        found.setdefault(reason.order_id, []).append(waiting)
    return found


def allocations_of(order_id: int) -> list[Allocation]:
    """The order's promises."""
    return list(Allocation.objects.filter(order_id=order_id).order_by("line_id", "sku_id"))


def first_good_day(seller_id: int, at: datetime) -> date | None:
    """The first last-usable day that the seller still promises; None: any."""
    rules = AllocationRules.objects.filter(seller_id=seller_id).first()
    if rules is None or rules.expiry_days is None:
        return None
    return (at + timedelta(days=rules.expiry_days)).date()


def reserved_for_later(order_ids: Iterable[int], today: date) -> set[int]:
    """Those of the orders that may not go to the floor yet (A056)."""
    later = ShipDay.objects.filter(order_id__in=list(order_ids), day__gt=today)
    return set(later.values_list("order_id", flat=True))


def local_day(at: datetime) -> date:
    """The day in the first warehouse, by whose trucks days are counted."""
    zone = Warehouse.objects.order_by("pk").values_list("time_zone", flat=True).first() or "Asia/Tokyo"
    return at.astimezone(ZoneInfo(zone)).date()
