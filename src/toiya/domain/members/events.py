"""What happens to members."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from toiya.core.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class SellerJoined(Event):
    """A seller was taken on; subject is the seller's code."""

    NAME: ClassVar[str] = "seller.joined"
    name: str
