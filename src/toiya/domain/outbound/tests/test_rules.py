"""Which bins, which walk: decisions without a database."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toiya.domain.outbound.rules import BinOffer, Choice, Want, choose_bins, fitting_weight, in_lists, walk


def offer(bin_id: int, free: int, walk_order: int, expires_on: date | None = None, sku_id: int = 1) -> BinOffer:
    return BinOffer(bin_id, sku_id, "", expires_on, walk_order, free)


def taken(choices: list[Choice]) -> list[tuple[int, int]]:
    return [(choice.bin_id, choice.quantity) for choice in choices]


@pytest.mark.seed("L50")
def test_first_expired_goes_first_even_when_it_lies_farther_away() -> None:
    near_later = offer(1, 9, 1, date(2027, 6, 1))
    far_sooner = offer(2, 2, 50, date(2027, 1, 1))
    choices, unserved = choose_bins([Want(1, 1, 1, 3)], [near_later, far_sooner])
    assert taken(choices) == [(2, 2), (1, 1)]
    assert unserved == []


def test_without_expiry_one_bin_that_serves_all_wins_over_two_nearer_ones() -> None:
    choices, _ = choose_bins([Want(1, 1, 1, 3)], [offer(1, 2, 1), offer(2, 3, 9)])
    assert taken(choices) == [(2, 3)]


def test_of_two_bins_that_serve_all_the_earlier_one_on_the_walk_wins() -> None:
    choices, _ = choose_bins([Want(1, 1, 1, 3)], [offer(1, 5, 9), offer(2, 3, 2)])
    assert taken(choices) == [(2, 3)]


def test_an_order_that_cannot_be_served_whole_takes_nothing_from_the_next_one() -> None:
    lacking = [Want(1, 1, 1, 2), Want(1, 2, 2, 1)]
    choices, unserved = choose_bins([*lacking, Want(2, 3, 1, 2)], [offer(1, 2, 1)])
    assert unserved == lacking
    assert [(choice.want.order_id, choice.quantity) for choice in choices] == [(2, 2)]


def test_two_lines_of_one_sku_never_take_the_same_piece() -> None:
    choices, unserved = choose_bins([Want(1, 1, 1, 1), Want(1, 2, 1, 1)], [offer(1, 1, 1), offer(2, 1, 2)])
    assert sorted(taken(choices)) == [(1, 1), (2, 1)]
    assert unserved == []


@given(
    offers=st.lists(st.tuples(st.integers(1, 5), st.integers(0, 9)), max_size=5, unique_by=lambda pair: pair[0]),
    wants=st.lists(st.tuples(st.integers(1, 4), st.integers(1, 6)), max_size=8),
)
def test_never_more_is_taken_from_a_bin_than_it_offers_and_every_want_is_served_whole_or_not_at_all(
    offers: list[tuple[int, int]], wants: list[tuple[int, int]]
) -> None:
    asked = [Want(order, line, 1, quantity) for line, (order, quantity) in enumerate(wants)]
    choices, unserved = choose_bins(asked, [offer(bin_id, free, bin_id) for bin_id, free in offers])
    for bin_id, free in offers:
        assert sum(choice.quantity for choice in choices if choice.bin_id == bin_id) <= free
    for want in asked:
        got = sum(choice.quantity for choice in choices if choice.want is want)
        assert got == (0 if want in unserved else want.quantity)


def test_walks_hold_at_most_eight_orders_and_neighbours_walk_together() -> None:
    choices = [Choice(Want(order, order, 1, 1), 1, "", 1, walk_order=100 - order) for order in range(1, 11)]
    lists = in_lists(list(range(1, 11)), choices)
    assert lists == [[10, 9, 8, 7, 6, 5, 4, 3], [2, 1]]


def test_stops_follow_the_walk_and_the_same_bin_and_sku_stay_together() -> None:
    stops = [
        Choice(Want(1, 1, 7, 1), bin_id=2, lot="", quantity=1, walk_order=5),
        Choice(Want(2, 2, 7, 1), bin_id=1, lot="", quantity=1, walk_order=3),
        Choice(Want(3, 3, 7, 1), bin_id=2, lot="", quantity=1, walk_order=5),
    ]
    assert [stop.want.order_id for stop in walk(stops, {1: 0, 2: 1})] == [2, 1, 3]


@pytest.mark.parametrize(
    ("expected", "measured", "fits"),
    [(300, 450, True), (300, 451, False), (300, 150, True), (300, 149, False), (2000, 2400, True), (2000, 2401, False)],
)
def test_a_parcel_may_weigh_a_fifth_or_150_g_off(expected: int, measured: int, fits: bool) -> None:
    assert fitting_weight(expected, measured) is fits


def test_pieces_of_unknown_weight_are_not_judged() -> None:
    assert fitting_weight(0, 5000)
