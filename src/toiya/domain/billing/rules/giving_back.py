"""What of a bill's lines may still go back, and which lines an amount that goes back is taken from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple


class LineLeft(NamedTuple):
    """A line of a closed bill that cost something, and what of it did not go back yet (minor units)."""

    line_id: int
    number: int
    origin: str
    percent: int
    source: str
    left: int


def of_rate(lines: Iterable[LineLeft], percent: int, number: int = 0) -> dict[int, int]:
    """What is left of the lines of one tax rate, by id, in the bill's order; of one line alone when it is named."""
    return {
        line.line_id: line.left
        for line in lines
        if line.percent == percent and number in (0, line.number) and line.left > 0
    }


def spread(amount: int, left: Mapping[int, int]) -> dict[int, int]:
    """Take an amount from lines in their order, of each at most what is left; what does not fit is not taken."""
    parts: dict[int, int] = {}
    for key, minor in left.items():
        taken = min(minor, amount)
        if taken > 0:
            parts[key] = taken
            amount -= taken
    return parts
