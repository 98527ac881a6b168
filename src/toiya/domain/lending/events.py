"""What happens to shared stock. The subject is the SKU of the seller whose event it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from toiya.core.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class SkuMirrored(Event):
    """The partner has an own SKU for a shared one of `partner`; subject is the new SKU."""

    NAME: ClassVar[str] = "sku.mirrored"
    partner: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LendLimitSet(Event):
    """The owner said how many pieces a partner may take; `most` is "∞" for any number. Subject is the item."""

    NAME: ClassVar[str] = "item.lend_limit_set"
    partner: str
    most: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StockHandedOver(Event):
    """Pieces became another seller's (`partner`)."""

    NAME: ClassVar[str] = "stock.handed_over"
    handing_id: int
    handing: str
    partner: str
    warehouse_id: int
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StockTakenOver(Event):
    """Pieces that were another seller's (`partner`) are this one's."""

    NAME: ClassVar[str] = "stock.taken_over"
    handing: str
    partner: str
    warehouse_id: int
    quantity: int
