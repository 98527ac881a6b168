"""An order's status against its history: the last event that sets it, and each step along the arrows (I13)."""

from __future__ import annotations

from toiya.core.checks import Check
from toiya.domain.allocation.events import AllocationTakenBack, OrderAllocated, OrderWaits, PromiseExpired
from toiya.domain.orders.events import FulfilmentChosen, OrderPlaced, SmartDeliveryChosen
from toiya.domain.orders.models import Order
from toiya.domain.outbound.events import (
    LinesCancelled,
    OrderCancelled,
    OrderDelivered,
    OrderMergedAway,
    OrderPicked,
    OrderReleased,
    OrderShipped,
    OrdersMerged,
    OrderSplit,
    ParcelHandedIn,
    ParcelLabelVoided,
    ParcelReady,
    PickedShort,
    SkuChanged,
)

Status = Order.Status
# After the event the order is in one of these. A short pick may go on from other bins, or end in waiting.
LEADS_TO: dict[str, frozenset[Status]] = {
    OrderPlaced.NAME: frozenset({Status.RECEIVED}),
    OrderWaits.NAME: frozenset({Status.WAITING}),
    OrderAllocated.NAME: frozenset({Status.ALLOCATED}),
    AllocationTakenBack.NAME: frozenset({Status.WAITING}),
    PromiseExpired.NAME: frozenset({Status.WAITING}),
    LinesCancelled.NAME: frozenset({Status.RECEIVED, Status.WAITING, Status.TO_HAND_IN}),
    SmartDeliveryChosen.NAME: frozenset({Status.TO_HAND_IN}),
    FulfilmentChosen.NAME: frozenset({Status.RECEIVED}),
    ParcelHandedIn.NAME: frozenset({Status.HANDED_IN}),
    OrderReleased.NAME: frozenset({Status.PICKING}),
    PickedShort.NAME: frozenset({Status.PICKING, Status.WAITING}),
    OrderPicked.NAME: frozenset({Status.PACKING}),
    ParcelReady.NAME: frozenset({Status.READY}),
    ParcelLabelVoided.NAME: frozenset({Status.PACKING}),
    OrderShipped.NAME: frozenset({Status.SHIPPED}),
    OrderDelivered.NAME: frozenset({Status.DELIVERED}),
    OrderCancelled.NAME: frozenset({Status.CANCELLED}),
    SkuChanged.NAME: frozenset({Status.RECEIVED, Status.WAITING}),
    OrderSplit.NAME: frozenset({Status.RECEIVED, Status.WAITING}),
    OrdersMerged.NAME: frozenset({Status.RECEIVED, Status.WAITING}),
    OrderMergedAway.NAME: frozenset({Status.CANCELLED}),
}
_STAYING = {
    OrderWaits.NAME,
    LinesCancelled.NAME,
    PickedShort.NAME,
    SkuChanged.NAME,
    OrderSplit.NAME,
    OrdersMerged.NAME,
}  # these may happen without a change of status


def _follows(before: str, after: str) -> bool:
    """Whether an order's history may have these two events next to each other."""
    return any(
        new in Order.ARROWS[old] or (new == old and after in _STAYING)
        for old in LEADS_TO[before]
        for new in LEADS_TO[after]
    )


_STATUS = """
SELECT o.code AS subject, o.status, e.name AS event
FROM orders_order o JOIN (
    SELECT DISTINCT ON (subject) subject, name FROM core_event
    WHERE name = ANY(%(names)s::text[]) ORDER BY subject, id DESC
) e ON e.subject = o.code
WHERE (e.name || '>' || o.status) <> ALL(%(pairs)s::text[])
"""
_STEPS = """
SELECT subject, before, name AS after FROM (
    SELECT subject, name, lag(name) OVER (PARTITION BY subject ORDER BY id) AS before
    FROM core_event WHERE name = ANY(%(names)s::text[])
) steps
WHERE (before || '>' || name) <> ALL(%(pairs)s::text[])
"""

CHECKS = (
    Check(
        "I13",
        "status_is_last_event",
        _STATUS,
        "Order %(subject)s is %(status)s, but the last event that set its status is %(event)s.",
        parameters={
            "names": list(LEADS_TO),
            "pairs": [f"{name}>{status.value}" for name, statuses in LEADS_TO.items() for status in statuses],
        },
    ),
    Check(
        "I13",
        "steps_follow_the_arrows",
        _STEPS,
        "Order %(subject)s went from %(before)s to %(after)s, which no arrow allows.",
        parameters={
            "names": list(LEADS_TO),
            "pairs": [f"{before}>{after}" for before in LEADS_TO for after in LEADS_TO if _follows(before, after)],
        },
    ),
)
