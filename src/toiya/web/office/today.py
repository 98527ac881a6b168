"""Today: will every truck be made, what blocks, who works, which problems are oldest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from toiya.core.actor import Actor
from toiya.core.job_health import failed_jobs
from toiya.domain.carriers.queries import labels_to_mend
from toiya.domain.channels.models import Connection
from toiya.domain.channels.queries import ended_wishes
from toiya.domain.orders.models import Hold, Order
from toiya.domain.outbound.hand_ins import HandInDay, day_of
from toiya.domain.outbound.models import HandIn, Parcel, PickList, PickTask
from toiya.domain.warehouses.models import Warehouse
from toiya.domain.warehouses.queries import calendar_of
from toiya.domain.warehouses.rules import Calendar, next_cut_off
from toiya.web.shared import waiting
from toiya.web.shared.statuses import Kind
from toiya.web.shared.timeline import channel_word

_Status = Order.Status
ENDED = (_Status.SHIPPED, _Status.DELIVERED, _Status.CANCELLED)
PACE_OVER = timedelta(hours=1)
MOST_PROBLEMS = 8
FAR_AHEAD = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Truck:
    """One channel's orders against its next cut-off."""

    channel: str
    label: Any
    leaves_at: datetime
    shipped: int
    packed: int
    on_floor: int
    to_release: int
    blocked: int
    done_at: datetime | None

    @property
    def all(self) -> int:
        """Orders that can still make this truck, and those that left today."""
        return self.shipped + self.packed + self.on_floor + self.to_release

    @property
    def done(self) -> int:
        """Packed or gone."""
        return self.shipped + self.packed

    @property
    def parts(self) -> list[tuple[Any, int]]:
        """For the bar."""
        return [
            (_("Shipped"), self.shipped),
            (_("Packed"), self.packed),
            (_("On the floor"), self.on_floor),
            (_("To release"), self.to_release),
        ]

    @property
    def left(self) -> int:
        """Still to pick or pack."""
        return self.on_floor + self.to_release

    @property
    def kind(self) -> str:
        """How it looks: done, on the way, unknown without a pace, or too late."""
        if not self.left:
            return Kind.DONE
        if self.done_at is None:
            return Kind.WAIT
        return Kind.MOVE if self.done_at <= self.leaves_at else Kind.STOP

    @property
    def late_by(self) -> timedelta | None:
        """By how much the truck will be missed at this pace."""
        return self.done_at - self.leaves_at if self.done_at and self.done_at > self.leaves_at else None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that a person must look at."""

    what: str
    since: datetime | None
    url: str
    action: str


@dataclass(frozen=True, slots=True)
class WalkRow:
    """A walk that is being done now."""

    code: str
    picker: str
    done: int
    all: int


@dataclass(frozen=True, slots=True)
class OwnParcels:
    """Parcels that sellers pack, of one channel, against its next cut-off."""

    label: Any
    leaves_at: datetime
    day: HandInDay

    @property
    def all(self) -> int:
        """Every parcel of this day."""
        return self.day.awaited + self.day.here + self.day.gone

    @property
    def parts(self) -> list[tuple[Any, int]]:
        """For the bar."""
        return [(_("Gone"), self.day.gone), (_("Here"), self.day.here), (_("To come"), self.day.awaited)]


@dataclass(frozen=True, slots=True)
class Today:
    """The whole page."""

    trucks: Sequence[Truck]
    pace: int
    ready: int
    blocks: Sequence[tuple[Any, int, str]]
    walks: Sequence[WalkRow]
    problems: Sequence[Problem]
    hand_ins: Sequence[OwnParcels] = ()

    @property
    def blocked(self) -> int:
        """Orders that something stops."""
        return sum(count for _word, count, _url in self.blocks)


def today(warehouse: Warehouse, actor: Actor, at: datetime) -> Today:
    """Everything about this day, with a constant number of queries."""
    calendar = calendar_of(warehouse)
    trucks, pace = _trucks(warehouse, calendar, at)
    return Today(
        trucks=trucks,
        pace=pace,
        ready=sum(truck.to_release for truck in trucks),
        blocks=_blocks(),
        walks=_walks(warehouse),
        problems=_problems(actor),
        hand_ins=_hand_ins(warehouse, calendar, at),
    )


def _hand_ins(warehouse: Warehouse, calendar: Calendar, at: datetime) -> list[OwnParcels]:
    midnight = datetime.combine(at.astimezone(calendar.zone).date(), time(), calendar.zone)
    found = [
        OwnParcels(channel_word(day.channel), next_cut_off(calendar, day.channel, at), day)
        for day in day_of(warehouse.pk, midnight)
    ]
    return sorted(found, key=lambda own: own.leaves_at)


def _trucks(warehouse: Warehouse, calendar: Calendar, at: datetime) -> tuple[list[Truck], int]:
    midnight = datetime.combine(at.astimezone(calendar.zone).date(), time(), calendar.zone)
    shipped_today = Q(status=_Status.SHIPPED, shipped_at__gte=midnight)
    own = HandIn.objects.filter(is_cancelled=False).values("order_id")  # counted beside, see _hand_ins
    counted = Order.objects.filter(~Q(status__in=ENDED) | shipped_today & ~Q(pk__in=own)).order_by()
    counted = counted.exclude(status__in=[_Status.TO_HAND_IN, _Status.HANDED_IN])
    states: dict[str, dict[str, int]] = {}
    for channel, status, count in counted.values_list("channel", "status").annotate(count=Count("pk")):
        states.setdefault(channel, {})[status] = count
    sealed = Parcel.objects.filter(warehouse_id=warehouse.pk, sealed_at__gte=at - PACE_OVER, sealed_at__lte=at)
    pace = sealed.count()
    trucks = []
    ahead = 0
    cut_offs = sorted((next_cut_off(calendar, channel, at), channel) for channel in states)
    for leaves_at, channel in cut_offs:
        found = states[channel]
        ahead += sum(found.get(status, 0) for status in (_Status.ALLOCATED, _Status.PICKING, _Status.PACKING))
        done_at = at + timedelta(hours=ahead / pace) if pace else None
        trucks.append(_truck(channel, leaves_at, found, done_at))
    return trucks, pace


def _truck(channel: str, leaves_at: datetime, found: Mapping[str, int], done_at: datetime | None) -> Truck:
    return Truck(
        channel=channel,
        label=channel_word(channel),
        leaves_at=leaves_at,
        shipped=found.get(_Status.SHIPPED, 0),
        packed=found.get(_Status.READY, 0),
        on_floor=found.get(_Status.PICKING, 0) + found.get(_Status.PACKING, 0),
        to_release=found.get(_Status.ALLOCATED, 0),
        blocked=found.get(_Status.WAITING, 0),
        done_at=done_at,
    )


def _blocks() -> list[tuple[Any, int, str]]:
    orders = reverse("office:orders")
    waits = Order.objects.filter(status=_Status.WAITING).order_by().values_list("waiting_reason")
    holds = Hold.objects.filter(lifted_at=None).exclude(order__status__in=ENDED).order_by().values_list("code")
    rows = [
        (waiting.line_reason(code, {"code": "-"}).status.word if code else _("Waiting"), count, code)
        for code, count in waits.annotate(count=Count("pk"))
    ]
    rows += [
        (waiting.hold_reason(code).status.word, count, code)
        for code, count in holds.annotate(count=Count("order", distinct=True))
    ]
    ranked = sorted(rows, key=lambda row: -row[1])
    return [(word, count, f"{orders}?reason={code}") for word, count, code in ranked]


def _walks(warehouse: Warehouse) -> list[WalkRow]:
    busy = PickList.objects.filter(warehouse=warehouse, status=PickList.Status.PICKING)
    open_tasks = Count("tasks", filter=Q(tasks__status=PickTask.Status.OPEN))
    rows = busy.values_list("code", "picker__name").annotate(all=Count("tasks"), left=open_tasks)
    return [
        WalkRow(code, picker, all_stops - left, all_stops)
        for code, picker, all_stops, left in rows.order_by(F("started_at").asc())[:12]
    ]


def _problems(actor: Actor) -> list[Problem]:
    system = reverse("office:system")
    found = [
        Problem(
            _("%(parcel)s has no label: %(problem)s") % {"parcel": label.reference, "problem": label.problem},
            label.wanted_at,
            f"{system}#labels",
            _("Ask again"),
        )
        for label in labels_to_mend(actor)[:MOST_PROBLEMS]
    ]
    found += [
        Problem(
            _("%(subject)s was not told to %(shop)s") % {"subject": wish.subject, "shop": wish.connection_name},
            wish.settled_at,
            f"{system}#wishes",
            _("Try again"),
        )
        for wish in ended_wishes(actor, MOST_PROBLEMS)
    ]
    found += [
        Problem(_("The job %(task)s failed") % {"task": job.task}, job.at, f"{system}#jobs", _("Try again"))
        for job in failed_jobs(MOST_PROBLEMS)
    ]
    broken = Connection.objects.filter(status=Connection.Status.BROKEN).order_by("pk")[:MOST_PROBLEMS]
    found += [
        Problem(
            _("%(shop)s is broken: %(words)s") % {"shop": shop.name, "words": shop.site_message or shop.problem},
            shop.pulled_at,
            f"{system}#shops",
            _("Show"),
        )
        for shop in broken
    ]
    oldest_first = sorted(found, key=lambda problem: problem.since or FAR_AHEAD)
    return oldest_first[:MOST_PROBLEMS]
