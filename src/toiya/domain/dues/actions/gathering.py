"""Whatever of a seller is promised to something is called off, so that it goes home with the rest (A071, L22)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from toiya.core.actor import Actor
from toiya.domain.dues import goods
from toiya.domain.dues.actions.standing import HOLD
from toiya.domain.dues.models import ReturnPlan
from toiya.domain.orders.actions.seller_holds import lift_all_holds
from toiya.domain.orders.models.entries import REMOVAL_CHANNEL
from toiya.domain.outbound.actions.cancelling import cancel_order
from toiya.domain.returns.actions.calling_off import cancel_removal
from toiya.domain.returns.actions.deciding import decide_aside
from toiya.domain.returns.models import Aside
from toiya.domain.transfers.actions.asking import cancel_transfer


@dataclass(frozen=True, slots=True)
class CalledOff:
    """What was called off, by code, for the letter and the record."""

    orders: tuple[str, ...]
    removals: tuple[str, ...]
    transfers: tuple[str, ...]


def call_off_all(*, plan: ReturnPlan, actor: Actor, at: datetime) -> CalledOff:
    """
    A step of a higher action: cancel open orders and removals and transfers the floor has not begun with, and have
    returned pieces that were set aside sent back. What the seller itself agreed to have thrown away of them stays so.

    A sealed parcel, a removal being picked, and a transfer on its way go on: they leave, or arrive, by themselves.
    A removal that the suspension held is held no longer: it goes home too.
    The person who confirms may belong to one building; the seller's goods go home from all of them.
    """
    everywhere = replace(actor, warehouse_id=None)
    list(goods.orders_to_cancel(plan.seller_id).lock().values_list("pk"))  # type: ignore[attr-defined]
    orders = tuple(goods.orders_to_cancel(plan.seller_id).values_list("code", flat=True))
    removals = tuple(goods.removals_to_cancel(plan.seller_id, plan.code).values_list("code", flat=True))
    transfers = tuple(goods.transfers_to_cancel(plan.seller_id).values_list("code", flat=True))
    asides = list(goods.asides_to_send(plan.seller_id).values_list("pk", flat=True))

    for code in orders:
        cancel_order(order_code=code, reason=plan.code, actor=everywhere, at=at)
    for code in removals:
        cancel_removal(code=code, reason=plan.code, actor=everywhere, at=at)
    lift_all_holds(seller_id=plan.seller_id, code=HOLD, only=REMOVAL_CHANNEL, actor=everywhere, at=at)
    for code in transfers:
        cancel_transfer(code=code, actor=everywhere, at=at)
    for aside_id in asides:
        decide_aside(aside_id=aside_id, decision=Aside.Decision.SEND_BACK, actor=everywhere, at=at)
    return CalledOff(orders, removals, transfers)
