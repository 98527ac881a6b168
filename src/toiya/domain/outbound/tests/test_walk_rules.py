"""The way past the bins, without a database."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toiya.domain.outbound.walk_rules import Place, Route, distance_dm, length_dm, route, s_shaped, shortened
from toiya.domain.warehouses.place_rules import coordinates

LAST = 10
PLACES = st.lists(st.builds(Place, st.integers(1, 8), st.integers(1, LAST)), max_size=25, unique=True)


@pytest.mark.parametrize(
    ("one", "other", "metres"),
    [
        (Place(1, 2), Place(1, 5), 3.6),  # along the aisle
        (Place(1, 1), Place(2, 1), 3 + 2.4),  # round the front
        (Place(1, 9), Place(2, 10), 3 + 3.6),  # round the back
        (Place(3, 4), Place(3, 4), 0),
    ],
)
def test_one_walks_along_aisles_and_round_the_nearer_end(one: Place, other: Place, metres: float) -> None:
    assert distance_dm(one, other, LAST) == distance_dm(other, one, LAST) == round(metres * 10)


def test_the_s_goes_up_one_aisle_and_down_the_next_that_is_needed() -> None:
    places = [Place(1, 2), Place(3, 1), Place(3, 9), Place(1, 7), Place(4, 5)]
    assert s_shaped(places) == [Place(1, 2), Place(1, 7), Place(3, 9), Place(3, 1), Place(4, 5)]


def test_two_bins_at_the_front_of_two_aisles_are_no_reason_to_walk_to_the_end() -> None:
    places = [Place(1, 9), Place(2, 1), Place(2, 2), Place(3, 9)]
    snake = s_shaped(places)
    assert length_dm(shortened(snake, LAST), LAST) < length_dm(snake, LAST)


@given(places=PLACES)
def test_the_way_is_never_longer_than_the_s_and_passes_every_place_once(places: list[Place]) -> None:
    snake = s_shaped(places)
    way = shortened(snake, LAST)
    assert length_dm(way, LAST) <= length_dm(snake, LAST)
    assert sorted(way, key=repr) == sorted(places, key=repr)


def test_one_bin_without_a_place_makes_all_go_by_the_walk_of_the_warehouse() -> None:
    found = route({7: Place(1, 1), 8: None, 9: Place(1, 2)}, {7: 3, 8: 1, 9: 2}, LAST)
    assert found == Route({8: 0, 9: 1, 7: 2}, None)


def test_bins_one_above_the_other_are_one_place() -> None:
    found = route({7: Place(1, 2), 8: Place(1, 2), 9: Place(1, 1)}, {7: 3, 8: 2, 9: 1}, LAST)
    assert found.ranks == {9: 0, 8: 1, 7: 2}
    assert found.metres == 11  # 3 m and two bays there, and back: 10.8 m


def test_printed_codes_say_where_a_bin_stands_and_aisles_are_counted_through_the_zones() -> None:
    found = coordinates(["A01-02-1", "A02-01-3", "B01-10-2", "T-001", "01-01-1"])
    assert found == {"01-01-1": (1, 1, 1), "A01-02-1": (2, 2, 1), "A02-01-3": (3, 1, 3), "B01-10-2": (4, 10, 2)}
