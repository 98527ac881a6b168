"""Rows of the list of entered orders (A158), read with a constant number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from toiya.domain.allocation.models import Allocation
from toiya.domain.orders.models import Hold, Line, ManagedOrder, Order
from toiya.domain.outbound.models import Parcel
from toiya.web.shared import waiting
from toiya.web.shared.statuses import Status

_HERE = (Order.Status.PICKING, Order.Status.PACKING, Order.Status.READY, Order.Status.SHIPPED, Order.Status.DELIVERED)


@dataclass(frozen=True, slots=True)
class EnteredRow:
    """One entered order. `is_here`: its goods are in the warehouse and are its own."""

    managed: ManagedOrder
    order: Order
    status: Status
    is_here: bool
    carrier: str
    tracking_number: str
    title: str
    product_code: str
    pieces: int
    more_lines: int


def rows_of(found: Sequence[ManagedOrder]) -> list[EnteredRow]:
    """The rows of one page; five queries however many orders."""
    ids = [managed.order_id for managed in found]
    orders = Order.objects.select_related("address").in_bulk(ids)
    lines: dict[int, list[Line]] = {}
    for line in Line.objects.filter(order_id__in=ids, is_cancelled=False).order_by("pk"):
        lines.setdefault(line.order_id, []).append(line)
    holds: dict[int, list[str]] = {}
    for order_id, code in (
        Hold.objects.filter(order_id__in=ids, lifted_at=None).order_by("pk").values_list("order_id", "code")
    ):
        holds.setdefault(order_id, []).append(code)
    promised = set(Allocation.objects.filter(order_id__in=ids).values_list("order_id", flat=True))
    parcels = {
        parcel.order_id: parcel
        for parcel in Parcel.objects.filter(order_id__in=ids)
        .exclude(status=Parcel.Status.CANCELLED)
        .select_related("service", "label")
        .defer("label__document", "label__shipment")
        .order_by("-pk")
    }
    return [
        _row(
            managed,
            orders[managed.order_id],
            lines.get(managed.order_id, []),
            tuple(holds.get(managed.order_id, ())),
            (parcels.get(managed.order_id), managed.order_id in promised),
        )
        for managed in found
    ]


def _row(
    managed: ManagedOrder,
    order: Order,
    lines: Sequence[Line],
    holds: tuple[str, ...],
    way: tuple[Parcel | None, bool],
) -> EnteredRow:
    parcel, is_promised = way
    return EnteredRow(
        managed=managed,
        order=order,
        status=waiting.order_status(order.status, order.waiting_reason, holds),
        is_here=is_promised or order.status in _HERE,
        carrier=parcel.service.name if parcel and parcel.service else "",
        tracking_number=parcel.label.tracking_number if parcel and parcel.label else "",
        title=lines[0].title if lines else "",
        product_code=lines[0].item_code or lines[0].option_code if lines else "",
        pieces=sum(line.pieces for line in lines),
        more_lines=max(0, len(lines) - 1),
    )
