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
    """
    One payment. `reference` is our payment's code; the same reference never makes a second payment.

    With `keeps_card` the service keeps the card for payments without a page, and answers with its own word for it.
    """

    reference: str
    amount_minor: int
    currency: str
    return_url: str
    notify_url: str
    keeps_card: bool = False


@dataclass(frozen=True, slots=True)
class CardPage:
    """Where the payer types the card, and the service's own number of the payment."""

    external_id: str
    url: str


class CardOutcome(StrEnum):
    OPEN = "open"
    PAID = "paid"
    FAILED = "failed"
    CHARGED_BACK = "charged_back"  # it was paid, and the card's bank took the money back


@dataclass(frozen=True, slots=True)
class CardAnswer:
    """What the service says of a payment; `problem` is a code of its own, `card` its word for a card it keeps."""

    external_id: str
    outcome: CardOutcome
    amount_minor: int
    currency: str
    problem: str = ""
    card: str = ""


@runtime_checkable
class CardGateway(Protocol):
    def open_page(self, wish: CardWish) -> CardPage:
        """Make a payment and its page. :raises Unreachable: :raises Rejected:"""
        ...

    def pay_kept(self, wish: CardWish, card: str) -> CardAnswer:
        """Take a payment from a card the service keeps, without a page. :raises Unreachable: :raises Rejected:"""
        ...

    def ask(self, external_id: str) -> CardAnswer:
        """How a payment stands, for callbacks that got lost. :raises Unreachable: :raises Rejected:"""
        ...

    def read_callback(self, body: bytes, signature: str, at: datetime) -> CardAnswer:
        """What a callback says; calls nobody. :raises Rejected: not signed by the service, or signed long ago"""
        ...
