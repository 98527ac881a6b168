"""The fault ledger of one order: its whole time, charged to one party at each moment (D-04). Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from toiya.domain.outbound.clock_rules import BUYER, CARRIER, SELLER, SITE, WAREHOUSE, Mark, Stretch, stretches

PARTIES = (SELLER, WAREHOUSE, CARRIER, SITE, BUYER)


@dataclass(frozen=True, slots=True)
class Times:
    """When the buyer paid (None: not known), when the order came in, and until when is counted."""

    paid_at: datetime | None
    placed_at: datetime
    until: datetime

    @property
    def began_at(self) -> datetime:
        """The first moment of the order's time."""
        return self.placed_at if self.paid_at is None else min(self.paid_at, self.placed_at)


def fault_ledger(marks: Iterable[Mark], times: Times, owners: Mapping[str, str]) -> list[Stretch]:
    """
    Segments without gaps from payment to the end of the order, or to `until`; before it came in it was the site's.

    :param marks: the order's events in the order they happened :param owners: whose each hold and reason is
    """
    placed = min(times.placed_at, times.until)
    before = [Stretch(SITE, "not_told", times.began_at, placed, False)] if times.began_at < placed else []
    return [*before, *stretches(marks, placed_at=times.placed_at, until=times.until, owners=owners)]


def charged(segments: Iterable[Stretch]) -> dict[str, timedelta]:
    """How long each party had the order, of those that had it."""
    sums: dict[str, timedelta] = {}
    for segment in segments:
        sums[segment.owner] = sums.get(segment.owner, timedelta()) + segment.span
    return sums
