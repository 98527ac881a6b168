"""Which orders may go together, and which may be divided by themselves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from toiya.domain.allocation.models import AllocationRules, ShipDay
from toiya.domain.allocation.rules import Why
from toiya.domain.orders.models import Address, Hold, OpenOrder, Order, SplitOff

EARLY = (Order.Status.RECEIVED, Order.Status.WAITING, Order.Status.ALLOCATED)
MOST_SHOWN = 20
# Orders further away by number are not looked at: a page's look must cost the same whatever a seller has open.
NEAR = 20_000
# The order waits because pieces are lacking, not because somebody must decide something.
LACKING = (Why.NOT_ENOUGH_STOCK, Why.SPREAD_OUT, Why.KEPT_BACK, Why.EXPIRES_SOON)
_RECEIVER = ("name", "country", "postal_code", "first_line", "second_line")


class Likeness(NamedTuple):
    """What two orders must share to go in one parcel."""

    seller_id: int
    shop: tuple[str, str, str]
    receiver: tuple[str, ...]
    wishes: tuple[Any, ...]
    is_held: bool


def likeness_of(orders: Iterable[int]) -> dict[int, Likeness]:
    """What each of the orders must share with another one; one statement for any number of them."""
    return {order.pk: _likeness(order) for order in _with_kin(Order.objects.filter(pk__in=list(orders)))}


def orders_together_with(order: Order) -> list[Order]:
    """The other orders of its seller that may go in one parcel with it, oldest first. One statement."""
    address = getattr(order, "address", None) if order.status in EARLY else None
    if address is None:
        return []
    open_ids = OpenOrder.objects.filter(
        seller_id=order.seller_id, order_id__gte=order.pk - NEAR, order_id__lte=order.pk + NEAR
    )
    near = Address.objects.filter(order_id__in=open_ids.values("order_id"), seller_id=order.seller_id)
    alike = near.filter(name=address.name, postal_code=address.postal_code, first_line=address.first_line)
    found = _with_kin(Order.objects.filter(pk__in=alike.values("order_id"), status__in=EARLY))
    rows = list(found.order_by("placed_at", "pk")[: MOST_SHOWN + 1])
    mine = next((_likeness(row) for row in rows if row.pk == order.pk), None)
    if mine is None or mine.is_held:
        return []
    return [row for row in rows if row.pk != order.pk and _likeness(row) == mine]


def _with_kin(orders: QuerySet[Order]) -> QuerySet[Any]:
    held = Hold.objects.filter(order_id=OuterRef("pk"), lifted_at=None)
    kin = orders.select_related("address", "wish", "chosen_warehouse", "ship_day", "chosen_way")
    return kin.annotate(is_held=Exists(held))


def _likeness(order: Any) -> Likeness:
    address = getattr(order, "address", None)
    wish, house, day, way = (
        getattr(order, name, None) for name in ("wish", "chosen_warehouse", "ship_day", "chosen_way")
    )
    return Likeness(
        order.seller_id,
        (order.channel, order.shop_code, order.currency),
        tuple(str(getattr(address, name)).strip() for name in _RECEIVER) if address else (),
        (
            (wish.warehouse_id, wish.service_code, wish.deliver_on, wish.slot) if wish else None,
            house and house.warehouse_id,
            day and day.day,
            way and way.way,
        ),
        order.is_held,
    )


def may_split_by_itself(order: Order) -> bool:
    """Whether its seller's rule divides this locked order: once, not while it is held or waits for a day."""
    if order.status != Order.Status.WAITING or order.waiting_reason not in LACKING:
        return False
    return not (
        not AllocationRules.objects.filter(seller_id=order.seller_id, sends_what_is_there=True).exists()
        or SplitOff.objects.filter(order=order).exists()
        or SplitOff.objects.filter(source=order, is_automatic=True).exists()
        or ShipDay.objects.filter(order=order).exists()
        or Hold.objects.filter(order=order, lifted_at=None).exists()
    )


def splitting_sellers() -> list[int]:
    """The sellers whose rule is to send what is there."""
    rules = AllocationRules.objects.filter(sends_what_is_there=True)
    return list(rules.order_by("pk").values_list("pk", flat=True))


def waiting_to_be_split(seller_id: int) -> list[int]:
    """The seller's orders that lack pieces and were not divided, in the order of their turns."""
    waiting = Order.objects.filter(
        pk__in=OpenOrder.objects.filter(seller_id=seller_id).values("order_id"),
        status=Order.Status.WAITING,
        waiting_reason__in=LACKING,
        split_off=None,
    ).exclude(parts__is_automatic=True)
    orders = sorted(waiting, key=lambda o: (o.ship_by or o.placed_at, o.paid_at or o.placed_at, o.pk))
    return [order.pk for order in orders]
