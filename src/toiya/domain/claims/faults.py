"""The fault ledgers of orders, read from their events."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from toiya.core.models import EventRow
from toiya.domain.claims.fault_rules import Times, fault_ledger
from toiya.domain.orders.models import Order
from toiya.domain.outbound.clock_rules import Stretch
from toiya.domain.outbound.promises import MARKS, mark_of, whose


def ledger_of(order: Order, rows: Iterable[EventRow], until: datetime) -> list[Stretch]:
    """Whose the order's time was, from its event rows in the order they happened; no query."""
    marks = [mark_of(row) for row in rows if row.name in MARKS]
    return fault_ledger(marks, Times(order.paid_at, order.placed_at, until), whose())


def ledger_read(order: Order, until: datetime) -> list[Stretch]:
    """The same, with one query."""
    rows = EventRow.objects.filter(subject=order.code, name__in=MARKS).order_by("id")
    return ledger_of(order, rows, until)
