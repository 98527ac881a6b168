"""Sending orders from a warehouse that a person chose, and taking them back, many at once (A143-A149)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import NotFound, Refusal
from toiya.domain.allocation import sql
from toiya.domain.allocation.actions.promising import allocate_orders, release_all
from toiya.domain.allocation.events import AllocationTakenBack, WarehouseChosen, WarehouseLeftOpen
from toiya.domain.allocation.models import ChosenWarehouse, ClosedWarehouse
from toiya.domain.allocation.rules import Why
from toiya.domain.orders.models import Order
from toiya.domain.stock.models import Balance
from toiya.domain.warehouses.actions.centres import check_centre
from toiya.domain.warehouses.models import Warehouse

NOT_WAITING = "not_waiting"
NOT_PROMISED = "not_promised"


class WarehouseClosed(Refusal):
    """The warehouse takes no new orders now."""

    code = "warehouse_closed"
    message = gettext_lazy("%(warehouse)s takes no new orders now. Choose another warehouse, or any.")


@dataclass(slots=True)
class Sent:
    """Which orders went through, and the reason of each that did not (a `Why`, or one of the two above)."""

    done: list[str] = field(default_factory=list)
    left: dict[str, str] = field(default_factory=dict)


def send_from(*, order_codes: Sequence[str], warehouse_code: str, actor: Actor, at: datetime) -> Sent:
    """
    Promise each waiting order its stock in this warehouse and no other; an empty code: in any.

    Orders of several sellers are one transaction each. One that cannot be promised waits for that warehouse and never
    stops the others; one that does not wait stays as it is.

    :raises NotFound: no such warehouse, or an order that this reader does not have
    :raises WarehouseClosed: :raises CentreNotAppliedFor: the seller's agreement does not cover it, and it has no goods
        there
    """
    house = Warehouse.objects.filter(code=warehouse_code).first() if warehouse_code else None
    if warehouse_code and house is None:
        raise NotFound(kind=gettext_lazy("warehouse"), code=warehouse_code)
    if house is not None and ClosedWarehouse.objects.filter(warehouse=house).exists():
        raise WarehouseClosed(warehouse=house.name)
    found, sent = _by_seller(order_codes, actor), Sent()
    if house is not None and actor.seller_id is not None:
        _check_usable(actor.seller_id, house)
    for seller_id, known in found.items():
        outcome = _send(seller_id=seller_id, known=known, house=house, actor=actor, at=at)
        sent.done += outcome.done
        sent.left |= outcome.left
    return sent


def _check_usable(seller_id: int, house: Warehouse) -> None:
    """What lies in a building stays usable, whatever becomes of the agreement. :raises CentreNotAppliedFor:"""
    if not Balance.objects.filter(seller_id=seller_id, warehouse=house, on_hand__gt=0).exists():
        check_centre(seller_id=seller_id, warehouse=house)


@transaction.atomic
def _send(*, seller_id: int, known: dict[int, str], house: Warehouse | None, actor: Actor, at: datetime) -> Sent:
    waiting = sql.lock_waiting_orders(seller_id, list(known))

    before = dict(ChosenWarehouse.objects.filter(order_id__in=waiting).values_list("order_id", "warehouse_id"))
    now = house.pk if house else None
    changed = [order for order in waiting if before.get(order) != now]
    ChosenWarehouse.objects.filter(order_id__in=changed).delete()
    if house is not None:
        ChosenWarehouse.objects.bulk_create(
            [ChosenWarehouse(order_id=order, seller_id=seller_id, warehouse=house, chosen_at=at) for order in changed]
        )
    events.record_all([_told(seller_id, known[order], now) for order in changed], actor=actor, at=at)
    outcome = allocate_orders(seller_id=seller_id, order_ids=list(waiting), actor=actor, at=at)

    left = {code: NOT_WAITING for order, code in known.items() if order not in waiting}
    left |= {known[order]: why for order, why in outcome.waiting.items()}
    return Sent([known[order] for order in outcome.allocated], left)


def _told(seller_id: int, code: str, house_id: int | None) -> WarehouseChosen | WarehouseLeftOpen:
    if house_id is None:
        return WarehouseLeftOpen(seller_id=seller_id, subject=code)
    return WarehouseChosen(seller_id=seller_id, subject=code, warehouse_id=house_id)


def take_back_orders(*, order_codes: Sequence[str], actor: Actor, at: datetime) -> Sent:
    """
    Give the promised pieces of these orders back, and forget the warehouse that was chosen for them (A149).

    Orders of several sellers are one transaction each. One that the floor has, or without a promise, stays as it is.

    :raises NotFound: an order that this reader does not have
    """
    sent = Sent()
    for seller_id, known in _by_seller(order_codes, actor).items():
        taken = _take_back(seller_id=seller_id, order_ids=list(known), actor=actor, at=at)
        sent.done += taken
        sent.left |= {code: NOT_PROMISED for code in known.values() if code not in set(taken)}
    return sent


@transaction.atomic
def _take_back(*, seller_id: int, order_ids: Sequence[int], actor: Actor, at: datetime) -> list[str]:
    promised = Order.objects.filter(seller_id=seller_id, pk__in=order_ids, status=Order.Status.ALLOCATED)
    orders = list(promised.lock())

    release_all(orders=orders, why=Why.TAKEN_BACK, actor=actor, at=at)
    ChosenWarehouse.objects.filter(order__in=orders).delete()

    told = [AllocationTakenBack(seller_id=seller_id, subject=order.code, reason=Why.TAKEN_BACK) for order in orders]
    events.record_all(told, actor=actor, at=at)
    return [order.code for order in orders]


def _by_seller(order_codes: Sequence[str], actor: Actor) -> dict[int, dict[int, str]]:
    """The orders' codes by seller and id; :raises NotFound: one of them is none of the reader's."""
    wanted = set(order_codes)
    found: dict[int, dict[int, str]] = {}
    rows = Order.objects.visible_to(actor).filter(code__in=wanted).order_by("seller_id", "pk")
    for seller_id, order_id, code in rows.values_list("seller_id", "pk", "code"):
        found.setdefault(seller_id, {})[order_id] = code
        wanted.discard(code)
    if wanted:
        raise NotFound(kind=gettext_lazy("order"), code=min(wanted))
    return found
