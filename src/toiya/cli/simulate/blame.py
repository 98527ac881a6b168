"""Why an order missed its truck: exactly one cause and one owner, from who had it in hand the longest. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

# What an order that still waits is charged to, by the leading reason of its lines.
_WAITS = {
    "no_sku": ("not_linked", "seller"),
    "not_enough_stock": ("no_stock", "seller"),
    "short_on_floor": ("pieces_missing", "warehouse"),
    "other_lines": ("no_stock", "seller"),
}
_HELD = {"wallet_too_low": ("wallet_too_low", "seller"), "label_rejected": ("label_refused", "carrier")}


@dataclass(frozen=True, slots=True)
class Times:
    """The moments of one order; what did not happen is None. `now` ends what is still going on."""

    paid: datetime
    placed: datetime
    now: datetime
    allocated: datetime | None = None
    sealed: datetime | None = None
    labelled: datetime | None = None
    shipped: datetime | None = None
    waits_for: str = ""  # the reason, when it has no stock now
    was_short: bool = False  # a bin held fewer pieces than the book said
    held_by: str = ""


@dataclass(frozen=True, slots=True)
class Blame:
    """One cause, and who owns it."""

    cause: str
    owner: str

    def __str__(self) -> str:
        return f"{self.owner}: {self.cause}"


def blame(times: Times) -> Blame:
    """The one cause: what an unfinished order waits for, else the owner who had it the longest."""
    if times.shipped is None and times.waits_for:
        if times.was_short:
            return Blame("pieces_missing", "warehouse")
        return Blame(*_WAITS.get(times.waits_for, (times.waits_for, "seller")))
    if times.shipped is None and times.held_by:
        return Blame(*_HELD.get(times.held_by, (times.held_by, "seller")))
    spans = list(spans_of(times))
    longest = max(spans, key=lambda span: span[1])
    return longest[0]


def spans_of(times: Times) -> Iterator[tuple[Blame, timedelta]]:
    """The order's whole time, each part charged to one owner; the parts have no gap and no overlap."""
    end = times.shipped or times.now
    marks = [
        (Blame("seen_late", "site"), times.placed),
        (Blame("no_stock", "seller"), times.allocated),
        (Blame("not_worked_in_time", "warehouse"), times.sealed),
        (Blame("label_late", "carrier"), times.labelled),
        (Blame("not_loaded_in_time", "warehouse"), end),
    ]
    before = times.paid
    for whose, until in marks:
        reached = end if until is None else min(max(until, before), end)
        yield whose, reached - before
        before = reached
