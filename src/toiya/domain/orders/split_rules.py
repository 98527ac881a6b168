"""How an order is divided: its money, the name of its part, and what of it can go now. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

NAME_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Bought:
    """A line as money sees it: so many things at this price."""

    quantity: int
    unit_price_minor: int


def moved_total(total_minor: int, lines: Mapping[int, Bought], takes: Mapping[int, int]) -> int:
    """The share of an order's money that goes with what is taken, by worth; by number where nothing has a price."""
    worth = sum(line.quantity * line.unit_price_minor for line in lines.values())
    if worth > 0:
        return total_minor * sum(taken * lines[line].unit_price_minor for line, taken in takes.items()) // worth
    return total_minor * sum(takes.values()) // sum(line.quantity for line in lines.values())


def part_name(external_id: str, taken: Collection[str]) -> str:
    """The number of a part: the site's number with `+2`, `+3` …, which no site gives (R01)."""
    stem = external_id[: NAME_LENGTH - 4].partition("+")[0]
    return next(name for number in count(2) if (name := f"{stem}+{number}") not in taken)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A line that waits: things bought, and the pieces of each SKU that one of them takes; none: it has no SKU."""

    line_id: int
    quantity: int
    each: Mapping[int, int]


def first_part(lines: Sequence[Wanted], houses: Sequence[Mapping[int, int]]) -> dict[int, int]:
    """
    What one parcel can take now, by line: whole lines first, then things of the others, from the warehouse that has
    most of them. Each house gives its free pieces by SKU; the first of equals counts.
    """
    best: dict[int, int] = {}
    for house in houses:
        found = _from_house(lines, dict(house))
        if sum(found.values()) > sum(best.values()):
            best = found
    return best


def _from_house(lines: Sequence[Wanted], free: dict[int, int]) -> dict[int, int]:
    takes: dict[int, int] = {}
    whole = [line for line in lines if _things(line, free) == line.quantity]
    for line in [*whole, *[line for line in lines if line not in whole]]:
        if things := _things(line, free):
            takes[line.line_id] = things
            for sku, pieces in line.each.items():
                free[sku] -= things * pieces
    return takes


def _things(line: Wanted, free: Mapping[int, int]) -> int:
    if not line.each:
        return 0
    return max(0, min(line.quantity, *(free.get(sku, 0) // pieces for sku, pieces in line.each.items())))
