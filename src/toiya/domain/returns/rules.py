"""What becomes of returned pieces, and how many may come back; pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

MOST_PIECES = 10_000
MOST_REMOVED = 1_000_000


class Place(StrEnum):
    """Where judged pieces go."""

    SHELF = "shelf"
    QUARANTINE = "quarantine"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class Fate:
    """Where pieces go, and what is decided about them at once (empty: their seller is asked)."""

    place: Place
    decision: str = ""


# The wishes of a return that decide, and what they decide about pieces that were set aside.
_DECIDES: Mapping[str, str] = {"send_back": "send_back", "dispose": "dispose"}


def fate(grade: str, wish: str, *, is_tracked: bool) -> Fate:
    """
    What becomes of pieces of this grade: as new ones are sold again, opened ones if their seller wishes so; damaged
    ones and waste never (A193). Of a SKU with lots or use-by dates nobody knows those of a returned piece, so it is
    set aside.
    """
    if grade in ("C", "D"):
        return Fate(Place.DAMAGED, _DECIDES.get(wish, ""))
    if is_tracked:
        return Fate(Place.QUARANTINE, _DECIDES.get(wish, ""))
    if grade == "A" or wish == "restock":
        return Fate(Place.SHELF)
    return Fate(Place.QUARANTINE, _DECIDES.get(wish, ""))


def needs_photo(grade: str) -> bool:
    """Damage is shown to its seller."""
    return grade in ("C", "D")


def may_be_sold_again(grade: str, *, is_tracked: bool) -> bool:
    """Whether a seller may have pieces that were set aside put back on the shelf."""
    return grade in ("A", "B") and not is_tracked


def returnable(shipped: Mapping[int, int], returned: Mapping[int, int]) -> dict[int, int]:
    """Pieces by SKU that may still come back: those that left, less those that came back or are announced."""
    left = {sku: pieces - returned.get(sku, 0) for sku, pieces in shipped.items()}
    return {sku: pieces for sku, pieces in left.items() if pieces > 0}
