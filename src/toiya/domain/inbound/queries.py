"""What others and the screens ask about requests and deliveries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import TruncHour

from toiya.core.actor import Actor
from toiya.domain.inbound import rules
from toiya.domain.inbound.models import CargoBundle, CartonLine, DockSlot, InboundFees, InboundRequest, Receipt
from toiya.domain.inbound.rules import Delivery, Fees, InLine, Limits, Place, Size, Step
from toiya.domain.warehouses.models import ReceivingRules, Warehouse

Status = CargoBundle.Status
MEASURED = timedelta(days=14)
OPEN_REQUESTS = (InboundRequest.Status.REQUESTED, InboundRequest.Status.BUNDLED)
_LIMITS = tuple(Limits.__dataclass_fields__)
_FEES = tuple(Fees.__dataclass_fields__)


def limits_of(warehouse_id: int) -> Limits:
    """What the warehouse takes; without a row of rules, what the defaults say."""
    row = ReceivingRules.objects.filter(pk=warehouse_id).values(*_LIMITS).first()
    return Limits(**row) if row else Limits()


def fees_of(warehouse_id: int) -> Fees:
    """What taking in costs there."""
    row = InboundFees.objects.filter(pk=warehouse_id).values(*_FEES).first()
    return Fees(**row) if row else Fees()


def open_pieces(seller_id: int) -> dict[int, int]:
    """By warehouse: pieces of the seller that were asked for and have not been received yet."""
    asked = InboundRequest.objects.filter(
        seller_id=seller_id, kind=InboundRequest.Kind.IN, status__in=OPEN_REQUESTS
    ).order_by()
    return dict(asked.values_list("warehouse_id").annotate(pieces=Sum("quantity")))


def delivery_of(bundle: CargoBundle) -> Delivery:
    """The delivery as the rules look at it (four queries)."""
    lines = list(bundle.lines.select_related("sku").order_by("pk"))
    cartons: dict[int, dict[int, int]] = defaultdict(dict)
    for row in CartonLine.objects.filter(carton__bundle=bundle):
        cartons[row.carton_id][row.sku_id] = row.quantity
    boxes = [Size(box.length_mm, box.width_mm, box.height_mm, box.weight_g) for box in bundle.cartons.all()]
    goods = [Size(line.sku.length_mm, line.sku.width_mm, line.sku.height_mm, line.sku.weight_g) for line in lines]
    return Delivery(
        told={line.sku_id: line.told for line in lines if line.told},
        sizes=(*goods, *boxes),
        cartons=tuple(cartons.values()),
        has_slot=DockSlot.objects.filter(bundle=bundle).exists(),
        is_freight_collect=bundle.is_freight_collect,
    )


def missing_steps(bundle: CargoBundle) -> tuple[Step, ...]:
    """What the delivery still lacks before it may be confirmed or sent."""
    return rules.missing_steps(limits_of(bundle.warehouse_id), delivery_of(bundle))


def counts_by_status(bundles: QuerySet[CargoBundle]) -> Mapping[str, int]:
    """How many bundles are in each state (A126)."""
    return dict(bundles.order_by().values_list("status").annotate(bundles=Count("pk")))


def waiting_count(actor: Actor) -> int:
    """How much waits for the office: deliveries to approve and requests to take out."""
    waiting = CargoBundle.objects.visible_to(actor).filter(status=Status.REQUESTED)
    out = InboundRequest.objects.visible_to(actor).filter(
        kind=InboundRequest.Kind.OUT, status=InboundRequest.Status.REQUESTED
    )
    return int(waiting.values("pk").union(out.values("pk"), all=True).count())


def pace_of(warehouse_id: int, at: datetime) -> float:
    """Pieces counted in an hour in which somebody counted, over the last 14 days."""
    standing = Receipt.objects.filter(bundle__warehouse_id=warehouse_id, taken_back=None)
    counted = standing.filter(at__gt=at - MEASURED, at__lte=at).aggregate(
        pieces=Sum("quantity"), hours=Count(TruncHour("at"), distinct=True)
    )
    fallback = fees_of(warehouse_id).pieces_an_hour
    return rules.pace(counted["pieces"] or 0, float(counted["hours"] or 0), fallback)


def queue_of(warehouse_id: int, at: datetime) -> dict[str, Place]:
    """The deliveries that have arrived and are not completed, each with its place in line (L17, D-07)."""
    return rules.line_up(_in_line(warehouse_id), pieces_an_hour=pace_of(warehouse_id, at), at=at)


def place_of(bundle: CargoBundle, at: datetime) -> Place | None:
    """Its place in line; of one that has not arrived, the place it would have now. None when it is over."""
    if bundle.status in {Status.COMPLETED, Status.REJECTED, Status.DELETED}:
        return None
    waiting = _in_line(bundle.warehouse_id)
    if bundle.status != Status.ARRIVED:
        told = bundle.lines.aggregate(pieces=Sum("told"))["pieces"] or 0
        waiting.append(InLine(bundle.code, told, bundle.is_express, at))
    places = rules.line_up(waiting, pieces_an_hour=pace_of(bundle.warehouse_id, at), at=at)
    return places.get(bundle.code)


def _in_line(warehouse_id: int) -> list[InLine]:
    arrived = CargoBundle.objects.filter(warehouse_id=warehouse_id, status=Status.ARRIVED).annotate(
        told=Sum("lines__told"), counted=Sum(F("lines__received") + F("lines__damaged"))
    )
    arrived = arrived.order_by("pk")
    return [
        InLine(
            bundle.code,
            max((bundle.told or 0) - (bundle.counted or 0), 0),
            bundle.is_express,
            bundle.arrived_at or bundle.created_at,
        )
        for bundle in arrived
    ]


def free_slots(bundle: CargoBundle, at: datetime, *, is_large: bool, most: int = 40) -> list[DockSlot]:
    """The times at the dock this delivery may still book, the earliest first."""
    slots = DockSlot.objects.filter(warehouse_id=bundle.warehouse_id, bundle=None, starts_at__gt=at)
    if not is_large:
        slots = slots.filter(size=DockSlot.Size.NORMAL)
    return list(slots.order_by("starts_at", "pk")[:most])


def warehouse_by_branch(branch_code: str) -> Warehouse | None:
    """The warehouse a file means: by branch code (0000011520, zeros in front may be lost) or by our own code."""
    digits = branch_code.lstrip("0")
    match = Q(code__iexact=branch_code) | Q(branch_code=branch_code)
    if digits.isdecimal():
        match |= Q(branch_code=digits.zfill(10))
    return Warehouse.objects.filter(match).order_by("pk").first() if branch_code else None
