"""Which pieces of its partners a seller needs for its waiting orders, and which it needs no more; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Place = tuple[int, int]  # (warehouse, the partner's SKU)


@dataclass(frozen=True, slots=True)
class Book:
    """
    What is known of one partner. `free`: its own available pieces. `lendable`: what the owners could give.
    `borrowed`: pieces of a SKU that were taken and neither sold nor given back. `share_of`: whose share a SKU is of;
    `allowed`: how many more pieces of that share it may take (absent: any number). `ended`: SKUs of ended shares.
    """

    free: Mapping[Place, int]
    lendable: Mapping[Place, int]
    borrowed: Mapping[int, int]
    share_of: Mapping[int, int]
    allowed: Mapping[int, int] = field(default_factory=dict)
    ended: frozenset[int] = frozenset()


@dataclass(slots=True)
class Plan:
    """Pieces to take from the owner, and pieces to give back, by place."""

    loans: dict[Place, int] = field(default_factory=dict)
    backs: dict[Place, int] = field(default_factory=dict)


def plan_handings(orders: Sequence[Mapping[int, int]], book: Book, warehouses: Sequence[int]) -> Plan:
    """
    Each waiting order in turn: served whole by its own pieces, else by own and borrowed ones of one warehouse, or
    nothing is borrowed for it. What is left of borrowed pieces goes back; of ended shares all that is not promised.
    """
    plan = Plan()
    free, lendable, allowed = dict(book.free), dict(book.lendable), dict(book.allowed)
    borrowed = dict(book.borrowed)
    _give_back(plan, free, borrowed, book.ended)
    for need in orders:
        choices = [(house, _lacking(need, house, free)) for house in warehouses]
        choices.sort(key=lambda choice: bool(choice[1]))
        for house, lacking in choices:
            if not _may_borrow(lacking, house, lendable, allowed, book.share_of):
                continue
            for sku, pieces in need.items():
                free[house, sku] = free.get((house, sku), 0) - pieces + lacking.get(sku, 0)
            for sku, pieces in lacking.items():
                lendable[house, sku] -= pieces
                plan.loans[house, sku] = plan.loans.get((house, sku), 0) + pieces
                if book.share_of[sku] in allowed:
                    allowed[book.share_of[sku]] -= pieces
            break
    _give_back(plan, free, borrowed, frozenset(book.share_of) - book.ended)
    return plan


def _lacking(need: Mapping[int, int], house: int, free: Mapping[Place, int]) -> dict[int, int]:
    lacking = {sku: pieces - max(0, free.get((house, sku), 0)) for sku, pieces in need.items()}
    return {sku: pieces for sku, pieces in lacking.items() if pieces > 0}


def _may_borrow(
    lacking: Mapping[int, int],
    house: int,
    lendable: Mapping[Place, int],
    allowed: Mapping[int, int],
    share_of: Mapping[int, int],
) -> bool:
    wanted: dict[int, int] = {}
    for sku, pieces in lacking.items():
        if sku not in share_of or lendable.get((house, sku), 0) < pieces:
            return False
        wanted[share_of[sku]] = wanted.get(share_of[sku], 0) + pieces
    return all(pieces <= allowed.get(share, pieces) for share, pieces in wanted.items())


def _give_back(plan: Plan, free: dict[Place, int], borrowed: dict[int, int], skus: frozenset[int]) -> None:
    for house, sku in sorted(free):
        pieces = min(free[house, sku], borrowed.get(sku, 0)) if sku in skus else 0
        if pieces > 0 and (house, sku) not in plan.loans:
            plan.backs[house, sku] = pieces
            free[house, sku] -= pieces
            borrowed[sku] -= pieces


@dataclass(frozen=True, slots=True)
class Lying:
    """Pieces of one lot in one bin; `kept`: those an open pick counts on."""

    stock_id: int
    pieces: int
    kept: int = 0


def taken(wanted: int, lying: Sequence[Lying]) -> list[tuple[int, int]] | None:
    """So many pieces, the first places first; None when they are not enough."""
    found = []
    for each in lying:
        pieces = min(wanted, max(0, each.pieces - each.kept))
        if pieces:
            found.append((each.stock_id, pieces))
            wanted -= pieces
    return None if wanted else found
