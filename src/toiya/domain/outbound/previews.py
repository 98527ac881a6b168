"""What a release would mean: how many walks, how far, how long. An estimate; bins are chosen when it is released."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, DurationField, ExpressionWrapper, F, OuterRef, Q, Subquery, Sum

from toiya.domain.allocation.models import Allocation
from toiya.domain.outbound import queries, rules, walks
from toiya.domain.outbound.models import PickList, PickTask
from toiya.domain.outbound.rules import Choice, Want
from toiya.domain.outbound.wave_rules import AUTOMATIC, SECONDS_PER_STOP, Group, grouped, minutes_of_work

PACE_OVER = timedelta(days=14)
WANT = ("order_id", "line_id", "sku_id", "quantity")
PRESENT = timedelta(hours=2)  # who took a walk so lately works now


@dataclass(frozen=True, slots=True)
class Crew:
    """Who picks now, and how long one stop takes them, walking included."""

    people: int
    seconds_per_stop: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What a wave of these orders would be. Orders no bin can serve are left out; metres are None where unknown."""

    orders: int
    pieces: int
    stops: int
    walks: int
    metres: int | None
    minutes: int


@dataclass(frozen=True, slots=True)
class Plan:
    """The bins that orders would be picked from now, to make previews of parts of them."""

    warehouse_id: int
    choices: tuple[Choice, ...]

    def stops_of(self, order_ids: Sequence[int]) -> int:
        """How often one stops for these orders."""
        wanted = set(order_ids)
        return sum(1 for choice in self.choices if choice.want.order_id in wanted)

    def preview(self, order_ids: Sequence[int], crew: Crew, method: str = AUTOMATIC) -> Preview:
        """A wave of these orders (one query)."""
        wanted = set(order_ids)
        chosen = [choice for choice in self.choices if choice.want.order_id in wanted]
        going = sorted({choice.want.order_id for choice in chosen})
        groups = grouped(going, chosen, method)
        return Preview(
            orders=len(going),
            pieces=sum(choice.quantity for choice in chosen),
            stops=len(chosen),
            walks=len(groups),
            metres=walks.metres_of(self.warehouse_id, [_bins(group, chosen) for group in groups]),
            minutes=minutes_of_work(len(chosen), crew.seconds_per_stop, crew.people),
        )


def _bins(group: Group, choices: Sequence[Choice]) -> set[int]:
    orders = set(group.order_ids)
    return {choice.bin_id for choice in choices if choice.want.order_id in orders}


def plan_of(warehouse_id: int, order_ids: Sequence[int]) -> Plan:
    """Which bins orders of any sellers would be picked from (three queries)."""
    promised = Allocation.objects.filter(order_id__in=list(order_ids), warehouse_id=warehouse_id)
    wants = [Want(*row) for row in promised.order_by("order_id", "line_id", "sku_id").values_list(*WANT)]
    offers = queries.bin_offers(None, warehouse_id, {want.sku_id for want in wants})
    choices, _ = rules.choose_bins(wants, offers)
    return Plan(warehouse_id, tuple(choices))


def crew_of(warehouse_id: int, at: datetime) -> Crew:
    """Who picks at this warehouse, and the pace measured over the last days (one query)."""
    tasks = PickTask.objects.filter(pick_list=OuterRef("pk")).order_by().values("pick_list")
    lists = PickList.objects.filter(warehouse_id=warehouse_id, started_at__gte=at - PACE_OVER)
    counted = lists.annotate(stops=Subquery(tasks.annotate(stops=Count("pk")).values("stops")))
    is_done = Q(status=PickList.Status.DONE, finished_at__isnull=False)
    took = ExpressionWrapper(F("finished_at") - F("started_at"), output_field=DurationField())
    found = counted.aggregate(
        people=Count("picker", distinct=True, filter=Q(started_at__gte=at - PRESENT)),
        time=Sum(took, filter=is_done),
        done=Sum("stops", filter=is_done),
    )
    spent = (found["time"] or timedelta()).total_seconds()
    pace = round(spent / found["done"]) if found["done"] else SECONDS_PER_STOP
    return Crew(found["people"] or 1, max(pace, 1))
