"""All that the page of one order shows, read with a constant number of queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from toiya.core.actor import Actor
from toiya.core.models import EventRow
from toiya.domain.allocation.models import Allocation, WaitReason
from toiya.domain.catalog.models import Sku
from toiya.domain.channels.models import Confirmation, Connection, WriteBack
from toiya.domain.claims.faults import ledger_of
from toiya.domain.claims.models import Claim
from toiya.domain.orders.actions.ways import services_of
from toiya.domain.orders.models import Hold, Line, Order
from toiya.domain.orders.ways import Services
from toiya.domain.outbound.models import HandIn, Parcel, Stop
from toiya.domain.outbound.stops import stops_of
from toiya.domain.returns.models import Return
from toiya.domain.stock.models import Balance
from toiya.domain.warehouses.models import Warehouse
from toiya.web.portal import own_steps
from toiya.web.portal.order_rows import Clockwork, clockwork_of
from toiya.web.portal.splitting import Coming, Kin, coming_soon, kin_of
from toiya.web.shared import timeline, waiting
from toiya.web.shared.charts import Segment
from toiya.web.shared.clock import HOME_ZONE
from toiya.web.shared.lateness import Moved, moves_among
from toiya.web.shared.purchases import PurchaseCard, card_of
from toiya.web.shared.statuses import Status

MOST_EVENTS = 500
ONLY_FULFILMENT = Services(fulfilment=True, smart_delivery=False)
ENDED = {Order.Status.SHIPPED, Order.Status.DELIVERED, Order.Status.CANCELLED}


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line with what it was matched to and where its pieces come from."""

    line: Line
    sku: Sku | None
    allocation: Allocation | None
    warehouse: str
    reason: waiting.Reason | None
    short: str
    may_match: bool


@dataclass(slots=True)
class OrderPage:
    """Everything read about one order; `why_cards` turns it into cards."""

    order: Order
    clock: Clockwork
    holds: Sequence[Hold] = ()
    reasons: Mapping[int, WaitReason] = field(default_factory=dict)
    lines: Sequence[LineRow] = ()
    skus: Mapping[int, Sku] = field(default_factory=dict)
    balances: Mapping[int, Sequence[Balance]] = field(default_factory=dict)
    warehouses: Mapping[int, Warehouse] = field(default_factory=dict)
    parcels: Sequence[Parcel] = ()
    stops: Sequence[Stop] = ()
    connection: Connection | None = None
    confirmation: Confirmation | None = None
    write_backs: Sequence[WriteBack] = ()
    days: Sequence[tuple[date, list[timeline.Entry]]] = ()
    segments: Sequence[Segment] = ()
    services: Services = ONLY_FULFILMENT
    hand_in: HandIn | None = None
    steps: Sequence[Mapping[str, Any]] = ()
    moves: Sequence[Moved] = ()
    kin: Kin | None = None
    purchase: PurchaseCard | None = None
    coming: Mapping[int, Coming] = field(default_factory=dict)
    claims: Sequence[Claim] = ()
    returns: Sequence[Return] = ()

    @property
    def status(self) -> Status:
        """The chip."""
        codes = tuple(hold.code for hold in self.holds)
        return waiting.order_status(self.order.status, self.order.waiting_reason, codes)

    @property
    def is_open(self) -> bool:
        """Whether something may still happen to it here."""
        return self.order.status not in ENDED

    @property
    def may_match(self) -> bool:
        """Whether its lines may get another SKU."""
        return self.order.status in {Order.Status.RECEIVED, Order.Status.WAITING}

    @property
    def may_cancel(self) -> bool:
        """Whether it can be cancelled: until its parcel is sealed."""
        if self.order.status == Order.Status.TO_HAND_IN:
            return True
        early = {"received", "waiting", "allocated", "picking", "packing"}
        return self.order.status in early and all(parcel.status in {"open", "cancelled"} for parcel in self.parcels)

    @property
    def may_change_sku(self) -> bool:
        """Whether its lines may get another SKU: as long as it may be cancelled, but for what its seller packs."""
        return self.may_cancel and self.order.status != Order.Status.TO_HAND_IN

    @property
    def may_change_address(self) -> bool:
        """Whether another address may still be in time: the label decides."""
        return self.order.status not in {*ENDED, Order.Status.HANDED_IN, Order.Status.READY}

    @property
    def may_split(self) -> bool:
        """Whether something of it may go by itself: before the floor has it, and when there is more than one thing."""
        early = self.order.status in {"received", "waiting", "allocated"}
        return early and sum(row.line.quantity for row in self.lines if not row.line.is_cancelled) > 1

    @property
    def may_correct(self) -> bool:
        """Whether it was entered by the seller and nobody began to work on it."""
        early = self.order.status in {"received", "waiting", "allocated", "to_hand_in"}
        return early and self.hand_in is None and getattr(self.order, "managed", None) is not None

    @property
    def is_own(self) -> bool:
        """Whether the seller packs it (Smart Delivery)."""
        return self.order.status == Order.Status.TO_HAND_IN or self.hand_in is not None

    @property
    def claimed(self) -> set[int | None]:
        """The parcels that a claim is about."""
        return {claim.parcel_id for claim in self.claims}

    @property
    def may_pack_own(self) -> bool:
        """Whether the seller may still choose to pack it."""
        return self.services.are_both and self.order.status in {"received", "waiting", "allocated"}

    @property
    def may_give_over(self) -> bool:
        """Whether the seller may still let us pack it."""
        return self.services.are_both and self.order.status == Order.Status.TO_HAND_IN and self.hand_in is None

    @property
    def truck_at(self) -> datetime | None:
        """The next truck it can make, while it has not left."""
        return self._truck if self.is_open else None

    _truck: datetime | None = None


