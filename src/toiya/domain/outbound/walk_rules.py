"""The shortest way found past the bins of a walk: up one aisle and down the next, then made shorter. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

AISLE_DM = 30  # from the middle of one aisle to the next, in decimetres
BAY_DM = 12
MOST_ROUNDS = 20  # of looking at every pair; each round that changes nothing ends it


@dataclass(frozen=True, slots=True)
class Place:
    """
    Where a bin stands: the aisle counted from the packing tables, the bay counted from the front of the aisle.

    Aisles are open at both ends. The tables stand before the first aisle.
    """

    aisle: int
    bay: int


TABLES = Place(0, 0)


def distance_dm(one: Place, other: Place, last_bay: int) -> int:
    """The shortest way between two places, along aisles and the two cross aisles, in decimetres."""
    if one.aisle == other.aisle:
        return abs(one.bay - other.bay) * BAY_DM
    front = one.bay + other.bay
    back = 2 * (last_bay + 1) - front
    return abs(one.aisle - other.aisle) * AISLE_DM + min(front, back) * BAY_DM


def length_dm(places: Sequence[Place], last_bay: int) -> int:
    """From the tables past all places in this order and back to the tables."""
    if not places:
        return 0
    return sum(distance_dm(one, other, last_bay) for one, other in pairwise([TABLES, *places, TABLES]))


def s_shaped(places: Sequence[Place]) -> list[Place]:
    """Up the first aisle that is needed, down the next, and so on."""
    aisles = sorted({place.aisle for place in places})
    way: list[Place] = []
    for number, aisle in enumerate(aisles):
        there = [place for place in places if place.aisle == aisle]
        way += sorted(there, key=lambda place: place.bay, reverse=number % 2 == 1)
    return way


def shortened(places: Sequence[Place], last_bay: int) -> list[Place]:
    """2-opt: parts of the way are turned around as long as that makes it shorter. Never longer than what came in."""
    way = [TABLES, *places, TABLES]
    for _ in range(MOST_ROUNDS):
        if not _turned_once(way, last_bay):
            break
    return way[1:-1]


def _turned_once(way: list[Place], last_bay: int) -> bool:
    is_better = False
    for first in range(1, len(way) - 2):
        for last in range(first + 1, len(way) - 1):
            before, after = way[first - 1], way[last + 1]
            now = distance_dm(before, way[first], last_bay) + distance_dm(way[last], after, last_bay)
            turned = distance_dm(before, way[last], last_bay) + distance_dm(way[first], after, last_bay)
            if turned < now:
                way[first : last + 1] = way[first : last + 1][::-1]
                is_better = True
    return is_better


@dataclass(frozen=True, slots=True)
class Route:
    """In which order the bins are walked to, and how far that is; unknown (None) where a bin has no place."""

    ranks: Mapping[int, int]
    metres: int | None


def route(places: Mapping[int, Place | None], walk_orders: Mapping[int, int], last_bay: int) -> Route:
    """
    The order of the bins of one walk. One bin without a place: all go by their place in the warehouse's walk.

    Of bins in the same place the one earlier in the warehouse's walk comes first.
    """
    known = {bin_id: place for bin_id, place in places.items() if place is not None}
    by_walk = sorted(places, key=lambda bin_id: (walk_orders[bin_id], bin_id))
    if len(known) < len(places):
        return Route({bin_id: rank for rank, bin_id in enumerate(by_walk)}, None)
    way = shortened(s_shaped(sorted(set(known.values()), key=lambda each: (each.aisle, each.bay))), last_bay)
    turn = {place: number for number, place in enumerate(way)}
    ranked = sorted(by_walk, key=lambda bin_id: turn[known[bin_id]])
    return Route({bin_id: rank for rank, bin_id in enumerate(ranked)}, -(-length_dm(way, last_bay) // 10))
