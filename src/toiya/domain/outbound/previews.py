"""What a release would mean: how many walks, how far, how long. An estimate; bins are chosen when it is released."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, DurationField, ExpressionWrapper, F, Sum

from toiya.domain.allocation.models import Allocation
from toiya.domain.outbound import queries, rules, walks
from toiya.domain.outbound.models import PickList, PickTask
from toiya.domain.outbound.rules import Choice, Want
from toiya.domain.outbound.wave_rules import AUTOMATIC, SECONDS_PER_STOP, Group, grouped, minutes_of_work

PACE_OVER = timedelta(days=14)
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

    def preview(self, order_ids: Sequence[int], crew: Crew, method: str = AUTOMATIC) -> Preview:
        """A wave of these orders (two queries)."""
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
    wants = [Want(*row) for row in promised.order_by("order_id", "pk").values_list("order", "line", "sku", "quantity")]
    offers = queries.bin_offers(None, warehouse_id, {want.sku_id for want in wants})
    choices, _ = rules.choose_bins(wants, offers)
    return Plan(warehouse_id, tuple(choices))


def crew_of(warehouse_id: int, at: datetime) -> Crew:
    """Who picks at this warehouse, and the pace measured over the last days (three queries)."""
    lists = PickList.objects.filter(warehouse_id=warehouse_id)
    present = lists.filter(started_at__gte=at - PRESENT).aggregate(people=Count("picker", distinct=True))
    done = lists.filter(status=PickList.Status.DONE, started_at__gte=at - PACE_OVER, finished_at__isnull=False)
    took = ExpressionWrapper(F("finished_at") - F("started_at"), output_field=DurationField())
    spent = done.aggregate(time=Sum(took))["time"] or timedelta()
    stops = PickTask.objects.filter(pick_list__in=done).count()
    pace = round(spent.total_seconds() / stops) if stops else SECONDS_PER_STOP
    return Crew(present["people"] or 1, max(pace, 1))
