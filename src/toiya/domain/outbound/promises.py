"""What of orders' promises others ask: whose their time was, what was missed, how many left in time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Q
from django.db.models.functions import TruncDate

from toiya.core.models import EventRow
from toiya.domain.allocation.queries import OWNERS as REASON_OWNERS
from toiya.domain.orders.hold_rules import OWNERS as HOLD_OWNERS
from toiya.domain.orders.models import OpenOrder, Order, PromiseMove
from toiya.domain.outbound.clock_rules import ENDS, PHASES, Mark, Stretch, stretches

MARKS = frozenset(
    {
        *PHASES,
        *ENDS,
        "order.hold_placed",
        "order.hold_lifted",
        "order.waits",
        "order.picked_short",
        "order.allocation_taken_back",
        "order.promise_expired",
        "carrier.scanned",
        "carrier.came_back",
    }
)


def whose() -> Mapping[str, str]:
    """Whose each hold and reason is."""
    return {
        **{str(code): owner.value for code, owner in REASON_OWNERS.items()},
        **{code: owner.value for code, owner in HOLD_OWNERS.items()},
    }


def mark_of(row: EventRow) -> Mark:
    """An event as the clock reads it."""
    told = row.data
    return Mark(row.at, row.name, str(told.get("code") or told.get("reason") or told.get("state") or ""))


def marks_of(codes: Sequence[str]) -> dict[str, list[Mark]]:
    """The events of these orders that say whose they are, in the order they happened; one query."""
    found: dict[str, list[Mark]] = {code: [] for code in codes}
    for row in EventRow.objects.filter(subject__in=codes, name__in=MARKS).order_by("id"):
        found[row.subject].append(mark_of(row))
    return found


def clock_of(order: Order, marks: Iterable[Mark], until: datetime) -> list[Stretch]:
    """Whose the order's time was until then."""
    return stretches(marks, placed_at=order.placed_at, until=until, owners=whose())


def missed_orders(midnight: datetime) -> list[tuple[int, int]]:
    """(seller, order) of every open order that was promised for a day before the one that began at `midnight`."""
    listed = OpenOrder.objects.filter(order__promised_at__lt=midnight)
    return list(listed.order_by("seller_id", "order_id").values_list("seller_id", "order_id"))


@dataclass(frozen=True, slots=True)
class OnTime:
    """Of the orders that were promised for a span of days and left: how many on their day, and whose the others are."""

    left: int
    late: Mapping[str, int]

    @property
    def percent(self) -> int | None:
        """The share that left on the promised day, rounded down; None: nothing left."""
        return (self.left - sum(self.late.values())) * 100 // self.left if self.left else None


def on_time(seller_id: int, since: datetime, zone: ZoneInfo) -> OnTime:
    """
    The seller's orders that left since then; two queries. Whose a delay was, the first truck missed says.

    An order that left after midnight, before its move was recorded, is the warehouse's.
    """
    left = Order.objects.filter(seller_id=seller_id, shipped_at__gte=since).exclude(promised_at=None)
    days = left.annotate(
        day_left=TruncDate("shipped_at", tzinfo=zone), day_promised=TruncDate("promised_at", tzinfo=zone)
    )
    counts = days.aggregate(left=Count("pk"), past=Count("pk", filter=Q(day_left__gt=F("day_promised"))))
    missed = PromiseMove.objects.filter(seller_id=seller_id, is_late=True, order__shipped_at__gte=since)
    owners = missed.order_by("order_id", "was_for", "pk").distinct("order_id").values_list("owner", flat=True)
    late = Counter(owners)
    if counts["past"]:
        late["warehouse"] += counts["past"]
    return OnTime(counts["left"], late)
