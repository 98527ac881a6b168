"""A site adds to an order that we hold already."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F

from toiya.core import events
from toiya.core.actor import Actor
from toiya.domain.orders import sql
from toiya.domain.orders.actions.matching import WAITING, OrderAlreadyPromised
from toiya.domain.orders.events import LinesAdded
from toiya.domain.orders.models import Line, Order
from toiya.domain.orders.rows import line_row
from toiya.domain.orders.rules import LineDraft


@transaction.atomic
def add_lines(*, order_id: int, lines: Sequence[LineDraft], actor: Actor, at: datetime) -> None:
    """
    Add lines to an order that still waits; lines it has already, by the site's number, are left alone.

    :raises OrderAlreadyPromised: the order no longer waits
    """
    order = Order.objects.filter(pk=order_id).lock().get()
    known = set(Line.objects.filter(order=order).values_list("external_id", flat=True))

    if order.status not in WAITING:
        raise OrderAlreadyPromised(code=order.code)

    fresh = [line for line in lines if line.external_id not in known]
    if not fresh:
        return
    sku_ids = sql.skus_by_code(order.seller_id, {line.match_code for line in fresh})
    Line.objects.bulk_create(line_row(order, line, sku_ids.get(line.match_code)) for line in fresh)
    worth = sum(line.quantity * line.unit_price_minor for line in fresh)
    Order.objects.filter(pk=order.pk).update(total_minor=F("total_minor") + worth)

    added = LinesAdded(
        seller_id=order.seller_id, subject=order.code, lines=len(fresh), pieces=sum(line.quantity for line in fresh)
    )
    events.record(added, actor=actor, at=at)
