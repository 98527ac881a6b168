"""A seller says that a buyer sends something back, or that it will not come after all (A193)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.codes import code_for
from toiya.core.copying import next_ids
from toiya.core.errors import NotFound, Refusal
from toiya.domain.catalog.models import Sku
from toiya.domain.orders.models import Order
from toiya.domain.returns import queries, rules
from toiya.domain.returns.actions.locking import locked_return
from toiya.domain.returns.events import ReturnAnnounced, ReturnCancelled
from toiya.domain.returns.models import Return, ReturnLine
from toiya.domain.stock.actions.setting_aside import NoConsent
from toiya.domain.warehouses.models import Warehouse

Status = Return.Status


class NothingComesBack(Refusal):
    """No piece is named."""

    code = "nothing_comes_back"
    message = gettext_lazy("No piece of %(order)s is named. Enter how many pieces of at least one SKU come back.")


class MoreThanLeft(Refusal):
    """More pieces would come back than ever left."""

    code = "more_than_left"
    message = gettext_lazy(
        "%(sku)s: %(left)s pieces of %(order)s can still come back, not %(pieces)s. Enter at most that many."
    )


class ReturnChoiceUnknown(Refusal):
    """A reason or wish that is not on the list."""

    code = "return_choice_unknown"
    message = gettext_lazy("This reason or wish is not on the list. Choose one of those shown.")


@dataclass(frozen=True, slots=True)
class Announcement:
    """
    What comes back: an order and pieces by SKU code. Without `consents` nothing is thrown away. The same `token` twice
    is one return.
    """

    order_code: str
    pieces: Mapping[str, int] = field(default_factory=dict)
    reason: str = Return.Reason.OTHER
    wish: str = Return.Wish.ASK
    tracking_number: str = ""
    note: str = ""
    consents: bool = False
    token: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """What a new return begins with."""

    seller_id: int
    warehouse_id: int
    order: Order | None
    is_announced: bool = True
    reason: str = Return.Reason.OTHER
    wish: str = Return.Wish.ASK
    tracking_number: str = ""
    note: str = ""
    token: str = ""


@transaction.atomic
def announce_return(*, told: Announcement, actor: Actor, at: datetime) -> Return:
    """
    Announce pieces of an order that left: at most those that did not come back and are not announced yet (C-16).

    The same tracking number announced again for the order, or the same token, gives the return there is.

    :raises NotFound: no such order that left :raises NothingComesBack: :raises MoreThanLeft:
    :raises ReturnChoiceUnknown: :raises NoConsent: pieces would be thrown away without a word of the seller
    """
    order: Order | None = Order.objects.visible_to(actor).filter(code=told.order_code[:20]).lock().first()
    warehouse = queries.left_from(order) if order else None
    if order is None or warehouse is None:
        raise NotFound(kind=gettext_lazy("order that left"), code=told.order_code[:20])
    if same := _repeated(order, told):
        return same

    _check(told)
    wanted = _wanted(order, told)

    made = open_return(_opened(order, warehouse.pk, told), at)
    ReturnLine.objects.bulk_create(
        ReturnLine(seller_id=order.seller_id, parent=made, sku_id=sku_id, announced=pieces)
        for sku_id, pieces in sorted(wanted.items())
    )

    event = ReturnAnnounced(seller_id=order.seller_id, subject=made.code, order=order.code, pieces=sum(wanted.values()))
    events.record(event, actor=actor, at=at)
    return made


def _check(told: Announcement) -> None:
    if told.reason not in Return.Reason.values or told.wish not in Return.Wish.values:
        raise ReturnChoiceUnknown()
    if told.wish == Return.Wish.DISPOSE and not told.consents:
        raise NoConsent()


def _opened(order: Order, warehouse_id: int, told: Announcement) -> Opened:
    return Opened(
        seller_id=order.seller_id,
        warehouse_id=warehouse_id,
        order=order,
        reason=told.reason,
        wish=told.wish,
        tracking_number=queries.plain_number(told.tracking_number),
        note=told.note.strip()[:300],
        token=told.token[:60],
    )


def _repeated(order: Order, told: Announcement) -> Return | None:
    if told.token:
        same: Return | None = Return.objects.filter(seller_id=order.seller_id, token=told.token[:60]).first()
        if same is not None:
            return same
    number = queries.plain_number(told.tracking_number)
    rows = Return.objects.filter(order=order, tracking_number=number).exclude(status=Status.CANCELLED)
    return rows.order_by("pk").first() if number else None


def _wanted(order: Order, told: Announcement) -> dict[int, int]:
    left = rules.returnable(queries.shipped_of(order), queries.returned_of(order))
    found = Sku.objects.filter(seller_id=order.seller_id, code__in=told.pieces)
    skus: dict[str, Sku] = {sku.code: sku for sku in found}
    wanted: dict[int, int] = {}
    for code, pieces in told.pieces.items():
        sku = skus.get(code)
        most = left.get(sku.pk, 0) if sku else 0
        if pieces < 0 or pieces > most or sku is None:
            raise MoreThanLeft(sku=code[:20], left=most, order=order.code, pieces=pieces)
        if pieces:
            wanted[sku.pk] = pieces
    if not wanted:
        raise NothingComesBack(order=order.code)
    return wanted


def open_return(opened: Opened, at: datetime) -> Return:
    """A step: the row of a new return; who opens it tells how it came."""
    (number,) = next_ids("returns_return_id_seq", 1)
    made: Return = Return.objects.create(
        pk=number,
        code=code_for("RET", number),
        seller_id=opened.seller_id,
        warehouse=Warehouse(pk=opened.warehouse_id),
        order=opened.order,
        is_announced=opened.is_announced,
        reason=opened.reason,
        wish=opened.wish,
        tracking_number=opened.tracking_number,
        note=opened.note,
        token=opened.token,
        created_at=at,
    )
    return made


@transaction.atomic
def cancel_return(*, code: str, actor: Actor, at: datetime) -> Return:
    """It will not come. Cancelled already, it stays so. :raises NotFound: :raises NoSuchStep: it is here already"""
    found = locked_return(code, actor)
    if found.status == Status.CANCELLED:
        return found

    found.move_to(Status.CANCELLED)
    found.ended_at = at
    found.save(update_fields=["status", "ended_at"])

    events.record(ReturnCancelled(seller_id=found.seller_id, subject=found.code), actor=actor, at=at)
    return found
