"""Waiting order lines follow the links of the listings they were bought by (L09)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from toiya.core.actor import Actor
from toiya.domain.channels.sql import ties
from toiya.domain.orders.actions.matching import WAITING, tie_lines
from toiya.domain.orders.models import Order

SET = 1000


@transaction.atomic
def match_linked_lines(*, seller_id: int, actor: Actor, at: datetime) -> int:
    """
    Give a set of waiting lines what their links say now. Returns how many changed: 0 when all are right.

    Orders that no longer wait are never touched. Links are read once more after the orders are locked, so that of two
    at once the later one sees the newer links.
    """
    seen = ties.stale_lines(seller_id, SET)
    order_ids = sorted({order_id for order_id, _tie in seen.values()})
    locked = [order.pk for order in Order.objects.filter(pk__in=order_ids, status__in=WAITING).lock()]
    stale = ties.stale_lines(seller_id, SET, locked)

    wanted = {line_id: tie for line_id, (_order_id, tie) in stale.items()}
    return tie_lines(seller_id=seller_id, ties=wanted, actor=actor, at=at) if wanted else 0