def read(order: Order, actor: Actor, at: datetime, group: str = "") -> OrderPage:
    """Read all about an order that the actor was found to see."""
    warehouses = Warehouse.objects.in_bulk()
    page = OrderPage(order=order, clock=clockwork_of(warehouses[min(warehouses)] if warehouses else None))
    page._truck = page.clock.cut_off(order.channel, at)
    page.warehouses = warehouses
    page.holds = list(Hold.objects.filter(order=order, lifted_at=None).order_by("pk"))
    page.reasons = {reason.line_id: reason for reason in WaitReason.objects.filter(order_id=order.pk)}
    _read_lines(page)
    page.parcels = list(
        Parcel.objects.filter(order=order)
        .select_related("service", "label", "reservation", "warehouse", "hand_in")
        .defer("label__document", "label__shipment")
        .prefetch_related("photos", "serials__sku")
        .order_by("pk")
    )
    page.stops = stops_of(order)
    page.returns = list(Return.objects.filter(order=order).order_by("pk"))
    page.services = services_of(order.seller)
    page.hand_in = _hand_in(page.parcels)
    page.steps = own_steps.steps(page)
    page.connection = Connection.objects.visible_to(actor).filter(code=order.shop_code).first()
    page.confirmation = Confirmation.objects.filter(order=order).first()
    page.write_backs = list(WriteBack.objects.filter(order=order).select_related("parcel").order_by("pk"))
    page.kin = kin_of(order)
    if len(page.parcels) > 1 or not page.kin.is_alone or order.status == Order.Status.PACKING:
        page.purchase = card_of(order.pk)
    page.claims = list(Claim.objects.filter(order=order).order_by("pk"))
    page.coming = coming_soon(actor, sorted(page.skus)) if page.reasons else {}
    _read_events(page, actor, at, group)
    return page


def _hand_in(parcels: Sequence[Parcel]) -> HandIn | None:
    """The parcel's that the seller hands in itself; it has at most one that counts."""
    all_of: list[HandIn] = [parcel.hand_in for parcel in parcels if hasattr(parcel, "hand_in")]
    return next((each for each in all_of if not each.is_cancelled), None)


def _read_lines(page: OrderPage) -> None:
    lines = list(page.order.lines.order_by("pk"))
    sku_ids = {line.sku_id for line in lines if line.sku_id is not None}
    sku_ids |= {reason.details["sku_id"] for reason in page.reasons.values() if "sku_id" in reason.details}
    page.skus = Sku.objects.filter(seller_id=page.order.seller_id).in_bulk(sku_ids)
    allocations = {row.line_id: row for row in Allocation.objects.filter(order_id=page.order.pk)}
    balances: dict[int, list[Balance]] = {}
    for balance in Balance.objects.filter(seller_id=page.order.seller_id, sku_id__in=sku_ids).order_by("warehouse_id"):
        balances.setdefault(balance.sku_id, []).append(balance)
    page.balances = balances
    page.lines = [_line_row(page, line, allocations.get(line.pk)) for line in lines]


def _line_row(page: OrderPage, line: Line, allocation: Allocation | None) -> LineRow:
    wait = page.reasons.get(line.pk)
    reason = waiting.line_reason(wait.code, wait.details, has_sku=line.sku_id is not None) if wait else None
    warehouse = page.warehouses.get(allocation.warehouse_id) if allocation else None
    return LineRow(
        line=line,
        sku=page.skus.get(line.sku_id) if line.sku_id is not None else None,
        allocation=allocation,
        warehouse=warehouse.name if warehouse else "",
        reason=reason,
        short=waiting.filled(reason.short, wait.details) if reason and wait else "",
        may_match=page.may_match and not line.is_cancelled,
    )


def _read_events(page: OrderPage, actor: Actor, at: datetime, group: str) -> None:
    found = EventRow.objects.visible_to(actor).filter(subject=page.order.code).order_by("-id")[:MOST_EVENTS]
    newest_first: list[Any] = list(found)
    words = timeline.Words(warehouses={key: row.name for key, row in page.warehouses.items()})
    told = [entry for entry in timeline.entries(newest_first, words) if group in {"", entry.group}]
    zone = page.clock.calendar.zone if page.clock.calendar else HOME_ZONE
    page.days = timeline.by_day(told, zone)
    page.moves = moves_among(newest_first[::-1])
    page.segments = timeline.who_had_it(ledger_of(page.order, newest_first[::-1], at))
