"""Orders that leave the country go on by themselves once customs have all they want and a service goes there (L32)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from toiya.core import events
from toiya.core.actor import Actor
from toiya.domain.allocation.models import Allocation
from toiya.domain.carriers.abroad import services_to
from toiya.domain.catalog.models import Sku
from toiya.domain.orders.actions.abroad import HOLD
from toiya.domain.orders.customs import lacking
from toiya.domain.orders.events import HoldLifted
from toiya.domain.orders.models import Address, Hold, Line, Order


@transaction.atomic
def judge_abroad(*, order_id: int, actor: Actor, at: datetime) -> bool:
    """
    Say anew what the papers of an order held for its country lack; when nothing, the hold ends. Whether it ended.

    What will lie in the box counts: the parts of a bundle, once they are promised.
    """
    order = Order.objects.filter(pk=order_id).lock().get()
    hold = Hold.objects.filter(order=order, code=HOLD, lifted_at=None).first()

    if hold is None:
        return False
    country = Address.objects.filter(order=order).values_list("country", flat=True).get()
    lines = list(Line.objects.filter(order=order, is_cancelled=False).order_by("pk"))
    promised = list(Allocation.objects.filter(order_id=order.pk).values_list("sku_id", flat=True))
    wanted = set(promised) or {line.sku_id for line in lines}
    skus = Sku.objects.in_bulk([sku_id for sku_id in wanted if sku_id])
    details = lacking(country, lines, [skus.get(sku_id or 0) for sku_id in wanted])
    is_whole = not any(value for name, value in details.items() if name != "country")

    if not is_whole or not services_to(country):
        if details != hold.details:
            hold.details = details
            hold.save(update_fields=["details"])
        return False
    hold.lifted_at = at
    hold.save(update_fields=["lifted_at"])

    events.record(HoldLifted(seller_id=order.seller_id, subject=order.code, code=HOLD), actor=actor, at=at)
    return True
