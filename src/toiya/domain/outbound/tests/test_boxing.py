"""Which box and which service take the goods: real sizes, real weights, the seller's wish first."""

from __future__ import annotations

from datetime import date

import pytest

from toiya.domain.carriers.catalogue import BY_CODE
from toiya.domain.outbound.boxing import BoxSize, Piece, ServiceLimit, holds, propose

NEKOPOS = ServiceLimit("nekopos", 1000, 60, 385)
BOX_60 = ServiceLimit("box-60", 2000, 60, 760)
BOX_100 = ServiceLimit("box-100", 10_000, 100, 1200)
SERVICES = [BOX_100, NEKOPOS, BOX_60]
BAG = BoxSize("BAG", (300, 220, 25), 1, 20, 10)
SMALL = BoxSize("S", (240, 170, 110), 3, 90, 40)
LARGE = BoxSize("L", (390, 290, 220), 4, 260, 90)
BOXES = [LARGE, SMALL, BAG]


def measured(*sides: int, quantity: int = 1, weight_g: int = 100) -> Piece:
    length, width, height = sides
    return Piece((length, width, height), quantity, weight_g)


BOOK = measured(210, 140, 20)
MUG = measured(110, 90, 100, weight_g=350)
POT = measured(260, 260, 180, weight_g=1800)


@pytest.mark.seed("A166")
@pytest.mark.parametrize(
    ("pieces", "wish", "service", "box", "cost"),
    [
        ([BOOK], "", "nekopos", "BAG", 395),  # the mailbox when it fits
        ([BOOK], "box-60", "box-60", "BAG", 770),  # the seller's wish leads
        ([MUG], "", "nekopos", "S", 425),
        ([measured(110, 90, 100, quantity=2, weight_g=600)], "", "box-60", "S", 800),  # too heavy for the first
        ([POT], "", "box-100", "L", 1290),  # too large for the others
        ([POT], "nekopos", "box-100", "L", 1290),  # the wish does not take it: the next service
        ([measured(100, 80, 0)], "", "nekopos", "", 385),  # never measured: the weight alone decides
    ],
)
def test_the_cheapest_service_whose_box_holds_the_goods_is_proposed(
    pieces: list[Piece], wish: str, service: str, box: str, cost: int
) -> None:
    best = propose(pieces, BOXES, SERVICES, wish).best
    assert best is not None
    assert (best.service, best.box, best.cost_minor) == (service, box, cost)


@pytest.mark.parametrize(
    ("day", "box"),
    [
        (date(2025, 11, 9), ""),  # 31.2 × 22.8 × 2.5 cm until then
        (date(2025, 11, 10), "BAG"),  # 3 cm thick since
    ],
)
def test_a_service_takes_boxes_by_its_rule_of_the_day(day: date, box: str) -> None:
    bag = BoxSize("BAG", (300, 210, 26), 1, 20, 10)
    nekopos = ServiceLimit("NEKOPOS", 1000, 60, 385, BY_CODE["NEKOPOS"], day)
    offer = propose([BOOK], [bag, SMALL], [nekopos], "").offers[0]
    assert (offer.box, offer.fits) == (box, bool(box))


def test_goods_that_no_box_holds_have_no_proposal() -> None:
    proposal = propose([measured(900, 50, 50)], BOXES, SERVICES, "nekopos")
    assert proposal.best is None
    assert [offer.fits for offer in proposal.offers] == [False, False, False]
    assert not proposal.is_wish_met


def test_without_boxes_the_weight_decides() -> None:
    proposal = propose([measured(0, 0, 0, weight_g=1500)], [], SERVICES, "")
    assert [(offer.service, offer.fits) for offer in proposal.offers] == [
        ("nekopos", False),
        ("box-60", True),
        ("box-100", True),
    ]
    assert proposal.best == proposal.offers[1]


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        ((((100, 100, 100), 6),), True),
        ((((100, 100, 100), 7),), False),
        ((((50, 100, 150), 8),), True),
        ((((10, 10, 301), 1),), False),  # too long, however it is turned
        ((((10, 10, 10), 4200),), True),  # too many to lay out: 70 % of the room
        ((((10, 10, 10), 4201),), False),
    ],
)
def test_pieces_are_laid_out_in_the_box(pieces: tuple[tuple[tuple[int, int, int], int], ...], expected: bool) -> None:
    assert holds((300, 200, 100), pieces) is expected
