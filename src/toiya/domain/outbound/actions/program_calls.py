"""Changes of an order asked by a seller's program: the same call twice, or two at once, changes it once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core.actor import Actor
from toiya.core.errors import NotFound
from toiya.domain.orders.actions.hand_holds import HandHold, hold_order
from toiya.domain.orders.actions.holds import lift_hold
from toiya.domain.orders.models import Order
from toiya.domain.orders.rules import AddressDraft
from toiya.domain.outbound.actions.merging import merge_orders
from toiya.domain.outbound.actions.readdressing import change_address
from toiya.domain.outbound.actions.splitting import split_order
from toiya.domain.outbound.actions.stopping import stop_order
from toiya.domain.outbound.models import OrderCall, Stop

DONE, TOO_LATE = "done", "too_late"


@dataclass(frozen=True, slots=True)
class Told:
    """What a program is answered: `done` or `too_late`, the order to look at now, and the parcel that was sealed."""

    result: str
    order_code: str
    parcel_code: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """A program's call: its Idempotency-Key, and the order it is about."""

    key: str
    order_code: str


@transaction.atomic
def stop_order_once(*, call: Call, actor: Actor, at: datetime) -> Told:
    """`stop_order`; the same call again gives the answer given before. :raises NotFound:"""

    def act(order: Order) -> Told:
        answer = stop_order(order_code=order.code, reason="by_seller", actor=actor, at=at)
        return _answered(order, answer)

    return _once("cancel", call, actor, at, act)


@transaction.atomic
def hold_order_once(*, call: Call, hold: HandHold, actor: Actor, at: datetime) -> Told:
    """`hold_order`, once per key. :raises: as `hold_order`"""

    def act(order: Order) -> Told:
        hold_order(order_code=order.code, hold=hold, actor=actor, at=at)
        return Told(DONE, order.code)

    return _once("hold", call, actor, at, act)


@transaction.atomic
def lift_hold_once(*, call: Call, code: str, actor: Actor, at: datetime) -> Told:
    """`lift_hold`, once per key: a hold placed again since stays. :raises: as `lift_hold`"""

    def act(order: Order) -> Told:
        lift_hold(order_code=order.code, code=code, actor=actor, at=at)
        return Told(DONE, order.code)

    return _once("lift", call, actor, at, act)


@transaction.atomic
def change_address_once(*, call: Call, address: AddressDraft, actor: Actor, at: datetime) -> Told:
    """`change_address`, once per key. :raises: as `change_address`"""

    def act(order: Order) -> Told:
        answer = change_address(order_code=order.code, address=address, actor=actor, at=at)
        return _answered(order, answer)

    return _once("address", call, actor, at, act)


@transaction.atomic
def split_order_once(*, call: Call, takes: Mapping[int, int], actor: Actor, at: datetime) -> Told:
    """`split_order`, once per key; the answer names the new order. :raises: as `split_order`"""

    def act(order: Order) -> Told:
        part = split_order(order_code=order.code, takes=takes, actor=actor, at=at)
        return Told(DONE, part.code)

    return _once("split", call, actor, at, act)


@transaction.atomic
def merge_orders_once(*, call: Call, others: Sequence[str], actor: Actor, at: datetime) -> Told:
    """`merge_orders` of the call's order with others, once per key. :raises: as `merge_orders`"""

    def act(order: Order) -> Told:
        into = merge_orders(order_codes=[order.code, *others], actor=actor, at=at)
        return Told(DONE, into.code)

    return _once("merge", call, actor, at, act)


def _once(verb: str, call: Call, actor: Actor, at: datetime, act: Callable[[Order], Told]) -> Told:
    """A second call of that key waits here for the first to commit, and then finds what it was told."""
    order: Order | None = Order.objects.visible_to(actor).filter(code=call.order_code).first()
    if order is None:
        raise NotFound(kind=gettext_lazy("order"), code=call.order_code[:40])
    row, _ = OrderCall.objects.get_or_create(
        seller_id=order.seller_id,
        key=f"{verb}|{order.code}|{call.key}",
        defaults={"order": order, "at": at},
    )
    if row.answer:
        return Told(**row.answer)

    told = act(order)
    row.answer = asdict(told)
    row.save(update_fields=["answer"])
    return told


def _answered(order: Order, answer: Stop | None) -> Told:
    if answer is not None and answer.outcome == Stop.Outcome.SEALED:
        return Told(TOO_LATE, order.code, answer.parcel.code if answer.parcel else "")
    return Told(DONE, order.code)
