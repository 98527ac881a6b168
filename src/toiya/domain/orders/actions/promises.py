"""Moving an order's promised truck: never without a cause and its owner."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from toiya.core import events
from toiya.core.actor import Actor
from toiya.domain.orders.events import PromiseMoved
from toiya.domain.orders.models import Order, PromiseMove


class Move(NamedTuple):
    """A locked order, the cut-off it is promised for from now on, why, whose that is, and whether one was missed."""

    order: Order
    now_for: datetime
    cause: str
    owner: str
    is_late: bool


def move_promises(*, moves: Sequence[Move], zone: ZoneInfo, actor: Actor, at: datetime) -> None:
    """
    A step for higher actions: promise locked orders of one seller for other trucks, each move with its evidence.

    An order that has no promise yet gets one without evidence, because nothing was moved.
    """
    promised = {move.order.pk: move.order.promised_at for move in moves}
    was_for = {order_id: instant for order_id, instant in promised.items() if instant is not None}
    real = [move for move in moves if was_for.get(move.order.pk, move.now_for) != move.now_for]
    PromiseMove.objects.bulk_create(
        [
            PromiseMove(
                seller_id=move.order.seller_id,
                order=move.order,
                was_for=was_for[move.order.pk],
                now_for=move.now_for,
                cause=move.cause,
                owner=move.owner,
                is_late=move.is_late,
                at=at,
            )
            for move in real
        ]
    )
    for move in moves:
        move.order.promised_at = move.now_for
    Order.objects.bulk_update([move.order for move in moves], ["promised_at"])
    events.record_all([_told(move, was_for[move.order.pk], zone) for move in real], actor=actor, at=at)


def _told(move: Move, was_for: datetime, zone: ZoneInfo) -> PromiseMoved:
    return PromiseMoved(
        seller_id=move.order.seller_id,
        subject=move.order.code,
        was_for=was_for.isoformat(),
        day=move.now_for.astimezone(zone).date().isoformat(),
        cause=move.cause,
        owner=move.owner,
        missed=int(move.is_late),
    )
