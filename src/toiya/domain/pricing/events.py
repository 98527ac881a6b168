"""What happens to rate cards. Subject: the card's code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from toiya.core.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CardDrafted(Event):
    """A rate card was begun; its first version waits for a second person."""

    NAME: ClassVar[str] = "rate_card.drafted"
    name: str
    from_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RatesChanged(Event):
    """A new version was written; it waits for a second person."""

    NAME: ClassVar[str] = "rate_card.changed"
    version: int
    from_on: str
    changes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CardApproved(Event):
    """A version was approved by a second person: it holds from its day on."""

    NAME: ClassVar[str] = "rate_card.approved"
    version: int
    from_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CardAssigned(Event):
    """A card holds for a seller (on its timeline), a warehouse or everybody; an empty card ends the one before."""

    NAME: ClassVar[str] = "rate_card.assigned"
    card: str
    warehouse: str
    from_on: str
