"""Judging orders: those the seller packs itself leave the allocator's way, the others get their stock promised."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from toiya.core import events
from toiya.core.actor import Actor
from toiya.domain.allocation.actions.promising import Outcome, allocate_orders
from toiya.domain.allocation.models import WaitReason
from toiya.domain.members.models import Seller
from toiya.domain.orders.actions.ways import services_of
from toiya.domain.orders.events import SmartDeliveryChosen
from toiya.domain.orders.models import Order, OrderWay, ShopWay
from toiya.domain.orders.ways import Services, Way, way_of

_Status = Order.Status


@transaction.atomic
def judge_orders(*, seller_id: int, order_ids: Sequence[int], actor: Actor, at: datetime) -> Outcome:
    """
    Promise stock to the waiting orders that Fulfilment serves, as `allocate_orders` does; an order of Smart Delivery
    is set apart to be handed in. For a seller that only hands in nothing is judged at all.

    Of a seller with both services only orders that just came in follow its shops' settings: one that was judged
    before stays where it is until a person chooses.
    """
    services = services_of(Seller.objects.get(pk=seller_id))
    if services.smart_delivery:
        _set_apart(services, seller_id, order_ids, actor, at)
        if not services.fulfilment:
            return Outcome((), {})
    return allocate_orders(seller_id=seller_id, order_ids=order_ids, actor=actor, at=at)


def _set_apart(services: Services, seller_id: int, order_ids: Sequence[int], actor: Actor, at: datetime) -> None:
    movable = [_Status.RECEIVED] if services.fulfilment else [_Status.RECEIVED, _Status.WAITING]
    orders = list(Order.objects.filter(seller_id=seller_id, pk__in=order_ids, status__in=movable).lock())
    of_shop = dict(ShopWay.objects.filter(seller_id=seller_id).values_list("shop_code", "way"))
    chosen = dict(OrderWay.objects.filter(order_id__in=[order.pk for order in orders]).values_list("order_id", "way"))

    going = [
        order
        for order in orders
        if way_of(services, chosen=chosen.get(order.pk, ""), of_shop=of_shop.get(order.shop_code, ""))
        is Way.SMART_DELIVERY
    ]
    if not going:
        return

    for order in going:
        order.move_to(_Status.TO_HAND_IN)
        order.waiting_reason = ""
    Order.objects.bulk_update(going, ["status", "waiting_reason"])
    WaitReason.objects.filter(order_id__in=[order.pk for order in going]).delete()

    told = [SmartDeliveryChosen(seller_id=seller_id, subject=order.code, pieces=0) for order in going]
    events.record_all(told, actor=actor, at=at)
