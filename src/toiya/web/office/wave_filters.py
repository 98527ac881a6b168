"""What a wave may be made of: orders by cut-off, seller, carrier, zone and size, and what each choice would mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery, Sum
from django.utils.translation import gettext_lazy as _

from toiya.domain.allocation.models import Allocation
from toiya.domain.carriers.models import Service
from toiya.domain.orders.models import Order
from toiya.domain.outbound.models import PickList
from toiya.domain.outbound.previews import Crew, Preview, crew_of, plan_of
from toiya.domain.outbound.wave_rules import AUTOMATIC, is_due, minutes_of_work
from toiya.domain.stock.models import BinStock
from toiya.domain.warehouses.models import Bin, Warehouse
from toiya.domain.warehouses.rules import Calendar, next_cut_off
from toiya.web.shared.reader import Request
from toiya.web.shared.timeline import channel_word

MOST_AT_ONCE = 500
SIZES: Mapping[str, tuple[Any, int, int]] = {
    "one": (_("1 piece"), 1, 1),
    "few": (_("2 to 5 pieces"), 2, 5),
    "many": (_("6 pieces and more"), 6, 2**31 - 1),
}
METHODS: Mapping[str, Any] = {AUTOMATIC: _("By what the orders want"), **dict(PickList.Method.choices)}


@dataclass(frozen=True, slots=True)
class CutOff:
    """The orders of one channel: when their truck leaves, and whether they should go to the floor now."""

    channel: str
    word: Any
    leaves_at: datetime
    orders: int
    minutes: int
    is_due: bool


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is chosen, and the cut-offs with their orders."""

    preview: Preview
    crew: Crew
    cut_offs: tuple[CutOff, ...]


def filtered(request: Request, ready: QuerySet[Order], warehouse: Warehouse) -> QuerySet[Order]:
    """The orders that fit every choice of the form; an unknown choice is none."""
    asked = {name: request.GET.get(name, "")[:20] for name in ("channel", "seller", "carrier", "zone", "size")}
    if asked["channel"]:
        ready = ready.filter(channel=asked["channel"])
    if asked["seller"]:
        ready = ready.filter(seller__code=asked["seller"])
    if asked["carrier"]:
        services = Service.objects.filter(carrier=asked["carrier"])
        ready = ready.filter(wish__service_code__in=services.values("code"))
    if asked["zone"]:
        ready = ready.filter(~Exists(_outside(warehouse, asked["zone"])))
    if asked["size"] in SIZES:
        _words, least, most = SIZES[asked["size"]]
        promised = Allocation.objects.filter(order_id=OuterRef("pk")).values("order_id")
        pieces = Subquery(promised.annotate(pieces=Sum("quantity")).values("pieces"))
        ready = ready.annotate(promised=pieces).filter(promised__range=(least, most))
    return ready


def _outside(warehouse: Warehouse, zone: str) -> QuerySet[Allocation]:
    """Promises of an order that no bin of the zone could serve alone."""
    inside = BinStock.objects.filter(
        bin__zone=zone, warehouse=warehouse, sku_id=OuterRef("sku_id"), quantity__gte=OuterRef("quantity")
    )
    return Allocation.objects.filter(~Exists(inside), order_id=OuterRef("pk"), warehouse_id=warehouse.pk)


def is_filtered(request: Request) -> bool:
    """Whether anything was chosen."""
    return any(request.GET.get(name) for name in ("channel", "seller", "carrier", "zone", "size"))


def choices_of(warehouse: Warehouse) -> dict[str, Any]:
    """The lists of the form (two queries)."""
    zones = Bin.objects.filter(warehouse=warehouse, kind=Bin.Kind.STORAGE).exclude(zone="")
    return {
        "zones": zones.order_by("zone").values_list("zone", flat=True).distinct(),
        "carriers": Service.objects.order_by("carrier").values_list("carrier", flat=True).distinct(),
        "sizes": [(value, words) for value, (words, _least, _most) in SIZES.items()],
        "methods": list(METHODS.items()),
    }


def outlook(
    request: Request, warehouse: Warehouse, ready: QuerySet[Order], chosen: QuerySet[Order], calendar: Calendar
) -> Outlook:
    """What a wave of the chosen orders would be, by bins, metres and pace, at most the oldest 500 (a few queries)."""
    at = request.at
    oldest = ready.order_by("placed_at", "id").values_list("pk", "channel")[:MOST_AT_ONCE]
    channels: dict[str, list[int]] = {}
    for order_id, channel in oldest:
        channels.setdefault(channel, []).append(order_id)
    wanted = chosen.order_by("placed_at", "id").values_list("pk", flat=True)[:MOST_AT_ONCE]
    order_ids = list(wanted) if is_filtered(request) else [each for part in channels.values() for each in part]
    every = {each for part in channels.values() for each in part}
    plan = plan_of(warehouse.pk, sorted(every.union(order_ids)))
    crew = crew_of(warehouse.pk, at)
    cut_offs = []
    for channel, orders in sorted(channels.items()):
        leaves_at = next_cut_off(calendar, channel, at)
        minutes = minutes_of_work(plan.stops_of(orders), crew.seconds_per_stop, crew.people)
        is_now = is_due(minutes, at, leaves_at)
        cut_offs.append(CutOff(channel, channel_word(channel), leaves_at, len(orders), minutes, is_now))
    return Outlook(plan.preview(order_ids, crew, request.GET.get("method", "")[:10]), crew, tuple(cut_offs))
