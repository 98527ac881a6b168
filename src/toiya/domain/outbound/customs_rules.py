"""What customs must be told of a parcel, and on which form of the postal union. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

# The small form is for goods up to 300 special drawing rights. In other currencies: the full one, which always serves.
SMALL_FORM_MOST = {"JPY": 60_000}
SMALL, FULL = "CN22", "CN23"


@dataclass(frozen=True, slots=True)
class Goods:
    """Pieces of one SKU in a parcel, as customs want them: one piece's weight and value (smallest units)."""

    text: str
    quantity: int
    weight_g: int
    value_minor: int
    hs_code: str
    origin: str

    @property
    def all_g(self) -> int:
        """What all the pieces weigh."""
        return self.quantity * self.weight_g

    @property
    def all_minor(self) -> int:
        """What all the pieces are worth."""
        return self.quantity * self.value_minor

    @property
    def lacks(self) -> bool:
        """Whether customs would send it back."""
        return not (self.text and self.hs_code and self.origin and self.value_minor)


def form_of(goods: Sequence[Goods], currency: str) -> str:
    """The small form as far as it may be used, else the full one."""
    value = sum(each.all_minor for each in goods)
    return SMALL if value <= SMALL_FORM_MOST.get(currency, -1) else FULL
