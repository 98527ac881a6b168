"""What happens to returns and removals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from toiya.core.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnAnnounced(Event):
    """Its seller, or the office, told us of goods that come back; subject is the return."""

    NAME: ClassVar[str] = "return.announced"
    order: str
    pieces: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnCancelled(Event):
    """It will not come after all."""

    NAME: ClassVar[str] = "return.cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnArrived(Event):
    """The parcel stands at the returns desk; one that nobody had announced too."""

    NAME: ClassVar[str] = "return.arrived"
    return_id: int
    order: str
    warehouse_id: int
    is_announced: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnRefused(Event):
    """A parcel of it came freight collect and was not taken in."""

    NAME: ClassVar[str] = "return.refused"
    door_parcel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PiecesGraded(Event):
    """Pieces were judged and are in a bin; `grade` is A to D."""

    NAME: ClassVar[str] = "return.graded"
    sku: str
    grade: str
    quantity: int
    to_bin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StockReturned(Event):
    """Returned pieces are on a shelf and may be sold again; subject is the SKU."""

    NAME: ClassVar[str] = "stock.returned"
    warehouse_id: int
    quantity: int
    to_bin: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnClosed(Event):
    """All of it that came is judged; `missing` pieces were announced and did not come."""

    NAME: ClassVar[str] = "return.closed"
    return_id: int
    pieces: int
    missing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnFeeTaken(Event):
    """What judging it costs left the wallet."""

    NAME: ClassVar[str] = "return.fee_taken"
    amount_minor: int
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AsideDecided(Event):
    """The seller said what becomes of pieces that were set aside; subject is the return."""

    NAME: ClassVar[str] = "return.decided"
    aside_id: int
    sku: str
    quantity: int
    decision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AsideDone(Event):
    """What was decided is done; subject is the return."""

    NAME: ClassVar[str] = "return.decision_done"
    aside_id: int
    sku: str
    quantity: int
    decision: str
    tracking_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorParcelNoted(Event):
    """A parcel at the returns door was refused, or nobody knows whose it is; subject is the parcel at the door."""

    NAME: ClassVar[str] = "return.door_parcel_noted"
    warehouse_id: int
    is_refused: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorParcelPlaced(Event):
    """A person found out whose it is; subject is the return it became."""

    NAME: ClassVar[str] = "return.door_parcel_placed"
    door_parcel: str
    warehouse_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnsAddressSet(Event):
    """Buyers send things back to another place from now on; subject is the warehouse."""

    NAME: ClassVar[str] = "warehouse.returns_address_set"
    entrance: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovalPrepared(Event):
    """We drew a removal up; a person has to confirm it. Subject is the removal."""

    NAME: ClassVar[str] = "removal.prepared"
    warehouse_id: int
    pieces: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovalOrdered(Event):
    """Pieces are kept for it; `order` goes out like any other, and is empty for pieces to throw away."""

    NAME: ClassVar[str] = "removal.ordered"
    warehouse_id: int
    pieces: int
    kind: str
    order: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovalCancelled(Event):
    """It is off; its pieces are free again."""

    NAME: ClassVar[str] = "removal.cancelled"
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PiecesThrownAway(Event):
    """Pieces were counted out of a bin and thrown away, as their seller agreed; subject is the SKU."""

    NAME: ClassVar[str] = "stock.thrown_away"
    warehouse_id: int
    quantity: int
    removal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovalDone(Event):
    """All its pieces were thrown away."""

    NAME: ClassVar[str] = "removal.done"
    pieces: int
