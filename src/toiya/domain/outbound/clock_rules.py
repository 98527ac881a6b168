"""Whose an order's time was, and who has the fault when it missed its day (D-04). Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

WAREHOUSE, SELLER, CARRIER, SITE, BUYER = "warehouse", "seller", "carrier", "site", "buyer"

# Where an order stands after an event while nothing hinders it: (cause of standing there, owner).
PHASES: Mapping[str, tuple[str, str]] = {
    "order.placed": ("not_judged", WAREHOUSE),
    "order.allocated": ("not_released", WAREHOUSE),
    "order.released": ("not_picked", WAREHOUSE),
    "order.all_picked": ("not_packed", WAREHOUSE),
    "parcel.label_wanted": ("no_label", CARRIER),
    "parcel.ready": ("not_loaded", WAREHOUSE),
    "order.smart_delivery_chosen": ("not_handed_in", SELLER),
    "order.fulfilment_chosen": ("not_judged", WAREHOUSE),
    "parcel.handed_in": ("not_loaded", WAREHOUSE),
    "order.shipped": ("on_the_road", CARRIER),
}
_TAKEN_BACK = {
    "order.allocation_taken_back": ("taken_back", SELLER),
    "order.promise_expired": ("promise_expired", SITE),
}
# Where a parcel on the road is by its carrier's scans; every other scan says that the carrier has it.
_ON_THE_ROAD = PHASES["order.shipped"]
_SCANNED = {"attempted": ("nobody_at_home", BUYER), "kept": ("kept_for_receiver", BUYER)}
_CAME_BACK = ("came_back", WAREHOUSE)
_ROAD = frozenset({_ON_THE_ROAD, *_SCANNED.values()})
ENDS = frozenset({"order.delivered", "order.cancelled"})
FREE_FOR = timedelta(hours=2)  # an order that is free so long before its cut-off can be picked and packed


class Mark(NamedTuple):
    """An event of an order: its name, and the code of the hold or reason that it is about."""

    at: datetime
    name: str
    code: str = ""


class Stretch(NamedTuple):
    """A time in which one owner had the order, and why."""

    owner: str
    cause: str
    since: datetime
    until: datetime
    is_hindered: bool

    @property
    def span(self) -> timedelta:
        """How long."""
        return self.until - self.since


@dataclass(slots=True)
class _State:
    """What is known of the order after the events so far."""

    phase: tuple[str, str] = PHASES["order.placed"]
    waits: tuple[str, str] | None = None
    holds: dict[str, str] = field(default_factory=dict)
    is_over: bool = False

    def present(self) -> tuple[str, str, bool]:
        """Owner, cause, and whether it is a hindrance: the hold that came first, then the wait, then the phase."""
        for code, owner in self.holds.items():
            return owner, code, True
        if self.waits is not None:
            return self.waits[1], self.waits[0], True
        cause, owner = self.phase
        return owner, cause, cause == "not_handed_in"

    def take(self, mark: Mark, owners: Mapping[str, str]) -> None:
        """Change by one event; what says nothing about whose the order is changes nothing."""
        if mark.name == "order.hold_placed":
            self.holds.setdefault(mark.code, owners.get(mark.code, SELLER))
        elif mark.name == "order.hold_lifted":
            self.holds.pop(mark.code, None)
        elif mark.name == "order.waits":
            self.waits = (mark.code, owners.get(mark.code, SELLER))
        elif mark.name == "order.picked_short":
            self.waits = ("short_on_floor", WAREHOUSE)
        elif mark.name in _TAKEN_BACK:
            self.waits = _TAKEN_BACK[mark.name]
        elif mark.name in PHASES:
            self.phase, self.waits = PHASES[mark.name], None
        elif self.phase in _ROAD:
            self._follow(mark)
        self.is_over = self.is_over or mark.name in ENDS

    def _follow(self, mark: Mark) -> None:
        """A scan after it left; one that came out of order has no state and says nothing."""
        if mark.name == "carrier.came_back":
            self.phase = _CAME_BACK
        elif mark.name == "carrier.scanned" and mark.code:
            self.phase = _SCANNED.get(mark.code, _ON_THE_ROAD)


def stretches(
    marks: Iterable[Mark], *, placed_at: datetime, until: datetime, owners: Mapping[str, str]
) -> list[Stretch]:
    """
    The time from placing to `until`, or to its end before, cut by who had the order; nothing is left out or twice.

    :param marks: the order's events in the order they happened :param owners: whose each hold and reason is
    """
    state, since = _State(), placed_at
    found: list[Stretch] = []
    for mark in marks:
        at = min(max(mark.at, since), until)
        owner, cause, is_hindered = state.present()
        state.take(mark, owners)
        if (owner, cause, is_hindered) != state.present() or state.is_over:
            if at > since:
                found.append(Stretch(owner, cause, since, at, is_hindered))
            since = at
        if state.is_over:
            return found
    if until > since:
        owner, cause, is_hindered = state.present()
        found.append(Stretch(owner, cause, since, until, is_hindered))
    return found


def fault(had: Sequence[Stretch], *, missed: datetime) -> tuple[str, str]:
    """
    The one (cause, owner) of a missed cut-off.

    The last hindrance that left less than two hours before it; with none, the warehouse had the time it needs, and what
    it had not done by then is the cause.
    """
    before = [stretch for stretch in had if stretch.since < missed]
    late = [stretch for stretch in before if stretch.is_hindered and stretch.until > missed - FREE_FOR]
    if late:
        return late[-1].cause, late[-1].owner
    if not before:
        return PHASES["order.placed"]
    return before[-1].cause, before[-1].owner
