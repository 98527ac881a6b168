"""Which money pays what: the table of allowed uses, and how an amount is split between the purses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Use(StrEnum):
    """What a fee is for."""

    SHIPPING = "shipping"
    INBOUND = "inbound"
    ASSEMBLY = "assembly"
    RETURNS = "returns"
    STORAGE = "storage"
    STATEMENT = "statement"  # a month's bill: it may hold storage
    PROMOTION = "promotion"  # leaflets and the like that are put into parcels
    OTHER = "other"


class MoneyKind(StrEnum):
    """The kinds of money a seller has with us; the values are accounts."""

    PREPAID = "free"  # topped up, settled by a sales site, or compensated
    ADVERTISING = "advertising"  # given by the operator


# A172 (manual p. 45): money of settlements and top-ups pays every fee; advertising credit never pays storage.
ALLOWED: Mapping[MoneyKind, frozenset[Use]] = {
    MoneyKind.PREPAID: frozenset(Use),
    MoneyKind.ADVERTISING: frozenset({Use.PROMOTION}),
}
# Advertising credit first, where it may pay: it is good for little else.
ORDER: tuple[MoneyKind, ...] = (MoneyKind.ADVERTISING, MoneyKind.PREPAID)


def purses_for(use: Use) -> list[MoneyKind]:
    """The purses that may pay this, the first to pay first."""
    return [purse for purse in ORDER if use in ALLOWED[purse]]


@dataclass(frozen=True, slots=True)
class Payment:
    """What each purse pays, by cause, and what is missing in the end (minor units)."""

    parts: Mapping[MoneyKind, Mapping[str, int]]
    missing: int


def plan_payment(amounts: Mapping[str, int], use: Use, available: Mapping[MoneyKind, int]) -> Payment:
    """Take each amount from the purses that may pay it, in their order; a cause may be split between two."""
    left = {purse: max(0, available.get(purse, 0)) for purse in purses_for(use)}
    parts: dict[MoneyKind, dict[str, int]] = {purse: {} for purse in left}
    missing = 0
    for source, amount in amounts.items():
        for purse, rest in left.items():
            taken = min(rest, amount)
            if taken:
                parts[purse][source] = taken
                left[purse] -= taken
                amount -= taken
        missing += amount
    return Payment({purse: paid for purse, paid in parts.items() if paid}, missing)


def what_fits(owed: Mapping[str, int], free: int) -> dict[str, int]:
    """Of fees owed, oldest first, those that free money covers whole."""
    fitting: dict[str, int] = {}
    for source, amount in owed.items():
        if amount <= free:
            fitting[source] = amount
            free -= amount
    return fitting
