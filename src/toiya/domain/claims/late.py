"""Orders that missed their promised day by the warehouse's fault, left meanwhile, and have no credit yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Sum

from toiya.domain.claims.models import DelayCredit
from toiya.domain.orders.models import Order, PromiseMove
from toiya.domain.outbound.clock_rules import WAREHOUSE
from toiya.domain.outbound.models import Parcel
from toiya.domain.wallet.models import Reservation
from toiya.domain.warehouses.models import Warehouse

HOME_ZONE = "Asia/Tokyo"
LOOK_BACK = timedelta(days=60)  # an order that was late longer ago is settled by people
MOST_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class LateOrder:
    """An order, the truck it missed first, why, and the fees that were taken for it."""

    order: Order
    missed_at: datetime
    cause: str
    fees_minor: int


def home_zone() -> ZoneInfo:
    """Whose days and months count: the first building's, as for the promises."""
    house = Warehouse.objects.order_by("pk").first()
    return ZoneInfo(house.time_zone if house else HOME_ZONE)


def waiting(at: datetime) -> list[tuple[int, int]]:
    """(seller, order) of what may have to be credited; one query."""
    moves = PromiseMove.objects.filter(
        is_late=True,
        owner=WAREHOUSE,
        was_for__gte=at - LOOK_BACK,
        order__shipped_at__isnull=False,
        order__delay_credit=None,
    )
    return list(moves.order_by("seller_id", "order_id").values_list("seller_id", "order_id").distinct())


def late_orders(seller_id: int, order_ids: Sequence[int]) -> list[LateOrder]:
    """
    Those of the orders that are to be credited, in the order of their ids. Whose the delay was, the first truck missed
    says: what the warehouse missed after somebody else's delay is not its fault alone.
    """
    gone = Order.objects.filter(seller_id=seller_id, pk__in=order_ids, shipped_at__isnull=False)
    orders: dict[int, Order] = {order.pk: order for order in gone.order_by("pk")}
    done = set(DelayCredit.objects.filter(order_id__in=orders).values_list("order_id", flat=True))
    moves = PromiseMove.objects.filter(order_id__in=set(orders) - done, is_late=True)
    first = {move.order_id: move for move in moves.order_by("order_id", "was_for", "pk").distinct("order_id")}
    fees = _fees(seller_id, list(first))
    return [
        LateOrder(orders[pk], move.was_for, move.cause, fees.get(pk, 0))
        for pk, move in sorted(first.items())
        if move.owner == WAREHOUSE
    ]


def _fees(seller_id: int, order_ids: Sequence[int]) -> dict[int, int]:
    """What was taken from the wallet for the parcels of each order."""
    taken = Parcel.objects.filter(
        seller_id=seller_id, order_id__in=order_ids, reservation__status=Reservation.Status.CAPTURED
    )
    sums = taken.values_list("order_id").annotate(sum=Sum("reservation__amount_minor")).order_by()
    return dict(sums)
