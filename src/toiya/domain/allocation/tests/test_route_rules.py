"""Where an order is looked for first, and what stays on the shelf: by example, without a database."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toiya.domain.allocation.route_rules import House, in_seller_order, keep_back, lead_days, route
from toiya.domain.allocation.rules import Demand, Terms, Why, plan_promises

FUNABASHI, OSAKA, SAPPORO, NAHA = "273-0012", "530-0001", "060-0001", "900-0001"
EAST, WEST = House(1, FUNABASHI, 1000), House(2, OSAKA, 1000)


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (FUNABASHI, "100-0001", 1),
        (FUNABASHI, "980-0001", 1),
        (FUNABASHI, OSAKA, 1),
        (FUNABASHI, "812-0011", 2),
        (OSAKA, "812-0011", 1),
        (FUNABASHI, SAPPORO, 2),
        ("980-0001", SAPPORO, 1),
        (FUNABASHI, NAHA, 2),
        (SAPPORO, NAHA, 3),
        (FUNABASHI, "", 2),
        (FUNABASHI, "V5K 0A1", 2),
    ],
)
def test_days_on_the_road(start: str, end: str, days: int) -> None:
    assert (lead_days(start, end), lead_days(end, start)) == (days, days)


def test_every_postal_code_of_japan_has_a_region() -> None:
    known = [f"{number:02d}" for number in range(100) if lead_days(f"{number:02d}", f"{number:02d}") == 1]
    assert len(known) == 100


def test_the_nearest_comes_first_unless_the_seller_ranked_them() -> None:
    assert route([EAST, WEST], FUNABASHI) == (1, 2)
    assert route([EAST, WEST], "812-0011") == (2, 1)
    ranked = [EAST._replace(place=1), WEST._replace(place=2)]
    assert route(ranked, "812-0011") == (1, 2)
    assert in_seller_order([EAST, WEST._replace(place=1)]) == [2, 1]


@pytest.mark.parametrize(
    ("pieces", "kept"),
    [(0, {1: 0, 2: 0}), (2, {1: 0, 2: 2}), (3, {1: 0, 2: 3}), (5, {1: 2, 2: 3}), (99, {1: 4, 2: 3})],
)
def test_the_last_warehouse_keeps_first(pieces: int, kept: dict[int, int]) -> None:
    assert keep_back([(1, 4), (2, 3)], pieces) == kept


THERE = st.lists(st.integers(0, 9), min_size=1, max_size=3)


@given(THERE, st.integers(0, 12), st.data())
def test_what_was_promised_in_between_leaves_the_same_pieces_behind(
    there: list[int], pieces: int, draw: st.DataObject
) -> None:
    """R10 for the reserve: who judges one by one keeps what who judges all at once keeps."""
    before = list(enumerate(there))
    kept = keep_back(before, pieces)
    assert sum(kept.values()) == min(pieces, sum(there))
    after = [(house, count - draw.draw(st.integers(0, count - kept[house]))) for house, count in before]
    assert keep_back(after, pieces) == kept


PLACE = (1, 5)


@pytest.mark.parametrize(
    ("free", "terms", "why", "details"),
    [
        ({PLACE: 1}, Terms((1,), kept={PLACE: 2}), Why.KEPT_BACK, {"available": 1, "kept": 2}),
        ({PLACE: 1}, Terms((1,), kept={PLACE: 1}), Why.NOT_ENOUGH_STOCK, {"available": 1}),
        ({PLACE: 0}, Terms((1,), soon={PLACE: 3}), Why.EXPIRES_SOON, {"available": 0, "soon": 3}),
        ({PLACE: 0}, Terms((1,), kept={PLACE: 1}, soon={PLACE: 2}), Why.EXPIRES_SOON, {"available": 0, "soon": 2}),
        ({PLACE: 2, (2, 5): 1}, Terms((1, 2)), Why.SPREAD_OUT, {"available": 2}),
        ({PLACE: 2, (2, 5): 3}, Terms((1, 2), {7: (1,)}), Why.ELSEWHERE, {"available": 2, "warehouse_id": 2}),
    ],
)
def test_the_reason_says_what_stands_in_the_way(
    free: dict[tuple[int, int], int], terms: Terms, why: Why, details: dict[str, int]
) -> None:
    plan = plan_promises([Demand(7, 71, 5, 3)], dict(free), terms)
    assert (plan.served, plan.unserved[7].why) == ({}, why)
    assert plan.unserved[7].details == {"sku_id": 5, "needed": 3} | details


def test_an_order_whose_chosen_warehouse_is_shut_waits_for_it() -> None:
    plan = plan_promises([Demand(7, 71, 5, 1)], {PLACE: 9}, Terms((1,), {7: ()}))
    assert (plan.served, plan.unserved[7].why) == ({}, Why.NO_WAREHOUSE)
