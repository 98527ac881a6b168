"""In which warehouse an order is looked for first, and which pieces stay on the shelf. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

# Regions of Japan by the first two digits of a postal code, in the order in which they lie along the islands.
_REGIONS = (
    ("00", "04", "05", "06", "07", "08", "09"),  # Hokkaido
    ("01", "02", "03", "96", "97", "98", "99"),  # Tohoku
    (*map(str, range(10, 38)), "40"),  # Kanto with Yamanashi
    ("38", "39", "94", "95"),  # Nagano, Niigata
    ("91", "92", "93"),  # Hokuriku
    tuple(map(str, range(41, 52))),  # Shizuoka, Aichi, Gifu, Mie
    tuple(map(str, range(52, 68))),  # Kansai
    tuple(map(str, range(68, 76))),  # Chugoku
    ("76", "77", "78", "79"),  # Shikoku
    tuple(map(str, range(80, 90))),  # Kyushu
    ("90",),  # Okinawa
)
_PLACE = {digits: place for place, region in enumerate(_REGIONS) for digits in region}
_HOKKAIDO, _OKINAWA = 0, len(_REGIONS) - 1
UNKNOWN_DAYS = 2

# Days from truck to door; regions this far apart along the islands still get their parcels the next day.
_NEXT_DAY_WITHIN = 5


class House(NamedTuple):
    """A warehouse that serves a seller's orders; `place` is the seller's own order of warehouses."""

    warehouse_id: int
    postal_code: str
    place: int


def lead_days(from_postal: str, to_postal: str) -> int:
    """Days that a parcel needs on Japan's roads: 1 to the regions around, 2 further away, 3 between the far ends."""
    start, end = _PLACE.get(from_postal[:2]), _PLACE.get(to_postal[:2])
    if start is None or end is None:
        return UNKNOWN_DAYS
    if start == end:
        return 1
    if {start, end} == {_HOKKAIDO, _OKINAWA}:
        return 3
    if _OKINAWA in (start, end) or abs(start - end) > _NEXT_DAY_WITHIN:
        return 2
    return 2 if _HOKKAIDO in (start, end) and abs(start - end) > 1 else 1


def in_seller_order(houses: Iterable[House]) -> list[int]:
    """The warehouses as the seller ranked them; those of one rank as they were opened."""
    return [house.warehouse_id for house in sorted(houses, key=lambda house: (house.place, house.warehouse_id))]


def route(houses: Iterable[House], to_postal: str) -> Sequence[int]:
    """
    The warehouses in which to look for one order: as the seller ranked them, then the nearest to the receiver.

    Each order leaves whole from one of them, so that the buyer gets one parcel.
    """

    def rank(house: House) -> tuple[int, int, int]:
        return house.place, lead_days(house.postal_code, to_postal), house.warehouse_id

    return tuple(house.warehouse_id for house in sorted(houses, key=rank))


def keep_back(
    available: Sequence[tuple[int, int]],
    pieces: int,
) -> dict[int, int]:
    """
    How many pieces of one SKU stay unpromised where, so that `pieces` of them are left in all.

    `available` are (warehouse, pieces) in the seller's order; the last warehouse keeps first. What was promised in
    between changes nothing: who judges again keeps the same pieces (R10).
    """
    kept: dict[int, int] = {}
    for warehouse, there in reversed(available):
        kept[warehouse] = min(pieces, max(there, 0))
        pieces -= kept[warehouse]
    return kept
