"""What a warehouse takes in, what it costs, and when it will be booked: decided without a database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from toiya.domain.pricing.rules import Entry, Facts, Kind, Line

MOST_PIECES = 1_000_000
MOST_CARTONS = 500


@dataclass(frozen=True, slots=True)
class Limits:
    """A warehouse's receiving rules; None is no limit."""

    most_pieces_a_request: int | None = None
    most_pieces_a_bundle: int | None = None
    most_kinds_a_carton: int | None = None
    most_open_pieces: int | None = None
    large_pieces: int | None = None
    oversize_mm: int | None = None
    oversize_g: int | None = None
    takes_freight_collect: bool = False
    needs_carton_list: bool = True
    needs_approval: bool = True
    most_unannounced_cartons: int = 5  # more than so many are turned away at the door (A139)


class Rule(StrEnum):
    """The name of a receiving rule."""

    PIECES_A_REQUEST = "pieces_a_request"
    PIECES_A_BUNDLE = "pieces_a_bundle"
    KINDS_A_CARTON = "kinds_a_carton"
    OPEN_PIECES = "open_pieces"
    FREIGHT_COLLECT = "freight_collect"


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that is broken: how much is allowed, and how much was asked."""

    rule: Rule
    most: int = 0
    asked: int = 0


class Step(StrEnum):
    """What a delivery still lacks."""

    DOCK_SLOT = "dock_slot"  # before it is confirmed
    CARTON_LIST = "carton_list"  # before it is sent


@dataclass(frozen=True, slots=True)
class Size:
    """A piece or a carton; zeros are unknown."""

    length_mm: int = 0
    width_mm: int = 0
    height_mm: int = 0
    weight_g: int = 0


@dataclass(frozen=True, slots=True)
class Delivery:
    """One delivery as far as the rules look at it: pieces told by SKU, sizes, and what stands in its cartons."""

    told: Mapping[int, int]
    sizes: Sequence[Size] = ()
    cartons: Sequence[Mapping[int, int]] = ()
    has_slot: bool = False
    is_freight_collect: bool = False

    @property
    def pieces(self) -> int:
        return sum(self.told.values())


def judge_request(limits: Limits, *, quantity: int, open_pieces: int) -> Breach | None:
    """The first rule that a request to bring in breaks; `open_pieces` is what the seller asked for before."""
    if limits.most_pieces_a_request is not None and quantity > limits.most_pieces_a_request:
        return Breach(Rule.PIECES_A_REQUEST, limits.most_pieces_a_request, quantity)
    if limits.most_open_pieces is not None and open_pieces + quantity > limits.most_open_pieces:
        return Breach(Rule.OPEN_PIECES, limits.most_open_pieces, open_pieces + quantity)
    return None


def judge_delivery(limits: Limits, delivery: Delivery) -> Breach | None:
    """The first rule that a delivery breaks."""
    if limits.most_pieces_a_bundle is not None and delivery.pieces > limits.most_pieces_a_bundle:
        return Breach(Rule.PIECES_A_BUNDLE, limits.most_pieces_a_bundle, delivery.pieces)
    if delivery.is_freight_collect and not limits.takes_freight_collect:
        return Breach(Rule.FREIGHT_COLLECT)
    return judge_cartons(limits, delivery.cartons)


def judge_cartons(limits: Limits, cartons: Iterable[Mapping[int, int]]) -> Breach | None:
    """Too many kinds in one carton."""
    most = limits.most_kinds_a_carton
    for carton in cartons:
        if most is not None and len(carton) > most:
            return Breach(Rule.KINDS_A_CARTON, most, len(carton))
    return None


def is_large(limits: Limits, delivery: Delivery) -> bool:
    """Whether the delivery has to book its time at the dock."""
    if limits.large_pieces is not None and delivery.pieces > limits.large_pieces:
        return True
    return any(_is_oversize(limits, size) for size in delivery.sizes)


def _is_oversize(limits: Limits, size: Size) -> bool:
    longest = max(size.length_mm, size.width_mm, size.height_mm)
    too_long = limits.oversize_mm is not None and longest > limits.oversize_mm
    return too_long or (limits.oversize_g is not None and size.weight_g > limits.oversize_g)


def missing_steps(limits: Limits, delivery: Delivery) -> tuple[Step, ...]:
    """What is still to do: book a slot when it is large, list the cartons when kinds must be packed apart."""
    missing = []
    if is_large(limits, delivery) and not delivery.has_slot:
        missing.append(Step.DOCK_SLOT)
    if limits.needs_carton_list and len(delivery.told) > 1 and packed(delivery.cartons) != dict(delivery.told):
        missing.append(Step.CARTON_LIST)
    return tuple(missing)


def is_confirmed_at_once(limits: Limits, delivery: Delivery) -> bool:
    """Whether the rules alone confirm it (L15)."""
    return not limits.needs_approval and Step.DOCK_SLOT not in missing_steps(limits, delivery)


def packed(cartons: Iterable[Mapping[int, int]]) -> dict[int, int]:
    """Pieces by SKU over all cartons."""
    total: dict[int, int] = {}
    for carton in cartons:
        for sku_id, quantity in carton.items():
            total[sku_id] = total.get(sku_id, 0) + quantity
    return total


@dataclass(frozen=True, slots=True)
class Fees:
    """List prices of taking in; the express lane is a share of taking in and checking, rounded half up."""

    per_piece_minor: int = 5
    per_carton_minor: int = 100
    check_per_piece_minor: int = 15
    express_percent: int = 50
    currency: str = "JPY"
    pieces_an_hour: int = 200
    label_per_piece_minor: int = 10


DEFAULT_FEES = Fees()


@dataclass(frozen=True, slots=True)
class Asked:
    """
    A delivery as its fee depends on it; it is at least one carton. `checked` and `labelled` are pieces that got the
    check or a label; None: all of them.
    """

    pieces: int
    cartons: int = 1
    wants_check: bool = False
    wants_labels: bool = False
    is_express: bool = False
    checked: int | None = None
    labelled: int | None = None


def fee_entries(fees: Fees, asked: Asked, *, subject: str, on: date, facts: Facts) -> list[Entry]:
    """What the delivery is charged for, with the list prices (A066, A168, L20)."""
    checked = asked.pieces if asked.checked is None else asked.checked
    labelled = asked.pieces if asked.labelled is None else asked.labelled
    counted = [
        (Kind.INBOUND_PIECE, asked.pieces, fees.per_piece_minor, True),
        (Kind.INBOUND_CARTON, max(asked.cartons, 1), fees.per_carton_minor, True),
        (Kind.QUALITY_CHECK, checked, fees.check_per_piece_minor, asked.wants_check),
        (Kind.SKU_LABEL, labelled, fees.label_per_piece_minor, asked.wants_labels),
        (Kind.INBOUND_EXPRESS, 1, fees.express_percent, asked.is_express),
    ]
    return [
        Entry(kind, on, subject, quantity, facts, list_)
        for kind, quantity, list_, is_asked in counted
        if is_asked and quantity
    ]


@dataclass(frozen=True, slots=True)
class Estimate:
    """The fee of one delivery, part by part."""

    pieces_minor: int
    cartons_minor: int
    check_minor: int
    labels_minor: int
    express_minor: int
    currency: str

    @property
    def total_minor(self) -> int:
        return self.pieces_minor + self.cartons_minor + self.check_minor + self.labels_minor + self.express_minor


def estimate(lines: Iterable[Line], currency: str) -> Estimate:
    """The priced lines of a delivery, part by part."""
    parts: Counter[Kind] = Counter()
    for line in lines:
        parts[line.kind] += line.amount_minor
    return Estimate(
        pieces_minor=parts[Kind.INBOUND_PIECE],
        cartons_minor=parts[Kind.INBOUND_CARTON],
        check_minor=parts[Kind.QUALITY_CHECK],
        labels_minor=parts[Kind.SKU_LABEL],
        express_minor=parts[Kind.INBOUND_EXPRESS],
        currency=currency,
    )


@dataclass(frozen=True, slots=True)
class InLine:
    """A delivery that has arrived and is not booked whole yet."""

    code: str
    pieces_left: int
    is_express: bool
    arrived_at: datetime


@dataclass(frozen=True, slots=True)
class Place:
    """Where a delivery stands in line: 1 is next; pieces before it; when it is about booked."""

    position: int
    pieces_before: int
    booked_at: datetime


def pace(pieces: int, hours: float, fallback: int) -> float:
    """Pieces an hour as measured over the hours in which somebody counted; the fallback when there are too few."""
    return pieces / hours if hours >= 1 and pieces > 0 else float(max(fallback, 1))


def line_up(waiting: Iterable[InLine], *, pieces_an_hour: float, at: datetime) -> dict[str, Place]:
    """The place of each: the express lane first, then who came first (L17); at the same instant, in the order given."""
    ordered = sorted(waiting, key=lambda each: (not each.is_express, each.arrived_at))
    places, before = {}, 0
    for position, each in enumerate(ordered, start=1):
        span = timedelta(hours=(before + each.pieces_left) / pieces_an_hour)
        places[each.code] = Place(position, before, at + span)
        before += each.pieces_left
    return places
