"""How an order is divided, without a database."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toiya.domain.orders.split_rules import Bought, Wanted, first_part, moved_total, part_name


@pytest.mark.parametrize(
    ("total", "lines", "takes", "share"),
    [
        (3600, {1: Bought(2, 1200), 2: Bought(1, 1200)}, {1: 1}, 1200),
        (1000, {1: Bought(3, 333)}, {1: 1}, 333),  # shipping and rounding stay with the first
        (1000, {1: Bought(1, 0), 2: Bought(3, 0)}, {1: 1}, 250),  # nothing has a price
        (0, {1: Bought(2, 500)}, {1: 1}, 0),
    ],
)
def test_money_goes_with_what_is_taken(
    total: int, lines: Mapping[int, Bought], takes: Mapping[int, int], share: int
) -> None:
    assert moved_total(total, lines, takes) == share


@given(
    total=st.integers(0, 10**7),
    lines=st.lists(st.tuples(st.integers(1, 9), st.integers(0, 5000)), min_size=1, max_size=5),
    draw=st.data(),
)
def test_no_part_costs_less_than_nothing_or_more_than_the_whole(
    total: int, lines: list[tuple[int, int]], draw: st.DataObject
) -> None:
    bought = {number: Bought(*line) for number, line in enumerate(lines)}
    takes = {number: draw.draw(st.integers(0, line.quantity)) for number, line in bought.items()}
    assert 0 <= moved_total(total, bought, takes) <= total


@pytest.mark.parametrize(
    ("number", "taken", "name"),
    [
        ("7012345678", [], "7012345678+2"),
        ("7012345678", ["7012345678+2"], "7012345678+3"),
        ("7012345678+2", ["7012345678+2"], "7012345678+3"),
        ("x" * 60, [], "x" * 56 + "+2"),
    ],
)
def test_a_part_has_the_sites_number_and_one_of_its_own(number: str, taken: list[str], name: str) -> None:
    assert part_name(number, taken) == name


A, B = 1, 2


@pytest.mark.parametrize(
    ("lines", "houses", "takes"),
    [
        ([Wanted(10, 2, {A: 1}), Wanted(11, 1, {B: 1})], [{A: 2, B: 0}], {10: 2}),  # a whole line
        ([Wanted(10, 5, {A: 1})], [{A: 3}], {10: 3}),  # things of a line
        ([Wanted(10, 5, {A: 1}), Wanted(11, 2, {A: 1})], [{A: 3}], {11: 2, 10: 1}),  # whole lines first
        ([Wanted(10, 2, {A: 3})], [{A: 5}], {10: 1}),  # packs of three are not broken
        ([Wanted(10, 2, {A: 1, B: 2})], [{A: 2, B: 3}], {10: 1}),  # a bundle needs each of its parts
        ([Wanted(10, 1, {}), Wanted(11, 1, {A: 1})], [{A: 1}], {11: 1}),  # no SKU
        ([Wanted(10, 3, {A: 1})], [{A: 1}, {A: 2}], {10: 2}),  # the house that has most
        ([Wanted(10, 3, {A: 1})], [{A: 0}], {}),
        ([Wanted(10, 3, {A: 1})], [{A: -2}], {}),
        ([Wanted(10, 3, {A: 1})], [], {}),
    ],
)
def test_what_one_warehouse_has_goes_first(
    lines: list[Wanted], houses: list[Mapping[int, int]], takes: dict[int, int]
) -> None:
    assert first_part(lines, houses) == takes
