"""
The CardGateway port: what a payment service's plug must be able to do for us.

A plug lives in `integrations/cards/<name>/` and touches no database. The service's own page asks for the card, so that
no card number ever reaches us. It raises `core.errors.Unreachable` or `core.errors.Rejected`, nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol, runtime_checkable


@dataclass(frozen=True, slots=True)
class CardWish:
    """One payment. `reference` is our payment's code; the same reference never makes a second payment."""

    reference: str
    amount_minor: int
    currency: str
    return_url: str
    notify_url: str


@dataclass(frozen=True, slots=True)
class CardPage:
    """Where the payer types the card, and the service's own number of the payment."""

    external_id: str
    url: str


class CardOutcome(StrEnum):
    OPEN = "open"
    PAID = "paid"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class CardAnswer:
    """What the service says of a payment; `problem` is a code of its own."""

    external_id: str
    outcome: CardOutcome
    amount_minor: int
    currency: str
    problem: str = ""


@runtime_checkable
class CardGateway(Protocol):
    def open_page(self, wish: CardWish) -> CardPage:
        """Make a payment and its page. :raises Unreachable: :raises Rejected:"""
        ...

    def ask(self, external_id: str) -> CardAnswer:
        """How a payment stands, for callbacks that got lost. :raises Unreachable: :raises Rejected:"""
        ...

    def read_callback(self, body: bytes, signature: str, at: datetime) -> CardAnswer:
        """What a callback says; calls nobody. :raises Rejected: not signed by the service, or signed long ago"""
        ...
