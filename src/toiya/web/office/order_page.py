"""All that the office shows of one order: the seller's facts and what the floor has of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from toiya.core.actor import Actor
from toiya.core.models import EventRow
from toiya.domain.allocation.models import WaitReason
from toiya.domain.catalog.models import Sku
from toiya.domain.channels.queries import SiteWord, site_word_on
from toiya.domain.claims.faults import ledger_of
from toiya.domain.orders.models import Hold, Line, Order
from toiya.domain.outbound.actions.splitting import BEFORE_FLOOR
from toiya.domain.outbound.models import Parcel, PickTask, Slot, Stop
from toiya.domain.outbound.stops import stops_of
from toiya.domain.warehouses.models import Warehouse
from toiya.domain.warehouses.queries import calendar_of
from toiya.domain.warehouses.rules import next_cut_off
from toiya.web.shared import timeline, waiting
from toiya.web.shared.charts import Segment
from toiya.web.shared.lateness import Moved, moves_among
from toiya.web.shared.purchases import PurchaseCard, card_of
from toiya.web.shared.statuses import Status

MOST_EVENTS = 300


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line, its SKU, and why it waits."""

    line: Line
    sku: Sku | None
    why: str

    @property
    def is_wanted(self) -> bool:
        """Whether it is not cancelled."""
        return not self.line.is_cancelled


@dataclass(frozen=True, slots=True)
class OrderPage:
    """Everything about one order, for one page."""

    status: Status
    holds: Sequence[tuple[Hold, waiting.Reason, str, Any]]
    lines: Sequence[LineRow]
    slots: Sequence[Slot]
    tasks: Sequence[PickTask]
    parcels: Sequence[Parcel]
    site: SiteWord
    days: Sequence[tuple[date, list[timeline.Entry]]]
    truck_at: datetime | None
    may_cancel: bool
    may_split: bool
    channel: Any
    stops: Sequence[Stop]
    is_over: bool
    moves: Sequence[Moved]
    segments: Sequence[Segment]
    purchase: PurchaseCard | None


_OVER = frozenset({Order.Status.SHIPPED, Order.Status.DELIVERED, Order.Status.CANCELLED})


def read(order: Order, warehouse: Warehouse, actor: Actor, at: datetime) -> OrderPage:
    """Read it, with a constant number of queries."""
    holds = list(Hold.objects.filter(order=order, lifted_at=None).order_by("pk"))
    parcels = list(
        Parcel.objects.filter(order=order)
        .select_related("service", "label", "reservation")
        .defer("label__document", "label__shipment")
        .prefetch_related("photos", "serials__sku")
        .order_by("pk")
    )
    calendar = calendar_of(warehouse)
    rows: list[Any] = list(EventRow.objects.visible_to(actor).filter(subject=order.code).order_by("-id")[:MOST_EVENTS])
    told = timeline.entries(rows, timeline.Words(warehouses={warehouse.pk: warehouse.name}))
    lines, is_over = _lines(order), order.status in _OVER
    early = not is_over and order.status not in {Order.Status.READY, Order.Status.HANDED_IN}
    return OrderPage(
        status=waiting.order_status(order.status, order.waiting_reason, tuple(hold.code for hold in holds)),
        holds=[_held(hold, order) for hold in holds],
        lines=lines,
        slots=list(
            Slot.objects.filter(order=order)
            .select_related("pick_list__picker", "pick_list__wave", "tote")
            .order_by("pk")
        ),
        tasks=list(PickTask.objects.filter(order=order).select_related("bin", "sku", "pick_list").order_by("pk")),
        parcels=parcels,
        site=site_word_on(order.pk),
        days=timeline.by_day(told, calendar.zone),
        truck_at=None if is_over else next_cut_off(calendar, order.channel, at),
        may_cancel=early
        and (order.status == Order.Status.TO_HAND_IN or all(each.status in {"open", "cancelled"} for each in parcels)),
        may_split=order.status in BEFORE_FLOOR and sum(row.line.quantity for row in lines if row.is_wanted) > 1,
        channel=timeline.channel_word(order.channel),
        stops=stops_of(order),
        is_over=is_over,
        moves=moves_among(rows[::-1]),
        segments=timeline.who_had_it(ledger_of(order, rows[::-1], at)),
        purchase=card_of(order.pk),
    )


def _held(hold: Hold, order: Order) -> tuple[Hold, waiting.Reason, str, Any]:
    reason = waiting.hold_reason(hold.code)
    fact = waiting.filled(reason.fact, {"code": hold.code, **hold.details})
    return hold, reason, fact, waiting.owner_word(reason.owner, order.seller.name)


def _lines(order: Order) -> list[LineRow]:
    lines = list(order.lines.order_by("pk"))
    skus = Sku.objects.in_bulk({line.sku_id for line in lines if line.sku_id is not None})
    waits = {reason.line_id: reason for reason in WaitReason.objects.filter(order_id=order.pk)}
    return [_line(line, skus, waits.get(line.pk)) for line in lines]


def _line(line: Line, skus: dict[Any, Sku], wait: WaitReason | None) -> LineRow:
    why = waiting.filled(waiting.line_reason(wait.code, wait.details).short, wait.details) if wait else ""
    return LineRow(line, skus.get(line.sku_id), why)
