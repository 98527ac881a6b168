"""What a parcel may weigh: learned from the scale where enough parcels were weighed, else by rule. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from toiya.domain.outbound.rules import fitting_weight

ENOUGH_PARCELS = 10  # before so many were weighed, mean and spread of a SKU say little
DEVIATIONS = 4.0  # one good parcel in some 16,000 lies further out
LEAST_G = 15  # tape, a leaflet, the scale's own step
LEAST_SHARE = 0.02
UNKNOWN_SHARE = 0.1


@dataclass(frozen=True, slots=True)
class Learned:
    """One piece of a SKU as it was weighed so far (Welford's running mean and sum of squares)."""

    parcels: int = 0
    mean_g: float = 0.0
    squares_g2: float = 0.0

    def taught(self, piece_g: float) -> Learned:
        """After one more parcel, of which a piece weighed so much."""
        parcels = self.parcels + 1
        mean = self.mean_g + (piece_g - self.mean_g) / parcels
        return Learned(parcels, mean, self.squares_g2 + (piece_g - self.mean_g) * (piece_g - mean))

    @property
    def variance_g2(self) -> float:
        """Of one piece."""
        return self.squares_g2 / (self.parcels - 1) if self.parcels > 1 else 0.0


@dataclass(frozen=True, slots=True)
class Pieces:
    """Pieces of one SKU in a box: how many, what the catalogue says of one (0: unknown), what was learned."""

    quantity: int
    catalogue_g: int
    learned: Learned = Learned()

    @property
    def packaging_g(self) -> float:
        """How much of what was learned may be packaging; a tenth where the catalogue does not know the piece."""
        if not self.catalogue_g:
            return UNKNOWN_SHARE * self.learned.mean_g
        return max(0.0, self.learned.mean_g - self.catalogue_g)


@dataclass(frozen=True, slots=True)
class Expected:
    """What a parcel should weigh, and by how much it may differ; without tolerance the rule for all holds."""

    weight_g: int
    tolerance_g: int | None = None

    def fits(self, measured_g: int) -> bool:
        """Whether the scale's word can be true."""
        if self.tolerance_g is None:
            return fitting_weight(self.weight_g, measured_g)
        return abs(measured_g - self.weight_g) <= self.tolerance_g


def _wrapped_once(inside: Sequence[Pieces]) -> float:
    """
    What was learned of a piece has its packaging in it, and pieces that go together share one: by so much a parcel of
    several may be lighter than their sum.
    """
    shares = [each.packaging_g for each in inside]
    return sum(each.quantity * share for each, share in zip(inside, shares, strict=True)) - max(shares)


def expected(inside: Sequence[Pieces], box_g: int) -> Expected:
    """
    The weight of a box with these pieces. Every SKU well known: the sum of the means, give or take four deviations and
    the packaging that several pieces share. Else the catalogue's weights and the rule for all; unknown ones allow
    anything.

    :param box_g: what the empty box weighs; 0 where nobody knows
    """
    if inside and all(each.learned.parcels >= ENOUGH_PARCELS for each in inside):
        weight = sum(each.quantity * each.learned.mean_g for each in inside) + box_g
        deviation = sqrt(sum(each.quantity**2 * each.learned.variance_g2 for each in inside))
        spread = max(LEAST_G, LEAST_SHARE * weight, DEVIATIONS * deviation)
        return Expected(round(weight), round(spread + _wrapped_once(inside)))
    if any(not each.catalogue_g for each in inside):
        return Expected(0)
    return Expected(sum(each.quantity * each.catalogue_g for each in inside) + box_g)
