"""What a parcel may weigh: learned from the scale where enough parcels were weighed, else by rule. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, median

from toiya.domain.outbound.rules import fitting_weight

ENOUGH_PARCELS = 10  # before so many were weighed, mean and spread of a SKU say little
KEPT_PARCELS = 20  # the last ones speak: goods and their packaging change
DEVIATIONS = 4.0  # one good parcel in some 16,000 lies further out
MIDDLE_TO_DEVIATION = 1.4826  # the middle distance from the median, made a standard deviation
LEAST_G = 15  # tape, a leaflet, the scale's own step
LEAST_SHARE = 0.02
UNKNOWN_SHARE = 0.1
DOUBT_SHARE = 0.05  # of what a SKU weighs in a mixed parcel: as much may be unsure, else it teaches nothing
LEAST_OF_CATALOGUE, MOST_OF_CATALOGUE = 0.5, 2.0


@dataclass(frozen=True, slots=True)
class Learned:
    """
    One piece of a SKU as it was weighed: how many parcels so far, mean and sum of squares (variance times one less than
    the parcels) of the last ones without strays, and what each of those said.
    """

    parcels: int = 0
    mean_g: float = 0.0
    squares_g2: float = 0.0
    recent_g: tuple[float, ...] = ()

    def taught(self, piece_g: float) -> Learned:
        """
        After one more parcel, of which a piece weighed so much. While fewer than half of the last parcels were weighed
        wrongly, none of those counts.
        """
        recent = (*(self.recent_g or self._as_it_was()), piece_g)[-KEPT_PARCELS:]
        counted = _without_strays(recent)
        mean = fmean(counted)
        variance = sum((each - mean) ** 2 for each in counted) / max(1, len(counted) - 1)
        return Learned(self.parcels + 1, mean, variance * self.parcels, recent)

    def _as_it_was(self) -> tuple[float, ...]:
        """Stands in for parcels weighed before each was kept: their mean, and as far around it as they lay."""
        around = sqrt(self.variance_g2)
        pairs = min(self.parcels, KEPT_PARCELS - 1) // 2
        return (self.mean_g - around, self.mean_g + around) * pairs or (self.mean_g,) * self.parcels

    @property
    def variance_g2(self) -> float:
        """Of one piece."""
        return self.squares_g2 / (self.parcels - 1) if self.parcels > 1 else 0.0

    @property
    def is_enough(self) -> bool:
        """Whether it says more than the catalogue."""
        return self.parcels >= ENOUGH_PARCELS


def _without_strays(weights: Sequence[float]) -> list[float]:
    middle = median(weights)
    spread = MIDDLE_TO_DEVIATION * median(abs(each - middle) for each in weights)
    reach = max(LEAST_G, LEAST_SHARE * middle, DEVIATIONS * spread)
    return [each for each in weights if abs(each - middle) <= reach]


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
    if inside and all(each.learned.is_enough for each in inside):
        weight = sum(each.quantity * each.learned.mean_g for each in inside) + box_g
        deviation = sqrt(sum(each.quantity**2 * each.learned.variance_g2 for each in inside))
        spread = max(LEAST_G, LEAST_SHARE * weight, DEVIATIONS * deviation)
        return Expected(round(weight), round(spread + _wrapped_once(inside)))
    if any(not each.catalogue_g for each in inside):
        return Expected(0)
    return Expected(sum(each.quantity * each.catalogue_g for each in inside) + box_g)


def lesson(inside: Sequence[Pieces], pieces_g: int) -> tuple[int, float] | None:
    """
    Which of the pieces a parcel teaches something about (its place), and what one weighs; None: nothing sure.

    One SKU alone always learns. Of several, the one that is not well known yet gets what the others leave, if they
    weigh so steadily that little is unsure; bounds by the catalogue keep off what another piece must have weighed.

    :param pieces_g: what the parcel weighed without its box
    """
    if pieces_g < 1:
        return None
    if len(inside) == 1:
        return 0, pieces_g / inside[0].quantity
    strange = [place for place, each in enumerate(inside) if not each.learned.is_enough]
    if len(strange) != 1:
        return None
    one, others = inside[strange[0]], [each for each in inside if each.learned.is_enough]
    shared_g = sum(each.quantity * each.packaging_g for each in others)
    left_g = pieces_g - sum(each.quantity * each.learned.mean_g for each in others) + shared_g / 2
    spread_g = sqrt(sum(each.quantity**2 * each.learned.variance_g2 for each in others))
    if shared_g / 2 + DEVIATIONS * spread_g > max(LEAST_G, DOUBT_SHARE * left_g) or not _can_be(one, left_g):
        return None
    return strange[0], left_g / one.quantity


def _can_be(pieces: Pieces, weight_g: float) -> bool:
    if weight_g < pieces.quantity:  # less than a gram each
        return False
    known_g = pieces.quantity * pieces.catalogue_g
    return not known_g or LEAST_OF_CATALOGUE * known_g <= weight_g <= MOST_OF_CATALOGUE * known_g
