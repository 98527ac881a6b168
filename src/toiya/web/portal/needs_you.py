"""What waits for the seller, nearest deadline first; one question behind the count, the view and Home."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from toiya.core.actor import Actor
from toiya.domain.orders.models import Hold, OpenOrder, Order
from toiya.web.shared.waiting import SELLER_HOLDS, SELLER_REASONS

ENDED = (Order.Status.SHIPPED, Order.Status.DELIVERED, Order.Status.CANCELLED)


def _own_holds() -> QuerySet[Hold]:
    return Hold.objects.filter(order=OuterRef("pk"), lifted_at=None, code__in=SELLER_HOLDS)


def _open(actor: Actor) -> QuerySet[OpenOrder, Any]:
    return OpenOrder.objects.visible_to(actor).values("order_id")


def orders(actor: Actor) -> QuerySet[Order]:
    """The orders on which the seller must act: a reason or a hold of theirs."""
    own = Q(status=Order.Status.WAITING, waiting_reason__in=SELLER_REASONS) | Exists(_own_holds())
    return Order.objects.visible_to(actor).filter(own, pk__in=_open(actor)).exclude(status__in=ENDED)


def count(actor: Actor) -> int:
    """How many, at most 100: the rail shows 99+."""
    return orders(actor).order_by()[:100].count()


@dataclass(frozen=True, slots=True)
class Group:
    """Orders that wait for the same reason."""

    code: str
    is_hold: bool
    orders: int
    oldest_at: datetime
    ship_by: datetime | None


def groups(actor: Actor) -> Sequence[Group]:
    """What waits for the seller by reason: the earliest promised day first, then the oldest. Two queries."""
    waiting = (
        Order.objects.visible_to(actor)
        .filter(pk__in=_open(actor), status=Order.Status.WAITING, waiting_reason__in=SELLER_REASONS)
        .values("waiting_reason")
        .annotate(orders=Count("pk"), oldest=Min("placed_at"), due=Min("ship_by"))
    )
    holds = (
        Hold.objects.visible_to(actor)
        .filter(lifted_at=None, code__in=SELLER_HOLDS)
        .exclude(order__status__in=ENDED)
        .values("code")
        .annotate(orders=Count("order_id", distinct=True), oldest=Min("placed_at"), due=Min("order__ship_by"))
    )
    found = [_group(row["waiting_reason"], False, row) for row in waiting]
    found += [_group(row["code"], True, row) for row in holds]
    return sorted(found, key=lambda group: (group.ship_by is None, group.ship_by or group.oldest_at))


def _group(code: str, is_hold: bool, row: dict[str, Any]) -> Group:
    return Group(code, is_hold, row["orders"], row["oldest"], row["due"])
