"""What happens to money."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from toiya.core.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class WalletToppedUp(Event):
    """Money came in; subject is the seller's code."""

    NAME: ClassVar[str] = "wallet.topped_up"
    currency: str
    amount_minor: int
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WalletRefunded(Event):
    """A fee was given back; subject is the seller's code."""

    NAME: ClassVar[str] = "wallet.refunded"
    currency: str
    amount_minor: int
    reference: str
