"""What shared stock stands on: who waits for what, what the owners can spare, who took and gave back how much."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Max, Q, QuerySet, Sum

from toiya.core.actor import Actor
from toiya.domain.allocation import sql as allocation_sql
from toiya.domain.allocation.rules import Why
from toiya.domain.allocation.terms import serving_warehouses
from toiya.domain.catalog.models import BundlePart, ItemShare
from toiya.domain.lending.models import Handing, LendLimit, Mirror
from toiya.domain.lending.rules import Book, Plan, plan_handings
from toiya.domain.orders.models import Line, OpenOrder, Order
from toiya.domain.stock.models import Balance, Movement

MOST_ORDERS = 2000
_GONE = (
    Movement.Kind.SHIP,
    Movement.Kind.LOST,
    Movement.Kind.SCRAP,
    Movement.Kind.TAKE_OUT,
    Movement.Kind.ASSEMBLE_OUT,
    Movement.Kind.SEND_BACK,
)


def newest_handing(share_id: int) -> int:
    """The number of the share's newest handing; 0 when there is none."""
    return Handing.objects.filter(share_id=share_id).aggregate(newest=Max("pk"))["newest"] or 0


def own_need(seller_id: int, sku_ids: Sequence[int]) -> dict[int, int]:
    """Pieces of these SKUs that the seller's own waiting orders want."""
    found: Counter[int] = Counter()
    for demand in allocation_sql.demands(_waiting(seller_id, sku_ids)):
        if demand.sku_id is not None and demand.sku_id in sku_ids:
            found[demand.sku_id] += demand.quantity
    return dict(found)


def allowed(share_ids: Iterable[int]) -> dict[int, int]:
    """How many more pieces may be taken of those shares that have a limit."""
    limits = dict(LendLimit.objects.filter(share_id__in=list(share_ids)).values_list("share_id", "most_pieces"))
    sums = Handing.objects.filter(share_id__in=limits).values_list("share_id", "is_back").annotate(sum=Sum("quantity"))
    for share_id, is_back, pieces in sums.order_by():
        limits[share_id] += pieces if is_back else -pieces
    return {share_id: max(0, left) for share_id, left in limits.items()}


def not_taken(seller_id: int) -> list[int]:
    """Handings to this seller that are in nobody's book yet."""
    waiting = Handing.objects.filter(taker_id=seller_id, taking=None)
    return list(waiting.order_by("pk").values_list("pk", flat=True))


def plan_of(seller_id: int, mirrors: dict[int, Mirror]) -> Plan:
    """What this partner should take and give back now; `mirrors` by its own SKU."""
    orders: dict[int, Counter[int]] = {}
    unknown = set()
    for demand in allocation_sql.demands(_waiting(seller_id, list(mirrors))):
        if demand.sku_id is None:
            unknown.add(demand.order_id)
        else:
            orders.setdefault(demand.order_id, Counter())[demand.sku_id] += demand.quantity
    needs = [need for order_id, need in orders.items() if order_id not in unknown]
    return plan_handings(
        needs, _book(seller_id, mirrors, {sku for need in needs for sku in need}), serving_warehouses(seller_id)
    )


def _book(seller_id: int, mirrors: dict[int, Mirror], wanted: set[int]) -> Book:
    own = Balance.objects.filter(seller_id=seller_id, sku_id__in=[*mirrors, *wanted])
    by_source = {mirror.source_id: mirror for mirror in mirrors.values()}
    lendable = {}
    for owner_id in {mirror.source.seller_id for mirror in mirrors.values()}:
        sources = [each.source_id for each in mirrors.values() if each.source.seller_id == owner_id]
        need = own_need(owner_id, sources)
        for row in Balance.objects.filter(seller_id=owner_id, sku_id__in=sources):
            if by_source[row.sku_id].share.status == ItemShare.Status.ACCEPTED:
                spare = row.available - need.get(row.sku_id, 0)
                lendable[row.warehouse_id, by_source[row.sku_id].sku_id] = max(0, spare)
    return Book(
        free={(row.warehouse_id, row.sku_id): row.available for row in own},
        lendable=lendable,
        borrowed=_borrowed(list(mirrors)),
        share_of={sku_id: mirror.share_id for sku_id, mirror in mirrors.items()},
        allowed=allowed({mirror.share_id for mirror in mirrors.values()}),
        ended=frozenset(
            sku_id for sku_id, mirror in mirrors.items() if mirror.share.status != ItemShare.Status.ACCEPTED
        ),
    )


def _borrowed(sku_ids: Sequence[int]) -> dict[int, int]:
    """Taken, less what was given back or left the house: what leaves is counted against what was borrowed first."""
    found: Counter[int] = Counter()
    for sku_id, pieces in _summed(Handing.objects.filter(to_sku_id__in=sku_ids, is_back=False), "to_sku_id"):
        found[sku_id] += pieces
    for sku_id, pieces in _summed(Handing.objects.filter(sku_id__in=sku_ids, is_back=True), "sku_id"):
        found[sku_id] -= pieces
    for sku_id, pieces in _summed(Movement.objects.filter(sku_id__in=list(found), kind__in=_GONE), "sku_id"):
        found[sku_id] -= pieces
    return {sku_id: max(0, pieces) for sku_id, pieces in found.items()}


def _summed(rows: QuerySet[Any], column: str) -> Iterable[tuple[int, int]]:
    found: Iterable[tuple[int, int]] = rows.values_list(column).annotate(sum=Sum("quantity")).order_by()
    return found


def _waiting(seller_id: int, sku_ids: Sequence[int]) -> list[int]:
    """The seller's waiting orders that want one of these SKUs, or a bundle of them; the oldest first."""
    bundles = BundlePart.objects.filter(part_id__in=sku_ids).values_list("bundle_id", flat=True)
    statuses = [Order.Status.RECEIVED, Order.Status.WAITING]
    lines = Line.objects.filter(
        Q(sku_id__in=[*sku_ids, *bundles]), seller_id=seller_id, is_cancelled=False, order__status__in=statuses
    ).exclude(order__waiting_reason=Why.TAKEN_BACK)
    lines = lines.filter(order_id__in=OpenOrder.objects.filter(seller_id=seller_id).values("order_id"))
    return list(lines.order_by("order_id").values_list("order_id", flat=True).distinct()[:MOST_ORDERS])


def handings_of(actor: Actor, first: datetime, last: datetime) -> QuerySet[Handing]:
    """What changed hands from or to this seller in that time."""
    rows = Handing.objects.filter(
        Q(seller_id=actor.seller_id) | Q(taker_id=actor.seller_id), at__gte=first, at__lt=last
    )
    return rows.select_related("seller", "taker", "warehouse", "sku", "to_sku", "taking").order_by("-pk")
