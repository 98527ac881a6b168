"""Holds: reasons why an order must wait, placed and lifted one by one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import NotFound
from toiya.domain.orders.events import HoldLifted, HoldPlaced
from toiya.domain.orders.models import Hold, Order


@transaction.atomic
def place_hold(*, order_id: int, code: str, details: Mapping[str, str | int], actor: Actor, at: datetime) -> Hold:
    """Make the order wait for `code`. The same open hold twice is one hold with the newer details."""
    order = Order.objects.filter(pk=order_id).lock().get()

    hold, is_new = Hold.objects.get_or_create(
        order=order,
        code=code,
        lifted_at=None,
        defaults={"seller_id": order.seller_id, "details": dict(details), "placed_at": at},
    )
    if not is_new:
        hold.details = dict(details)
        hold.save(update_fields=["details"])
        return hold

    placed = HoldPlaced(seller_id=order.seller_id, subject=order.code, code=code, details=dict(details))
    events.record(placed, actor=actor, at=at)
    return hold


@transaction.atomic
def lift_hold(*, order_code: str, code: str, actor: Actor, at: datetime) -> None:
    """
    End one hold; what it stopped goes on by itself.

    :raises NotFound: the order has no such open hold
    """
    order = Order.objects.visible_to(actor).filter(code=order_code).lock().first()
    hold = Hold.objects.filter(order=order, code=code, lifted_at=None).first() if order else None

    if order is None or hold is None:
        raise NotFound(kind="hold", code=f"{order_code} {code}")

    hold.lifted_at = at
    hold.save(update_fields=["lifted_at"])

    events.record(HoldLifted(seller_id=order.seller_id, subject=order.code, code=code), actor=actor, at=at)
