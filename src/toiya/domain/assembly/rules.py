"""How work orders are judged; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

PRICE_MINOR = 50  # yen for one piece put together, where nobody wrote another price
MOST_PRICE_MINOR = 1_000_000
MOST_PIECES = 100_000


@dataclass(frozen=True, slots=True)
class Lying:
    """Pieces of a part in the bin it is taken from, of one lot; `kept`: those an open pick counts on."""

    lot: str
    pieces: int
    kept: int = 0

    @property
    def free(self) -> int:
        """Pieces that may be taken."""
        return max(0, self.pieces - self.kept)


def makes(available: Mapping[int, int], parts: Mapping[int, int]) -> int:
    """How many bundles the free pieces of each part make."""
    return min((max(0, available.get(sku, 0)) // each for sku, each in parts.items()), default=0)


def shares(wanted: int, lots: Sequence[Lying]) -> list[tuple[str, int]] | None:
    """So many pieces of these lots, the first ones first; None when they are not enough."""
    taken = []
    for lying in lots:
        pieces = min(wanted, lying.free)
        if pieces:
            taken.append((lying.lot, pieces))
            wanted -= pieces
    return None if wanted else taken
