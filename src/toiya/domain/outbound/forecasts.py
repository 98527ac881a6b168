"""What the forecast is made of: the queue of this building, who works, and how fast each has been (four queries)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Max, Sum

from toiya.domain.allocation.models import Allocation
from toiya.domain.orders.models import OpenOrder, Order
from toiya.domain.outbound.forecast_rules import Job, Outlook, Pace, outlook
from toiya.domain.outbound.models import Parcel, PickTask

MEASURED = timedelta(days=3)
ON_SHIFT = timedelta(hours=1)  # who did something within it is at work
MOST_LISTS = 1000
MOST_JOBS = 2000
_TO_DO = (Order.Status.ALLOCATED, Order.Status.PICKING, Order.Status.PACKING)


@dataclass(slots=True)
class Person:
    """What somebody did in the last days: pieces picked, parcels packed, and the seconds that took."""

    name: str
    pieces: int = 0
    pick_s: float = 0
    parcels: int = 0
    pack_s: float = 0
    is_here: bool = False

    @property
    def pieces_an_hour(self) -> int:
        """How many pieces this person picks in an hour of picking."""
        return round(self.pieces * 3600 / self.pick_s) if self.pick_s else 0

    @property
    def parcels_an_hour(self) -> int:
        """How many parcels this person packs in an hour of packing."""
        return round(self.parcels * 3600 / self.pack_s) if self.pack_s else 0


@dataclass(frozen=True, slots=True)
class Floor:
    """The people, and what will become of the queue; no outlook while nobody works or nothing was measured."""

    people: Sequence[Person]
    here: int
    outlook: Outlook | None


def floor_now(warehouse_id: int, at: datetime) -> Floor:
    """The building as it is now."""
    people: dict[str, Person] = {}
    _picked(people, warehouse_id, at)
    _packed(people, warehouse_id, at)
    ranked = sorted(
        people.values(), key=lambda person: (not person.is_here, -person.pieces - person.parcels, person.name)
    )
    here = sum(person.is_here for person in ranked)
    pace = _pace(ranked)
    if pace is None or not here:
        return Floor(ranked, here, None)
    return Floor(ranked, here, outlook(_jobs(warehouse_id), here, pace, at))


def _picked(people: dict[str, Person], warehouse_id: int, at: datetime) -> None:
    tasks = PickTask.objects.filter(
        pick_list__warehouse_id=warehouse_id,
        pick_list__started_at__gte=at - MEASURED,
        pick_list__started_at__lte=at,
    )
    lists = tasks.values_list("pick_list__picker__name", "pick_list__started_at", "pick_list__finished_at")
    newest = lists.annotate(pieces=Sum("picked"), list=F("pick_list_id")).order_by("-pick_list_id")[:MOST_LISTS]
    for name, started_at, finished_at, pieces, _list in newest:
        person = people.setdefault(name or "", Person(name or ""))
        person.is_here = person.is_here or finished_at is None or finished_at >= at - ON_SHIFT
        if finished_at is not None and finished_at > started_at:
            person.pieces += pieces
            person.pick_s += (finished_at - started_at).total_seconds()


def _packed(people: dict[str, Person], warehouse_id: int, at: datetime) -> None:
    sealed = Parcel.objects.filter(warehouse_id=warehouse_id, sealed_at__gte=at - MEASURED, sealed_at__lte=at)
    rows = (
        sealed.exclude(packed_by="")
        .values_list("packed_by")
        .annotate(parcels=Count("pk"), taken=Sum(F("sealed_at") - F("opened_at")), last=Max("sealed_at"))
    )
    for name, parcels, taken, last in rows.order_by("packed_by"):
        person = people.setdefault(name, Person(name))
        person.parcels += parcels
        person.pack_s += taken.total_seconds()
        person.is_here = person.is_here or last >= at - ON_SHIFT


def _pace(people: Sequence[Person]) -> Pace | None:
    pieces, parcels = sum(person.pieces for person in people), sum(person.parcels for person in people)
    if not pieces or not parcels:
        return None
    return Pace(sum(person.pick_s for person in people) / pieces, sum(person.pack_s for person in people) / parcels)


def _jobs(warehouse_id: int) -> list[Job]:
    listed = Order.objects.filter(pk__in=OpenOrder.objects.values("order_id"), status__in=_TO_DO)
    orders = list(listed.exclude(promised_at=None).order_by("promised_at", "pk")[:MOST_JOBS])
    here = Allocation.objects.filter(warehouse_id=warehouse_id, order_id__in=[order.pk for order in orders])
    pieces = dict(here.order_by("order_id").values_list("order_id").annotate(pieces=Sum("quantity")))
    return [
        Job(order.code, order.promised_at, 0 if order.status == Order.Status.PACKING else pieces[order.pk])
        for order in orders
        if order.pk in pieces and order.promised_at is not None
    ]
