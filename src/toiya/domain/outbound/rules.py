"""Deciding on the floor: which bins, which walk, what a scan means. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

MOST_ORDERS_PER_LIST = 8


@dataclass(frozen=True, slots=True)
class BinOffer:
    """Free pieces of one SKU and lot in one bin."""

    bin_id: int
    sku_id: int
    lot: str
    expires_on: date | None
    walk_order: int
    free: int
    is_dock: bool = False  # received and not put away: taken only where no other bin serves
    is_short_dated: bool = False  # nearer to its last usable day than its seller promises
    is_reserve: bool = False  # kept to fill pick bins from: taken only where no pick bin serves


@dataclass(frozen=True, slots=True)
class Want:
    """Pieces one order line wants from the bins."""

    order_id: int
    line_id: int
    sku_id: int
    quantity: int


@dataclass(frozen=True, slots=True)
class Choice:
    """Take so many of a line's pieces from this bin and lot."""

    want: Want
    bin_id: int
    lot: str
    quantity: int
    walk_order: int


def choose_bins(wants: Sequence[Want], offers: Sequence[BinOffer]) -> tuple[list[Choice], list[Want]]:
    """
    First expired, first out; among equals pick bins before reserves, then the bin that serves all at once, then the
    earlier one on the walk (L50).
    What stands at the dock comes last: orders take from there what is nowhere else (L17). What the seller no longer
    promises comes after that: an order promised before its pieces aged still gets them.

    Whole orders or nothing: when one line of an order cannot be served, none of its wants takes pieces from the orders
    after it. Returns the choices, and the wants of the orders left out.
    """
    free = {(offer.bin_id, offer.sku_id, offer.lot): offer.free for offer in offers}
    by_sku: dict[int, list[BinOffer]] = {}
    for offer in offers:
        by_sku.setdefault(offer.sku_id, []).append(offer)
    chosen: list[Choice] = []
    unserved: list[Want] = []
    for order_wants in _by_order(wants):
        left = dict(free)
        taken = [choice for want in order_wants for choice in _choose(want, by_sku.get(want.sku_id, []), left)]
        if sum(choice.quantity for choice in taken) < sum(want.quantity for want in order_wants):
            unserved.extend(order_wants)
            continue
        free = left
        chosen.extend(taken)
    return chosen, unserved


def _by_order(wants: Sequence[Want]) -> list[list[Want]]:
    orders: dict[int, list[Want]] = {}
    for want in wants:
        orders.setdefault(want.order_id, []).append(want)
    return list(orders.values())


def _choose(want: Want, offers: Sequence[BinOffer], free: dict[tuple[int, int, str], int]) -> list[Choice]:
    def rank(offer: BinOffer) -> tuple[bool, bool, date, bool, bool, int, int]:
        serves_all = free[offer.bin_id, offer.sku_id, offer.lot] >= want.quantity
        first = offer.is_short_dated, offer.is_dock, offer.expires_on or date.max, offer.is_reserve
        return *first, not serves_all, offer.walk_order, offer.bin_id

    taken: list[Choice] = []
    missing = want.quantity
    for offer in sorted(offers, key=rank):
        quantity = min(missing, free[offer.bin_id, offer.sku_id, offer.lot])
        if quantity > 0:
            free[offer.bin_id, offer.sku_id, offer.lot] -= quantity
            taken.append(Choice(want, offer.bin_id, offer.lot, quantity, offer.walk_order))
            missing -= quantity
        if missing == 0:
            break
    return taken


def in_lists(order_ids: Sequence[int], choices: Sequence[Choice]) -> list[list[int]]:
    """
    Split orders into walks of at most eight, neighbours on the walk together: by the first bin each needs.
    """
    first_bin: dict[int, int] = {}
    for choice in choices:
        order = choice.want.order_id
        first_bin[order] = min(first_bin.get(order, choice.walk_order), choice.walk_order)
    ordered = sorted(order_ids, key=lambda order: (first_bin.get(order, 0), order))
    return [ordered[start : start + MOST_ORDERS_PER_LIST] for start in range(0, len(ordered), MOST_ORDERS_PER_LIST)]


def walk(choices: Sequence[Choice], ranks: Mapping[int, int]) -> list[Choice]:
    """The order of the stops: the bins by their rank on the walk, the same bin and SKU together."""
    return sorted(choices, key=lambda choice: (ranks[choice.bin_id], choice.want.sku_id, choice.want.line_id))


def fitting_weight(expected_g: int, measured_g: int) -> bool:
    """Whether a parcel's weight can be that of its pieces: at most 20 % or 150 g away, packaging included."""
    if expected_g == 0:
        return True
    return abs(measured_g - expected_g) <= max(150, expected_g // 5)


def fitting_size(size_cm: int, limit_cm: int) -> bool:
    """Whether a parcel of that size (length + width + height) may go; 0 is not measured, or no limit."""
    return size_cm == 0 or limit_cm == 0 or size_cm <= limit_cm


def wished_service(wishes: Sequence[str]) -> str:
    """The service that the SKUs of a parcel wish for (L29); none when they wish for different ones."""
    named = {wish for wish in wishes if wish}
    return named.pop() if len(named) == 1 else ""
