"""Choosing box and service from the goods' real sizes: the cheapest that takes them, the seller's wish first. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from packvium import Container, Dimensions, EffortBudget, Item, Packer, PackingConfig

from toiya.domain.carriers.service_rules import Offer as ServiceTerms
from toiya.domain.carriers.service_rules import Sizes, fits
from toiya.domain.outbound.rules import fitting_size

MOST_PIECES = 200  # laid out one by one; above, the room they fill decides
_FILLED = 0.7  # of a box, when pieces are not laid out one by one
_EFFORT = 20_000  # placements tried per box: the same answer on every machine
Sides = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """Pieces of one SKU; a side of 0 mm is not known."""

    sides: Sides
    quantity: int
    weight_g: int


@dataclass(frozen=True, slots=True)
class BoxSize:
    """A box: its sides inside, its wall, what it weighs and costs."""

    code: str
    sides: Sides
    wall_mm: int
    empty_g: int
    price_minor: int

    @property
    def volume(self) -> int:
        """Its room in cubic millimetres."""
        return _volume(self.sides)

    @property
    def outer(self) -> Sizes:
        """Its sides outside."""
        length, width, height = (side + 2 * self.wall_mm for side in self.sides)
        return Sizes(length, width, height)

    @property
    def outer_cm(self) -> int:
        """Length, width and height outside together, in whole centimetres upwards, as carriers measure."""
        return -(-self.outer.sum_mm // 10)


@dataclass(frozen=True, slots=True)
class ServiceLimit:
    """What a carrier's service takes (0 cm: any size) and costs; its rule of the day too, where we have its terms."""

    code: str
    max_weight_g: int
    max_size_cm: int
    price_minor: int
    terms: ServiceTerms | None = None
    day: date = date.min


@dataclass(frozen=True, slots=True)
class Offer:
    """A service, the cheapest box it takes the goods in (empty: none, or not known), what both cost, and if it fits."""

    service: str
    box: str
    cost_minor: int
    fits: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """An offer per service, cheapest first; `best` is the wished service if it fits, else the cheapest that does."""

    offers: tuple[Offer, ...]
    best: Offer | None
    wish: str = ""

    @property
    def is_wish_met(self) -> bool:
        """Whether nothing was wished, or the parcel goes as wished."""
        return not self.wish or (self.best is not None and self.best.service == self.wish)


def propose(pieces: Sequence[Piece], boxes: Sequence[BoxSize], services: Sequence[ServiceLimit], wish: str) -> Proposal:
    """
    What each service would cost with the cheapest box that holds the pieces (A166, L29).

    Where no box is known, or a piece was never measured, only the weight decides.
    """
    weight_g = sum(piece.weight_g * piece.quantity for piece in pieces)
    is_measured = bool(pieces) and all(min(piece.sides) > 0 for piece in pieces)
    holding: Sequence[BoxSize] | None = None
    if boxes and is_measured:
        laid_out = tuple(sorted((tuple(sorted(piece.sides)), piece.quantity) for piece in pieces))
        holding = [box for box in sorted(boxes, key=_by_price) if holds(box.sides, laid_out)]
    offers = sorted((_offer(service, holding, weight_g) for service in services), key=_by_cost)
    fitting = [offer for offer in offers if offer.fits]
    wished = next((offer for offer in fitting if offer.service == wish), None)
    return Proposal(tuple(offers), wished or (fitting[0] if fitting else None), wish)


def _offer(service: ServiceLimit, holding: Sequence[BoxSize] | None, weight_g: int) -> Offer:
    if holding is None:
        return Offer(service.code, "", service.price_minor, weight_g <= service.max_weight_g)
    for box in holding:
        if takes(service, box, weight_g):
            return Offer(service.code, box.code, service.price_minor + box.price_minor, fits=True)
    return Offer(service.code, "", service.price_minor, fits=False)


def takes(service: ServiceLimit, box: BoxSize, weight_g: int) -> bool:
    """Whether the service takes that box with goods of that weight in it; a weight of 0 is not known."""
    whole_g = weight_g + box.empty_g
    if service.terms is not None and fits(service.terms, box.outer, whole_g, service.day):
        return False
    return whole_g <= service.max_weight_g and fitting_size(box.outer_cm, service.max_size_cm)


def _by_price(box: BoxSize) -> tuple[int, int, str]:
    return box.price_minor, box.volume, box.code


def _by_cost(offer: Offer) -> tuple[int, str]:
    return offer.cost_minor, offer.service


def _volume(sides: Sides) -> int:
    return sides[0] * sides[1] * sides[2]


@lru_cache(maxsize=4096)
def holds(box: Sides, pieces: tuple[tuple[Sides, int], ...]) -> bool:
    """Whether a box with these sides inside holds all the pieces, turned as needed."""
    room = sorted(box)
    if any(side > place for sides, _ in pieces for side, place in zip(sorted(sides), room, strict=True)):
        return False
    filled = sum(_volume(sides) * quantity for sides, quantity in pieces)
    if sum(quantity for _, quantity in pieces) > MOST_PIECES:
        return filled <= _volume(box) * _FILLED
    if filled > _volume(box):
        return False
    budget = EffortBudget(max_candidates_evaluated=_EFFORT)  # type: ignore[call-arg]
    config = PackingConfig.fast(time_limit_ms=60_000, effort_budget=budget)
    result = Packer(config).pack(
        items=[
            Item.create(f"piece-{place}", _millimetres(sides), quantity=quantity)
            for place, (sides, quantity) in enumerate(pieces)
        ],
        containers=[Container.create("box", _millimetres(box))],
    )
    return len(result.containers) == 1 and not result.unpacked


def _millimetres(sides: Sides) -> Dimensions:
    length, width, height = sides
    return Dimensions.mm(str(length), str(width), str(height))
