"""Which pieces are taken for a transfer; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

MOST_PIECES = 100_000


@dataclass(frozen=True, slots=True)
class Lying:
    """Pieces of one lot in a bin; `kept`: those an open pick counts on."""

    lot: str
    pieces: int
    kept: int = 0


def taken(wanted: int, lots: Sequence[Lying]) -> list[tuple[str, int]] | None:
    """So many pieces of these lots, the first ones first; None when they are not enough."""
    found = []
    for lying in lots:
        pieces = min(wanted, max(0, lying.pieces - lying.kept))
        if pieces:
            found.append((lying.lot, pieces))
            wanted -= pieces
    return None if wanted else found
