"""What happens to transfers. The subject is the SKU: its timeline tells each step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from toiya.core.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferAsked(Event):
    """Pieces shall go to another warehouse; they are promised to that from now on."""

    NAME: ClassVar[str] = "stock.transfer_asked"
    transfer: str
    warehouse_id: int
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferAccepted(Event):
    """The warehouse will send them."""

    NAME: ClassVar[str] = "stock.transfer_accepted"
    transfer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferDeclined(Event):
    """The warehouse will not; the pieces are free again."""

    NAME: ClassVar[str] = "stock.transfer_declined"
    transfer: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferCancelled(Event):
    """Nobody needs it any more; the pieces are free again."""

    NAME: ClassVar[str] = "stock.transfer_cancelled"
    transfer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferCollected(Event):
    """Pieces were taken from a bin."""

    NAME: ClassVar[str] = "stock.transfer_collected"
    transfer: str
    from_bin: str
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferSent(Event):
    """What was collected left for the other warehouse; `missing` pieces were not collected and are free again."""

    NAME: ClassVar[str] = "stock.transfer_sent"
    transfer: str
    warehouse_id: int
    quantity: int
    missing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferPutAway(Event):
    """Pieces are in a bin of the other warehouse and may be sold there."""

    NAME: ClassVar[str] = "stock.transfer_put_away"
    transfer: str
    warehouse_id: int
    to_bin: str
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferArrived(Event):
    """All that came is put away; `missing` never came, `extra` had not been sent."""

    NAME: ClassVar[str] = "stock.transfer_arrived"
    transfer: str
    warehouse_id: int
    quantity: int
    missing: int
    extra: int
