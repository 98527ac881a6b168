"""Standing still and going on: what a seller owes decides, in the transaction that changes it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from toiya.core import events
from toiya.core.actor import Actor
from toiya.domain.dues import queries
from toiya.domain.dues.events import DispatchSuspended, SellerReinstated, ServiceStopped
from toiya.domain.dues.models import PaymentRequest
from toiya.domain.members.actions.standing import go_on, stand_still
from toiya.domain.members.models import Seller, Standstill
from toiya.domain.orders.actions.seller_holds import hold_all_orders, lift_all_holds
from toiya.domain.orders.models import Hold, OpenOrder, Order
from toiya.domain.orders.models.entries import REMOVAL_CHANNEL

HOLD = "fees_unpaid"


def lock_held_orders(*, seller_id: int, actor: Actor, at: datetime) -> None:
    """
    A step before money is locked: orders that may be let go, and those that came since and may be held now, in one
    row of ids; others lock orders before the wallet too.
    """
    if Standstill.objects.filter(seller_id=seller_id).exists():
        held = Hold.objects.filter(seller_id=seller_id, code=HOLD, lifted_at=None).values("order_id")
        is_open = Q(pk__in=OpenOrder.objects.filter(seller_id=seller_id).values("order_id"))
        orders = Order.objects.filter(is_open | Q(pk__in=held), seller_id=seller_id)
        list(orders.lock().values_list("pk"))


def settle_standing(*, request: PaymentRequest, actor: Actor, at: datetime) -> list[events.Event]:
    """
    A step of a higher action, which records what it returns: bring the seller's standing in line with what it owes.

    :param request: the one that was just changed
    """
    wanted = queries.standing_wanted(request.seller_id)
    now = Standstill.objects.filter(seller_id=request.seller_id).first()
    if wanted is None:
        return _reinstated(request, actor, at) if now else []
    stage, cause = wanted
    if now is not None and (now.stage, now.cause) == (stage, cause.code):
        return []
    stand_still(seller_id=request.seller_id, stage=stage, cause=cause.code, actor=actor, at=at)
    if stage == Standstill.Stage.SERVICE:
        hold_new_orders(seller_id=request.seller_id, actor=actor, at=at)
        told = ServiceStopped(seller_id=request.seller_id, subject=request.seller.code, request=cause.code)
        return [told] if now is None or now.stage != stage else []
    orders = hold_new_orders(seller_id=request.seller_id, actor=actor, at=at)
    if now is not None:
        return []
    suspended = DispatchSuspended(
        seller_id=request.seller_id, subject=request.seller.code, request=cause.code, orders=orders
    )
    return [suspended]


@transaction.atomic
def hold_new_orders(*, seller_id: int, actor: Actor, at: datetime) -> int:
    """
    Hold what is open for a seller that stands still, and what came since; how many. Twice does no harm.

    Whoever pays takes the seller's lock too: nothing is held behind the back of a seller that goes on. Once the
    service is stopped, goods that go home are not held: there is nothing else left to do with them (A071).
    """
    Seller.objects.filter(pk=seller_id).lock().get()
    now = Standstill.objects.filter(seller_id=seller_id).first()
    if now is None:
        return 0
    spared = REMOVAL_CHANNEL if now.stage == Standstill.Stage.SERVICE else ""
    details = {"request": now.cause}
    return hold_all_orders(seller_id=seller_id, code=HOLD, details=details, spared=spared, actor=actor, at=at)


def _reinstated(request: PaymentRequest, actor: Actor, at: datetime) -> list[events.Event]:
    go_on(seller_id=request.seller_id, actor=actor, at=at)
    orders = lift_all_holds(seller_id=request.seller_id, code=HOLD, actor=actor, at=at)
    told = SellerReinstated(
        seller_id=request.seller_id, subject=request.seller.code, request=request.code, orders=orders
    )
    return [told]
