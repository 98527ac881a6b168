"""
Tax of an invoice: once for each rate, never line by line (consumption tax act order 70-10; carriers.md 5.1).

All our prices include tax, so the tax is the part of each rate's total that is tax, rounded down once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

REDUCED_PERCENT = 8
REDUCED_MARK = "※"  # stands at each line of the reduced rate, and is explained below the table
FREE_OF_NOTES_MINOR = 10_000  # below this amount with tax, in yen, no credit note is required; one is allowed


@dataclass(frozen=True, slots=True)
class RateTotal:
    """What an invoice says of one rate: the total with tax, and the tax in it, in minor units."""

    percent: int
    total_minor: int
    tax_minor: int

    @property
    def is_reduced(self) -> bool:
        """Whether its lines carry the mark."""
        return self.percent == REDUCED_PERCENT

    @property
    def before_tax_minor(self) -> int:
        """The total without the tax."""
        return self.total_minor - self.tax_minor


def tax_in(total_minor: int, percent: int) -> int:
    """The tax in a total that includes it, rounded towards nothing."""
    tax = abs(total_minor) * percent // (100 + percent)
    return tax if total_minor >= 0 else -tax


def totals_by_rate(amounts: Iterable[tuple[int, int]]) -> list[RateTotal]:
    """The totals of pairs (percent, amount with tax), the highest rate first."""
    sums: dict[int, int] = {}
    for percent, amount in amounts:
        sums[percent] = sums.get(percent, 0) + amount
    return [RateTotal(percent, sums[percent], tax_in(sums[percent], percent)) for percent in sorted(sums, reverse=True)]


def needs_note(amount_minor: int, currency: str) -> bool:
    """Whether the law asks for a credit note over this amount."""
    return currency != "JPY" or amount_minor >= FREE_OF_NOTES_MINOR
