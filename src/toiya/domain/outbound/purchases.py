"""What a buyer bought together and gets in several parcels: which they are, and how many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from toiya.domain.outbound.sql import purchases as sql


class PurchaseParcel(NamedTuple):
    """One parcel of a purchase, or an order of it that is not packed yet: then all but its order is empty."""

    order_code: str
    parcel_id: int
    code: str
    status: str
    service: str
    tracking_number: str
    needs_another: bool  # it was closed, and more was picked for its order than the boxes hold


@dataclass(frozen=True, slots=True)
class Purchase:
    """The parcels, in the order in which they were begun; what is not packed yet comes last."""

    parcels: Sequence[PurchaseParcel]

    @property
    def total(self) -> int:
        """How many parcels there are; an order that is not packed yet counts as one."""
        return len(self.parcels)

    @property
    def is_several(self) -> bool:
        """Whether the buyer gets more than one parcel."""
        return self.total > 1 or self.is_growing

    @property
    def is_growing(self) -> bool:
        """Whether a box was closed with pieces left, so that nobody knows yet how many there will be."""
        return any(each.needs_another for each in self.parcels)

    def place_of(self, parcel_id: int) -> int:
        """Which of them the parcel is, from 1; 0 when it is none of them (it was cancelled)."""
        return next((place for place, each in enumerate(self.parcels, 1) if each.parcel_id == parcel_id), 0)


def purchase_of(order_id: int) -> Purchase:
    """
    The parcels of all that was bought with the lines of this order: of its own boxes, of parts it was divided into,
    and of orders joined with it. One statement.
    """
    return Purchase([PurchaseParcel(*row) for row in sql.parcels(order_id)])
