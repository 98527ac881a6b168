"""The benchmark of rating prices every entry, and both sides see the same month."""

from __future__ import annotations

from bench import rating
from toiya.domain.pricing.rules import rated


def test_every_entry_of_the_month_gets_its_line() -> None:
    lines = list(rated(rating.card(), rating.entries(50), rating.MONTH))
    assert len(lines) == rating.making(50) == 50
    assert rating.ours(50) == sum(line.amount_minor for line in lines)
    assert rating.bare(50) == 5 * sum(entry.quantity for entry in rating.entries(50))
    assert [line.amount_minor for line in lines if line.subject == "PCL-1"] == [2 * 281, 2 * 5, 10, 10, 10]
