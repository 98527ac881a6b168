"""Calling a removal off before the floor has begun."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import Refusal
from toiya.domain.orders.models import Order
from toiya.domain.outbound.actions.cancelling import cancel_order
from toiya.domain.returns.actions.locking import locked_removal
from toiya.domain.returns.events import RemovalCancelled
from toiya.domain.returns.models import Removal, RemovalLine
from toiya.domain.stock import sql
from toiya.domain.stock.actions import ledger
from toiya.domain.stock.actions.ledger import Book, Post

Status = Removal.Status
_BEFORE_FLOOR = (Order.Status.RECEIVED, Order.Status.WAITING, Order.Status.ALLOCATED)


class RemovalUnderWay(Refusal):
    """The floor has it, or it is over."""

    code = "removal_under_way"
    message = gettext_lazy("%(code)s is with the floor or over, so it cannot be cancelled. Ask the warehouse.")


@transaction.atomic
def cancel_removal(*, code: str, reason: str, actor: Actor, at: datetime) -> Removal:
    """
    Call it off before the floor has begun: its pieces are free again. Cancelled already, it stays so.

    :raises NotFound: :raises RemovalUnderWay:
    """
    removal = locked_removal(code, actor)
    if removal.status == Status.CANCELLED:
        return removal

    lines = {line.sku_id: line for line in removal.lines.all()}
    _check_not_begun(removal, list(lines.values()))
    if removal.status == Status.ORDERED and removal.order is not None:
        cancel_order(order_code=removal.order.code, reason=reason, actor=actor, at=at)
    elif removal.status == Status.ORDERED:
        sql.lock_balances(removal.seller_id, [removal.warehouse_id], list(lines))
        posts = [Post(line.sku_id, line.left, removal.code) for line in lines.values() if line.left]
        ledger.deallocate(Book(removal.seller_id, removal.warehouse_id, actor.name, at), posts)
    removal.move_to(Status.CANCELLED)
    removal.ended_at = at
    removal.save(update_fields=["status", "ended_at"])

    told = RemovalCancelled(seller_id=removal.seller_id, subject=removal.code, reason=reason.strip()[:200])
    events.record(told, actor=actor, at=at)
    return removal


def _check_not_begun(removal: Removal, lines: Sequence[RemovalLine]) -> None:
    is_begun = removal.status == Status.DONE or any(line.gone for line in lines)
    if removal.order is not None and removal.order.status not in (*_BEFORE_FLOOR, Order.Status.CANCELLED):
        is_begun = True
    if is_begun:
        raise RemovalUnderWay(code=removal.code)
