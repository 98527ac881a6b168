"""Steps of dividing and joining orders: lines move with their money, and it is kept where they came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.codes import codes_for
from toiya.core.copying import next_ids
from toiya.domain.orders.actions.abroad import HOLD, HOME, hold_abroad
from toiya.domain.orders.actions.holds import place_hold
from toiya.domain.orders.events import OrderPlaced
from toiya.domain.orders.models import (
    Address,
    Hold,
    Line,
    LineOrigin,
    MergedAway,
    OpenOrder,
    Order,
    OrderWay,
    SplitOff,
    Wish,
)
from toiya.domain.orders.split_rules import Bought, moved_total, part_name


def split_off(*, order: Order, takes: Mapping[int, int], is_automatic: bool, actor: Actor, at: datetime) -> Order:
    """
    A step for higher actions: so many things of each named line of a locked order that is promised nothing become an
    order of their own, which came in as the first did. Its money goes with them, to the yen; the holds count for both.
    """
    lines = {line.pk: line for line in Line.objects.filter(order=order, is_cancelled=False)}
    prices = {key: Bought(line.quantity, line.unit_price_minor) for key, line in lines.items()}
    part = _part_of(order, moved_total(order.total_minor, prices, takes), at)
    order.total_minor -= part.total_minor
    order.save(update_fields=["status", "waiting_reason", "total_minor"])
    for line_id in sorted(takes):
        _move(lines[line_id], takes[line_id], part)
    SplitOff.objects.create(
        order=part,
        seller_id=order.seller_id,
        source=order,
        is_automatic=is_automatic,
        split_by=actor.name[:100],
        split_at=at,
    )
    placed = OrderPlaced(
        seller_id=part.seller_id,
        subject=part.code,
        channel=part.channel,
        external_id=part.external_id,
        pieces=sum(takes.values()),
    )
    events.record(placed, actor=actor, at=at)
    _hold_too(order, part, actor, at)
    return part


def _part_of(order: Order, total_minor: int, at: datetime) -> Order:
    (number,) = next_ids("orders_order_id_seq", 1)
    (code,) = codes_for("ORD", [number])
    stem = order.external_id.partition("+")[0]
    names = Order.objects.filter(
        seller_id=order.seller_id, shop_code=order.shop_code, external_id__startswith=stem[:56] + "+"
    )
    part: Order = Order.objects.create(
        pk=number,
        seller_id=order.seller_id,
        code=code,
        channel=order.channel,
        shop_code=order.shop_code,
        external_id=part_name(order.external_id, set(names.values_list("external_id", flat=True))),
        currency=order.currency,
        total_minor=total_minor,
        note=order.note,
        paid_at=order.paid_at,
        placed_at=order.placed_at,
        ship_by=order.ship_by,
        promised_at=order.promised_at,
    )
    OpenOrder.objects.create(seller_id=order.seller_id, order=part)
    for row in (*Address.objects.filter(order=order), *Wish.objects.filter(order=order), *_way_of(order)):
        row.pk = part.pk
        row._state.adding = True
        row.save(force_insert=True)
    return part


def _way_of(order: Order) -> Sequence[OrderWay]:
    return list(OrderWay.objects.filter(order=order))


def _move(line: Line, taken: int, part: Order) -> None:
    origin = _origin_of(line)
    if taken == line.quantity:
        line.order = part
        line.save(update_fields=["order"])
        return
    line.quantity -= taken
    line.save(update_fields=["quantity"])
    piece = Line.objects.get(pk=line.pk)
    piece.pk, piece.order, piece.quantity = None, part, taken
    piece._state.adding = True
    piece.save(force_insert=True)
    LineOrigin.objects.filter(root_id=origin.root_id).update(is_divided=True)
    LineOrigin.objects.create(
        line=piece,
        seller_id=line.seller_id,
        order_id=origin.order_id,
        root_id=origin.root_id,
        bought=origin.bought,
        is_divided=True,
    )


def _origin_of(line: Line) -> LineOrigin:
    new = {"seller_id": line.seller_id, "order_id": line.order_id, "root_id": line.pk, "bought": line.quantity}
    origin: LineOrigin = LineOrigin.objects.get_or_create(line=line, defaults=new)[0]
    return origin


def _hold_too(order: Order, part: Order, actor: Actor, at: datetime) -> None:
    for hold in Hold.objects.filter(order=order, lifted_at=None).exclude(code=HOLD).order_by("pk"):
        copy = place_hold(order_id=part.pk, code=hold.code, details=hold.details, actor=actor, at=at)
        copy.until = hold.until
        copy.save(update_fields=["until"])
    if Address.objects.filter(order=part).exclude(country=HOME).exists():
        hold_abroad(seller_id=part.seller_id, order_codes=[part.code], actor=actor, at=at)


def take_over(*, into: Order, away: Sequence[Order], actor: Actor, at: datetime) -> None:
    """A step for higher actions: the lines and the money of locked orders go to another one, and they end."""
    for order in away:
        for line in Line.objects.filter(order=order, is_cancelled=False).order_by("pk"):
            _origin_of(line)
            line.order = into
            line.save(update_fields=["order"])
        into.total_minor += order.total_minor
        order.total_minor, order.waiting_reason = 0, ""
        order.move_to(Order.Status.CANCELLED)
        order.save(update_fields=["status", "waiting_reason", "total_minor"])
        OpenOrder.objects.filter(seller_id=order.seller_id, order_id=order.pk).delete()
        MergedAway.objects.create(
            order=order, seller_id=order.seller_id, into=into, merged_by=actor.name[:100], merged_at=at
        )
    into.save(update_fields=["status", "waiting_reason", "total_minor"])
