"""Which pick bins to refill, from where, with how many pieces. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from toiya.domain.outbound.rules import BinOffer


@dataclass(frozen=True, slots=True)
class Face:
    """A SKU's pick bin and its limits."""

    face_id: int
    bin_id: int
    sku_id: int
    minimum: int
    maximum: int


@dataclass(frozen=True, slots=True)
class Refill:
    """Carry so many pieces of a lot from a reserve to a pick bin."""

    face: Face
    source: BinOffer
    quantity: int


def refills(faces: Sequence[Face], offers: Sequence[BinOffer], waiting: Mapping[int, int]) -> list[Refill]:
    """
    One refill for each pick bin that holds fewer free pieces than its minimum, or than orders that wait for a wave.

    It is filled to its maximum, with what expires first, then from the bin that comes first on the walk; the emptiest
    one (by its share of the minimum) comes first. Pieces of one reserve are promised to one bin only.
    """
    free = {(offer.bin_id, offer.sku_id, offer.lot): offer.free for offer in offers}
    in_bins: dict[tuple[int, int], int] = {}
    for offer in offers:
        in_bins[offer.bin_id, offer.sku_id] = in_bins.get((offer.bin_id, offer.sku_id), 0) + offer.free
    pick_bins = {(face.bin_id, face.sku_id) for face in faces}

    def fullness(face: Face) -> tuple[float, int]:
        return in_bins.get((face.bin_id, face.sku_id), 0) / face.minimum, face.face_id

    found: list[Refill] = []
    left = dict(waiting)
    for face in sorted(faces, key=fullness):
        present = in_bins.get((face.bin_id, face.sku_id), 0)
        awaited = min(left.get(face.sku_id, 0), face.maximum)
        left[face.sku_id] = max(0, left.get(face.sku_id, 0) - max(present, face.maximum))
        if present >= max(face.minimum, awaited):
            continue
        source = _source(face, offers, free, pick_bins)
        if source is not None:
            key = (source.bin_id, source.sku_id, source.lot)
            quantity = min(free[key], face.maximum - present)
            free[key] -= quantity
            found.append(Refill(face, source, quantity))
    return found


def _source(
    face: Face,
    offers: Sequence[BinOffer],
    free: Mapping[tuple[int, int, str], int],
    pick_bins: set[tuple[int, int]],
) -> BinOffer | None:
    reserves = [
        offer
        for offer in offers
        if offer.sku_id == face.sku_id
        and not offer.is_dock
        and (offer.bin_id, offer.sku_id) not in pick_bins
        and free[offer.bin_id, offer.sku_id, offer.lot] > 0
    ]
    return min(reserves, key=lambda each: (each.expires_on or date.max, each.walk_order, each.bin_id), default=None)
