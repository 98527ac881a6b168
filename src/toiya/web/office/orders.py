"""Order lists of the office: all sellers' orders with their reasons, and what a person may look for."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from toiya.core.codes import folded
from toiya.domain.allocation.models import Allocation, ShipDay, WaitReason
from toiya.domain.carriers.models import Label
from toiya.domain.orders.models import Address, Hold, Line, Order
from toiya.domain.outbound.models import Parcel, PickList, SerialNumber
from toiya.domain.warehouses.rules import Calendar, next_cut_off
from toiya.web.shared import waiting
from toiya.web.shared.statuses import Status
from toiya.web.shared.timeline import channel_word


@dataclass(frozen=True, slots=True)
class Why:
    """The second line under a chip: who must act, and the fact."""

    owner_word: Any
    fact: str


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One order in a list."""

    order: Order
    status: Status
    why: Why | None
    channel: Any
    due: datetime | None


def clean(words: str) -> str:
    """What was typed: half-width, trimmed, at most 100 characters."""
    return unicodedata.normalize("NFKC", words).replace("\x00", "").strip()[:100]


def matching(orders: QuerySet[Order], words: str) -> QuerySet[Order]:
    """Orders of any seller by code, number at the site, receiver, phone, parcel, tracking, serial number or list."""
    text, code = clean(words), folded(clean(words))
    if not text:
        return orders
    people = Address.objects.filter(Q(name__icontains=text) | Q(phone__contains=text))
    labels = Label.objects.filter(tracking_number=text.replace("-", "").replace(" ", ""))
    parcels = Parcel.objects.filter(Q(code=code) | Q(label__in=labels))
    walks = PickList.objects.filter(code=code)
    return orders.filter(
        Q(code__startswith=code)
        | Q(external_id=text)
        | Q(pk__in=people.values("order_id"))
        | Q(pk__in=Line.objects.filter(external_id=text).values("order_id"))
        | Q(pk__in=parcels.values("order_id"))
        | Q(pk__in=SerialNumber.objects.filter(number=code).values("parcel__order_id"))
        | Q(slots__pick_list__in=walks)
    )


def with_pieces(orders: QuerySet[Order]) -> QuerySet[Order]:
    """With the seller, and `pieces` of the lines that still count."""
    pieces = Line.objects.filter(order=OuterRef("pk"), is_cancelled=False).order_by().values("order")
    summed = pieces.annotate(sum=Sum(F("quantity") * F("pieces_each"))).values("sum")
    return orders.select_related("seller").annotate(pieces=Coalesce(Subquery(summed), Value(0)))


def ready_to_release(warehouse_id: int, today: date) -> QuerySet[Order]:
    """Orders promised stock of this building that nothing holds and no later day is reserved for."""
    held = Hold.objects.filter(order=OuterRef("pk"), lifted_at=None)
    here = Allocation.objects.filter(order_id=OuterRef("pk"), warehouse_id=warehouse_id)
    later = ShipDay.objects.filter(order=OuterRef("pk"), day__gt=today)
    return Order.objects.filter(~Exists(held), ~Exists(later), Exists(here), status=Order.Status.ALLOCATED)


def rows_of(orders: Sequence[Order], calendar: Calendar) -> list[OrderRow]:
    """The rows of a page: two queries however many."""
    ids = [order.pk for order in orders]
    holds: dict[int, list[Hold]] = {}
    for hold in Hold.objects.filter(order_id__in=ids, lifted_at=None).order_by("pk"):
        holds.setdefault(hold.order_id, []).append(hold)
    reasons: dict[int, WaitReason] = {}
    for reason in WaitReason.objects.filter(order_id__in=ids).order_by("order_id", "line_id"):
        reasons.setdefault(reason.order_id, reason)
    return [_row(order, holds.get(order.pk, []), reasons.get(order.pk), calendar) for order in orders]


def _row(order: Order, holds: Sequence[Hold], reason: WaitReason | None, calendar: Calendar) -> OrderRow:
    is_over = order.status in {Order.Status.SHIPPED, Order.Status.DELIVERED, Order.Status.CANCELLED}
    return OrderRow(
        order=order,
        status=waiting.order_status(order.status, order.waiting_reason, tuple(hold.code for hold in holds)),
        why=None if is_over else why_of(order, holds, reason),
        channel=channel_word(order.channel),
        due=order.shipped_at if is_over else next_cut_off(calendar, order.channel, order.placed_at),
    )


def why_of(order: Order, holds: Sequence[Hold], reason: WaitReason | None) -> Why | None:
    """The leading reason in words: a hold first, then the line's."""
    if holds:
        told = waiting.hold_reason(holds[0].code)
        details: dict[str, Any] = {"code": holds[0].code, **holds[0].details}
    elif reason is not None:
        told, details = waiting.line_reason(reason.code, reason.details), dict(reason.details)
    else:
        return None
    return Why(waiting.owner_word(told.owner, order.seller.name), waiting.filled(told.short, details))
