"""Where pieces lie, and what may not be done there."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from toiya.core.errors import Refusal
from toiya.domain.catalog.models import Sku
from toiya.domain.stock.models import BinStock
from toiya.domain.warehouses.models import Bin


class BinSetAside(Refusal):
    """A place for goods that may not be sold: nothing goes there, or leaves, without a reason."""

    code = "bin_set_aside"
    message = gettext_lazy(
        "Bin %(bin)s is for goods that are set aside. Set aside or free pieces with a reason instead."
    )


class BinOfOrders(Refusal):
    """A tote, or the place of packed parcels: what lies there belongs to orders."""

    code = "bin_of_orders"
    message = gettext_lazy("%(bin)s holds pieces of orders that are being packed. Scan a shelf bin.")


class PiecesAwaited(Refusal):
    """Open picks count on pieces in the bin."""

    code = "pieces_awaited"
    message = gettext_lazy(
        "%(kept)s pieces in bin %(bin)s are wanted by a pick list under way. Take fewer, or let the walk end first."
    )


class MovedMeanwhile(Refusal):
    """Pieces came or went in the bin since the person looked."""

    code = "moved_meanwhile"
    message = gettext_lazy(
        "Pieces came to bin %(bin)s or left it meanwhile. Look at what lies there now, then do the step once more."
    )


@dataclass(frozen=True, slots=True)
class Spot:
    """
    One SKU and lot in one bin. `kept`: pieces there that other work (an open pick) counts on. `seen`: how many the
    person saw there; where others are meanwhile, the step was done already or is out of date, and is refused.
    """

    sku: Sku
    place: Bin
    lot: str = ""
    kept: int = 0
    seen: int | None = None

    @property
    def held(self) -> BinStock | None:
        """What the book says lies there; decide on it only with the balance locked."""
        return BinStock.objects.filter(seller_id=self.sku.seller_id, sku=self.sku, bin=self.place, lot=self.lot).first()


def check_usable(place: Bin) -> None:
    """A step: people may put goods here and take them. :raises BinSetAside: :raises BinOfOrders:"""
    if place.kind in Bin.BLOCKED:
        raise BinSetAside(bin=place.code)
    if place.kind in (Bin.Kind.TOTE, Bin.Kind.STAGING):
        raise BinOfOrders(bin=place.code)


def check_seen(spot: Spot) -> None:
    """A step, with the balance locked. :raises MovedMeanwhile:"""
    held = spot.held
    if spot.seen is not None and spot.seen != (held.quantity if held else 0):
        raise MovedMeanwhile(bin=spot.place.code)
