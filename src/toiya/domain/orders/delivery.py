"""
What carriers can do, asked at entry: which services there are, and what they have against a wish.

Carriers are this package's neighbour, so their rules are put in force from above (`config/wishes.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from toiya.domain.orders.entries import EntryFlaw
from toiya.domain.orders.rules import AddressDraft


@dataclass(frozen=True, slots=True)
class Offer:
    """One service to wish for."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A wish to be judged. `ships_on` is the first day the parcel could leave; `prefecture` is empty abroad."""

    service_code: str
    deliver_on: date | None
    slot: str
    ships_on: date
    to: AddressDraft
    prefecture: str


class OfferedNow(Protocol):
    """What carriers offer, read once for a whole set of orders."""

    def offers(self, day: date) -> Sequence[Offer]:
        """The services to choose from on that day."""
        ...

    def flaws(self, asked: Asked) -> Sequence[EntryFlaw]:
        """What the service, or every service where none is wished, has against day, hours and place; and the letters
        of name and address that its files cannot carry."""
        ...


class DeliveryRules(Protocol):
    """What the carriers' side answers."""

    @property
    def words(self) -> Mapping[str, Any]:
        """A lazy sentence for each code of its own flaws."""
        ...

    def read(self) -> OfferedNow:
        """Everything that is offered, with its terms through time."""
        ...


class _NoRules:
    words: Mapping[str, Any] = {}

    def read(self) -> OfferedNow:
        return self

    def offers(self, day: date) -> Sequence[Offer]:  # noqa: ARG002
        return ()

    def flaws(self, asked: Asked) -> Sequence[EntryFlaw]:  # noqa: ARG002
        return ()


_in_force: list[DeliveryRules] = [_NoRules()]


def install(rules: DeliveryRules) -> None:
    """Put the rules in force; called once at the start."""
    _in_force[0] = rules


def rules_in_force() -> DeliveryRules:
    """The rules that hold."""
    return _in_force[0]
