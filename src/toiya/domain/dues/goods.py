"""Everything a seller has with us, and what each piece waits for: the list by which goods go home (A071, L22)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Q, QuerySet

from toiya.domain.allocation.models import Allocation
from toiya.domain.catalog.models import Sku
from toiya.domain.orders.models import OpenOrder, Order
from toiya.domain.orders.models.entries import REMOVAL_CHANNEL
from toiya.domain.outbound.models import Parcel
from toiya.domain.returns.models import Aside, Removal, RemovalLine
from toiya.domain.stock.models import Balance
from toiya.domain.transfers.models import Transfer
from toiya.domain.warehouses.models import Warehouse

FREE, ORDER, REMOVAL, DISPOSAL, TRANSFER, ASIDE, OTHER = (
    "free",
    "order",
    "removal",
    "disposal",
    "transfer",
    "aside",
    "other",
)
_STOPPABLE = (
    Order.Status.RECEIVED,
    Order.Status.WAITING,
    Order.Status.ALLOCATED,
    Order.Status.PICKING,
    Order.Status.PACKING,
)
_NOT_BEGUN = (Order.Status.RECEIVED, Order.Status.WAITING, Order.Status.ALLOCATED)
_NOT_COLLECTED = (Transfer.Status.REQUESTED, Transfer.Status.ACCEPTED)
Place = tuple[int, int]  # warehouse, SKU


class Part(NamedTuple):
    """So many pieces wait for this; `code` names the order, removal, transfer or return, where there is one."""

    waits_for: str
    code: str
    quantity: int


@dataclass(frozen=True, slots=True)
class Goods:
    """What is on hand of one SKU in one warehouse, and what its pieces wait for."""

    warehouse: Warehouse
    sku: Sku
    on_hand: int
    parts: tuple[Part, ...]


def goods_of(seller_id: int) -> list[Goods]:
    """Every piece on hand, by warehouse and SKU; in as many statements for many as for one."""
    promised = _promised(seller_id)
    aside = _aside(seller_id)
    balances = Balance.objects.filter(seller_id=seller_id, on_hand__gt=0).select_related("warehouse", "sku")
    found = []
    for balance in balances.order_by("warehouse_id", "sku_id"):
        place = (balance.warehouse_id, balance.sku_id)
        parts = [*promised.get(place, []), *aside.get(place, [])]
        named = sum(part.quantity for part in promised.get(place, []))
        judged = sum(part.quantity for part in aside.get(place, []))
        rest = (
            Part(FREE, "", balance.available),
            Part(OTHER, "", balance.allocated - named),
            Part(ASIDE, "", balance.blocked - judged),
        )
        parts += [part for part in rest if part.quantity > 0]
        found.append(Goods(balance.warehouse, balance.sku, balance.on_hand, tuple(parts)))
    return found


def _promised(seller_id: int) -> dict[Place, list[Part]]:
    parts: dict[Place, list[Part]] = defaultdict(list)
    for place, part in (*_of_orders(seller_id), *_of_disposals(seller_id), *_of_transfers(seller_id)):
        parts[place].append(part)
    return parts


def _of_orders(seller_id: int) -> Iterator[tuple[Place, Part]]:
    open_ones = OpenOrder.objects.filter(seller_id=seller_id).values("order_id")  # of others the ledger keeps it
    rows = list(Allocation.objects.filter(seller_id=seller_id, order_id__in=open_ones).order_by("order_id", "sku_id"))
    orders: dict[int, Order] = Order.objects.in_bulk({row.order_id for row in rows})
    removals = dict(Removal.objects.filter(order_id__in=orders).values_list("order_id", "code"))
    for row in rows:
        home = removals.get(row.order_id, "")
        part = Part(REMOVAL if home else ORDER, home or orders[row.order_id].code, row.quantity)
        yield (row.warehouse_id, row.sku_id), part


def _of_disposals(seller_id: int) -> Iterator[tuple[Place, Part]]:
    rows = RemovalLine.objects.filter(seller_id=seller_id, removal__status=Removal.Status.ORDERED)
    for line in rows.filter(removal__kind=Removal.Kind.DISPOSE).select_related("removal").order_by("pk"):
        if line.left:
            yield (line.removal.warehouse_id, line.sku_id), Part(DISPOSAL, line.removal.code, line.left)


def _of_transfers(seller_id: int) -> Iterator[tuple[Place, Part]]:
    rows = Transfer.objects.filter(seller_id=seller_id, status__in=(*_NOT_COLLECTED, Transfer.Status.COLLECTING))
    for row in rows.order_by("pk"):
        if row.left:
            yield (row.from_warehouse_id, row.sku_id), Part(TRANSFER, row.code, row.left)


def _aside(seller_id: int) -> dict[Place, list[Part]]:
    parts: dict[Place, list[Part]] = defaultdict(list)
    rows = Aside.objects.filter(seller_id=seller_id).exclude(status=Aside.Status.DONE)
    for row in rows.select_related("grading__parent").order_by("pk"):
        grading = row.grading
        place = (grading.parent.warehouse_id, grading.sku_id)
        parts[place].append(Part(ASIDE, grading.parent.code, grading.quantity))
    return parts


def orders_to_cancel(seller_id: int) -> QuerySet[Order]:
    """
    Open orders of buyers of which no parcel is sealed. Those without pieces too: they would be promised what is freed.
    """
    open_ones = OpenOrder.objects.filter(seller_id=seller_id).values("order_id")
    sealed = Parcel.objects.filter(seller_id=seller_id).exclude(
        status__in=(Parcel.Status.OPEN, Parcel.Status.CANCELLED)
    )
    rows: QuerySet[Order] = Order.objects.filter(seller_id=seller_id, pk__in=open_ones, status__in=_STOPPABLE)
    return rows.exclude(channel=REMOVAL_CHANNEL).exclude(pk__in=sealed.values("order_id")).order_by("pk")


def removals_to_cancel(seller_id: int, but: str) -> QuerySet[Removal]:
    """Removals with which the floor has not begun, but for those drawn up for this reason."""
    rows: QuerySet[Removal] = Removal.objects.filter(seller_id=seller_id, status=Removal.Status.ORDERED)
    begun = RemovalLine.objects.filter(seller_id=seller_id, gone__gt=0).values("removal_id")
    waiting = Q(order=None) | Q(order__status__in=_NOT_BEGUN)
    return rows.filter(waiting).exclude(reason=but).exclude(pk__in=begun).order_by("pk")


def transfers_to_cancel(seller_id: int) -> QuerySet[Transfer]:
    """Transfers of which nothing was collected."""
    rows: QuerySet[Transfer] = Transfer.objects.filter(seller_id=seller_id, status__in=_NOT_COLLECTED)
    return rows.order_by("pk")


def asides_to_send(seller_id: int) -> QuerySet[Aside]:
    """Returned pieces set aside that nobody ordered to be thrown away, and that are not sent back yet anyway."""
    rows: QuerySet[Aside] = Aside.objects.filter(seller_id=seller_id).exclude(status=Aside.Status.DONE)
    return rows.exclude(decision__in=(Aside.Decision.DISPOSE, Aside.Decision.SEND_BACK)).order_by("pk")
