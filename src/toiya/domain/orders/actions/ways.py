"""Which service serves the orders of a shop, and of one order that a person decided on."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import Refusal
from toiya.domain.members.models import Seller
from toiya.domain.orders.events import ShopWayChosen
from toiya.domain.orders.models import Order, OrderWay, ShopWay
from toiya.domain.orders.ways import Services, Way


class ServiceNotUsed(Refusal):
    """The seller does not have that service."""

    code = "service_not_used"
    message = gettext_lazy("You do not use this service yet. Ask the warehouse to switch it on, then choose it here.")


def services_of(seller: Seller) -> Services:
    """Which of our two services a seller uses."""
    return Services(seller.uses_fulfilment, seller.uses_smart_delivery)


@transaction.atomic
def choose_shop_way(*, seller_id: int, shop_code: str, way: Way, actor: Actor, at: datetime) -> None:
    """
    Orders of this shop that come from now on are served by this service; those that are here stay as they are.

    :raises ServiceNotUsed: the seller does not have it
    """
    seller = Seller.objects.filter(pk=seller_id).lock().get()
    known = ShopWay.objects.filter(seller=seller, shop_code=shop_code).first()

    if not services_of(seller).offer(way):
        raise ServiceNotUsed()
    if (known.way if known else Way.FULFILMENT) == way:
        return

    ShopWay.objects.update_or_create(seller=seller, shop_code=shop_code, defaults={"way": way.value})

    events.record(ShopWayChosen(seller_id=seller_id, subject=shop_code, way=way.value), actor=actor, at=at)


def note_way(*, order: Order, way: Way, at: datetime) -> None:
    """A step for higher actions: a person chose this service for a locked order."""
    chosen = {"seller_id": order.seller_id, "way": way.value, "chosen_at": at}
    OrderWay.objects.update_or_create(order=order, defaults=chosen)
