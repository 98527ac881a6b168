"""Taking orders of a file back: those that nobody touched since are cancelled, the others stay with the reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from toiya.core.actor import Actor, ActorKind
from toiya.core.errors import Refusal
from toiya.core.models import EventRow
from toiya.domain.allocation.models import Allocation
from toiya.domain.orders.actions.abroad import HOLD
from toiya.domain.orders.events import HoldPlaced, OrderEntered, OrderPlaced
from toiya.domain.orders.models import Order
from toiya.domain.orders.sheets import Stays
from toiya.domain.outbound.actions.cancelling import cancel_order
from toiya.domain.stock import sql as stock_sql

_UNDER_WAY = (Order.Status.RECEIVED, Order.Status.WAITING, Order.Status.ALLOCATED)


@transaction.atomic
def take_back_orders(
    *, seller_id: int, codes: Sequence[str], reason: str, actor: Actor, at: datetime
) -> Mapping[str, str]:
    """
    Cancel the orders that the floor does not have and that no person changed since they came, with everything promised
    to them given back. Returns why each of the others stays, by its code; one that is cancelled already is none.
    """
    orders = list(Order.objects.filter(seller_id=seller_id, code__in=codes).lock())
    promises = Allocation.objects.filter(order_id__in=[order.pk for order in orders])
    places = set(promises.values_list("warehouse_id", "sku_id"))
    stock_sql.lock_balances(seller_id, sorted({place[0] for place in places}), sorted({place[1] for place in places}))

    touched = _touched([order.code for order in orders])
    stay: dict[str, str] = {}
    for order in orders:
        if order.status == Order.Status.CANCELLED:
            continue
        if order.status not in _UNDER_WAY:
            stay[order.code] = Stays.AT_WORK
        elif order.code in touched:
            stay[order.code] = Stays.TOUCHED
        else:
            stay |= _taken_back(order.code, reason, actor, at)
    return stay


def _taken_back(code: str, reason: str, actor: Actor, at: datetime) -> dict[str, str]:
    try:
        with transaction.atomic():
            cancel_order(order_code=code, reason=reason, actor=actor, at=at)
    except Refusal:
        return {code: Stays.AT_WORK}
    return {}


def _touched(codes: Sequence[str]) -> set[str]:
    """Orders that somebody did something to after they were placed."""
    acts = EventRow.objects.filter(subject__in=codes).exclude(name__in=[OrderPlaced.NAME, OrderEntered.NAME])
    acts = acts.exclude(name=HoldPlaced.NAME, data__code=HOLD)  # placed with the order that goes abroad
    return set(acts.exclude(actor_kind=ActorKind.SYSTEM).values_list("subject", flat=True))
